//! Events of RADAR-base's topics: nothing where `KAFKA_EVENT_CORPUS` does not say where its schemas are.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

#[cfg(corpus)]
kafka_event::include_events!();
