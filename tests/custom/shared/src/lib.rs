//! What services share: generated types, and the runtime under a path of this crate's.
#![deny(warnings, missing_docs, clippy::all)]
#![forbid(unsafe_code)]

pub use kafka_event;

/// The contract with nothing chosen that changes a type.
pub mod events {
    kafka_event::include_events!();
}

/// The contract with types chosen, without twins and builders.
pub mod lean {
    include!(concat!(env!("OUT_DIR"), "/lean/kafka_events.rs"));
}
