//! Readers of pairs of schemas, each behind a function, and two versions of a contract.
//!
//! Some readers are random, those of `KAFKA_EVENT_TYPES`: their writers are drawn when the tests run. The pairs are this project's own, and those of the folder that `KAFKA_EVENT_CORPUS` named when this was built: Avro's own, gogen-avro's, and the older and newer schemas of one name that public repositories have.

#![deny(warnings, missing_docs)]

use kafka_event::evolution::{Evolution, EvolutionError};
use kafka_event::{Complete, DecodeError, Limits, to_avro};

/// What was generated.
pub mod table {
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}

/// A contract as it was.
pub mod old {
    include!(concat!(env!("OUT_DIR"), "/old/kafka_events.rs"));
}

/// The same contract as it is now.
pub mod new {
    include!(concat!(env!("OUT_DIR"), "/new/kafka_events.rs"));
}

pub use table::{PAIRS, READERS, REFUSED, TYPES};

/// Whether the corpus was there when this was built.
///
/// # Panics
/// It was not, and `KAFKA_EVENT_STRICT` is set.
#[must_use]
pub fn has_corpus() -> bool {
    test_values::has_corpus(PAIRS.iter().any(|pair| pair.name.starts_with("official")))
}

/// A reader's schema, as a generated type, and a writer's.
#[derive(Debug)]
pub struct Pair {
    /// Where it comes from, and its name there.
    pub name: &'static str,
    /// The reader's schema as it was written.
    pub reader: &'static str,
    /// The writer's.
    pub writer: &'static str,
    /// The reader's type, for a writer's schema.
    pub evolution: fn(&str) -> Result<Read, EvolutionError>,
}

/// A random schema, as a generated type.
#[derive(Debug)]
pub struct Reader {
    /// The schema.
    pub schema: &'static str,
    /// The type, for a writer's schema.
    pub evolution: fn(&str) -> Result<Read, EvolutionError>,
}

/// Decodes what the writer wrote, and encodes it again as the reader writes it: first owned, then borrowed and owned.
pub type Read = Box<dyn Fn(&[u8], Limits) -> Result<(Vec<u8>, Vec<u8>), DecodeError>>;

fn evolution<T>(writer: &str) -> Result<Read, EvolutionError>
where
    T: Complete + for<'a> From<T::Ref<'a>>,
{
    let evolution = Evolution::<T>::from_schema(writer)?;
    Ok(Box::new(move |bytes, limits| {
        let owned = evolution.decode_within(bytes, limits);
        let borrowed = evolution.decode_ref_within(bytes, limits).map(T::from);
        let written = |event: T| to_avro(&event).expect("a generated type is never refused");
        Ok((written(owned?), written(borrowed?)))
    }))
}
