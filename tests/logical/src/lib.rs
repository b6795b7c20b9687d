//! One record as it is generated, and as structs of an application's own with the types of other crates.

use chrono::Utc;
use kafka_event::KafkaEvent;
use kafka_event::logical::{BigDecimal, WideDecimal};
use rust_decimal::Decimal;

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

/// With chrono's types.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "entries")]
pub struct ChronoEntry {
    /// Keys the message.
    pub booked_at: chrono::DateTime<Utc>,
    /// A date.
    pub value_date: chrono::NaiveDate,
    /// A time of day.
    pub opens: chrono::NaiveTime,
    /// A finer one.
    pub closes: chrono::NaiveTime,
    /// An instant that may be missing.
    pub seen_at: Option<chrono::DateTime<Utc>>,
    /// The finest.
    pub exact_at: chrono::DateTime<Utc>,
    /// Wall clocks.
    pub local: Vec<chrono::NaiveDateTime>,
    /// A decimal on bytes.
    pub amount: Decimal,
    /// A decimal on a fixed.
    pub rate: Decimal,
    /// A decimal with its own scale.
    pub fee: Decimal,
    /// A wide decimal.
    pub total: Decimal,
}

/// With time's types, and ours beside them.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "entries")]
pub struct TimeEntry {
    /// Keys the message.
    pub booked_at: time::OffsetDateTime,
    /// A date.
    pub value_date: time::Date,
    /// A time of day.
    pub opens: time::Time,
    /// A finer one.
    pub closes: time::Time,
    /// An instant that may be missing.
    pub seen_at: Option<time::UtcDateTime>,
    /// The finest.
    pub exact_at: time::OffsetDateTime,
    /// Wall clocks.
    pub local: Vec<time::PrimitiveDateTime>,
    /// A decimal on bytes.
    pub amount: WideDecimal<12, 2>,
    /// A decimal on a fixed.
    pub rate: Decimal,
    /// A decimal with its own scale.
    pub fee: BigDecimal,
    /// A wide decimal.
    pub total: WideDecimal<60, 40>,
}

/// With jiff's types.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "entries")]
pub struct JiffEntry {
    /// Keys the message.
    pub booked_at: jiff::Timestamp,
    /// A date.
    pub value_date: jiff::civil::Date,
    /// A time of day.
    pub opens: jiff::civil::Time,
    /// A finer one.
    pub closes: jiff::civil::Time,
    /// An instant that may be missing.
    pub seen_at: Option<jiff::Timestamp>,
    /// The finest.
    pub exact_at: jiff::Timestamp,
    /// Wall clocks.
    pub local: Vec<jiff::civil::DateTime>,
    /// A decimal on bytes.
    pub amount: Decimal,
    /// A decimal on a fixed.
    pub rate: Decimal,
    /// A decimal with its own scale.
    pub fee: Decimal,
    /// A wide decimal.
    pub total: Decimal,
}
