//! How much of a topic may wait for its reports: a share of the whole, so that a topic without a leader starves no other.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use super::row::Row;

/// What all topics of a producer share.
#[derive(Debug)]
pub(super) struct Whole {
    messages: usize,
    bytes: usize,
    topics: AtomicUsize,
    closed: AtomicBool,
}

impl Whole {
    pub(super) fn new(messages: usize, bytes: usize) -> Self {
        Self {
            messages: messages.min(MOST_MESSAGES),
            bytes: bytes.min(MOST_BYTES),
            topics: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        }
    }

    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}

/// A topic's part of the whole.
pub(super) struct Share {
    whole: Arc<Whole>,
    /// Taken by senders.
    taken: Line,
    /// Given back by reports, and not taken off yet: the thread that serves reports would fight with the senders for each message.
    returned: Line,
    /// Messages that wait for room.
    pub(super) row: Row,
}

/// Messages and bytes in one number, on a cache line of its own.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Line(AtomicU64);

/// One message, above 40 bits of bytes.
const MESSAGE: u64 = 1 << 40;

/// The most that a client may hold: far below what the numbers above can.
pub(super) const MOST_MESSAGES: usize = 10_000_000;
pub(super) const MOST_BYTES: usize = 1 << 38;

/// After so many reports what they gave back is taken off at once.
const SETTLED: u64 = 64 * MESSAGE;

/// The producer has been closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed;

impl Share {
    pub(super) fn new(whole: Arc<Whole>) -> Self {
        whole.topics.fetch_add(1, Ordering::Relaxed);
        Self {
            whole,
            taken: Line::default(),
            returned: Line::default(),
            row: Row::default(),
        }
    }

    /// Messages that have room, those among them whose room has been given back and not been taken off.
    pub(super) fn held(&self) -> usize {
        (self.taken.0.load(Ordering::SeqCst) / MESSAGE) as usize
    }

    /// Takes room for a message where there is some and nobody waits for it; a message larger than the share goes alone.
    #[inline]
    pub(super) fn try_take(&self, bytes: usize) -> Result<bool, Closed> {
        if self.row.is_waiting() && !self.whole.is_closed() {
            return Ok(false);
        }
        self.take_now(bytes)
    }

    /// Takes room whoever waits.
    #[inline]
    pub(super) fn take_now(&self, bytes: usize) -> Result<bool, Closed> {
        let topics = self.whole.topics.load(Ordering::Relaxed).max(1);
        let most_messages = (self.whole.messages / topics).max(1) as u64;
        let most_bytes = (self.whole.bytes / topics) as u64;
        let bytes = bytes.min(MOST_BYTES) as u64;
        let mut held = self.taken.0.load(Ordering::Relaxed);
        loop {
            let (messages, held_bytes) = (held / MESSAGE, held % MESSAGE);
            if messages >= most_messages || (messages > 0 && held_bytes + bytes > most_bytes) {
                if self.whole.is_closed() {
                    return Err(Closed);
                }
                if !self.take_off() {
                    return Ok(false);
                }
                held = self.taken.0.load(Ordering::Relaxed);
                continue;
            }
            match self
                .taken
                .0
                .compare_exchange_weak(held, held + MESSAGE + bytes, Ordering::SeqCst, Ordering::Relaxed)
            {
                Ok(_) => break,
                Err(now) => held = now,
            }
        }
        // Looked at behind the count: whoever closes sees either the message or nothing that comes after it.
        if self.whole.is_closed() {
            self.taken.0.fetch_sub(MESSAGE + bytes, Ordering::SeqCst);
            return Err(Closed);
        }
        Ok(true)
    }

    /// Gives the room of a message back, now.
    #[cfg(test)]
    pub(super) fn give_back(&self, bytes: usize) {
        self.returned.0.fetch_add(MESSAGE + bytes.min(MOST_BYTES) as u64, Ordering::SeqCst);
        self.settle();
    }

    /// Gives the room of a message back, soon; `true` where [`settle`](Self::settle) must follow now.
    #[inline]
    #[must_use]
    pub(super) fn give_back_later(&self, bytes: usize) -> bool {
        let added = MESSAGE + bytes.min(MOST_BYTES) as u64;
        let returned = self.returned.0.fetch_add(added, Ordering::SeqCst) + added;
        returned >= SETTLED || self.row.is_waiting()
    }

    /// Whether there is anything to settle.
    pub(super) fn is_unsettled(&self) -> bool {
        self.returned.0.load(Ordering::SeqCst) > 0 || self.row.is_waiting()
    }

    /// Takes off what was given back, and hands over what waited for it.
    pub(super) fn settle(&self) {
        self.take_off();
        if self.row.is_waiting() {
            self.serve();
        }
    }

    /// Takes off what was given back; tells whether there was any.
    fn take_off(&self) -> bool {
        if self.returned.0.load(Ordering::SeqCst) == 0 {
            return false;
        }
        let returned = self.returned.0.swap(0, Ordering::SeqCst);
        self.taken.0.fetch_sub(returned, Ordering::SeqCst);
        returned > 0
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_topic_has_its_share() {
        let whole = Arc::new(Whole::new(4, 100));
        let (left, right) = (Share::new(whole.clone()), Share::new(whole.clone()));
        assert_eq!(
            (left.try_take(10), left.try_take(10), left.try_take(10)),
            (Ok(true), Ok(true), Ok(false))
        );
        assert_eq!(right.try_take(10), Ok(true), "a full topic takes nothing from another");
        assert_eq!(right.try_take(45), Ok(false), "bytes have shares as well");
        right.give_back(10);
        assert_eq!(right.try_take(1000), Ok(true), "a message larger than the share goes alone");
        left.give_back(10);
        assert_eq!(left.try_take(10), Ok(true));
        whole.close();
        assert_eq!(left.try_take(10), Err(Closed));
    }

    #[test]
    fn what_is_given_back_later_is_there_for_the_next() {
        let share = Share::new(Arc::new(Whole::new(2, 100)));
        assert_eq!(
            (share.try_take(1), share.try_take(1), share.try_take(1)),
            (Ok(true), Ok(true), Ok(false))
        );
        assert!(!share.give_back_later(1), "nobody waits");
        assert_eq!((share.try_take(1), share.try_take(1), share.held()), (Ok(true), Ok(false), 2));
    }
}
