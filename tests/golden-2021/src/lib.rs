//! The same generated code in a crate of edition 2021.
#![deny(warnings, missing_docs, clippy::all)]
#![forbid(unsafe_code)]

/// The generated code of the package beside this one.
pub mod events {
    include!("../../golden/src/kafka_events.rs");
}

/// Every keyword of both editions at every level.
pub mod keywords {
    kafka_event::include_events!();
}
