//! The thread that reads: it serves rebalances, reads what there is room for, and commits what has been handled.
//!
//! ```text
//!  partitions ──► data queue ── decode ──► inbox ──► application
//!                                                        │ ack
//!  group ◄── commit ◄── handled without a gap ◄── partition's progress
//! ```

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::RDKafkaErrorCode;

use super::builder::Undecoded;
use super::error::{ConsumeError, Undecodable};
use super::group::{Membership, named};
use super::partition::{Arrival, Assigned};
use super::received::{Ack, Context, Received};
use super::shared::Shared;
use super::side::Side;
use super::stats::PartitionState;
use crate::codec::DecodeClass;
use crate::codec::error::DecodeError;
use crate::ffi::consume::{DataQueue, Message};
use crate::spec::{FINGERPRINT_HEADER, Framing, KEY_FINGERPRINT_HEADER, KEY_SCHEMA_ID_HEADER, SCHEMA_ID_HEADER};
use crate::topic::{EncodedEvent, Subscription};

/// How long the thread waits for messages before it looks after the group again.
const STEP: Duration = Duration::from_millis(10);

/// How long the last commit and the leaving of the group may take, where the deadline leaves them less.
pub(super) const LEAVE_PATIENCE: Duration = Duration::from_secs(1);

/// How many messages are read at once.
const BATCH: usize = 256;

/// What the poll thread owns.
pub(super) struct Reader<S: Subscription> {
    // First, since fields are dropped in order: queues go before their consumer.
    queue: DataQueue<Side>,
    group: Membership<S>,
}

impl<S: Subscription> Reader<S> {
    pub(super) fn new(consumer: BaseConsumer<Side>, shared: Arc<Shared<S>>) -> Self {
        let consumer = Arc::new(consumer);
        Self {
            queue: DataQueue::new(&consumer, BATCH),
            group: Membership::new(consumer, shared),
        }
    }

    /// Reads until the consumer is stopped or fails, then leaves the group.
    pub(super) fn run(mut self) {
        let shared = self.group.shared.clone();
        let end = loop {
            if shared.stop_requested().is_some() {
                shared.end(ConsumeError::Closed);
                break None;
            }
            if let Err(reason) = self.step() {
                tracing::error!(reason, "a consumer has failed for good");
                shared.end(ConsumeError::Fatal(reason));
                break Some(Instant::now());
            }
        };
        self.finish(end);
    }

    fn step(&mut self) -> Result<(), String> {
        self.group.serve(&self.queue)?;
        let left = self.group.shared.room.left();
        if left == 0 {
            self.group.shared.room.wait(STEP);
        } else {
            let group = &mut self.group;
            self.queue.read(STEP, left, |message| group.take(message));
            let counters = &group.shared.counters;
            let events = group.read.iter().filter(|read| read.is_ok()).count();
            counters.received.fetch_add(events as u64, Ordering::Relaxed);
            group.shared.inbox.push(&mut group.read);
            group.hold();
        }
        self.group.release();
        self.group.commit_in_time();
        Ok(())
    }

    /// Waits for what the application has in its hands, commits, and leaves. A consumer that has failed waits for no hands.
    fn finish(mut self, failed: Option<Instant>) {
        let group = &mut self.group;
        let shared = group.shared.clone();
        // Asked for each time: an earlier deadline may come.
        let hands_until = || failed.or_else(|| shared.stop_requested()).unwrap_or_else(Instant::now);
        // A failure is not the last word here: what can be committed is.
        while Instant::now() < hands_until() && group.assigned.iter().any(|partition| partition.in_hands() > 0) {
            _ = group.serve(&self.queue);
            group.commit_in_time();
            std::thread::sleep(Duration::from_millis(2));
        }
        let least = Instant::now() + LEAVE_PATIENCE;
        group.leave_by = Some(least);
        let all = group.assigned.clone();
        let mut commit_at = Instant::now();
        while Instant::now() < shared.leave_by(least) && !group.is_saved(&all, &mut commit_at) {
            _ = group.serve(&self.queue);
            std::thread::sleep(Duration::from_millis(1));
        }
        // Now the queue is dropped, then the membership, which leaves the group.
    }
}

impl<S: Subscription> Membership<S> {
    /// Reads a message of the data queue.
    fn take(&mut self, message: &Message<'_>) {
        if let Some(code) = message.error() {
            if code != RDKafkaErrorCode::PartitionEOF {
                tracing::warn!(
                    topic = %String::from_utf8_lossy(message.topic()),
                    partition = message.partition(),
                    error = message.error_text(),
                    "a consumer goes on after an error"
                );
            }
            return;
        }
        let Some(mut partition) = self.partition(message) else { return };
        match partition.arrives(message.offset()) {
            Arrival::Next => {}
            Arrival::Last => self.full.push(partition.clone()),
            Arrival::Before => partition = self.begin_again(&partition, message.offset()),
            Arrival::Unwanted => return self.rest(&partition),
        }
        let encoded = EncodedEvent::new(message.value())
            .with_key(message.key())
            .within(self.shared.settings.limits)
            .with_writers(&self.shared.settings.writers);
        let read = match partition.spec.framing {
            Framing::Bare | Framing::ConfluentHeader => S::decode(partition.topic, with_headers(encoded, message)),
            // Headers that nobody looks for may say which framing a message has instead.
            Framing::SingleObject | Framing::Confluent => S::decode(partition.topic, encoded).or_else(|error| {
                if error.is_of_framing() {
                    S::decode(partition.topic, with_headers(encoded, message))
                } else {
                    Err(error)
                }
            }),
        };
        match read {
            Ok(event) => {
                if let Some(ack) = Ack::hand_out(&partition, message.offset()) {
                    let context = Context::of(message, partition.spec.name);
                    self.read.push(Ok(Received::new(event, context, ack)));
                }
            }
            Err(error) => self.undecodable(&partition, message, error),
        }
    }

