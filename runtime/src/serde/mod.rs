//! Generated types in serde's formats: what `Builder::serde(true)` implements.
//!
//! The form is a view of the schema, whatever Rust types hold the values; it is apart from Avro's JSON encoding, which `kafka_event::json` has. A
//! value goes through its binary form, so that a type costs the compiler two calls, and types of one's own in its fields need nothing of serde.
//!
//! | Avro | serde | in JSON |
//! | --- | --- | --- |
//! | a record | a struct, its fields by their Avro names | `{"job_id": "j-1"}` |
//! | an enum | a unit variant, by the symbol | `"SUBMITTED"` |
//! | a union of null and one other | an `Option` | `null`, or the value |
//! | any other union | a newtype variant, by the type's name, of a named type its full one; with null an `Option` of that | `{"string": "x"}` |
//! | `array`, `map` | a sequence, a map | `[1]`, `{"k": 1}` |
//! | `bytes`, `fixed` | bytes; never text, which would not say how | `[1, 255]` |
//! | `float`, `double` | a number; in formats that people read those that are none as text | `1.5`, `"NaN"`, `"-Infinity"` |
//!
//! Logical types, in formats that people read; elsewhere they are what they stand on:
//!
//! | Avro | text |
//! | --- | --- |
//! | `uuid` | 36 characters |
//! | `date` | `2026-01-31` |
//! | `time-…` | `23:59:59.999`, with as many digits as its unit |
//! | `timestamp-…` | `2026-01-31T23:59:59.999Z` (RFC 3339); any offset is read |
//! | `local-timestamp-…` | the same without `Z` |
//! | `decimal`, `big-decimal` | `"-12.50"`, with all its digits where they are more than its precision; of more than 4 KiB, or 9,864 digits, refused both ways |
//! | `duration` | `P1M2DT3.004S` |
//!
//! A time that is none of a day, and a date beyond the years 0 to 9999, is the number that it is; numbers are also read of all dates and times. A
//! time of finer digits than its unit is refused, not rounded. A second 60 is a leap second's, of a timestamp with a zone, and the next one.
//!
//! When it is read, unknown fields are passed over. A missing one is the schema's default; null, where it has none and may be null; else refused.
//! What missing fields of one value become, and how many nulls and empty records it has, is held within the memory of [`Limits::DEFAULT`], or of
//! those of [`within`].
//! Borrowed twins are written only. A float is exactly what serde_json reads with its feature `float_roundtrip`.

use crate::codec::Limits;

mod form;
mod limits;
mod read;
mod scalar;
mod time;
mod write;

pub use form::Form;
pub use limits::within;
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// For what is as large as it is, on a stack that has an end.
const WITHOUT_BOUND: Limits = Limits {
    depth: u32::MAX,
    items: usize::MAX,
    memory: usize::MAX,
    ..Limits::DEFAULT
};

#[cfg(test)]
mod tests;
