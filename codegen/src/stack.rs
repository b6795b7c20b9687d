//! Stack for what goes down as deep as a schema does, whatever the thread has that asks for it.

use std::panic::resume_unwind;
use std::thread;

/// Taken from the machine only as far as it is used.
pub(crate) const BYTES: usize = 64 << 20;

/// Runs on a thread with much stack; on this one, where the system has no other.
///
/// # Panics
/// As what is run does.
#[doc(hidden)]
pub fn on_its_own<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut work = Some(work);
    let mut run = || work.take().map(|work| work());
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(BYTES).spawn_scoped(scope, &mut run);
        thread.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    done.unwrap_or_else(|_| run()).expect("it is run once")
}
