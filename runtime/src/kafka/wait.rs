//! Waiting for something once, from async code and from a thread alike, without a runtime of anybody's.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// A value that arrives once.
pub(super) struct Slot<T>(Mutex<State<T>>);

struct State<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

impl<T> Slot<T> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(State { value: None, waker: None }))
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing that can panic runs under the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn fill(&self, value: T) {
        let mut state = self.lock();
        state.value = Some(value);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn poll(&self, context: &mut Context<'_>) -> Poll<T> {
        let mut state = self.lock();
        match state.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                match &mut state.waker {
                    Some(known) => known.clone_from(context.waker()),
                    none => *none = Some(context.waker().clone()),
                }
                Poll::Pending
            }
        }
    }
}

/// Runs a blocking call on a thread of its own, off the caller's executor. A panic of the call is the caller's.
pub(super) fn off_thread<T: Send + 'static>(name: &str, call: impl FnOnce() -> T + Send + 'static) -> impl Future<Output = T> + Send {
    let slot = Arc::new(Slot::new());
    let filled = slot.clone();
    // Kept beside the thread, since a thread that cannot be made drops its closure.
    let call = Arc::new(Mutex::new(Some(call)));
    let run = {
        let call = call.clone();
        move || {
            let call = call.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(call) = call {
                filled.fill(catch_unwind(AssertUnwindSafe(call)));
            }
        }
    };
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run.clone()) {
        tracing::warn!(%error, name, "the system gives no thread: the caller's is blocked instead");
        run();
    }
    async move {
        match std::future::poll_fn(move |context| slot.poll(context)).await {
            Ok(value) => value,
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// The end of a time that begins now; one that no clock reaches is cut to a century.
pub(crate) fn until(time: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);
    Instant::now() + time.min(CENTURY)
}

/// Waits for a future on this thread.
pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future: Pin<&mut F> = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_time_is_a_deadline() {
        let soon = until(Duration::from_secs(1));
        let far = until(Duration::MAX);
        assert!(Instant::now() < soon && soon < far);
        // Something may still be added to it.
        assert!(far.checked_add(Duration::from_secs(1000)).is_some());
    }
}
