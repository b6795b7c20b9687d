//! What a company puts around the runtime: a service that depends on it has no dependency of its own on `kafka-event`.

pub use kafka_event as events;
