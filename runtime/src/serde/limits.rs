//! What reading a value may cost: serde's traits have no place for it, so that it is the thread's.

use std::cell::Cell;

use crate::codec::Limits;

thread_local! {
    /// A value is as large as what is read of it: only what that makes up has an end, and what is read by it.
    static LIMITS: Cell<Limits> = const {
        Cell::new(Limits {
            depth: u32::MAX,
            items: usize::MAX,
            ..Limits::DEFAULT
        })
    };
}

/// Reads within limits of one's own: while `read` runs, by all generated types that this thread deserializes, and for each whole value anew.
///
/// The memory is for what a value is made up of: of fields that are missing, their defaults; for the places of a record's fields while it is read by
/// their names; and, as a byte each, for values that have none, which some formats claim by their count alone.
///
/// [`items`](Limits::items) and [`depth`](Limits::depth) are no limits until this is called: a value has no more of either than what it is read of,
/// and the stack is minded. Who takes the rest from [`Limits::DEFAULT`], as below, has both. Items of a default that is made up are not counted: what
/// they take of the memory is.
///
/// ```
/// use kafka_event::Limits;
///
/// // The format is any: here it would be `serde_json::from_str::<JobLifecycleEvent>(text)`.
/// let read = || "...".parse::<f64>();
/// let limits = Limits { memory: 64 << 10, ..Limits::DEFAULT };
/// assert!(kafka_event::serde::within(limits, read).is_err());
/// ```
pub fn within<T>(limits: Limits, read: impl FnOnce() -> T) -> T {
    /// Puts them back, also where `read` panics.
    struct Before(Limits);

    impl Drop for Before {
        fn drop(&mut self) {
            LIMITS.set(self.0);
        }
    }

    let _before = Before(LIMITS.replace(limits));
    read()
}

pub(super) fn current() -> Limits {
    LIMITS.get()
}
