//! An application whose events are its own.

#![deny(warnings, missing_docs, unreachable_pub)]
#![forbid(unsafe_code)]

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

/// The same, with the application's own customer in the generated order.
pub mod replaced {
    include!(concat!(env!("OUT_DIR"), "/replaced/kafka_events.rs"));
}

/// The same, with the application's own events on its topics.
pub mod replaced_whole {
    include!(concat!(env!("OUT_DIR"), "/replaced_whole/kafka_events.rs"));
}

pub mod own;
