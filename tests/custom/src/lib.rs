//! Generated code with all that a user may choose, beside the same contract with nothing chosen.
#![deny(warnings, missing_docs, clippy::all)]
#![forbid(unsafe_code)]

pub mod own;

/// The contract with everything chosen; without a dependency on the runtime's own crate.
pub mod events {
    test_custom_shared::kafka_event::include_events!();
}
