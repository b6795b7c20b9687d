//! A topic's publisher: an event in, one of three ends out.

use std::cell::RefCell;
use std::ffi::{CStr, CString};
use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rdkafka::error::RDKafkaErrorCode;

use super::Kafka;
use super::client::{Inner, PrimedTopic};
use super::delivery::{Delivery, Failure, Outcome, Written};
use super::encoded::{Content, Encoded, Events, Naming, key_fingerprint, unsent};
use super::error::{Cause, PublishError, PublisherError};
use super::permits::Closed;
use super::unsent::Unsent;
use super::wait::{Slot, block_on, off_thread};
use crate::codec::Limits;
use crate::framing::Stamp;
use crate::spec::{FINGERPRINT_HEADER, Framing, KEY_FINGERPRINT_HEADER, KEY_SCHEMA_ID_HEADER, SCHEMA_ID_HEADER};
use crate::topic::{EncodedEvent, PublishedTopic};

/// Publishes the events of one topic, keyed and compressed as its manifest states.
///
/// The producer is idempotent, which is not exactly once: where an event of one partition times out, what is on its way to others at that
/// moment may be written twice (librdkafka's issue 4953), as may what is published again after a *possibly written*. A reader for which that
/// matters knows events by an id of their own.
///
/// Cheap to clone; all publishers of a [`Kafka`] share its producer.
pub struct Publisher<T: PublishedTopic> {
    kafka: Arc<Inner>,
    topic: Arc<PrimedTopic>,
    /// Where the topic's framing is a schema registry's.
    naming: Option<Arc<Naming>>,
    of: PhantomData<fn() -> T>,
}

impl<T: PublishedTopic> Clone for Publisher<T> {
    fn clone(&self) -> Self {
        Self {
            kafka: self.kafka.clone(),
            topic: self.topic.clone(),
            naming: self.naming.clone(),
            of: PhantomData,
        }
    }
}

impl<T: PublishedTopic> fmt::Debug for Publisher<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Publisher").field(&T::SPEC.name).finish()
    }
}

/// What goes with an event beside its key and value.
#[derive(Debug, Clone, Default)]
pub struct Outgoing {
    headers: Vec<(String, Vec<u8>)>,
    timestamp: Option<i64>,
}

impl Outgoing {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A header; a name may stand more than once.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The message's timestamp, in milliseconds since 1970-01-01T00:00:00Z; now, where it is not set.
    #[must_use]
    pub fn timestamp(mut self, millis: i64) -> Self {
        self.timestamp = Some(millis);
        self
    }
}

thread_local! {
    /// Reused by all publishers of a thread, so that encoding allocates nothing.
    static BUFFERS: RefCell<Encoded> = RefCell::default();
}

impl Kafka {
    /// The publisher of a topic: its own codec and partitioner are in force before its first event.
    ///
    /// # Errors
    /// The cluster lacks the topic or has it with another number of partitions, what a schema registry calls its records is to be known and
    /// is not, or the client is closed.
    pub async fn publisher<T: PublishedTopic>(&self) -> Result<Publisher<T>, PublisherError> {
        let kafka = self.clone();
        off_thread("kafka-publisher", move || kafka.publisher_blocking()).await
    }

    /// What [`publisher`](Self::publisher) gives, made on this thread.
    ///
    /// # Errors
    /// As there.
    pub fn publisher_blocking<T: PublishedTopic>(&self) -> Result<Publisher<T>, PublisherError> {
        let naming = Naming::of::<T>(&self.config().schema_ids)?;
        let topic = self.primed(T::SPEC)?;
        Ok(Publisher {
            kafka: self.inner().clone(),
            topic,
            naming: naming.map(Arc::new),
            of: PhantomData,
        })
    }
}

impl<T: PublishedTopic> Publisher<T> {
    /// Publishes an event: the future resolves at the broker's acknowledgement.
    ///
    /// The event is encoded at once. It is handed over at once too where the topic's share of the queue has room and nothing waits for
    /// some; else as soon as there is room, in the order of the calls, those of [`enqueue`](Self::enqueue) and
    /// [`publish_blocking`](Self::publish_blocking) among them. Neither needs the future to be polled. Dropped before it is handed over, the
    /// event is not sent; dropped after that, it is on its way.
    ///
    /// # Errors
    /// The event was not written, or possibly written; it is handed back.
    pub fn publish(&self, event: &T::Event) -> impl Future<Output = Result<Written, PublishError<T::Event>>> + Send + use<T> {
        self.publish_with(event, Outgoing::default())
    }

    /// Publishes an event with headers or a timestamp.
    ///
    /// # Errors
    /// As [`publish`](Self::publish).
    pub fn publish_with(
        &self,
        event: &T::Event,
        outgoing: Outgoing,
    ) -> impl Future<Output = Result<Written, PublishError<T::Event>>> + Send + use<T> {
        self.send::<Events>(event, outgoing)
    }

