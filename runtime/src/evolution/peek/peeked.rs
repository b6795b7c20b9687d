//! The types that a field may be peeked as.

use std::sync::Arc;

use uuid::Uuid;

use crate::codec::{Decode, DecodeOwned, Schema};
use crate::logical::{
    BigDecimal, Date, Decimal, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis, TimestampMicros,
    TimestampMillis, TimestampNanos, WideDecimal,
};
use crate::wire;

/// A type that a field is peeked as: text, numbers, bytes, logical types, whatever is generated, and each of them as an `Option`.
///
/// It reads what the specification lets its schema read: an `i64` an int too, a `String` also a UUID.
#[diagnostic::on_unimplemented(
    message = "no field can be peeked as `{Self}`",
    label = "expected text, a number, bytes, a logical type, a generated type, or an `Option` of one of them",
    note = "what is borrowed is had by `of_ref`: `Peek::<String>` gives `&str` there"
)]
pub trait Peeked: for<'de> Decode<'de, Self::Wire> {
    /// The Avro type.
    type Wire: ?Sized;
    /// The same with text and bytes borrowed from the event.
    type Ref<'de>: Decode<'de, Self::Wire>;
    /// A null as it is written, where the type may be one.
    const NULL: Option<&'static [u8]> = None;

    /// The schema, as JSON.
    fn schema() -> String;
}

impl<T: Schema + DecodeOwned<T::Wire>> Peeked for T {
    type Wire = T::Wire;
    type Ref<'de> = <T as Schema>::Ref<'de>;

    fn schema() -> String {
        <T as Schema>::SCHEMA.to_owned()
    }
}

impl<T: Peeked<Wire: Sized>> Peeked for Option<T> {
    type Wire = wire::Nullable<T::Wire, 0>;
    type Ref<'de> = Option<T::Ref<'de>>;
    const NULL: Option<&'static [u8]> = Some(&[0]);

    fn schema() -> String {
        format!(r#"["null", {}]"#, T::schema())
    }
}

macro_rules! peeked {
    ($($type:ty: $wire:ident, $ref:ty, $schema:literal;)+) => {$(
        impl Peeked for $type {
            type Wire = wire::$wire;
            type Ref<'de> = $ref;

            fn schema() -> String {
                $schema.to_owned()
            }
        }
    )+};
}

peeked! {
    bool: Boolean, Self, "\"boolean\"";
    i32: Int, Self, "\"int\"";
    i64: Long, Self, "\"long\"";
    f32: Float, Self, "\"float\"";
    f64: Double, Self, "\"double\"";
    String: Str, &'de str, "\"string\"";
    Box<str>: Str, &'de str, "\"string\"";
    Arc<str>: Str, &'de str, "\"string\"";
    Vec<u8>: Bytes, &'de [u8], "\"bytes\"";
    Uuid: Uuid, Self, r#"{"type": "string", "logicalType": "uuid"}"#;
    Date: Date, Self, r#"{"type": "int", "logicalType": "date"}"#;
    TimeMillis: TimeMillis, Self, r#"{"type": "int", "logicalType": "time-millis"}"#;
    TimeMicros: TimeMicros, Self, r#"{"type": "long", "logicalType": "time-micros"}"#;
    TimestampMillis: TimestampMillis, Self, r#"{"type": "long", "logicalType": "timestamp-millis"}"#;
    TimestampMicros: TimestampMicros, Self, r#"{"type": "long", "logicalType": "timestamp-micros"}"#;
    TimestampNanos: TimestampNanos, Self, r#"{"type": "long", "logicalType": "timestamp-nanos"}"#;
    LocalTimestampMillis: LocalTimestampMillis, Self, r#"{"type": "long", "logicalType": "local-timestamp-millis"}"#;
    LocalTimestampMicros: LocalTimestampMicros, Self, r#"{"type": "long", "logicalType": "local-timestamp-micros"}"#;
    LocalTimestampNanos: LocalTimestampNanos, Self, r#"{"type": "long", "logicalType": "local-timestamp-nanos"}"#;
    BigDecimal: BigDecimal, Self, r#"{"type": "bytes", "logicalType": "big-decimal"}"#;
}

macro_rules! decimals {
    ($($type:ident),+) => {$(
        impl<const PRECISION: u32, const SCALE: u32> Peeked for $type<PRECISION, SCALE> {
            type Wire = wire::Decimal<PRECISION, SCALE>;
            type Ref<'de> = Self;

            fn schema() -> String {
                format!(r#"{{"type": "bytes", "logicalType": "decimal", "precision": {PRECISION}, "scale": {SCALE}}}"#)
            }
        }
    )+};
}

decimals!(Decimal, WideDecimal);
