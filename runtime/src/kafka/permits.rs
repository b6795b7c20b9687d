//! How much of a topic may wait for its reports: a share of the whole, so that a topic without a leader starves no other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use event_listener::{Event, IntoNotification as _, Listener as _};

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
            messages,
            bytes,
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
#[derive(Debug)]
pub(super) struct Share {
    whole: Arc<Whole>,
    messages: AtomicUsize,
    bytes: AtomicUsize,
    freed: Event,
}

/// The producer has been closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed;

impl Share {
    pub(super) fn new(whole: Arc<Whole>) -> Self {
        whole.topics.fetch_add(1, Ordering::Relaxed);
        Self {
            whole,
            messages: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            freed: Event::new(),
        }
    }

    /// Messages that wait for their reports.
    pub(super) fn waiting(&self) -> usize {
        self.messages.load(Ordering::SeqCst)
    }

    /// Takes room for a message where there is some; a message larger than the share goes alone.
    pub(super) fn try_take(&self, bytes: usize) -> Result<bool, Closed> {
        let topics = self.whole.topics.load(Ordering::Relaxed).max(1);
        let most = (self.whole.messages / topics).max(1);
        let one_more = |held: usize| (held < most).then_some(held + 1);
        // Taken only where it fits: a count that overshoots for a moment would turn others away whom nobody wakes again.
        let Ok(before) = self.messages.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more) else {
            return if self.whole.is_closed() { Err(Closed) } else { Ok(false) };
        };
        // Looked at behind the count: whoever closes sees either the message or nothing that comes after it.
        if self.whole.is_closed() {
            self.give_back(0);
            return Err(Closed);
        }
        let most = self.whole.bytes / topics;
        let more = |held: usize| (before == 0 || held.saturating_add(bytes) <= most).then(|| held.saturating_add(bytes));
        if self.bytes.fetch_update(Ordering::SeqCst, Ordering::SeqCst, more).is_err() {
            self.give_back(0);
            return Ok(false);
        }
        Ok(true)
    }

    /// Waits for room; dropping the future gives up the place in the row.
    pub(super) async fn take(&self, bytes: usize) -> Result<(), Closed> {
        loop {
            let freed = self.freed.listen();
            // Looked at again behind the listener, so that no release between is missed.
            if self.try_take(bytes)? {
                return Ok(());
            }
            freed.await;
        }
    }

    /// Waits for room on this thread.
    pub(super) fn take_blocking(&self, bytes: usize) -> Result<(), Closed> {
        loop {
            let freed = self.freed.listen();
            if self.try_take(bytes)? {
                return Ok(());
            }
            freed.wait();
        }
    }

    pub(super) fn give_back(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Ordering::SeqCst);
        self.messages.fetch_sub(1, Ordering::SeqCst);
        // One more, even while another that was woken has not come yet.
        self.freed.notify(1.additional());
    }

    /// Wakes all that wait, to see that the producer is closed.
    pub(super) fn wake_all(&self) {
        self.freed.notify(usize::MAX);
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
