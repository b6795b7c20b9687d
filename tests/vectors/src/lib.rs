//! The types of all schemas that Avro's own vectors and data files have, each behind functions.
//!
//! They are those of the folder that `KAFKA_EVENT_CORPUS` named when this was built.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use kafka_event::codec::{Decode as _, Reader};
use kafka_event::evolution::{Evolution, EvolutionError};
use kafka_event::{Complete, DecodeError, Fingerprint, Limits, Schema, to_avro};

/// What was generated.
pub mod table {
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}

pub use table::{CASES, Header};

/// A schema with its type.
#[derive(Debug)]
pub struct Case {
    /// The vector's list and number, or the file's path.
    pub name: &'static str,
    /// The schema as it was written.
    pub schema: &'static str,
    /// Its fingerprint as it was generated.
    pub fingerprint: Fingerprint,
    /// Reads the next datum as the owned type, and writes it again.
    pub owned: Again,
    /// The same as the borrowed twin, made owned.
    pub borrowed: Again,
    /// The same of what a writer's schema has written, whole.
    pub evolution: fn(&str) -> Result<Evolved, EvolutionError>,
}

/// Reads a datum and writes it again.
pub type Again = fn(&mut Reader<'_>) -> Result<Vec<u8>, DecodeError>;

/// The same of what another version has written.
pub type Evolved = Box<dyn Fn(&[u8]) -> Result<Vec<u8>, DecodeError>>;

impl Case {
    /// Of a type. Without the corpus there are none, and nobody calls it.
    #[must_use]
    pub const fn new<T>(name: &'static str, schema: &'static str) -> Self
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
            evolution: evolution::<T>,
        }
    }

    /// The case of a name.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn of(name: &str) -> &'static Self {
        let found = CASES.iter().find(|case| case.name == name);
        found.unwrap_or_else(|| panic!("no schema of {name}"))
    }

    /// Reads a whole datum, owned and borrowed, and writes it again.
    ///
    /// # Errors
    /// The bytes are no such datum.
    ///
    /// # Panics
    /// What was read owned and borrowed is not the same.
    pub fn again(&self, bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let whole = |again: Again| {
            let mut reader = Reader::new(bytes, Limits::DEFAULT);
            let written = again(&mut reader)?;
            reader.finish().map(|()| written)
        };
        let (owned, borrowed) = (whole(self.owned), whole(self.borrowed));
        assert_eq!(owned.as_ref().ok(), borrowed.as_ref().ok(), "{}", self.name);
        owned
    }
}

fn owned<T: Complete>(reader: &mut Reader<'_>) -> Result<Vec<u8>, DecodeError> {
    T::decode(reader).map(|datum| written(&datum))
}

fn borrowed<T>(reader: &mut Reader<'_>) -> Result<Vec<u8>, DecodeError>
where
    T: Complete,
    for<'de> T: From<<T as Schema>::Ref<'de>>,
{
    <T as Schema>::Ref::<'_>::decode(reader).map(|datum| written(&T::from(datum)))
}

fn evolution<T: Complete>(writer: &str) -> Result<Evolved, EvolutionError> {
    let evolution = Evolution::<T>::from_schema(writer)?;
    Ok(Box::new(move |bytes| evolution.decode(bytes).map(|datum| written(&datum))))
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
    test_values::has_corpus(!CASES.is_empty())
}