    pub(super) fn send<C: Content<T, One: Send>>(
        &self,
        one: &C::One,
        outgoing: Outgoing,
    ) -> impl Future<Output = Result<Written, PublishError<C::One>>> + Send + use<T, C> {
        // Kept by the future: the client lives until it has its end.
        let publisher = self.clone();
        let slot = Arc::new(Slot::new());
        let filled = slot.clone();
        let fill = move |outcome| filled.fill(outcome);
        let share = &self.topic.share;
        let begun = self.encoded::<C, _>(one, |encoded| match share.try_take(encoded.bytes()) {
            Ok(true) => {
                self.hand_over(encoded, &outgoing, fill);
                None
            }
            Ok(false) => {
                let message = Unsent::new(self.clone(), std::mem::take(encoded), outgoing, fill);
                Some(self.wait(message))
            }
            Err(Closed) => {
                fill(Err(unsent(encoded, Cause::Closed)));
                None
            }
        });
        async move {
            let _waiting = begun?;
            let outcome = poll_fn(|context| slot.poll(context)).await;
            Self::end::<C>(publisher.naming.as_deref(), outcome)
        }
    }

    /// Publishes an event and waits for the acknowledgement on this thread; not in a delivery callback, which reports wait behind.
    ///
    /// # Errors
    /// As [`publish`](Self::publish).
    pub fn publish_blocking(&self, event: &T::Event) -> Result<Written, PublishError<T::Event>> {
        self.send_blocking::<Events>(event)
    }

    pub(super) fn send_blocking<C: Content<T, One: Send>>(&self, one: &C::One) -> Result<Written, PublishError<C::One>> {
        if self.kafka.is_in_callback() {
            let outcome = self.encoded::<C, _>(one, |encoded| Err(unsent(encoded, Cause::WouldBlock)))?;
            return Self::end::<C>(self.naming.as_deref(), outcome);
        }
        block_on(self.send::<C>(one, Outgoing::default()))
    }

    /// Hands an event over and goes on; the callback is called with its end, on the thread that serves reports.
    ///
    /// Waits on this thread while the topic's share of the queue is full; in a callback it does not, and the event ends unsent then. The
    /// callback must not block: all reports wait behind it.
    ///
    /// # Errors
    /// The event cannot be encoded; the callback is not called then.
    pub fn enqueue(
        &self,
        event: &T::Event,
        callback: impl FnOnce(Result<Written, PublishError<T::Event>>) + Send + 'static,
    ) -> Result<(), PublishError<T::Event>> {
        self.enqueue_with(event, &Outgoing::default(), callback)
    }

    /// Hands an event over with headers or a timestamp, as [`enqueue`](Self::enqueue) does.
    ///
    /// # Errors
    /// As there.
    pub fn enqueue_with(
        &self,
        event: &T::Event,
        outgoing: &Outgoing,
        callback: impl FnOnce(Result<Written, PublishError<T::Event>>) + Send + 'static,
    ) -> Result<(), PublishError<T::Event>> {
        self.send_told::<Events>(event, outgoing, callback)
    }

    pub(super) fn send_told<C: Content<T>>(
        &self,
        one: &C::One,
        outgoing: &Outgoing,
        callback: impl FnOnce(Result<Written, PublishError<C::One>>) + Send + 'static,
    ) -> Result<(), PublishError<C::One>> {
        self.encoded::<C, _>(one, |encoded| {
            let naming = self.naming.clone();
            let told = move |outcome| callback(Self::end::<C>(naming.as_deref(), outcome));
            let share = &self.topic.share;
            match share.try_take(encoded.bytes()) {
                Ok(true) => self.hand_over(encoded, outgoing, told),
                Ok(false) if self.kafka.is_in_callback() => told(Err(unsent(encoded, Cause::WouldBlock))),
                Ok(false) => {
                    let gone = Arc::new(Slot::new());
                    let message = Unsent::new(self.clone(), std::mem::take(encoded), outgoing.clone(), told);
                    let _place = self.wait(message.telling(gone.clone()));
                    block_on(poll_fn(|context| gone.poll(context)));
                }
                Err(Closed) => told(Err(unsent(encoded, Cause::Closed))),
            }
        })
    }

    /// Encodes into this thread's buffers, for the time of a call.
    fn encoded<C: Content<T>, R>(&self, one: &C::One, with: impl FnOnce(&mut Encoded) -> R) -> Result<R, PublishError<C::One>> {
        // Taken, not borrowed: a callback may publish on this same thread.
        let mut encoded = BUFFERS.take();
        encoded.key.clear();
        encoded.value.clear();
        let result = C::encode(one, self.naming.as_deref(), &mut encoded).map(|()| with(&mut encoded));
        BUFFERS.set(encoded);
        result.map_err(PublishError::Encode)
    }

