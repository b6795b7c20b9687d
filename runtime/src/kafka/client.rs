//! A connected client: one idempotent producer for all publishers, and the thread that serves its reports.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::thread::{self, JoinHandle, ThreadId};
use std::time::{Duration, Instant};

use rdkafka::producer::{BaseProducer, Producer as _, PurgeConfig};

use super::config::Config;
use super::delivery::{ProducerSide, Undelivered};
use super::error::{ConnectError, PublisherError, TopicsError, refused};
use super::lookup::Lookup;
use super::permits::{Share, Whole};
use super::stats::Stats;
use super::topics::{codec_is_there, partitions, same_partitions};
use super::wait::{off_thread, until};
use crate::ffi::produce::{self, NativeTopic, TopicFailure};
use crate::spec::{Compression, TopicSpec};

/// How long dropping the last handle of a client that was not closed may flush.
const DROP_PATIENCE: Duration = Duration::from_secs(5);

/// A connected client, cheap to clone: all clones and all publishers share one native producer.
///
/// [`close`](Self::close) flushes and hands back what was not sent. Dropping the last handle without it flushes for five seconds at the
/// most, and logs how many events are lost.
#[derive(Clone)]
pub struct Kafka(Arc<Inner>);

pub(super) struct Inner {
    config: Config,
    lookup: Lookup,
    producer: Arc<BaseProducer<ProducerSide>>,
    pub(super) side: ProducerSide,
    pub(super) whole: Arc<Whole>,
    topics: Mutex<HashMap<&'static str, Arc<PrimedTopic>>>,
    closing: Mutex<()>,
    polling: Polling,
}

/// A topic of the producer with its own codec.
pub(super) struct PrimedTopic {
    pub(super) native: NativeTopic<ProducerSide>,
    pub(super) share: Arc<Share>,
    /// The share's number, for deliveries.
    pub(super) number: usize,
    compression: Compression,
}

/// What a client could not send before it closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CloseReport {
    /// The messages; their publishers have been told too.
    pub undelivered: Vec<Undelivered>,
}

impl Kafka {
    /// Connects, within the deadline of the configuration.
    ///
    /// # Errors
    /// No broker answers in time, or the configuration is refused.
    pub async fn connect(config: Config) -> Result<Self, ConnectError> {
        off_thread("kafka-connect", || Self::connect_blocking(config)).await
    }

    /// Connects as [`connect`](Self::connect) does, on this thread.
    ///
    /// # Errors
    /// As there.
    pub fn connect_blocking(config: Config) -> Result<Self, ConnectError> {
        config.refuse_ours().map_err(ConnectError::Config)?;
        let lookup = Lookup::connect(&config)?;
        let side = ProducerSide::default();
        let producer = config
            .producer_config()
            .create_with_context::<_, BaseProducer<_>>(side.clone())
            .map_err(|error| ConnectError::Config(refused(&error)))?;
        let producer = Arc::new(producer);
        let polling = Polling::start(producer.clone(), side.clone()).map_err(|error| ConnectError::Config(error.to_string()))?;
        let whole = Arc::new(Whole::new(config.queue_messages, config.queue_bytes));
        Ok(Self(Arc::new(Inner {
            config,
            lookup,
            producer,
            side,
            whole,
            topics: Mutex::default(),
            closing: Mutex::default(),
            polling,
        })))
    }

