//! The thread that reads: it serves rebalances, reads what there is room for, and commits what has been handled.
//!
//! ```text
//!  partitions ──► data queue ── decode ──► inbox ──► application
//!                                                        │ ack
//!  group ◄── commit ◄── handled without a gap ◄── partition's progress
//! ```

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::{Offset, TopicPartitionList};

use super::builder::Undecoded;
use super::error::{ConsumeError, Undecodable};
use super::partition::{Assigned, PartitionState};
use super::received::{Ack, Context, Received};
use super::shared::Shared;
use super::side::{Partitions, Side, Told};
use crate::codec::DecodeClass;
use crate::codec::error::DecodeError;
use crate::ffi::consume::{CommitQueue, Committed, DataQueue, Message, end_offset, is_cooperative};
use crate::topic::{EncodedEvent, FINGERPRINT_HEADER, Framing, Subscription};

/// How long the thread waits for messages before it looks after the group again.
const STEP: Duration = Duration::from_millis(10);

/// How many messages are read at once.
const BATCH: usize = 256;

/// How long a commit may take where partitions are given up after it.
const COMMIT_PATIENCE: Duration = Duration::from_secs(5);

/// What the poll thread owns.
pub(super) struct Reader<S: Subscription> {
    // First, since fields are dropped in order: queues go before their consumer.
    queue: DataQueue<Side>,
    group: Membership<S>,
}

/// The consumer in its group, and its partitions.
struct Membership<S: Subscription> {
    answers: CommitQueue<Side>,
    consumer: Arc<BaseConsumer<Side>>,
    shared: Arc<Shared<S>>,
    assigned: Vec<Arc<Assigned>>,
    /// The last message's partition: messages come in runs.
    last: usize,
    read: Vec<Result<Received<S::Event>, ConsumeError>>,
    handover: Option<Handover>,
    /// Assignments and revocations that wait for the one before them.
    told: VecDeque<Told>,
    commits: usize,
    next_commit: Instant,
}

/// Partitions on their way to another member.
struct Handover {
    list: Partitions,
    partitions: Vec<Arc<Assigned>>,
    until: Instant,
    /// When to send offsets that the group does not know yet; `None` while the application's hands are waited for.
    commit_at: Option<Instant>,
}

impl<S: Subscription> Reader<S> {
    pub(super) fn new(consumer: BaseConsumer<Side>, shared: Arc<Shared<S>>) -> Self {
        let consumer = Arc::new(consumer);
        Self {
            queue: DataQueue::new(&consumer, BATCH),
            group: Membership {
                answers: CommitQueue::new(&consumer),
                consumer,
                next_commit: Instant::now() + shared.settings.commit_interval,
                shared,
                assigned: Vec::new(),
                last: 0,
                read: Vec::with_capacity(BATCH),
                handover: None,
                told: VecDeque::new(),
                commits: 0,
            },
        }
    }

    /// Reads until the consumer is stopped or fails, then leaves the group.
    pub(super) fn run(mut self) {
        let shared = self.group.shared.clone();
        let end = loop {
            if let Some(deadline) = shared.stop_requested() {
                shared.end(ConsumeError::Closed);
                break deadline;
            }
            if let Err(reason) = self.step() {
                tracing::error!(reason, "a consumer has failed for good");
                shared.end(ConsumeError::Fatal(reason));
                break Instant::now();
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
        }
        self.group.commit_in_time();
        Ok(())
    }

    /// Waits for what the application has in its hands, commits, and leaves.
    fn finish(mut self, end: Instant) {
        let group = &mut self.group;
        // A failure is not the last word here: what can be committed is.
        while Instant::now() < end && group.assigned.iter().any(|partition| partition.in_hands() > 0) {
            _ = group.serve(&self.queue);
            group.commit_in_time();
            std::thread::sleep(Duration::from_millis(2));
        }
        let patience = end.max(Instant::now() + Duration::from_secs(1));
        let all = group.assigned.clone();
        let mut commit_at = Instant::now();
        while Instant::now() < patience && !group.is_saved(&all, &mut commit_at) {
            _ = group.serve(&self.queue);
            std::thread::sleep(Duration::from_millis(1));
        }
        for partition in &all {
            partition.end(PartitionState::Over);
        }
        group.consumer.context().leave();
        // Now the queue is dropped, then the consumer, which leaves the group.
    }
}

impl<S: Subscription> Membership<S> {
    /// Serves what the group, the brokers and librdkafka have to say.
    fn serve(&mut self, queue: &DataQueue<Side>) -> Result<(), String> {
        /// One event each, and no telling whether there are more; those wait for the next step.
        const POLLS: usize = 4;
        for _ in 0..POLLS {
            match self.consumer.poll(Duration::ZERO) {
                Some(Err(KafkaError::MessageConsumptionFatal(code))) => {
                    let reason = self.consumer.client().fatal_error().map(|(_, reason)| reason);
                    return Err(reason.unwrap_or_else(|| code.to_string()));
                }
                Some(Err(error)) => tracing::warn!(%error, "a consumer goes on after an error"),
                // All partitions are forwarded before they are assigned.
                Some(Ok(message)) => {
                    return Err(format!(
                        "librdkafka gave a message of a partition that was not forwarded: {message:?}"
                    ));
                }
                None => {}
            }
        }
        self.told.extend(self.consumer.context().listen());
        while let Some(answer) = self.answers.answer() {
            self.committed(answer);
        }
        self.hand_over()?;
        while self.handover.is_none()
            && let Some(told) = self.told.pop_front()
        {
            match told {
                Told::Assigned(list) => self.assign(queue, &list)?,
                Told::Revoked(list) => self.revoke(list)?,
            }
        }
        Ok(())
    }

