//! What hostile bytes must not do: the bodies of the fuzz targets, which the ordinary tests run over all that is kept here.
//!
//! | module | its one job |
//! | --- | --- |
//! | `budget` | what decoding may take of memory, counted |
//! | `shapes` | types of every shape: read from bytes of their own schema, and of another, and from Avro's JSON |
//! | `parts` | types that name some of an event's fields, and one field by itself |
//! | `framing` | messages of topics of every kind |
//! | `contract` | a schema's text, and a manifest with its schemas, to generated code |
//! | `seeds` | where the fuzzer begins |
//! | `held`, `testing` | tests of what text and bytes take, owned and borrowed, and what tests have in common |

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

mod budget;
mod contract;
mod framing;
#[cfg(test)]
mod held;
mod parts;
pub mod seeds;
mod shapes;
#[cfg(test)]
mod testing;

pub use contract::{manifest, schema};
pub use framing::framing;
pub use parts::parts;
pub use shapes::{decode, evolve, json, writer};

/// What schemas become.
#[allow(missing_docs, deprecated)]
pub mod types {
    include!(concat!(env!("OUT_DIR"), "/types/kafka_events.rs"));
}

/// What a manifest becomes.
#[allow(missing_docs)]
pub mod topics {
    include!(concat!(env!("OUT_DIR"), "/topics/kafka_events.rs"));
}

/// What the manifest becomes whose records are read in part.
#[allow(missing_docs)]
pub mod depot {
    include!(concat!(env!("OUT_DIR"), "/depot/kafka_events.rs"));
}

/// A fuzz target.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What `cargo fuzz` calls it.
    pub name: &'static str,
    /// Runs it over an input, and says whether that was taken for what it claims to be; it panics where the input does what it must not.
    pub run: fn(&[u8]) -> bool,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target {
        name: "decode",
        run: decode,
    },
    Target {
        name: "evolve",
        run: evolve,
    },
    Target {
        name: "writer",
        run: writer,
    },
    Target { name: "parts", run: parts },
    Target { name: "json", run: json },
    Target {
        name: "framing",
        run: framing,
    },
    Target {
        name: "schema",
        run: schema,
    },
    Target {
        name: "manifest",
        run: manifest,
    },
];
