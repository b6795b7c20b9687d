//! Messages that wait for room, handed over in the order in which they came by whoever frees it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::permits::{Closed, Share};

/// A message that waits. It stands in the row as a whole, so that nobody's poll is needed for it to go, and none can pass another.
pub(super) trait Waiting: Send {
    /// Hands the message over: room has been taken for it, and is given back where it is refused. Under the row's lock: neither is the
    /// application's code called here, nor the row served.
    fn hand_over(&mut self);

    /// Tells what came of it, behind the lock.
    fn tell(self: Box<Self>, end: Result<(), Closed>);
}

/// The row of a topic.
#[derive(Default)]
pub(super) struct Row {
    state: Mutex<State>,
    /// How many stand in the row, until they have been handed over.
    waiters: AtomicUsize,
}

#[derive(Default)]
struct State {
    row: VecDeque<Waiter>,
    next: u64,
}

struct Waiter {
    /// Rises along the row.
    number: u64,
    bytes: usize,
    message: Box<dyn Waiting>,
}

impl Row {
    /// Whether anything waits.
    #[inline]
    pub(super) fn is_waiting(&self) -> bool {
        self.waiters.load(Ordering::SeqCst) > 0
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    /// Puts a message at the end of the row; its number there is for [`give_up`](Self::give_up).
    pub(super) fn wait(&self, bytes: usize, message: Box<dyn Waiting>) -> u64 {
        let number = {
            let mut state = self.row.lock();
            let number = state.next;
            state.next += 1;
            state.row.push_back(Waiter { number, bytes, message });
            self.row.waiters.fetch_add(1, Ordering::SeqCst);
            number
        };
        // Looked at again behind the place in the row: a report either sees who waits, or is seen.
        self.serve();
        number
    }

    /// Takes a message out of the row, where it still waits; else it is on its way, and its report gives its room back.
    pub(super) fn give_up(&self, number: u64) {
        let mut state = self.row.lock();
        let Ok(place) = state.row.binary_search_by_key(&number, |waiter| waiter.number) else {
            return;
        };
        let waiter = state.row.remove(place);
        self.row.waiters.fetch_sub(1, Ordering::SeqCst);
        drop(state);
        // It may hold the last handle of the client, whose end looks into the row.
        drop(waiter);
        // What stood behind may fit where this one did not.
        self.serve();
    }

    /// Hands over from the front of the row as long as there is room, or tells all that the client is closed.
    pub(super) fn serve(&self) {
        let mut ended = Vec::new();
        {
            let mut state = self.row.lock();
            // A loop, and no recursion: a producer that has failed refuses all that wait, however many.
            while let Some(first) = state.row.front() {
                let end = match self.take_now(first.bytes) {
                    Ok(true) => Ok(()),
                    Ok(false) => break,
                    Err(Closed) => Err(Closed),
                };
                let Some(mut waiter) = state.row.pop_front() else { break };
                if end.is_ok() {
                    // Under the lock, and before it is counted off: what is published later comes behind it.
                    waiter.message.hand_over();
                }
                self.row.waiters.fetch_sub(1, Ordering::SeqCst);
                ended.push((waiter.message, end));
            }
        }
        for (message, end) in ended {
            // A panic of the application's must not end the thread that serves all reports, nor somebody else's publish.
            if catch_unwind(AssertUnwindSafe(|| message.tell(end))).is_err() {
                tracing::error!("a delivery callback panicked");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::super::permits::Whole;
    use super::*;

    /// Notes what became of it; handed over, it keeps its room until somebody gives it back.
    struct Note {
        number: u32,
        bytes: usize,
        notes: Arc<Notes>,
    }

    #[derive(Default)]
    struct Notes {
        handed_over: Mutex<Vec<u32>>,
        told: Mutex<Vec<(u32, bool)>>,
    }

    impl Notes {
        fn message(self: &Arc<Self>, number: u32, bytes: usize) -> Box<Note> {
            let notes = self.clone();
            Box::new(Note { number, bytes, notes })
        }

        fn handed_over(&self) -> Vec<u32> {
            self.handed_over.lock().unwrap().clone()
        }
    }

    impl Waiting for Note {
        fn hand_over(&mut self) {
            self.notes.handed_over.lock().unwrap().push(self.number);
        }

        fn tell(self: Box<Self>, end: Result<(), Closed>) {
            self.notes.told.lock().unwrap().push((self.number, end.is_ok()));
            assert!(self.bytes > 0, "a panic of the application's");
        }
    }

    fn share(messages: usize) -> Arc<Share> {
        Arc::new(Share::new(Arc::new(Whole::new(messages, 100))))
    }

    #[test]
    fn nothing_passes_what_waits() {
        let (share, notes) = (share(1), Arc::new(Notes::default()));
        assert_eq!(share.try_take(1), Ok(true));
        let first = share.wait(1, notes.message(1, 1));
        share.wait(1, notes.message(2, 1));
        share.give_back(1);
        assert_eq!(notes.handed_over(), [1], "by the one who gave the room back");
        assert_eq!(share.try_take(1), Ok(false), "the second is before it");
        // It is on its way: its room is not given back twice.
        share.give_up(first);
        assert_eq!((notes.handed_over(), share.held()), (vec![1], 1));
        share.give_back(1);
        assert_eq!(notes.handed_over(), [1, 2]);
        share.give_back(1);
        share.settle();
        assert_eq!((share.held(), share.try_take(1)), (0, Ok(true)));
    }

    #[test]
    fn what_is_given_up_lets_those_behind_it_go() {
        let (share, notes) = (share(10), Arc::new(Notes::default()));
        assert_eq!(share.try_take(60), Ok(true));
        let large = share.wait(60, notes.message(1, 60));
        share.wait(30, notes.message(2, 30));
        assert!(notes.handed_over().is_empty());
        assert_eq!(share.try_take(10), Ok(false), "it would fit, and would pass those that wait");
        share.give_up(large);
        assert_eq!((notes.handed_over(), share.held()), (vec![2], 2));
    }

    #[test]
    fn one_large_message_makes_room_for_several() {
        let (share, notes) = (share(10), Arc::new(Notes::default()));
        assert_eq!(share.try_take(100), Ok(true));
        for number in 0..4 {
            share.wait(30, notes.message(number, 30));
        }
        assert!(share.give_back_later(100));
        share.settle();
        assert_eq!(notes.handed_over(), [0, 1, 2]);
    }

    #[test]
    fn a_close_is_told_to_all_that_wait_whatever_one_of_them_does() {
        let whole = Arc::new(Whole::new(1, 100));
        let (share, notes) = (Share::new(whole.clone()), Arc::new(Notes::default()));
        assert_eq!(share.try_take(1), Ok(true));
        share.wait(1, notes.message(1, 0));
        share.wait(1, notes.message(2, 1));
        whole.close();
        share.serve();
        assert_eq!(*notes.told.lock().unwrap(), [(1, false), (2, false)]);
        assert_eq!((notes.handed_over(), share.try_take(1)), (vec![], Err(Closed)));
        share.wait(1, notes.message(3, 1));
        assert_eq!(notes.told.lock().unwrap().last(), Some(&(3, false)), "who comes later too");
    }

    /// Messages are given up while another thread hands them over: each is either handed over, and holds room until its report, or holds none.
    #[test]
    fn room_is_neither_lost_nor_given_twice_where_giving_up_meets_handing_over() {
        const ROUNDS: u32 = 5_000;
        let (share, notes) = (share(1), Arc::new(Notes::default()));
        for round in 0..ROUNDS {
            assert_eq!(share.try_take(1), Ok(true), "room was lost in round {round}");
            let number = share.wait(1, notes.message(round, 1));
            let start = std::sync::Barrier::new(2);
            thread::scope(|scope| {
                scope.spawn(|| {
                    start.wait();
                    share.give_back(1);
                });
                start.wait();
                share.give_up(number);
            });
            let handed_over = notes.handed_over.lock().unwrap().drain(..).len();
            assert_eq!(share.held(), handed_over, "round {round}");
            (0..handed_over).for_each(|_| share.give_back(1));
        }
    }
}
