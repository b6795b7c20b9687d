//! Generated code for real schemas, tied to apache-avro.
//!
//! The real schemas are those of the folder that `KAFKA_EVENT_CORPUS` named when this was built.

#![deny(warnings, missing_docs)]

pub mod random;

use apache_avro::types::Value;
use apache_avro::{from_value, to_value};
use kafka_event::{DecodeError, Fingerprint, Record, from_avro, to_avro};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What was generated.
pub mod table {
    #![allow(clippy::all)]

    include!(concat!(env!("OUT_DIR"), "/corpus.rs"));
}

/// Topics and groups whose names meet.
pub mod names {
    include!(concat!(env!("OUT_DIR"), "/names.rs"));
}

pub use table::{CASES, GENERATED, PEERS, REFUSED};

/// A record of a schema, with its generated types behind functions.
#[derive(Debug)]
pub struct Case {
    /// The schema's file.
    pub file: &'static str,
    /// The schema's text.
    pub source: &'static str,
    /// Whether it is one of the corpus.
    pub real: bool,
    /// The record's full name.
    pub full_name: &'static str,
    /// The record's schema as it was generated.
    pub schema: &'static str,
    /// Its fingerprint as it was generated.
    pub fingerprint: Fingerprint,
    /// Decodes to the owned type, and encodes again.
    pub owned: fn(&[u8]) -> Result<Vec<u8>, DecodeError>,
    /// Decodes to the borrowed twin, makes the owned type of it, and encodes again.
    pub borrowed: fn(&[u8]) -> Result<Vec<u8>, DecodeError>,
}

/// A schema with the types that rsgen-avro makes of it, behind a function.
#[derive(Debug)]
pub struct Peer {
    /// The schema's text as it was written.
    pub written: &'static str,
    /// The same without logical types that it cannot carry.
    pub source: &'static str,
    /// The same value after it has been one of those types.
    pub carried: fn(&Value) -> Result<Value, apache_avro::Error>,
}

fn carried<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, apache_avro::Error> {
    to_value(from_value::<T>(value)?)
}

fn owned<T: Record>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    from_avro::<T>(bytes).map(|event| written(&event))
}

fn written<T: Record>(event: &T) -> Vec<u8> {
    to_avro(event).expect("a generated type is never refused")
}

/// Whether the corpus was there when this was built.
///
/// # Panics
/// It was not, and `KAFKA_EVENT_STRICT` is set.
#[must_use]
pub fn has_corpus() -> bool {
    let found = CASES.iter().any(|case| case.real);
    if !found {
        let strict = std::env::var_os("KAFKA_EVENT_STRICT").is_some_and(|strict| !strict.is_empty());
        assert!(
            !strict,
            "KAFKA_EVENT_CORPUS was not set when this was built, and KAFKA_EVENT_STRICT is"
        );
        eprintln!("skipped: no corpus; KAFKA_EVENT_CORPUS names its folder");
    }
    found
}
