//! Generated code for real schemas, tied to apache-avro.
//!
//! The real schemas are those of the folder that `KAFKA_EVENT_CORPUS` named when this was built.

// Whoever asks for all targets would have it a second time, for tests that are elsewhere.
#![cfg(not(test))]
#![deny(warnings, missing_docs)]

use apache_avro::types::Value;
use apache_avro::{from_value, to_value};
use kafka_event::{Complete, DecodeError, Fingerprint, Limits, Record, Schema, from_avro_within, to_avro};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What was generated.
#[allow(deprecated, reason = "some of the types are, and all are looked at")]
pub mod table {
    include!(concat!(env!("OUT_DIR"), "/corpus.rs"));
}

/// Topics and groups whose names meet.
pub mod names {
    include!(concat!(env!("OUT_DIR"), "/names.rs"));
}

pub use table::{FOLDERS, GENERATED, PEERS, REFUSED};

/// Where a schema comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// This project.
    Ours,
    /// The corpus's repositories.
    Corpus,
    /// Avro's own lists of examples.
    Official,
}

/// A schema that was generated.
#[derive(Debug)]
pub struct Generated {
    /// The schema's file, from its repository on.
    pub file: &'static str,
    /// The file's name, without the folders that it is in.
    pub file_name: &'static str,
    /// Where it comes from.
    pub set: Set,
    /// Whether another parser takes it.
    pub accepted: bool,
    /// The schema's text.
    pub source: &'static str,
    /// The files beside it, without which it refers to what is not defined, with their text.
    pub neighbours: &'static [(&'static str, &'static str)],
    /// The types that it defines.
    pub types: &'static [Case],
}

/// A schema that was refused.
#[derive(Debug)]
pub struct Refused {
    /// The schema's file, from its repository on.
    pub file: &'static str,
    /// Where it comes from.
    pub set: Set,
    /// The schema's text.
    pub source: &'static str,
    /// Whether another parser takes it.
    pub accepted: bool,
    /// What is wrong with it.
    pub findings: &'static [Finding],
}

/// What is wrong with a schema.
#[derive(Debug)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The file to mend.
    pub path: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: &'static str,
    /// What to do.
    pub help: Option<&'static str>,
}

/// A folder that was generated as one contract.
#[derive(Debug)]
pub struct Folder {
    /// Its repository.
    pub repository: &'static str,
    /// Where it is.
    pub path: &'static str,
    /// The files of the contract.
    pub files: &'static [&'static str],
    /// Those that define what another of them defines differently.
    pub left_out: &'static [&'static str],
}

/// A type with a schema, with its generated code behind functions.
#[derive(Debug)]
pub struct Case {
    /// The full name, or that of the file whose root it is.
    pub name: &'static str,
    /// The type's schema as it was generated; `None` of records whose schemas are long, which the compiler takes its time to put together.
    pub schema: Option<&'static str>,
    /// Its fingerprint as it was generated.
    pub fingerprint: Fingerprint,
    /// Decodes to the owned type, and encodes again.
    pub owned: fn(&[u8]) -> Result<Vec<u8>, DecodeError>,
    /// Decodes to the borrowed twin, makes the owned type of it, and encodes again.
    pub borrowed: fn(&[u8]) -> Result<Vec<u8>, DecodeError>,
}

impl Case {
    const fn record<T>() -> Self
    where
        T: Record + Complete,
        for<'de> T: From<<T as Schema>::Ref<'de>>,
    {
        Self::datum::<T>(T::FULL_NAME)
    }

    #[allow(dead_code, reason = "no schema but one of the corpus is long")]
    const fn long_record<T>() -> Self
    where
        T: Record + Complete,
        for<'de> T: From<<T as Schema>::Ref<'de>>,
    {
        Self::of::<T>(T::FULL_NAME, None)
    }

    const fn datum<T>(name: &'static str) -> Self
    where
        T: Complete,
        for<'de> T: From<<T as Schema>::Ref<'de>>,
    {
        Self::of::<T>(name, Some(<T as Schema>::SCHEMA))
    }

    const fn of<T>(name: &'static str, schema: Option<&'static str>) -> Self
    where
        T: Complete,
        for<'de> T: From<<T as Schema>::Ref<'de>>,
    {
        Self {
            name,
            schema,
            fingerprint: <T as Schema>::FINGERPRINT,
            owned: owned::<T>,
            borrowed: borrowed::<T>,
        }
    }
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

/// What is random may nest as deep as it may, and be large beside its bytes.
const LIMITS: Limits = Limits {
    depth: 512,
    items: usize::MAX,
    memory: usize::MAX,
    stack: usize::MAX,
};

fn owned<T: Complete>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    from_avro_within::<T>(bytes, LIMITS).map(|datum| written(&datum))
}

fn borrowed<T>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError>
where
    T: Complete,
    for<'de> T: From<<T as Schema>::Ref<'de>>,
{
    from_avro_within::<<T as Schema>::Ref<'_>>(bytes, LIMITS).map(|borrowed| written(&T::from(borrowed)))
}

fn written<T: Complete>(datum: &T) -> Vec<u8> {
    to_avro(datum).expect("a generated type is never refused")
}

/// Whether the corpus was there when this was built.
///
/// # Panics
/// It was not, and `KAFKA_EVENT_STRICT` is set.
#[must_use]
pub fn has_corpus() -> bool {
    test_values::has_corpus(GENERATED.iter().any(|generated| generated.set == Set::Corpus))
}
