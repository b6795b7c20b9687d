//! How much of a topic may wait for its reports: a share of the whole, so that a topic without a leader starves no other.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::wait::{Slot, block_on};

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
    /// Who waits for room, in the order in which they came: none passes another.
    row: Mutex<VecDeque<Waiter>>,
    /// How many stand in the row.
    waiters: AtomicUsize,
    /// Publishes that were begun while there was no room, and have not been handed over.
    queued: AtomicUsize,
}

/// Somebody who waits for room; the one who frees it takes it for them.
struct Waiter {
    bytes: usize,
    told: Arc<Slot<Result<(), Closed>>>,
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
            row: Mutex::default(),
            waiters: AtomicUsize::new(0),
            queued: AtomicUsize::new(0),
        }
    }

    /// Messages that wait for their reports.
    pub(super) fn waiting(&self) -> usize {
        self.settle();
        (self.taken.0.load(Ordering::SeqCst) / MESSAGE) as usize
    }

    /// Takes room for a message where there is some and nobody waits for it; a message larger than the share goes alone.
    #[inline]
    pub(super) fn try_take(&self, bytes: usize) -> Result<bool, Closed> {
        if self.waiters.load(Ordering::SeqCst) > 0 && !self.whole.is_closed() {
            return Ok(false);
        }
        self.take_now(bytes)
    }

    /// Takes room whoever waits.
    #[inline]
    fn take_now(&self, bytes: usize) -> Result<bool, Closed> {
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

    /// Waits for room; dropping the future gives up the place in the row.
    pub(super) async fn take(&self, bytes: usize) -> Result<(), Closed> {
        if self.try_take(bytes)? {
            return Ok(());
        }
        let mut place = Place {
            share: self,
            bytes,
            told: Arc::new(Slot::new()),
            over: false,
        };
        let waiter = Waiter {
            bytes,
            told: place.told.clone(),
        };
        {
            let mut row = self.row();
            row.push_back(waiter);
            self.waiters.fetch_add(1, Ordering::SeqCst);
        }
        // Looked at again behind the place in the row: a report either sees who waits, or is seen.
        self.serve();
        let end = poll_fn(|context| place.told.poll(context)).await;
        place.over = true;
        end
    }

    /// Waits for room on this thread.
    pub(super) fn take_blocking(&self, bytes: usize) -> Result<(), Closed> {
        block_on(self.take(bytes))
    }

    /// Whether a publish waits that was begun before.
    pub(super) fn has_queued(&self) -> bool {
        self.queued.load(Ordering::SeqCst) > 0
    }

    /// A publish waits.
    pub(super) fn queue(&self) {
        self.queued.fetch_add(1, Ordering::SeqCst);
    }

    /// A publish waits no more.
    pub(super) fn leave_queue(&self) {
        self.queued.fetch_sub(1, Ordering::SeqCst);
    }

    /// Gives the room of a message back.
    pub(super) fn give_back(&self, bytes: usize) {
        self.returned.0.fetch_add(MESSAGE + bytes.min(MOST_BYTES) as u64, Ordering::SeqCst);
        self.settle();
    }

    /// Gives the room of a message back, soon: [`settle`](Self::settle) must follow, where nobody waits.
    #[inline]
    pub(super) fn give_back_later(&self, bytes: usize) {
        let added = MESSAGE + bytes.min(MOST_BYTES) as u64;
        let returned = self.returned.0.fetch_add(added, Ordering::SeqCst) + added;
        if returned >= SETTLED || self.waiters.load(Ordering::SeqCst) > 0 {
            self.settle();
        }
    }

    /// Takes off what was given back, and lets go on who waited for it.
    pub(super) fn settle(&self) {
        self.take_off();
        if self.waiters.load(Ordering::SeqCst) > 0 {
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

    /// Takes room for those at the front of the row, as long as there is some, or tells them that the producer is closed.
    pub(super) fn serve(&self) {
        let mut told = Vec::new();
        {
            let mut row = self.row();
            while let Some(first) = row.front() {
                let end = match self.take_now(first.bytes) {
                    Ok(true) => Ok(()),
                    Ok(false) => break,
                    Err(Closed) => Err(Closed),
                };
                self.waiters.fetch_sub(1, Ordering::SeqCst);
                told.extend(row.pop_front().map(|waiter| (waiter.told, end)));
            }
        }
        // A waker is the application's: not under the lock.
        for (slot, end) in told {
            slot.fill(end);
        }
    }

    fn row(&self) -> MutexGuard<'_, VecDeque<Waiter>> {
        self.row.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").finish_non_exhaustive()
    }
}

/// A place in the row, given up where its future is dropped.
struct Place<'a> {
    share: &'a Share,
    bytes: usize,
    told: Arc<Slot<Result<(), Closed>>>,
    /// What was told has been heard.
    over: bool,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        let mut row = self.share.row();
        let place = row.iter().position(|waiter| Arc::ptr_eq(&waiter.told, &self.told));
        match place {
            Some(place) => {
                row.remove(place);
                self.share.waiters.fetch_sub(1, Ordering::SeqCst);
                drop(row);
                // Who stood behind may fit where this one did not.
                self.share.serve();
            }
            None => {
                drop(row);
                if let Some(Ok(())) = self.told.take() {
                    self.share.give_back(self.bytes);
                }
            }
        }
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
        share.give_back_later(1);
        assert_eq!((share.try_take(1), share.try_take(1), share.waiting()), (Ok(true), Ok(false), 2));
    }

    #[test]
    fn a_waiter_is_woken_by_one_report() {
        let share = Arc::new(Share::new(Arc::new(Whole::new(1, 100))));
        share.take_blocking(1).unwrap();
        let waiter = std::thread::spawn({
            let share = share.clone();
            move || share.take_blocking(1)
        });
        while share.waiters.load(Ordering::SeqCst) == 0 {
            std::thread::yield_now();
        }
        share.give_back_later(1);
        assert_eq!(waiter.join().unwrap(), Ok(()));
    }

    #[test]
    fn one_large_message_makes_room_for_several() {
        let share = Arc::new(Share::new(Arc::new(Whole::new(10, 100))));
        share.take_blocking(100).unwrap();
        let waiters: Vec<_> = (0..3)
            .map(|_| {
                let share = share.clone();
                std::thread::spawn(move || share.take_blocking(30))
            })
            .collect();
        while share.waiters.load(Ordering::SeqCst) < 3 {
            std::thread::yield_now();
        }
        share.give_back_later(100);
        for waiter in waiters {
            assert_eq!(waiter.join().unwrap(), Ok(()));
        }
    }

    #[test]
    fn nobody_passes_who_waits() {
        let share = Share::new(Arc::new(Whole::new(1, 100)));
        share.take_blocking(1).unwrap();
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let mut first = Box::pin(share.take(1));
        let mut second = Box::pin(share.take(1));
        assert!(first.as_mut().poll(&mut context).is_pending() && second.as_mut().poll(&mut context).is_pending());
        share.give_back(1);
        assert_eq!(share.try_take(1), Ok(false), "the room is the first one's");
        assert!(second.as_mut().poll(&mut context).is_pending());
        // Given up after it was told: the next one has it.
        drop(first);
        assert!(second.as_mut().poll(&mut context).is_ready());
        share.give_back(1);
        assert_eq!(share.waiting(), 0);
    }

    #[test]
    fn a_close_is_told_to_all_that_wait() {
        let share = Share::new(Arc::new(Whole::new(1, 100)));
        share.take_blocking(1).unwrap();
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let mut waiting = Box::pin(share.take(1));
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        share.whole.close();
        share.serve();
        assert_eq!(waiting.as_mut().poll(&mut context), std::task::Poll::Ready(Err(Closed)));
        assert_eq!(share.try_take(1), Err(Closed));
    }

    #[test]
    fn a_waiter_is_woken() {
        let share = Arc::new(Share::new(Arc::new(Whole::new(1, 100))));
        share.take_blocking(1).unwrap();
        let waiter = std::thread::spawn({
            let share = share.clone();
            move || share.take_blocking(1)
        });
        share.give_back(1);
        assert_eq!(waiter.join().unwrap(), Ok(()));
        assert_eq!(share.waiting(), 1);
    }
}