    fn partition(&mut self, message: &Message<'_>) -> Option<Arc<Assigned>> {
        let (topic, number) = (message.topic(), message.partition());
        if !self.assigned.get(self.last).is_some_and(|partition| partition.is(topic, number)) {
            self.last = self.assigned.iter().position(|partition| partition.is(topic, number))?;
        }
        self.assigned.get(self.last).cloned()
    }

    /// Forgets how far a partition was whose offsets are given out again, to other messages: what was open means the old ones.
    fn begin_again(&mut self, old: &Arc<Assigned>, offset: i64) -> Arc<Assigned> {
        tracing::warn!(
            topic = old.spec.name,
            partition = old.partition,
            offset,
            "a partition goes on with an earlier offset: it has lost its end, or its topic was made anew"
        );
        old.end(PartitionState::Over);
        self.shared.take_back();
        let new = Arc::new(Assigned::new(old.spec, old.topic, old.partition, self.shared.room.clone()));
        self.assigned[self.last] = new.clone();
        self.shared.assigned(&self.assigned);
        new
    }

    fn undecodable(&mut self, partition: &Arc<Assigned>, message: &Message<'_>, error: DecodeError) {
        let counters = &self.shared.counters;
        let found = Undecodable {
            topic: partition.spec.name,
            partition: partition.partition,
            offset: message.offset(),
            key: message.key().map(<[u8]>::to_vec),
            value: message.value().map(<[u8]>::to_vec),
            error,
        };
        counters.undecodable.fetch_add(1, Ordering::Relaxed);
        let class = found.error.class();
        if class != DecodeClass::WriterUnknown && self.shared.settings.undecoded == Undecoded::Skip {
            tracing::warn!("skipped: {found}");
            partition.pass_over(message.offset());
            return;
        }
        // What cannot be read now may be readable for a later version of the application: never skipped.
        let state = if class == DecodeClass::WriterUnknown {
            PartitionState::Waiting
        } else {
            PartitionState::Stopped
        };
        if partition.rest(state, message.offset()) {
            tracing::error!("the partition rests: {found}");
            self.read.push(Err(ConsumeError::Undecodable(Box::new(found))));
        }
        self.rest(partition);
    }

    /// Asks for no more of partitions where too much has ended behind an open message.
    ///
    /// After a batch, and not within: librdkafka reads on behind the last message that it gave out.
    fn hold(&mut self) {
        for partition in std::mem::take(&mut self.full) {
            // It may be over by the end of its batch.
            if partition.state() == PartitionState::Reading {
                self.pause(&partition);
                self.held.push(partition);
            }
        }
    }

    /// Reads on where enough of it has gone.
    fn release(&mut self) {
        self.held.retain(|partition| {
            // One that has come to rest meanwhile stays paused, and one that was taken away is another's.
            if partition.state() != PartitionState::Reading {
                return false;
            }
            if !partition.release() {
                return true;
            }
            partition.paused.store(false, Ordering::Relaxed);
            if let Err(error) = self.consumer.resume(&named(&vec![partition.named()])) {
                tracing::warn!(%error, topic = partition.spec.name, partition = partition.partition, "a partition is not read on");
            }
            false
        });
    }

    /// Asks for no more of a partition that rests. What was fetched already is dropped as it comes, and read again after an assignment.
    fn rest(&self, partition: &Assigned) {
        let rests = matches!(partition.state(), PartitionState::Waiting | PartitionState::Stopped);
        if rests {
            self.pause(partition);
        }
    }

    fn pause(&self, partition: &Assigned) {
        if partition.paused.swap(true, Ordering::Relaxed) {
            return;
        }
        if let Err(error) = self.consumer.pause(&named(&vec![partition.named()])) {
            tracing::warn!(%error, topic = partition.spec.name, partition = partition.partition, "a partition is still fetched");
        }
    }
}

/// With the headers that may name who wrote the message and its key.
fn with_headers<'a>(mut encoded: EncodedEvent<'a>, message: &Message<'a>) -> EncodedEvent<'a> {
    for (name, value) in message.headers() {
        let named = match name.to_str() {
            Ok(FINGERPRINT_HEADER) => &mut encoded.fingerprint,
            Ok(KEY_FINGERPRINT_HEADER) => &mut encoded.key_fingerprint,
            Ok(SCHEMA_ID_HEADER) => &mut encoded.schema_id,
            Ok(KEY_SCHEMA_ID_HEADER) => &mut encoded.key_schema_id,
            _ => continue,
        };
        // The last is its writer's: those that a message was forwarded with stand before.
        *named = value.or(*named);
    }
    encoded
}
