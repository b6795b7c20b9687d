//! Avro schemas and a manifest of Kafka topics, to a model, to Rust.
//!
//! ```text
//!  schemas/*.avsc ─┐
//!  topics.toml ────┴─► load ─► resolve ─► check ─► model ─► emit ─► output
//! ```
//!
//! An application calls [`Builder`] from its `build.rs` and includes what it wrote:
//!
//! ```no_run
//! fn main() -> Result<(), kafka_event_codegen::Error> {
//!     kafka_event_codegen::Builder::new().build()
//! }
//! ```
//!
//! ```ignore
//! pub mod events {
//!     kafka_event::include_events!();
//! }
//! ```

mod avro;
mod builder;
mod check;
mod datum;
mod diagnostic;
mod draft;
pub mod emit;
pub mod fingerprint;
mod load;
mod manifest;
pub mod model;
mod name;
mod options;
mod output;
mod rename;
mod resolve;
mod source;

pub use avro::Json;
pub use builder::{Builder, Error};
pub use diagnostic::{Diagnostic, Label, Report, Severity};
pub use load::{Contract, load_manifest, load_schemas};
pub use options::{OptionCall, OptionError};
pub use output::{Change, Drift, Generated, Part};
pub use source::{FileId, Origin, Place, SourceFile, Sources};
