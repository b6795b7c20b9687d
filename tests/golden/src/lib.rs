//! The flagship's generated code as a crate: what it must hold to is denied here.
#![deny(warnings, missing_docs, clippy::all)]
#![forbid(unsafe_code)]

/// The generated code, as `kafka-event generate` writes it and a reviewer reads it.
pub mod events {
    include!("kafka_events.rs");
}
