//! Types of random schemas, and what the tests of such schemas have in common.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

mod by_hand;

use apache_avro::types::Value;
use kafka_event::serde::{Deserialize, Serialize};
use kafka_event::{Complete, from_avro, from_avro_json, to_avro, to_avro_json};
use serde_json::Value as Json;

pub use by_hand::{datum, json};
pub use test_values::{cases, seed};

/// What was generated.
pub mod table {
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}

/// A schema, and its generated type behind a function.
#[derive(Debug)]
pub struct Type {
    /// The schema.
    pub schema: &'static str,
    /// What becomes of a datum's bytes.
    pub carried: fn(&[u8]) -> Result<Carried, String>,
}

/// What became of a datum's bytes, each by another way.
#[derive(Debug, PartialEq, Eq)]
pub struct Carried {
    /// Read and written.
    pub owned: Vec<u8>,
    /// Read by the borrowed twin and written by the owned type.
    pub borrowed: Vec<u8>,
    /// In Avro's JSON encoding.
    pub json: String,
    /// That read and written in bytes.
    pub of_json: Vec<u8>,
    /// In serde's form.
    pub serde: String,
    /// The same of the borrowed twin.
    pub serde_of_twin: String,
    /// That read and written in bytes.
    pub of_serde: Vec<u8>,
}

fn carried<T>(bytes: &[u8]) -> Result<Carried, String>
where
    T: Complete + Serialize + for<'de> Deserialize<'de> + for<'a> From<T::Ref<'a>>,
    for<'a> T::Ref<'a>: Serialize,
{
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let owned = from_avro::<T>(bytes).map_err(|error| text(&error))?;
    let twin = from_avro::<T::Ref<'_>>(bytes).map_err(|error| text(&error))?;
    let written = |event: &T| to_avro(event).map_err(|error| text(&error));
    let json = to_avro_json(&owned).map_err(|error| text(&error))?;
    let serde = serde_json::to_string(&owned).map_err(|error| text(&error))?;
    Ok(Carried {
        of_json: written(&from_avro_json(&json).map_err(|error| text(&error))?)?,
        of_serde: written(&serde_json::from_str(&serde).map_err(|error| format!("{serde} {error}"))?)?,
        serde_of_twin: serde_json::to_string(&twin).map_err(|error| text(&error))?,
        owned: written(&owned)?,
        borrowed: written(&T::from(twin))?,
        json,
        serde,
    })
}

/// A NaN has many bit patterns, and its JSON one.
#[must_use]
pub fn plain(value: Value) -> Value {
    match value {
        Value::Float(number) if number.is_nan() => Value::Float(f32::NAN),
        Value::Double(number) if number.is_nan() => Value::Double(f64::NAN),
        Value::Union(branch, value) => Value::Union(branch, Box::new(plain(*value))),
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        Value::Map(entries) => Value::Map(entries.into_iter().map(|(key, value)| (key, plain(value))).collect()),
        Value::Record(fields) => Value::Record(fields.into_iter().map(|(name, value)| (name, plain(value))).collect()),
        other => other,
    }
}

/// Whether both say the same. A float has two spellings, its shortest and, as Java has it, that of the double that it is: two numbers that may each
/// be one are the same where they are the same float, all others where they are the same double. That each number is exact shows in its bytes.
#[must_use]
pub fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => {
            let number = |number: &serde_json::Number| number.as_f64().unwrap_or(f64::NAN);
            let (double, other) = (number(left), number(right));
            let is_float = float(double).is_some() && float(double) == float(other);
            left == right || (left.is_f64() || right.is_f64()) && (double == other || is_float)
        }
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len() && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

/// The float that a number may spell: in nine digits at the most, or as the double that it is.
fn float(number: f64) -> Option<f32> {
    let text = format!("{number:e}");
    let mantissa = text.split('e').next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let float = number as f32;
    (digits <= 9 || f64::from(float) == number)
        .then_some(float)
        .filter(|float| float.is_normal() || float.is_subnormal())
}
