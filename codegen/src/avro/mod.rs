//! Avro's text: JSON with comments to a strict value, and the value to raw schemas.

pub(crate) mod blank;
pub(crate) mod decimal;
mod json;
mod logical;
pub(crate) mod pointer;
mod raw;
mod read;

pub use json::Json;
pub(crate) use json::{TOO_MANY, latin1, parse, quoted};
pub(crate) use raw::{RawNamed, RawNamedKind, RawType};
pub(crate) use read::{Reader, primitive_name};
