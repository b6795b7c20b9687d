//! Avro's JSON encoding (specification, "JSON Encoding"), both ways and lossless.
//!
//! ```text
//!  value ── Encode ──► bytes ──► Encoding::to_json ──► text ──► Encoding::to_avro ──► bytes ── Decode ──► value
//! ```
//!
//! An [`Encoding`] stands between a schema's binary form and its JSON, and knows no Rust type: so a schema that was met at run time has one, and
//! generated types compile no faster or slower for it. [`to_avro_json`] and [`from_avro_json`] are the same for a type that has a schema.
//!
//! | Avro | JSON |
//! | --- | --- |
//! | `null`, `boolean`, `int`, `long` | `null`, `true`, a number without point and exponent, of all 64 bits |
//! | `float`, `double` | the shortest number that reads back the same; `"NaN"`, `"Infinity"` and `"-Infinity"`, as Java writes them |
//! | `bytes`, `fixed` | text of a code point up to U+00FF for each byte |
//! | `string`, an enum's symbol | text |
//! | `array`, `map`, a record | an array, an object, an object with every field by its Avro name |
//! | a union | `null`, or an object with one key: the branch's type, of a named type its full name |
//!
//! Logical types are what they stand on. What is read may have its fields in any order. All are to be there, as in Java: an encoded datum is
//! whole, and a schema's defaults are for readers of other versions. Numbers are exact whatever features of `serde_json` are on in the build.
//!
//! **What JSON does not hold**: the bits of a NaN, of which all become `"NaN"`; the blocks of a collection, which become one; of a map's keys
//! that stand twice the first value, which no reader sees.

mod error;
mod read;
mod typed;
mod write;

use kafka_event_codegen::load_text;

pub use error::{JsonClass, JsonError};
pub use typed::{from_avro_json, from_avro_json_within, to_avro_json};

use crate::codec::Limits;
use crate::shape::Plan;
use error::Kind;

/// The way between a schema's binary form and its JSON.
///
/// Made once for a schema, and shared by threads.
///
/// ```
/// use kafka_event::json::Encoding;
///
/// let encoding = Encoding::from_schema(r#"["null", {"type": "array", "items": "long"}]"#)?;
/// let json = encoding.to_json(&[2, 2, 14, 0])?;
/// assert_eq!(json, r#"{"array":[7]}"#);
/// assert_eq!(encoding.to_avro(&json)?, [2, 2, 14, 0]);
///
/// let error = encoding.to_avro(r#"{"array": [1.5]}"#).unwrap_err();
/// assert_eq!(error.to_string(), "/array/0 (line 1, column 12): `1.5` is no long: write a whole number");
/// # Ok::<_, kafka_event::json::JsonError>(())
/// ```
#[derive(Debug)]
pub struct Encoding {
    plan: Plan,
}

impl Encoding {
    /// That of a schema.
    ///
    /// # Errors
    /// The schema is none: every reason, with its place.
    pub fn from_schema(schema: &str) -> Result<Self, JsonError> {
        let (contract, id) = load_text("the schema", schema).map_err(|report| JsonError::whole(Kind::Schema(report.to_string())))?;
        Ok(Self {
            plan: Plan::of(&contract.model, id),
        })
    }

    /// The JSON of a datum's bare bytes, within [`Limits::DEFAULT`].
    ///
    /// # Errors
    /// The bytes are not such a datum.
    pub fn to_json(&self, avro: &[u8]) -> Result<String, JsonError> {
        self.to_json_within(avro, Limits::DEFAULT)
    }

    /// The same within limits of one's own: [`Limits::memory`] is also the most that the text may take.
    ///
    /// # Errors
    /// The bytes are not such a datum, or a limit was met.
    pub fn to_json_within(&self, avro: &[u8], limits: Limits) -> Result<String, JsonError> {
        write::json(&self.plan, avro, limits)
    }

    /// The bare bytes of a datum's JSON, within [`Limits::DEFAULT`].
    ///
    /// # Errors
    /// The text is not JSON, or not of such a datum: unknown, missing and repeated keys among it, and text behind the datum.
    pub fn to_avro(&self, json: &str) -> Result<Vec<u8>, JsonError> {
        self.to_avro_within(json, Limits::DEFAULT)
    }

    /// The same within limits of one's own: [`Limits::memory`] is also the most that the bytes may take.
    ///
    /// # Errors
    /// As there, or a limit was met.
    pub fn to_avro_within(&self, json: &str, limits: Limits) -> Result<Vec<u8>, JsonError> {
        read::avro(&self.plan, json, limits)
    }
}

#[cfg(test)]
mod tests;
