//! An assigned partition: what was handed out, what has been handled, and so what may be committed.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::spec::TopicSpec;

use super::inbox::Room;
use super::stats::{PartitionState, PartitionStats};

/// How many messages that have ended may stand behind one that has not. They take no room of the application's, but memory.
const MOST_ENDED: usize = 10_000;

/// One assignment of a partition. Another one of the same partition is another value, so what ends late is told apart.
#[derive(Debug)]
pub(super) struct Assigned {
    pub(super) spec: &'static TopicSpec,
    /// The topic's place in the subscription.
    pub(super) topic: usize,
    pub(super) partition: i32,
    /// The offset after the last message of the partition, as last heard; −1 before that.
    pub(super) end: AtomicI64,
    /// Where reading begins, as far as that is known while no message has come; −1 where it is not.
    pub(super) start: AtomicI64,
    /// Whether librdkafka has been told to fetch no more of it.
    pub(super) paused: AtomicBool,
    room: Arc<Room>,
    progress: Mutex<Progress>,
}

/// How a message stands to those that came before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    /// Behind them.
    Next,
    /// Behind them, and the last for now: too much has ended behind a message that has not.
    Last,
    /// Not behind them: the partition has lost its end, or its topic was made anew.
    Before,
    /// Its partition is not read any more.
    Unwanted,
}

#[derive(Debug)]
struct Progress {
    state: PartitionState,
    /// Where it rests, if it does: what stands before is still handed out.
    rests_at: i64,
    /// What was handed out and is not ended, or stands behind such; in order of offsets.
    open: VecDeque<(i64, bool)>,
    /// The offset of the last message that came.
    last: Option<i64>,
    /// How many of them are not ended.
    unended: usize,
    /// Whether no more is read until there are fewer.
    held: bool,
    /// The offset after the last message below which all are handled; at first, that of the first message.
    handled: Option<i64>,
    /// The last offset that the group is known to have.
    committed: Option<i64>,
}