    /// Puts a message behind those that wait for room.
    fn wait<F: FnOnce(Outcome) + Send + 'static>(&self, message: Unsent<T, F>) -> Place {
        let number = self.topic.share.wait(message.bytes(), Box::new(message));
        Place {
            topic: self.topic.clone(),
            number,
        }
    }

    /// Hands a message over for which room has been taken; the outcome is told in any case.
    fn hand_over(&self, encoded: &Encoded, outgoing: &Outgoing, told: impl FnOnce(Outcome) + Send + 'static) {
        if let Err((cause, delivery)) = self.try_hand_over(encoded, outgoing, told) {
            self.topic.share.settle();
            delivery.end(Err(unsent(encoded, cause)));
        }
    }

    /// Hands a message over; refused, its room is given back, to be settled by the caller, who tells its end.
    pub(super) fn try_hand_over(
        &self,
        encoded: &Encoded,
        outgoing: &Outgoing,
        told: impl FnOnce(Outcome) + Send + 'static,
    ) -> Result<(), (Cause, Delivery)> {
        let delivery = Delivery::new(self.topic.number, encoded.bytes(), told);
        self.produce(encoded, outgoing, delivery).inspect_err(|(_, delivery)| {
            self.kafka.side.0.counters.not_written.fetch_add(1, Ordering::Relaxed);
            _ = self.topic.share.give_back_later(delivery.bytes());
        })
    }

    fn produce(&self, encoded: &Encoded, outgoing: &Outgoing, delivery: Delivery) -> Result<(), (Cause, Delivery)> {
        let mut names = Vec::new();
        for (name, _) in &outgoing.headers {
            match CString::new(name.as_str()) {
                Ok(name) => names.push(name),
                Err(_) => return Err((Cause::Other(format!("the header's name {name:?} has a NUL")), delivery)),
            }
        }
        let mut headers: Vec<_> = names
            .iter()
            .zip(&outgoing.headers)
            .map(|(name, (_, value))| (name.as_c_str(), value.as_slice()))
            .collect();
        let key_fingerprint = key_fingerprint::<T>();
        match T::SPEC.framing {
            Framing::Bare => {
                const NAME: &CStr = c"avro-fingerprint";
                const KEY_NAME: &CStr = c"avro-key-fingerprint";
                debug_assert_eq!(NAME.to_bytes(), FINGERPRINT_HEADER.as_bytes());
                debug_assert_eq!(KEY_NAME.to_bytes(), KEY_FINGERPRINT_HEADER.as_bytes());
                headers.extend(encoded.fingerprint.as_ref().map(|fingerprint| (NAME, fingerprint.as_slice())));
                headers.extend(key_fingerprint.as_ref().map(|fingerprint| (KEY_NAME, fingerprint.as_slice())));
            }
            Framing::ConfluentHeader => {
                const NAME: &CStr = c"__value_schema_id";
                const KEY_NAME: &CStr = c"__key_schema_id";
                debug_assert_eq!(NAME.to_bytes(), SCHEMA_ID_HEADER.as_bytes());
                debug_assert_eq!(KEY_NAME.to_bytes(), KEY_SCHEMA_ID_HEADER.as_bytes());
                let key = self.naming.as_deref().and_then(Naming::key);
                headers.extend(encoded.stamp.as_ref().map(|stamp| (NAME, stamp.as_slice())));
                headers.extend(key.map(|stamp| (KEY_NAME, stamp.as_slice())));
            }
            Framing::SingleObject | Framing::Confluent => {}
        }
        self.topic
            .native
            .produce(encoded.key(), encoded.value(), outgoing.timestamp, &headers, delivery)
            .map_err(|(code, delivery)| {
                let cause = match code {
                    RDKafkaErrorCode::Fatal => Cause::Fatal(self.kafka.fatal().unwrap_or_else(|| code.to_string())),
                    code => Cause::of(code),
                };
                (cause, delivery)
            })
    }

    /// The typed end of an outcome; what was to be sent comes out of its bytes.
    fn end<C: Content<T>>(naming: Option<&Naming>, outcome: Outcome) -> Result<Written, PublishError<C::One>> {
        /// What was encoded here may be larger than what is taken from others; how deep it nests is bounded, since this thread's stack is.
        const OWN: Limits = Limits {
            depth: 512,
            items: usize::MAX,
            memory: usize::MAX,
            ..Limits::DEFAULT
        };
        outcome.map_err(|failure| {
            let Failure {
                possibly,
                cause,
                key,
                value,
                fingerprint,
                schema_id,
            } = *failure;
            let key_fingerprint = key_fingerprint::<T>();
            let mut encoded = EncodedEvent::new(value.as_deref())
                .with_fingerprint(fingerprint.as_deref())
                .with_schema_id(schema_id.as_deref())
                .with_key(key.as_deref())
                .with_key_fingerprint(key_fingerprint.as_ref().map(<[u8; 8]>::as_slice))
                .with_key_schema_id(naming.and_then(Naming::key).map(Stamp::as_slice))
                .within(OWN);
            encoded.writers = naming.map(|naming| &naming.writers);
            match C::decode(encoded) {
                Ok(event) if possibly => PublishError::PossiblyWritten {
                    cause,
                    event: Box::new(event),
                },
                Ok(event) => PublishError::NotWritten {
                    cause,
                    event: Box::new(event),
                },
                Err(error) => PublishError::Unreadable {
                    possibly_written: possibly,
                    cause,
                    key,
                    value,
                    error,
                },
            }
        })
    }
}

/// The place of a publish that waits for room: dropped, the event is not sent, unless it has been handed over.
struct Place {
    topic: Arc<PrimedTopic>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.topic.share.give_up(self.number);
    }
}
