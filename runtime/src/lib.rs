//! Typed Kafka events: an Avro codec for generated code, publishers and consumers over librdkafka.

#[doc(hidden)]
pub mod __private;
pub mod codec;
pub mod evolution;
mod framing;
#[cfg(feature = "json")]
pub mod json;
pub mod logical;
mod message;
#[cfg(feature = "serde")]
pub mod serde;
#[cfg(any(feature = "json", feature = "serde"))]
mod shape;
mod shared_schema;
mod spec;
mod topic;
pub mod wire;

#[cfg(feature = "kafka")]
#[allow(unsafe_code)]
mod ffi;
#[cfg(feature = "kafka")]
pub mod kafka;

pub use codec::{
    Complete, Datum, DecodeError, EncodeError, Fingerprint, Limits, Record, Schema, from_avro, from_avro_within, to_avro, to_avro_into,
};
pub use framing::{
    SchemaId, SchemaIds, Unnamed, decode_compacted, decode_message, decode_record_key, decode_value, decode_value_ref, encode_key_with,
    encode_record_key, encode_value, encode_value_with,
};
#[cfg(feature = "json")]
pub use json::{from_avro_json, from_avro_json_within, to_avro_json};
#[cfg(feature = "embedded")]
pub use kafka::embedded::EmbeddedBroker;
#[cfg(feature = "kafka")]
pub use kafka::{Config, Consumer, Kafka, Outgoing, PublishError, Publisher, Received, Written};
#[cfg(feature = "derive")]
pub use kafka_event_macros::KafkaEvent;
pub use message::{Compacted, Keyed};
pub use spec::{
    Catalog, Cleanup, Compression, FINGERPRINT_HEADER, Framing, GroupSpec, KEY_FINGERPRINT_HEADER, KEY_SCHEMA_ID_HEADER, KeySpec,
    RecordSpec, Retention, SCHEMA_ID_HEADER, TopicSpec,
};
pub use topic::{
    CompactedTopic, ConsumedTopic, EncodeEvent, EncodedDatum, EncodedEvent, Event, Group, Only, OwnedEvent, PublishedTopic, Subscription,
    Topic,
};
pub use uuid;

/// Includes what a build script's `kafka_event_codegen::Builder` wrote.
///
/// ```ignore
/// pub mod events {
///     kafka_event::include_events!();
/// }
/// ```
#[macro_export]
macro_rules! include_events {
    () => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/kafka_events.rs"));
    };
}
