//! What the poll thread and the application's handle on it share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use event_listener::{Event, Listener as _};

use super::builder::Settings;
use super::error::ConsumeError;
use super::inbox::{Inbox, Room};
use super::partition::Assigned;
use super::received::Received;
use super::stats::{PartitionState, PartitionStats};
use crate::kafka::wait::until;
use crate::topic::Subscription;

type Item<S> = Result<Received<<S as Subscription>::Event>, ConsumeError>;

pub(super) struct Shared<S: Subscription> {
    pub(super) settings: Settings,
    pub(super) inbox: Arc<Inbox<Item<S>>>,
    pub(super) room: Arc<Room>,
    pub(super) counters: Counters,
    life: Mutex<Life>,
    finished: Event,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) received: AtomicU64,
    pub(super) undecodable: AtomicU64,
    pub(super) failed: AtomicU64,
    pub(super) rebalances: AtomicU64,
}

#[derive(Default)]
struct Life {
    /// By when to have finished, once that is asked for.
    stop: Option<Instant>,
    finished: bool,
    assigned: Vec<Arc<Assigned>>,
}

/// What a consumer has done, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsumerStats {
    /// Events that were read.
    pub received: u64,
    /// Messages that were no events of their topic.
    pub undecodable: u64,
    /// Events whose handler failed.
    pub failed: u64,
    /// How often partitions were given up.
    pub rebalances: u64,
    /// The partitions that are assigned, or were when the consumer ended.
    pub partitions: Vec<PartitionStats>,
}

impl ConsumerStats {
    /// Messages that the partitions have after the handled ones; `None` while that of any of them is not known, or none is assigned.
    ///
    /// See [`PartitionStats::lag`].
    #[must_use]
    pub fn lag(&self) -> Option<i64> {
        if self.partitions.is_empty() {
            return None;
        }
        self.partitions.iter().map(|partition| partition.lag).sum()
    }

    /// Partitions that do not go on by themselves.
    pub fn resting(&self) -> impl Iterator<Item = &PartitionStats> {
        self.partitions
            .iter()
            .filter(|partition| matches!(partition.state, PartitionState::Waiting | PartitionState::Stopped))
    }

    /// Whether all that was handled is committed, and nothing was left in the application's hands.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let settled = |partition: &PartitionStats| partition.in_hands == 0 && partition.committed == partition.handled;
        self.partitions.iter().all(settled)
    }
}

impl<S: Subscription> Shared<S> {
    pub(super) fn new(settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            room: Arc::new(Room::new(settings.in_flight)),
            settings,
            inbox: Inbox::new(),
            counters: Counters::default(),
            life: Mutex::default(),
            finished: Event::new(),
        })
    }

    fn life<R>(&self, with: impl FnOnce(&mut Life) -> R) -> R {
        with(&mut self.life.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the poll thread to finish; an earlier deadline counts.
    pub(super) fn stop(&self, patience: Duration) {
        let end = until(patience);
        self.life(|life| life.stop = Some(life.stop.map_or(end, |stop| stop.min(end))));
        // Whoever waits for another deadline looks again.
        self.finished.notify(usize::MAX);
    }

    pub(super) fn stop_requested(&self) -> Option<Instant> {
        self.life(|life| life.stop)
    }

    /// Nothing comes any more; what the application has not seen goes back.
    pub(super) fn end(&self, why: ConsumeError) {
        for received in self.inbox.end(why).into_iter().flatten() {
            received.take_back();
        }
    }

    /// Takes back what waits of partitions that are not read any more.
    pub(super) fn take_back(&self) {
        let stays = |item: &Item<S>| match item {
            Ok(received) => received.is_wanted(),
            Err(_) => true,
        };
        for received in self.inbox.take_out(stays).into_iter().flatten() {
            received.take_back();
        }
    }

    pub(super) fn assigned(&self, partitions: &[Arc<Assigned>]) {
        self.life(|life| life.assigned = partitions.to_vec());
    }

    /// The poll thread has left the group, or is not waited for any longer.
    pub(super) fn finish(&self) {
        self.life(|life| life.finished = true);
        self.finished.notify(usize::MAX);
    }

    /// By when to have left the group: at the deadline, but not before `least`; at that where none was set.
    pub(super) fn leave_by(&self, least: Instant) -> Instant {
        self.stop_requested().map_or(least, |stop| stop.max(least))
    }

    /// Tells those who wait that it has finished, at the latest when it should have left the group.
    ///
    /// librdkafka leaves only after its commits are answered, and waits for that without an end.
    pub(super) fn leaves_by(self: &Arc<Self>, least: Instant) {
        let shared = self.clone();
        let watch = move || {
            while !shared.is_finished() {
                event_listener::listener!(shared.finished => finished);
                let end = shared.leave_by(least);
                if !shared.is_finished() && (Instant::now() >= end || finished.wait_deadline(end).is_none()) {
                    tracing::warn!("a consumer is still leaving its group, and is not waited for any longer");
                    shared.finish();
                }
            }
        };
        if let Err(error) = std::thread::Builder::new().name("kafka-leaving".to_owned()).spawn(watch) {
            tracing::warn!(%error, "the system gives no thread: the group is left without being waited for");
            self.finish();
        }
    }

    fn is_finished(&self) -> bool {
        self.life(|life| life.finished)
    }

    pub(super) async fn finished(&self) {
        while !self.is_finished() {
            let finished = self.finished.listen();
            if !self.is_finished() {
                finished.await;
            }
        }
    }

    pub(super) fn finished_by(&self, end: Instant) {
        while !self.is_finished() && Instant::now() < end {
            event_listener::listener!(self.finished => finished);
            if !self.is_finished() {
                _ = finished.wait_deadline(end);
            }
        }
    }

    pub(super) fn stats(&self) -> ConsumerStats {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        ConsumerStats {
            received: count(&self.counters.received),
            undecodable: count(&self.counters.undecodable),
            failed: count(&self.counters.failed),
            rebalances: count(&self.counters.rebalances),
            partitions: self.life(|life| life.assigned.iter().map(|partition| partition.stats()).collect()),
        }
    }
}
