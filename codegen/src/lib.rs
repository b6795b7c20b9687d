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
#[cfg(feature = "emit")]
mod builder;
mod check;
mod collections;
#[cfg(feature = "compat")]
pub mod compat;
mod crc64;
mod datum;
#[cfg_attr(not(feature = "emit"), allow(dead_code))]
mod deprecation;
mod diagnostic;
#[cfg(feature = "emit")]
pub mod emit;
pub mod fingerprint;
#[cfg(feature = "emit")]
mod laid_out;
#[cfg(feature = "emit")]
mod layout;
mod limits;
mod load;
mod manifest;
pub mod model;
mod name;
mod nearest;
#[cfg(feature = "emit")]
mod options;
#[cfg(feature = "emit")]
mod output;
mod rename;
mod resolve;
#[cfg_attr(not(feature = "emit"), allow(dead_code))]
mod schema_text;
mod shell;
mod source;
mod stack;
mod words;

pub use avro::Json;
#[cfg(feature = "emit")]
pub use builder::{Builder, Error};
pub use diagnostic::{Diagnostic, Label, Report, Severity, steers};
pub use load::{Contract, load_manifest, load_schemas, load_text};
pub use nearest::nearest;
#[cfg(feature = "emit")]
pub use options::{OptionCall, OptionError};
#[cfg(feature = "emit")]
pub use output::{Change, Drift, Generated, Part};
pub use shell::shell_quoted;
pub use source::{FileId, Origin, Place, Pointer, SourceFile, Sources};
// For the runtime.
pub use stack::on_its_own;
