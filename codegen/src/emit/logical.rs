//! The names of logical types.

use crate::model::{FixedLogical, Logical};

/// The name that a logical type has both among the runtime's values and on the wire.
pub(super) fn logical_name(logical: Logical) -> &'static str {
    match logical {
        Logical::Date => "Date",
        Logical::TimeMillis => "TimeMillis",
        Logical::TimeMicros => "TimeMicros",
        Logical::TimestampMillis => "TimestampMillis",
        Logical::TimestampMicros => "TimestampMicros",
        Logical::TimestampNanos => "TimestampNanos",
        Logical::LocalTimestampMillis => "LocalTimestampMillis",
        Logical::LocalTimestampMicros => "LocalTimestampMicros",
        Logical::LocalTimestampNanos => "LocalTimestampNanos",
        Logical::Uuid => "Uuid",
        Logical::Decimal { .. } => "Decimal",
        Logical::BigDecimal => "BigDecimal",
    }
}

/// Avro's names of the logical types.
pub(crate) const LOGICAL_TYPES: [&str; 13] = [
    "big-decimal",
    "date",
    "decimal",
    "duration",
    "local-timestamp-micros",
    "local-timestamp-millis",
    "local-timestamp-nanos",
    "time-micros",
    "time-millis",
    "timestamp-micros",
    "timestamp-millis",
    "timestamp-nanos",
    "uuid",
];

/// Avro's name of a logical type.
pub(crate) fn logical_of(logical: Logical) -> &'static str {
    match logical {
        Logical::Date => "date",
        Logical::TimeMillis => "time-millis",
        Logical::TimeMicros => "time-micros",
        Logical::TimestampMillis => "timestamp-millis",
        Logical::TimestampMicros => "timestamp-micros",
        Logical::TimestampNanos => "timestamp-nanos",
        Logical::LocalTimestampMillis => "local-timestamp-millis",
        Logical::LocalTimestampMicros => "local-timestamp-micros",
        Logical::LocalTimestampNanos => "local-timestamp-nanos",
        Logical::Uuid => "uuid",
        Logical::Decimal { .. } => "decimal",
        Logical::BigDecimal => "big-decimal",
    }
}

/// Avro's name of a logical type of a fixed.
pub(crate) fn logical_of_fixed(logical: FixedLogical) -> &'static str {
    match logical {
        FixedLogical::Uuid => "uuid",
        FixedLogical::Duration => "duration",
        FixedLogical::Decimal { .. } => "decimal",
    }
}
