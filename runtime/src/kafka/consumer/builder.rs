//! What a consumer is told before it starts.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer as _};

use super::Consumer;
use super::error::ConsumerError;
use super::poll::Reader;
use super::shared::Shared;
use super::side::Side;
use crate::codec::Limits;
use crate::evolution::Writers;
use crate::kafka::error::{TopicsError, refused};
use crate::kafka::topics::{codec_is_there, partitions};
use crate::kafka::wait::off_thread;
use crate::kafka::{Config, Kafka};
use crate::topic::{ConsumedTopic, Group, Only, Subscription};

/// Where a group begins in a partition of which it has committed nothing, or of which what it has committed is kept no longer.
///
/// The first message that comes from a partition commits where its reading began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartAt {
    /// With the oldest message that the partition keeps.
    #[default]
    Earliest,
    /// With what is written from now on.
    ///
    /// Until a partition's first message has come, its end is asked for anew by each member that gets it: what is written between a
    /// member's leaving and the next one's asking is not read. Nor is what was not read yet of a partition whose committed offset has
    /// fallen out of its retention. For a group that must lose nothing, [`Earliest`](Self::Earliest).
    Latest,
}

/// What becomes of a message whose bytes are no event of its topic, or were written as another record.
///
/// A message whose writer's schema is not known here is never skipped: its partition waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undecoded {
    /// Its partition rests there, and others go on: nothing is lost.
    #[default]
    Stop,
    /// It is logged and passed over.
    Skip,
}

/// What becomes of an event whose handler fails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failed {
    /// Its partition rests there, and others go on: nothing is lost.
    #[default]
    Stop,
    /// The error is logged, and the event passed over.
    Skip,
}

/// As the builder leaves them.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) commit_interval: Duration,
    pub(super) drain_deadline: Duration,
    pub(super) in_flight: usize,
    pub(super) limits: Limits,
    pub(super) undecoded: Undecoded,
    pub(super) failed: Failed,
    pub(super) writers: Arc<Writers>,
}

/// Makes a [`Consumer`].
#[must_use = "a consumer begins at `start`"]
pub struct ConsumerBuilder<S> {
    kafka: Kafka,
    group: String,
    start_at: StartAt,
    settings: Settings,
    properties: BTreeMap<String, String>,
    #[cfg(feature = "evolution")]
    writers: Vec<String>,
    of: PhantomData<fn() -> S>,
}

impl Kafka {
    /// A consumer of a group of the manifest: all of its topics, as one enum of events.
    pub fn consumer<G: Group>(&self) -> ConsumerBuilder<G> {
        ConsumerBuilder::new(self.clone(), G::ID.to_owned())
    }

    /// A consumer of one topic, in a group of any name.
    pub fn consumer_of<T: ConsumedTopic>(&self, group: impl Into<String>) -> ConsumerBuilder<Only<T>> {
        ConsumerBuilder::new(self.clone(), group.into())
    }
}

impl<S: Subscription> ConsumerBuilder<S> {
    fn new(kafka: Kafka, group: String) -> Self {
        Self {
            kafka,
            group,
            start_at: StartAt::default(),
            settings: Settings {
                commit_interval: Duration::from_secs(1),
                drain_deadline: Duration::from_secs(5),
                in_flight: 1000,
                limits: Limits::DEFAULT,
                undecoded: Undecoded::default(),
                failed: Failed::default(),
                writers: Arc::default(),
            },
            #[cfg(feature = "evolution")]
            writers: Vec::new(),
            properties: BTreeMap::new(),
            of: PhantomData,
        }
    }

    /// Where to begin in a partition of which the group has committed nothing; the oldest message.
    pub fn start_at(mut self, start: StartAt) -> Self {
        self.start_at = start;
        self
    }

    /// How often what has been handled is committed; 1 s. A member that dies has its last interval read again by another.
    pub fn commit_interval(mut self, interval: Duration) -> Self {
        self.settings.commit_interval = interval;
        self
    }

    /// How long a partition that goes to another member waits for the events that the application has in its hands; 5 s.
    pub fn drain_deadline(mut self, deadline: Duration) -> Self {
        self.settings.drain_deadline = deadline;
        self
    }

    /// How many events may wait for the application or its acknowledgement, in all partitions together; 1000. No more are read ahead.
    ///
    /// An event that is kept without an acknowledgement takes one of these places only, but holds back its partition's commits: after 10,000
    /// acknowledged ones behind it the partition is [held](super::PartitionState::Held), while others are read.
    pub fn in_flight(mut self, events: usize) -> Self {
        self.settings.in_flight = events.max(1);
        self
    }