impl Assigned {
    pub(super) fn new(spec: &'static TopicSpec, topic: usize, partition: i32, room: Arc<Room>) -> Self {
        Self {
            spec,
            topic,
            partition,
            end: AtomicI64::new(-1),
            start: AtomicI64::new(-1),
            paused: AtomicBool::new(false),
            room,
            progress: Mutex::new(Progress {
                state: PartitionState::Reading,
                rests_at: i64::MAX,
                open: VecDeque::new(),
                last: None,
                unended: 0,
                held: false,
                handled: None,
                committed: None,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        // Nothing that can panic runs under the lock.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn named(&self) -> (String, i32) {
        (self.spec.name.to_owned(), self.partition)
    }

    pub(super) fn is(&self, topic: &[u8], partition: i32) -> bool {
        self.partition == partition && self.spec.name.as_bytes() == topic
    }

    pub(super) fn state(&self) -> PartitionState {
        self.lock().state
    }

    /// What is to be done with a message that has come.
    pub(super) fn arrives(&self, offset: i64) -> Arrival {
        let mut progress = self.lock();
        if progress.state != PartitionState::Reading {
            Arrival::Unwanted
        } else if progress.last.is_some_and(|last| offset <= last) {
            Arrival::Before
        } else if progress.ended() >= MOST_ENDED && !progress.held {
            progress.held = true;
            Arrival::Last
        } else {
            Arrival::Next
        }
    }

    /// Whether a partition that is held may be read on.
    pub(super) fn release(&self) -> bool {
        let mut progress = self.lock();
        // Half of it at a time: a pause throws away what was fetched.
        progress.held = progress.ended() > MOST_ENDED / 2;
        !progress.held
    }

    /// Notes that a message goes to the application, where the partition is read.
    pub(super) fn hand_out(&self, offset: i64) -> bool {
        let mut progress = self.lock();
        if progress.state != PartitionState::Reading {
            return false;
        }
        progress.begin(offset);
        progress.open.push_back((offset, false));
        progress.unended += 1;
        drop(progress);
        self.room.take();
        true
    }

    /// Notes that a message is not for the application, and is as good as handled.
    pub(super) fn pass_over(&self, offset: i64) {
        let mut progress = self.lock();
        progress.begin(offset);
        progress.open.push_back((offset, true));
        progress.advance();
    }

    /// Notes that a message that was handed out has been handled.
    pub(super) fn handle(&self, offset: i64) {
        let mut progress = self.lock();
        if let Ok(at) = progress.open.binary_search_by_key(&offset, |(offset, _)| *offset) {
            progress.open[at].1 = true;
            progress.advance();
        }
        progress.unended -= 1;
        drop(progress);
        self.room.give_back();
    }

    /// Notes that a message that was handed out comes back unhandled.
    ///
    /// What stands before it can still be committed; it and what follows is read again by whoever gets the partition next.
    pub(super) fn give_up(&self) {
        self.lock().unended -= 1;
        self.room.give_back();
    }

    /// The partition rests at an offset from here on. Tells whether that is news: it is none where it rests before it, or is given up.
    pub(super) fn rest(&self, state: PartitionState, offset: i64) -> bool {
        let mut progress = self.lock();
        let news = match progress.state {
            PartitionState::Reading | PartitionState::Held => true,
            PartitionState::Waiting | PartitionState::Stopped => offset < progress.rests_at,
            PartitionState::Revoked | PartitionState::Over => false,
        };
        if news {
            progress.handled.get_or_insert(offset);
            progress.state = state;
            progress.rests_at = offset;
        }
        news
    }

    /// Whether a message that was read is still for the application.
    pub(super) fn is_wanted(&self, offset: i64) -> bool {
        let progress = self.lock();
        match progress.state {
            PartitionState::Reading | PartitionState::Held => true,
            PartitionState::Waiting | PartitionState::Stopped => offset < progress.rests_at,
            PartitionState::Revoked | PartitionState::Over => false,
        }
    }

    /// The partition is being taken away, with time to end what is in the application's hands, or without. What is over stays so.
    pub(super) fn end(&self, state: PartitionState) {
        let mut progress = self.lock();
        if progress.state != PartitionState::Over {
            progress.state = state;
        }
    }

    /// How many messages are in the application's hands.
    pub(super) fn in_hands(&self) -> usize {
        self.lock().unended
    }

    /// What the group does not know yet: the offset to commit.
    pub(super) fn to_commit(&self) -> Option<i64> {
        let progress = self.lock();
        match progress.handled {
            Some(handled) if progress.committed.is_none_or(|committed| committed < handled) && progress.state != PartitionState::Over => {
                Some(handled)
            }
            _ => None,
        }
    }

    /// The group knows of the offset now.
    pub(super) fn committed(&self, offset: i64) {
        let mut progress = self.lock();
        progress.committed = Some(progress.committed.map_or(offset, |committed| committed.max(offset)));
    }

    pub(super) fn stats(&self) -> PartitionStats {
        let known = |offset: &AtomicI64| Some(offset.load(Ordering::Relaxed)).filter(|offset| *offset >= 0);
        let progress = self.lock();
        PartitionStats {
            topic: self.spec.name,
            partition: self.partition,
            state: if progress.held && progress.state == PartitionState::Reading {
                PartitionState::Held
            } else {
                progress.state
            },
            in_hands: progress.unended,
            handled: progress.handled,
            committed: progress.committed,
            lag: progress
                .handled
                .or_else(|| known(&self.start))
                .zip(known(&self.end))
                .map(|(handled, end)| (end - handled).max(0)),
        }
    }
}

impl Progress {
    /// Notes a message that came, and where reading began, so that it is committed: the next reader of a group that starts at the end would begin behind what is
    /// in the application's hands.
    fn begin(&mut self, offset: i64) {
        self.handled.get_or_insert(offset);
        self.last = Some(offset);
    }

    /// How many messages have ended behind one that has not.
    fn ended(&self) -> usize {
        self.open.len().saturating_sub(self.unended)
    }

    /// Moves the handled offset over all that has ended without a gap.
    fn advance(&mut self) {
        while let Some((offset, true)) = self.open.front() {
            self.handled = Some(offset + 1);
            self.open.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Catalog, Cleanup, Compression, Framing, KeySpec, Retention};

    static SPEC: TopicSpec = TopicSpec {
        name: "t",
        key: KeySpec::None,
        partitions: 1,
        replication: 1,
        min_insync_replicas: 1,
        retention: Retention::Forever,
        cleanup: Cleanup::Delete,
        compression: Compression::None,
        framing: Framing::Bare,
        records: &[],
        config: &[],
        catalog: || &Catalog { topics: &[], groups: &[] },
    };

    fn assigned() -> (Assigned, Arc<Room>) {
        let room = Arc::new(Room::new(100));
        (Assigned::new(&SPEC, 0, 0, room.clone()), room)
    }

    #[test]
    fn only_what_is_handled_without_a_gap_is_committed() {
        let (partition, room) = assigned();
        // A transaction's marker leaves a hole at 12.
        for offset in [10, 11, 13, 14] {
            assert!(partition.hand_out(offset));
        }
        partition.handle(13);
        partition.handle(11);
        // Only where reading began.
        assert_eq!(partition.to_commit(), Some(10));
        partition.committed(10);
        assert_eq!(partition.to_commit(), None);
        partition.handle(10);
        assert_eq!(partition.to_commit(), Some(14));
        partition.committed(14);
        assert_eq!(partition.to_commit(), None);
        partition.pass_over(15);
        assert_eq!(partition.to_commit(), None);
        partition.handle(14);
        assert_eq!(partition.to_commit(), Some(16));
        assert_eq!((partition.in_hands(), room.taken()), (0, 0));
    }

    #[test]
    fn where_reading_began_is_committed() {
        let begun = |with: fn(&Assigned)| {
            let (partition, _) = assigned();
            with(&partition);
            partition.to_commit()
        };
        assert_eq!(begun(|_| ()), None);
        assert_eq!(begun(|partition| assert!(partition.hand_out(7))), Some(7));
        assert_eq!(begun(|partition| assert!(partition.rest(PartitionState::Waiting, 7))), Some(7));
        assert_eq!(begun(|partition| partition.pass_over(7)), Some(8));
    }

    #[test]
    fn what_ends_behind_an_open_message_is_bounded() {
        let (partition, _) = assigned();
        for offset in 0..MOST_ENDED as i64 {
            assert_eq!(partition.arrives(offset), Arrival::Next);
            assert!(partition.hand_out(offset));
            if offset > 0 {
                partition.handle(offset);
            }
        }
        let next = MOST_ENDED as i64;
        assert_eq!(partition.arrives(next), Arrival::Next);
        partition.pass_over(next);
        let arrivals = [1, 2].map(|ahead| partition.arrives(next + ahead));
        // What was fetched already is taken.
        assert_eq!(arrivals, [Arrival::Last, Arrival::Next]);
        assert_eq!(partition.stats().state, PartitionState::Held);
        assert!(!partition.release());
        partition.handle(0);
        assert!(partition.release());
        assert_eq!(partition.stats().state, PartitionState::Reading);
    }

    #[test]
    fn an_offset_that_goes_back_is_seen() {
        let (partition, _) = assigned();
        assert_eq!(partition.arrives(5), Arrival::Next);
        assert!(partition.hand_out(5));
        partition.pass_over(6);
        let arrivals = [7, 6, 0].map(|offset| partition.arrives(offset));
        assert_eq!(arrivals, [Arrival::Next, Arrival::Before, Arrival::Before]);
        assert!(partition.rest(PartitionState::Stopped, 5));
        assert_eq!(partition.arrives(0), Arrival::Unwanted);
    }

    #[test]
    fn a_message_that_comes_back_holds_the_offset() {
        let (partition, room) = assigned();
        for offset in 0..3 {
            assert!(partition.hand_out(offset));
        }
        partition.handle(0);
        assert!(partition.rest(PartitionState::Stopped, 1));
        partition.give_up();
        assert!(!partition.rest(PartitionState::Stopped, 2));
        assert!(partition.is_wanted(0) && !partition.is_wanted(1));
        partition.handle(2);
        assert_eq!(partition.to_commit(), Some(1));
        assert!(!partition.hand_out(3));
        assert_eq!((partition.in_hands(), room.taken()), (0, 0));
    }

    #[test]
    fn nothing_is_committed_when_it_is_over() {
        let (partition, room) = assigned();
        assert!(partition.hand_out(0));
        partition.end(PartitionState::Over);
        partition.handle(0);
        assert_eq!(partition.to_commit(), None);
        // Lost already when it is revoked: another member may have committed more.
        partition.end(PartitionState::Revoked);
        assert_eq!(partition.to_commit(), None);
        assert!(!partition.hand_out(1));
        assert_eq!(room.taken(), 0);
    }
}
