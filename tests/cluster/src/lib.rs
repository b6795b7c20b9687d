//! The flagship's events, as the tests on the real cluster use them.

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}
