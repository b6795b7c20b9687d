//! What decoding may take of memory: the limit of its budget, counted by the allocator.

use kafka_event::{DecodeError, Limits};

/// So little that a few hundred bytes meet each limit; and so much that most inputs meet none.
pub(crate) const LIMITS: [Limits; 2] = [
    Limits {
        depth: 12,
        memory: 8 << 10,
        ..Limits::DEFAULT
    },
    Limits {
        memory: 1 << 20,
        ..Limits::DEFAULT
    },
];

/// What an error takes, and what a plan keeps of fields that are passed over.
const BESIDE: usize = 8 << 10;

/// Decodes, and counts what that takes: no more than the budget, and text and bytes as long as the input. What grows is there twice while it is
/// moved.
///
/// # Panics
/// It takes more.
pub(crate) fn within<T>(limits: Limits, input: usize, decode: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
    let mut result = None;
    let taken = allocation_counter::measure(|| result = Some(decode()));
    let most = 2 * (limits.memory + input) + BESIDE;
    assert!(
        taken.bytes_max <= most as u64,
        "{} bytes taken, of {most}, in {} for {input} bytes",
        taken.bytes_max,
        std::any::type_name::<T>()
    );
    result.expect("it has run")
}

/// Whether reading ended at a limit: owned and borrowed values, and those of other versions, take different amounts.
pub(crate) fn is_of_a_limit(error: &DecodeError) -> bool {
    let error = error.to_string();
    error.contains("than the limit")
}
