//! Avro's text: JSON with comments to a strict value, and the value to raw schemas.

pub(crate) mod blank;
mod body;
pub(crate) mod decimal;
mod definition;
mod json;
mod logical;
pub(crate) mod meant;
mod parse;
pub(crate) mod pointer;
mod raw;
mod read;
mod scalar;

#[cfg(feature = "derive")]
pub(crate) use body::FIXED_MAX;
#[cfg(feature = "derive")]
pub(crate) use definition::cured;
pub use json::Json;
pub(crate) use json::{Fault, latin1, quoted};
pub(crate) use parse::parse;
pub(crate) use raw::{RawNamed, RawNamedKind, RawType};
#[cfg(feature = "derive")]
pub(crate) use read::is_primitive;
pub(crate) use read::{Reader, primitive_name};
