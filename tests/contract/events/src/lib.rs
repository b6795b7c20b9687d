//! The contract: its types, topics and groups, generated once for all services that depend on this crate.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

kafka_event::include_events!();