    /// The configuration that the client was made of.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub(super) fn lookup(&self) -> &Lookup {
        &self.0.lookup
    }

    pub(super) fn inner(&self) -> &Arc<Inner> {
        &self.0
    }

    /// How many events wait for their reports, asked of nobody.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.0.side.0.waiting() as u64
    }

    /// What the cluster has, and what this client has done.
    ///
    /// # Errors
    /// The cluster does not answer.
    pub async fn stats(&self) -> Result<Stats, TopicsError> {
        let kafka = self.clone();
        off_thread("kafka-stats", move || kafka.stats_blocking()).await
    }

    /// What [`stats`](Self::stats) tells, asked on this thread.
    ///
    /// # Errors
    /// The cluster does not answer.
    pub fn stats_blocking(&self) -> Result<Stats, TopicsError> {
        let metadata = self.lookup().all().map_err(TopicsError::Metadata)?;
        let events = &self.0.side.0;
        Ok(Stats {
            brokers: metadata.brokers().len(),
            topics: metadata.topics().len(),
            partitions: metadata.topics().iter().map(|topic| topic.partitions().len()).sum(),
            in_flight: self.in_flight(),
            written: events.counters.written.load(Ordering::Relaxed),
            not_written: events.counters.not_written.load(Ordering::Relaxed),
            possibly_written: events.counters.possibly_written.load(Ordering::Relaxed),
        })
    }

    /// The topic with its settings, made on first use, before the producer names it otherwise.
    pub(super) fn primed(&self, spec: &'static TopicSpec) -> Result<Arc<PrimedTopic>, PublisherError> {
        if self.0.whole.is_closed() {
            return Err(PublisherError::Closed);
        }
        if let Some(topic) = known(&self.0.topics.lock().unwrap_or_else(PoisonError::into_inner), spec)? {
            return Ok(topic);
        }
        let metadata = self.lookup().all().map_err(TopicsError::Metadata)?;
        if partitions(&metadata, spec.name).is_none() {
            return Err(PublisherError::Missing(spec.name));
        }
        same_partitions(&metadata, spec)?;
        let mut topics = self.0.topics.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have made it meanwhile.
        if let Some(topic) = known(&topics, spec)? {
            return Ok(topic);
        }
        codec_is_there(spec.compression).map_err(|cause| PublisherError::Settings { topic: spec.name, cause })?;
        let settings = [("compression.codec", spec.compression.as_str()), ("partitioner", "murmur2_random")];
        let native = NativeTopic::prime(&self.0.producer, spec.name, &settings).map_err(|failure| match failure {
            TopicFailure::TooLate => PublisherError::TooLate(spec.name),
            TopicFailure::Setting(cause) => PublisherError::Settings { topic: spec.name, cause },
            TopicFailure::Refused(code) => PublisherError::Settings {
                topic: spec.name,
                cause: code.to_string(),
            },
        })?;
        let share = Arc::new(Share::new(self.0.whole.clone()));
        let topic = Arc::new(PrimedTopic {
            native,
            number: self.0.side.0.add(share.clone()),
            share,
            compression: spec.compression,
        });
        topics.insert(spec.name, topic.clone());
        Ok(topic)
    }

    /// Sends what is queued now, without waiting for batches to fill; `false` where some is still on its way at the deadline.
    pub fn flush(&self, deadline: Duration) -> impl Future<Output = bool> + Send + use<> {
        let producer = self.0.producer.clone();
        off_thread("kafka-flush", move || produce::flush(&producer, deadline))
    }

    /// Flushes as [`flush`](Self::flush) does, on this thread.
    #[must_use]
    pub fn flush_blocking(&self, deadline: Duration) -> bool {
        produce::flush(&self.0.producer, deadline)
    }

    /// Takes no more events, flushes until the deadline, and hands back what was not sent by then.
    ///
    /// Publishers that still wait are told too, each by its own end.
    pub async fn close(&self, deadline: Duration) -> CloseReport {
        let kafka = self.clone();
        off_thread("kafka-close", move || kafka.close_blocking(deadline)).await
    }

    /// Closes as [`close`](Self::close) does, on this thread.
    #[must_use = "the report holds what was not sent"]
    pub fn close_blocking(&self, deadline: Duration) -> CloseReport {
        CloseReport {
            undelivered: self.0.shut(deadline),
        }
    }
}

/// The topic, where it has been made with the same settings.
fn known(topics: &HashMap<&'static str, Arc<PrimedTopic>>, spec: &TopicSpec) -> Result<Option<Arc<PrimedTopic>>, PublisherError> {
    match topics.get(spec.name) {
        Some(topic) if topic.compression == spec.compression => Ok(Some(topic.clone())),
        Some(_) => Err(PublisherError::TooLate(spec.name)),
        None => Ok(None),
    }
}