    fn assign(&mut self, queue: &DataQueue<Side>, list: &Partitions) -> Result<(), String> {
        for (topic, partition) in list {
            let Some(place) = S::TOPICS.iter().position(|spec| spec.name == topic) else {
                return Err(format!("the group assigned `{topic}`, which was not subscribed to"));
            };
            queue.adopt(topic, *partition);
            let room = self.shared.room.clone();
            let assigned = Arc::new(Assigned::new(S::TOPICS[place], place, *partition, room));
            self.assigned.push(assigned);
        }
        self.shared.assigned(&self.assigned);
        let partitions = named(list);
        let result = if is_cooperative(&self.consumer) {
            self.consumer.incremental_assign(&partitions)
        } else {
            self.consumer.assign(&partitions)
        };
        result.map_err(|error| format!("an assignment was refused: {error}"))
    }

    /// Begins to give partitions up: what the application has not seen is taken back, what is in its hands is waited for.
    fn revoke(&mut self, list: Partitions) -> Result<(), String> {
        let lost = self.consumer.assignment_lost();
        let is_listed = |partition: &&Arc<Assigned>| list.iter().any(|(topic, number)| partition.is(topic.as_bytes(), *number));
        let partitions: Vec<_> = self.assigned.iter().filter(is_listed).cloned().collect();
        for partition in &partitions {
            // Lost partitions may have a new owner already: neither waited for nor committed.
            partition.end(if lost { PartitionState::Over } else { PartitionState::Revoked });
        }
        self.shared.take_back();
        self.handover = Some(Handover {
            list,
            partitions,
            until: Instant::now()
                + if lost {
                    Duration::ZERO
                } else {
                    self.shared.settings.drain_deadline
                },
            commit_at: None,
        });
        self.hand_over()
    }

