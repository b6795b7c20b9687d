//! What hostile bytes must not do: the bodies of the fuzz targets, which the ordinary tests run over all that is kept here.
//!
//! | module | its one job |
//! | --- | --- |
//! | `contract` | a schema's text, and a manifest with its schemas, to generated code |
//! | `seeds` | where the fuzzer begins |

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

mod contract;
pub mod seeds;

pub use contract::{manifest, schema};

/// A fuzz target.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What `cargo fuzz` calls it.
    pub name: &'static str,
    /// Runs it over an input; it panics where the input does what it must not.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "schema", run: schema },
    Target { name: "manifest", run: manifest },
];
