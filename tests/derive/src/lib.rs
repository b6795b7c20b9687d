//! Events of an application's own, by the derive.

use std::collections::BTreeMap;

use kafka_event::KafkaEvent;
use kafka_event::logical::{TimestampMicros, TimestampMillis};
use kafka_event::uuid::Uuid;

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

/// The generated code of a contract that has something of everything.
pub mod depot {
    include!(concat!(env!("OUT_DIR"), "/depot/kafka_events.rs"));
}

use events::com::cosmic_horizons::events::JobEventType;

/// An event of the flagship's, its fields in an order of the application's own.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "job-lifecycle", manifest = "../../schemas/topics.toml")]
pub struct JobLifecycle {
    /// Keys the message.
    pub job_id: String,
    /// Details.
    pub payload: String,
    /// What happened: the generated enum, in a struct that is not.
    pub event_type: JobEventType,
    /// When.
    pub timestamp: TimestampMillis,
    /// This event.
    pub event_id: Uuid,
    /// Who.
    pub user_id: Option<String>,
    /// The request.
    pub correlation_id: Option<Uuid>,
    /// The schema's meaning.
    pub schema_version: i32,
}

/// An alias, which a derive that read types by their text would not see through.
pub type OrderId = i64;

/// An event of a contract of this package's own, found by `Cargo.toml`'s metadata.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "orders")]
pub struct Order {
    /// Keys the message.
    pub id: OrderId,
    /// A keyword as a name.
    pub r#type: String,
    /// What was ordered.
    pub lines: Vec<String>,
    /// What each costs.
    pub prices: BTreeMap<String, f64>,
    /// When; Avro spells it in camel case.
    pub placed_at: TimestampMicros,
    /// A note.
    pub note: Option<String>,
}
