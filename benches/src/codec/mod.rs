//! What the codec bench does with its events, for the program that takes times and the one that counts allocations.
//!
//! | module | its one job |
//! | --- | --- |
//! | `shapes` | the events, and their types for all codecs |
//! | `subject` | one event in all its forms |
//! | `encode`, `decode` | the ways of each codec to write it and to read it |
//! | `json` | the same as JSON |
//! | `peek` | one field of it |
//! | `ways` | ways to do the same thing, and who cannot |

mod decode;
mod encode;
mod json;
mod peek;
pub mod shapes;
mod subject;
mod ways;

pub use ways::{Group, Way};

use anyhow::{Context as _, Result, ensure};

use shapes::{Bytes, Deep, Plain, Shape, Text, Typed, Unions, Wide};
use subject::Subject;

/// One shape with what is done with it.
pub struct Measured {
    /// What the tables call it.
    pub name: &'static str,
    /// Its schema's file, without `.avsc`.
    pub schema: &'static str,
    /// The event's bytes.
    pub bytes: &'static [u8],
    /// The ways to encode it.
    pub encode: Group,
    /// The ways to decode it.
    pub decode: Group,
    /// What else is done with it.
    pub more: Vec<Group>,
}

/// All shapes, or the one of a schema.
///
/// # Errors
/// There is none of that schema, or what ours does with an event is wrong.
pub fn shapes(only: Option<&str>) -> Result<Vec<Measured>> {
    let all = [
        row::<Plain>(|_| Ok(vec![])),
        row::<Typed>(|subject| Ok(vec![json::write(subject)?, json::read(subject)?, peek::flagship(subject)?])),
        row::<Wide>(|_| Ok(vec![])),
        row::<Deep>(|subject| {
            let city = peek::text(subject, "to.city", |event| &event.to.city)?;
            Ok(vec![json::write(subject)?, json::read(subject)?, city])
        }),
        row::<Unions>(|subject| Ok(vec![json::write(subject)?, json::read(subject)?])),
        row::<Bytes>(|_| Ok(vec![])),
        row::<Text>(|subject| Ok(vec![peek::text(subject, "title", |event| &event.title)?])),
    ];
    let known: Vec<_> = all.iter().map(|(schema, _)| *schema).collect();
    if let Some(only) = only {
        ensure!(known.contains(&only), "`{only}` is none of the shapes {}", known.join(", "));
    }
    let chosen = all.into_iter().filter(|(schema, _)| only.is_none_or(|only| only == *schema));
    chosen.map(|(schema, measure)| measure().context(schema)).collect()
}

type Row = (&'static str, Box<dyn FnOnce() -> Result<Measured>>);

fn row<S: Shape>(more: fn(&Subject<S>) -> Result<Vec<Group>>) -> Row {
    let measure = move || {
        let subject = Subject::<S>::new()?;
        Ok(Measured {
            name: S::NAME,
            schema: S::SCHEMA,
            bytes: subject.bytes,
            encode: encode::group(&subject)?,
            decode: decode::group(&subject)?,
            more: more(&subject)?,
        })
    };
    (S::SCHEMA, Box::new(measure))
}
