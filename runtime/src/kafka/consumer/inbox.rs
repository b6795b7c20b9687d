//! From the poll thread to the application: what was read waits here, and no more is read than there is room for.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use event_listener::{Event, IntoNotification as _, Listener as _};

use super::error::ConsumeError;

/// How many messages may be with the application, or wait for it.
#[derive(Debug)]
pub(super) struct Room {
    size: usize,
    taken: AtomicUsize,
    /// Told when half of the room is free again: telling each time would cost more than the reading.
    freed: Event,
}

impl Room {
    pub(super) fn new(size: usize) -> Self {
        Self {
            size,
            taken: AtomicUsize::new(0),
            freed: Event::new(),
        }
    }

    pub(super) fn taken(&self) -> usize {
        self.taken.load(Ordering::Acquire)
    }

    pub(super) fn left(&self) -> usize {
        self.size.saturating_sub(self.taken())
    }

    pub(super) fn take(&self) {
        self.taken.fetch_add(1, Ordering::AcqRel);
    }

    pub(super) fn give_back(&self) {
        let before = self.taken.fetch_sub(1, Ordering::AcqRel);
        if before - 1 == self.size / 2 {
            self.freed.notify(1);
        }
    }

    /// Waits until there is room again, for some time at the most.
    pub(super) fn wait(&self, most: Duration) {
        event_listener::listener!(self.freed => listener);
        if self.taken() > self.size / 2 {
            _ = listener.wait_timeout(most);
        }
    }
}

/// What waits for the application, in the order that it was read.
pub(super) struct Inbox<T> {
    state: Mutex<State<T>>,
    arrived: Event,
}

struct State<T> {
    waiting: VecDeque<T>,
    /// Why nothing comes any more.
    end: Option<ConsumeError>,
}

impl<T> Inbox<T> {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                end: None,
            }),
            arrived: Event::new(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a batch, and leaves it empty. After the end it is dropped.
    pub(super) fn push(&self, batch: &mut Vec<T>) {
        if batch.is_empty() {
            return;
        }
        let count = batch.len();
        let mut state = self.lock();
        if state.end.is_some() {
            drop(state);
            batch.clear();
            return;
        }
        state.waiting.extend(batch.drain(..));
        drop(state);
        // Further ones, even while others that were woken have not come yet.
        self.arrived.notify(count.additional());
    }

    /// Takes out what is not to be kept. The values are dropped by the caller, whose locks they may need.
    #[must_use]
    pub(super) fn take_out(&self, mut keep: impl FnMut(&T) -> bool) -> Vec<T> {
        let mut state = self.lock();
        let (kept, out): (VecDeque<T>, VecDeque<T>) = std::mem::take(&mut state.waiting).into_iter().partition(|item| keep(item));
        state.waiting = kept;
        out.into()
    }

    /// Nothing comes any more; what waits is handed back to be dropped. The first reason stays.
    #[must_use]
    pub(super) fn end(&self, why: ConsumeError) -> Vec<T> {
        let mut state = self.lock();
        state.end.get_or_insert(why);
        let out = std::mem::take(&mut state.waiting).into();
        drop(state);
        self.arrived.notify(usize::MAX);
        out
    }

    fn try_take(&self) -> Result<Option<T>, ConsumeError> {
        let mut state = self.lock();
        match (state.waiting.pop_front(), &state.end) {
            (Some(item), _) => Ok(Some(item)),
            (None, Some(why)) => Err(why.clone()),
            (None, None) => Ok(None),
        }
    }

    /// Waits for the next. Dropping the future takes nothing.
    pub(super) async fn take(&self) -> Result<T, ConsumeError> {
        loop {
            if let Some(item) = self.try_take()? {
                return Ok(item);
            }
            let arrived = self.arrived.listen();
            if let Some(item) = self.try_take()? {
                return Ok(item);
            }
            arrived.await;
        }
    }

    pub(super) fn take_blocking(&self) -> Result<T, ConsumeError> {
        loop {
            if let Some(item) = self.try_take()? {
                return Ok(item);
            }
            event_listener::listener!(self.arrived => arrived);
            if let Some(item) = self.try_take()? {
                return Ok(item);
            }
            arrived.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_push_wakes_one_more() {
        let inbox = Inbox::new();
        let (first, second) = (inbox.arrived.listen(), inbox.arrived.listen());
        inbox.push(&mut vec![1]);
        inbox.push(&mut vec![2]);
        let woken = [first, second].map(|listener| listener.wait_timeout(Duration::ZERO).is_some());
        assert_eq!(woken, [true, true]);
    }
}
