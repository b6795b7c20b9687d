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
    let (mut work, mut done) = (Some(work), None);
    run(&mut || done = work.take().map(|work| work()));
    done.expect("it is run once")
}

/// Apart from the types of what is run, so that it is compiled once.
fn run(work: &mut (dyn FnMut() + Send)) {
    let has_run = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(BYTES).spawn_scoped(scope, &mut *work);
        let ended = thread.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.is_ok()
    });
    if !has_run {
        work();
    }
}
