//! A consumer in its group: what it is told is served, and partitions come and go.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rdkafka::TopicPartitionList;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaError;

use super::error::ConsumeError;
use super::partition::Assigned;
use super::poll::LEAVE_PATIENCE;
use super::received::Received;
use super::shared::Shared;
use super::side::{Partitions, Side, Told};
use super::stats::PartitionState;
use crate::ffi::consume::{CommitQueue, DataQueue, is_cooperative, is_member};
use crate::kafka::wait::until;
use crate::topic::Subscription;

/// How long a commit may take where partitions are given up after it.
const COMMIT_PATIENCE: Duration = Duration::from_secs(5);

/// The consumer in its group, and its partitions.
pub(super) struct Membership<S: Subscription> {
    pub(super) answers: CommitQueue<Side>,
    pub(super) consumer: Arc<BaseConsumer<Side>>,
    pub(super) shared: Arc<Shared<S>>,
    pub(super) assigned: Vec<Arc<Assigned>>,
    /// The last message's partition: messages come in runs.
    pub(super) last: usize,
    /// Partitions of which no more is to be read.
    pub(super) full: Vec<Arc<Assigned>>,
    /// Partitions of which no more is read until what has ended behind an open message has gone.
    pub(super) held: Vec<Arc<Assigned>>,
    pub(super) read: Vec<Result<Received<S::Event>, ConsumeError>>,
    pub(super) handover: Option<Handover>,
    /// Assignments and revocations that wait for the one before them.
    pub(super) told: VecDeque<Told>,
    /// The partitions that there were when a commit was sent whose answer has not come; one commit at a time is under way.
    pub(super) sent: Option<Vec<Arc<Assigned>>>,
    pub(super) next_commit: Instant,
    /// When the partitions' ends are looked at again.
    pub(super) next_look: Instant,
    /// By when to have left the group, where no deadline is later; set where that is known before this is dropped.
    pub(super) leave_by: Option<Instant>,
    /// Whether the group is being joined anew.
    rejoins: bool,
}

/// Leaves the group, also where the thread panics.
impl<S: Subscription> Drop for Membership<S> {
    fn drop(&mut self) {
        // The first reason stays: this one is heard only after a panic, and before the group is left, which may take its time.
        self.shared
            .end(ConsumeError::Fatal("the thread that reads has panicked".to_owned()));
        for received in self.read.drain(..).flatten() {
            received.take_back();
        }
        for partition in &self.assigned {
            partition.end(PartitionState::Over);
        }
        // Whoever waits is told in time, also if the native consumer, which is dropped after this, is not.
        let least = self.leave_by.unwrap_or_else(|| Instant::now() + LEAVE_PATIENCE);
        self.shared.leaves_by(least);
        let side = self.consumer.context();
        side.leave();
        let under_way = self.handover.take().map(|handover| Told::Revoked(handover.list));
        let unserved = self.told.drain(..).chain(side.listen());
        for told in under_way.into_iter().chain(unserved) {
            match told {
                Told::Assigned(list) => Side::decline(&self.consumer, true, &named(&list)),
                Told::Revoked(list) => Side::decline(&self.consumer, false, &named(&list)),
            }
        }
    }
}

/// Partitions on their way to another member.
pub(super) struct Handover {
    list: Partitions,
    partitions: Vec<Arc<Assigned>>,
    until: Instant,
    /// They may have a new owner already: neither waited for nor committed.
    pub(super) lost: bool,
    /// When to send offsets that the group does not know yet; `None` while the application's hands are waited for.
    commit_at: Option<Instant>,
}

impl<S: Subscription> Membership<S> {
    pub(super) fn new(consumer: Arc<BaseConsumer<Side>>, shared: Arc<Shared<S>>) -> Self {
        Self {
            answers: CommitQueue::new(&consumer),
            consumer,
            next_commit: until(shared.settings.commit_interval),
            shared,
            assigned: Vec::new(),
            last: 0,
            full: Vec::new(),
            held: Vec::new(),
            read: Vec::new(),
            handover: None,
            told: VecDeque::new(),
            sent: None,
            next_look: Instant::now(),
            leave_by: None,
            rejoins: false,
        }
    }

    /// Serves what the group, the brokers and librdkafka have to say.
    pub(super) fn serve(&mut self, queue: &DataQueue<Side>) -> Result<(), String> {
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
        self.look_at_ends();
        while let Some(answer) = self.answers.answer() {
            self.committed(answer);
        }
        self.hand_over()?;
        while self.handover.is_none()
            && let Some(told) = self.told.pop_front()
        {
            match told {
                Told::Assigned(list) => {
                    self.assign(queue, &list)?;
                    self.rejoin()?;
                }
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
        // A partition that rested in an earlier assignment is paused still: librdkafka leaves that to whoever asked for it.
        if let Err(error) = self.consumer.resume(&partitions) {
            return Err(format!("an assignment could not be resumed: {error}"));
        }
        let result = if is_cooperative(&self.consumer) {
            self.consumer.incremental_assign(&partitions)
        } else {
            self.consumer.assign(&partitions)
        };
        result.map_err(|error| format!("an assignment was refused: {error}"))
    }

    /// Joins the group anew where it has lost this member in the midst of a rebalance.
    ///
    /// librdkafka tells a member that is thrown out then nothing of the partitions which it keeps: neither that they are lost, nor that they
    /// are assigned after it has joined again. Taken out and put in again one by one they are sometimes not read; a new subscription has them
    /// revoked and assigned as those of any new member, to be read from what the group has committed.
    fn rejoin(&mut self) -> Result<(), String> {
        let over = self
            .assigned
            .iter()
            .filter(|partition| partition.state() == PartitionState::Over)
            .count();
        if over == 0 {
            self.rejoins = false;
            return Ok(());
        }
        if self.rejoins || !is_cooperative(&self.consumer) || !is_member(&self.consumer) {
            return Ok(());
        }
        self.rejoins = true;
        tracing::warn!(partitions = over, "the group had lost this member, which joins it anew");
        self.consumer.unsubscribe();
        let topics: Vec<_> = S::TOPICS.iter().map(|topic| topic.name).collect();
        let result = self.consumer.subscribe(&topics);
        result.map_err(|error| format!("the group could not be joined anew: {error}"))
    }

    /// Begins to give partitions up: what the application has not seen is taken back, what is in its hands is waited for.
    fn revoke(&mut self, list: Partitions) -> Result<(), String> {
        let lost = self.consumer.assignment_lost();
        let is_listed = |partition: &&Arc<Assigned>| list.iter().any(|(topic, number)| partition.is(topic.as_bytes(), *number));
        let partitions: Vec<_> = self.assigned.iter().filter(is_listed).cloned().collect();
        for partition in &partitions {
            partition.end(if lost { PartitionState::Over } else { PartitionState::Revoked });
        }
        self.shared.take_back();
        self.handover = Some(Handover {
            list,
            partitions,
            until: until(if lost {
                Duration::ZERO
            } else {
                self.shared.settings.drain_deadline
            }),
            lost,
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
        // Nor is an answer waited for that is on its way: it is for what these partitions were, and may never come.
        if !handover.lost && now < handover.until && !self.is_saved(&handover.partitions, handover.commit_at.get_or_insert(now)) {
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
}

pub(super) fn named(list: &Partitions) -> TopicPartitionList {
    let mut partitions = TopicPartitionList::with_capacity(list.len());
    for (topic, partition) in list {
        partitions.add_partition(topic, *partition);
    }
    partitions
}