    /// Goes on with giving partitions up, if any are.
    fn hand_over(&mut self) -> Result<(), String> {
        let now = Instant::now();
        let Some(mut handover) = self.handover.take() else { return Ok(()) };
        if handover.commit_at.is_none() {
            let in_hands: usize = handover.partitions.iter().map(|partition| partition.in_hands()).sum();
            if in_hands > 0 && now < handover.until {
                self.handover = Some(handover);
                return Ok(());
            }
            if in_hands > 0 {
                tracing::warn!(
                    in_hands,
                    "partitions are handed over before all of their events were acknowledged: they are read again"
                );
            }
            handover.until = now + COMMIT_PATIENCE;
        }
        if now < handover.until && !self.is_saved(&handover.partitions, handover.commit_at.get_or_insert(now)) {
            self.handover = Some(handover);
            return Ok(());
        }
        for partition in &handover.partitions {
            partition.end(PartitionState::Over);
        }
        self.assigned
            .retain(|partition| !handover.partitions.iter().any(|over| Arc::ptr_eq(over, partition)));
        self.last = 0;
        self.shared.assigned(&self.assigned);
        self.shared.counters.rebalances.fetch_add(1, Ordering::Relaxed);
        let result = if is_cooperative(&self.consumer) {
            self.consumer.incremental_unassign(&named(&handover.list))
        } else {
            self.consumer.unassign()
        };
        result.map_err(|error| format!("partitions could not be given up: {error}"))
    }

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
        let Some(partition) = self.partition(message) else { return };
        if partition.state() != PartitionState::Reading {
            return self.rest(&partition);
        }
        let encoded = EncodedEvent::new(message.value()).with_fingerprint(fingerprint(&partition, message));
        match S::decode(partition.topic, encoded) {
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

    /// Asks for no more of a partition that rests. What was fetched already is dropped as it comes, and read again after an assignment.
    fn rest(&self, partition: &Assigned) {
        let rests = matches!(partition.state(), PartitionState::Waiting | PartitionState::Stopped);
        if !rests || partition.paused.swap(true, Ordering::Relaxed) {
            return;
        }
        let list = named(&vec![(partition.spec.name.to_owned(), partition.partition)]);
        if let Err(error) = self.consumer.pause(&list) {
            tracing::warn!(%error, topic = partition.spec.name, partition = partition.partition, "a partition that rests is still fetched");
        }
    }

    fn commit_in_time(&mut self) {
        let now = Instant::now();
        if now < self.next_commit || self.commits > 0 {
            return;
        }
        self.next_commit = now + self.shared.settings.commit_interval;
        for partition in &self.assigned {
            if let Some(end) = end_offset(&self.consumer, partition.spec.name, partition.partition) {
                partition.end.store(end, Ordering::Relaxed);
            }
        }
        let all = self.assigned.clone();
        self.commit(&all);
    }

    /// Sends what the group does not know yet; the answer comes in time.
    fn commit(&mut self, partitions: &[Arc<Assigned>]) {
        let mut list = TopicPartitionList::new();
        for partition in partitions {
            if let Some(offset) = partition.to_commit() {
                // Only an offset that is no offset is refused.
                _ = list.add_partition_offset(partition.spec.name, partition.partition, Offset::Offset(offset));
            }
        }
        if list.count() == 0 {
            return;
        }
        match self.answers.commit(&list) {
            Ok(()) => self.commits += 1,
            Err(error) => tracing::warn!(%error, "offsets could not be committed"),
        }
    }

    /// Whether the group knows how far these partitions are handled; sends what it does not know, again where that failed.
    fn is_saved(&mut self, partitions: &[Arc<Assigned>], commit_at: &mut Instant) -> bool {
        /// A group that is being balanced takes no commits for a moment.
        const AGAIN: Duration = Duration::from_millis(50);
        if self.commits > 0 {
            return false;
        }
        let saved = partitions.iter().all(|partition| partition.to_commit().is_none());
        if !saved && Instant::now() >= *commit_at {
            *commit_at = Instant::now() + AGAIN;
            self.commit(partitions);
        }
        saved
    }

    fn committed(&mut self, answer: Result<Committed, RDKafkaErrorCode>) {
        self.commits = self.commits.saturating_sub(1);
        match answer {
            Ok(offsets) => {
                for (topic, number, offset) in offsets {
                    if let Some(partition) = self.assigned.iter().find(|partition| partition.is(topic.as_bytes(), number)) {
                        partition.committed(offset);
                    }
                }
            }
            // Sent again in time: the member keeps its partitions while the group is balanced.
            Err(
                code @ (RDKafkaErrorCode::RebalanceInProgress | RDKafkaErrorCode::IllegalGeneration | RDKafkaErrorCode::StaleMemberEpoch),
            ) => {
                tracing::debug!(error = %code, "offsets are committed after the rebalance");
            }
            Err(code) => {
                tracing::warn!(error = %code, "offsets could not be committed");
                // The group has gone on without this member: its partitions may have new owners.
                if is_fenced(code) {
                    for partition in &self.assigned {
                        partition.end(PartitionState::Over);
                    }
                    self.shared.take_back();
                }
            }
        }
    }
}

/// Whether a commit failed because the member is none any more.
fn is_fenced(code: RDKafkaErrorCode) -> bool {
    matches!(
        code,
        RDKafkaErrorCode::UnknownMemberId | RDKafkaErrorCode::FencedInstanceId | RDKafkaErrorCode::FencedMemberEpoch
    )
}

fn fingerprint<'a>(partition: &Assigned, message: &Message<'a>) -> Option<&'a [u8]> {
    if partition.spec.framing != Framing::Bare {
        return None;
    }
    message
        .headers()
        .find(|(name, _)| name.to_bytes() == FINGERPRINT_HEADER.as_bytes())
        .and_then(|(_, value)| value)
}

fn named(list: &Partitions) -> TopicPartitionList {
    let mut partitions = TopicPartitionList::with_capacity(list.len());
    for (topic, partition) in list {
        partitions.add_partition(topic, *partition);
    }
    partitions
}