impl Inner {
    /// Whether the caller is the thread that serves reports, by way of a callback.
    pub(super) fn is_in_callback(&self) -> bool {
        self.polling.is_here()
    }

    fn shut(&self, deadline: Duration) -> Vec<Undelivered> {
        /// For the reports of what was purged, which are made locally.
        const REPORTS: Duration = Duration::from_secs(5);
        self.whole.close();
        // Whoever closes second waits here, and has nothing left to be handed.
        let _closing = match self.closing.try_lock() {
            Ok(closing) => closing,
            // The one who closes waits for this very thread.
            Err(TryLockError::WouldBlock) if self.polling.is_here() => return Vec::new(),
            _ => self.closing.lock().unwrap_or_else(PoisonError::into_inner),
        };
        for topic in self.topics.lock().unwrap_or_else(PoisonError::into_inner).values() {
            topic.share.serve();
        }
        let events = &self.side.0;
        *events.undelivered.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
        let flushed_by = until(deadline);
        let end = flushed_by + REPORTS;
        // Round again while a publisher that took its room before the close has not handed over or been told yet.
        loop {
            if !self.flush_until(flushed_by) {
                self.producer.purge(PurgeConfig::default().queue().inflight());
            }
            if self.side.0.waiting() == 0 || Instant::now() >= end {
                break;
            }
            if self.polling.is_here() {
                self.producer.poll(Duration::from_millis(5));
            } else {
                thread::sleep(Duration::from_millis(5));
            }
        }
        self.polling.stop();
        events
            .undelivered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .unwrap_or_default()
    }

    fn flush_until(&self, end: Instant) -> bool {
        let left = || end.saturating_duration_since(Instant::now());
        if !self.polling.is_here() {
            return produce::flush(&self.producer, left());
        }
        // A callback of this very thread dropped the last handle: the reports that a flush waits for would wait for it.
        while self.side.0.waiting() > 0 && !left().is_zero() {
            self.producer.poll(left().min(Duration::from_millis(20)));
        }
        self.side.0.waiting() == 0
    }

    /// Why the producer takes no more, where it has failed for good.
    pub(super) fn fatal(&self) -> Option<String> {
        self.producer.client().fatal_error().map(|(_, reason)| reason)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if self.whole.is_closed() {
            return;
        }
        let undelivered = self.shut(DROP_PATIENCE).len();
        let unreported = self.side.0.waiting();
        if undelivered + unreported > 0 {
            tracing::warn!(
                undelivered,
                unreported,
                "a Kafka client was dropped with events that could not be sent: close it to have them back"
            );
        }
    }
}

impl std::fmt::Debug for Kafka {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Kafka").field(&self.0.config).finish()
    }
}

/// The thread that serves delivery reports.
struct Polling {
    stop: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
    id: ThreadId,
}

impl Polling {
    fn start(producer: Arc<BaseProducer<ProducerSide>>, side: ProducerSide) -> std::io::Result<Self> {
        /// How often the thread looks whether to stop; reports wake it at once.
        const STEP: Duration = Duration::from_millis(50);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let polling = move || {
            while !stopped.load(Ordering::Acquire) {
                producer.poll(STEP);
                side.0.settle();
            }
        };
        let handle = thread::Builder::new().name("kafka-reports".to_owned()).spawn(polling)?;
        Ok(Self {
            stop,
            id: handle.thread().id(),
            thread: Mutex::new(Some(handle)),
        })
    }

    /// Whether the caller is the thread itself, by way of a callback.
    fn is_here(&self) -> bool {
        self.id == thread::current().id()
    }

    fn stop(&self) {
        self.stop.store(true, Ordering::Release);
        let handle = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A thread cannot wait for itself.
        if let Some(handle) = handle
            && !self.is_here()
        {
            _ = handle.join();
        }
    }
}