    /// What decoding one event may cost, whatever its bytes claim; [`Limits::DEFAULT`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// What becomes of a message that is no event of its topic; its partition stops.
    pub fn on_undecoded(mut self, policy: Undecoded) -> Self {
        self.settings.undecoded = policy;
        self
    }

    /// What becomes of an event whose handler fails; its partition stops.
    pub fn on_failed(mut self, policy: Failed) -> Self {
        self.settings.failed = policy;
        self
    }

    /// Other versions of the schemas of the topics' records, those of keys that are records among them: what was written with them is read,
    /// too. They may be given in several calls; one that is no version of any record is left out. All are read when the consumer starts, and a
    /// [plan](crate::evolution::Writers) is made of each when its first message comes.
    #[cfg(feature = "evolution")]
    pub fn writer_schemas(mut self, schemas: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.writers.extend(schemas.into_iter().map(Into::into));
        self
    }

    /// Any property of librdkafka, over what is set here; those that this consumer stands on cannot be changed.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// Joins the group, and begins to read.
    ///
    /// # Errors
    /// The cluster lacks a topic or does not answer, or a setting is refused.
    pub async fn start(self) -> Result<Consumer<S>, ConsumerError> {
        off_thread("kafka-consumer", || self.start_blocking()).await
    }

    /// Starts as [`start`](Self::start) does, on this thread.
    ///
    /// # Errors
    /// As there.
    pub fn start_blocking(mut self) -> Result<Consumer<S>, ConsumerError> {
        #[cfg(feature = "evolution")]
        let writers = Writers::new(S::TOPICS, &self.writers)?;
        #[cfg(not(feature = "evolution"))]
        let writers = Writers::default();
        self.settings.writers = Arc::new(writers.with_ids(S::TOPICS, &self.kafka.config().schema_ids)?);
        let metadata = self.kafka.lookup().all().map_err(TopicsError::Metadata)?;
        if let Some(missing) = S::TOPICS.iter().find(|topic| partitions(&metadata, topic.name).is_none()) {
            return Err(ConsumerError::Missing(missing.name));
        }
        for topic in S::TOPICS {
            codec_is_there(topic.compression).map_err(|cause| ConsumerError::Settings(format!("`{}`: {cause}", topic.name)))?;
        }
        let settings = |error: &dyn std::fmt::Display| ConsumerError::Settings(error.to_string());
        let consumer = self.native()?;
        let topics: Vec<_> = S::TOPICS.iter().map(|topic| topic.name).collect();
        consumer.subscribe(&topics).map_err(|error| settings(&error))?;
        let shared = Shared::new(self.settings);
        let reader = Reader::new(consumer, shared.clone());
        let ended = Ended {
            shared: shared.clone(),
            _config: self.kafka.config().clone(),
        };
        let reading = move || {
            // Moved in, so that it is dropped last, also where the thread panics.
            let _ended = ended;
            reader.run();
        };
        thread::Builder::new()
            .name(format!("kafka-{}", self.group))
            .spawn(reading)
            .map_err(|error| settings(&error))?;
        Ok(Consumer::new(shared, self.group))
    }

    fn native(&self) -> Result<BaseConsumer<Side>, ConsumerError> {
        /// What commits, assigns and forwards here would be wrong with another value.
        const OURS: [&str; 5] = [
            "group.id",
            "enable.auto.commit",
            "enable.auto.offset.store",
            "enable.partition.eof",
            "auto.offset.reset",
        ];
        if self.group.is_empty() {
            return Err(ConsumerError::Settings("a group's id is not empty".to_owned()));
        }
        if let Some(name) = OURS.iter().find(|name| self.properties.contains_key(**name)) {
            return Err(ConsumerError::Settings(format!("`{name}` is set by the consumer itself")));
        }
        let mut config = self.kafka.config().consumer_config();
        for (name, value) in &self.properties {
            config.set(name, value);
        }
        for (name, value) in crate::kafka::defaults::COMMITS {
            config.set(*name, *value);
        }
        config.set("group.id", &self.group);
        let reset = match self.start_at {
            StartAt::Earliest => "earliest",
            StartAt::Latest => "latest",
        };
        config.set("auto.offset.reset", reset);
        config
            .create_with_context(Side::default())
            .map_err(|error| ConsumerError::Settings(refused(&error)))
    }
}

/// Tells whoever waits for it that the poll thread is gone, however it went.
struct Ended<S: Subscription> {
    shared: Arc<Shared<S>>,
    /// An embedded broker outlives its consumers.
    _config: Config,
}

impl<S: Subscription> Drop for Ended<S> {
    fn drop(&mut self) {
        self.shared.finish();
    }
}
