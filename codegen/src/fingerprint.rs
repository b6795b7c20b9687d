//! A type's schema as text, its fingerprint, and a hash of its layout.

use crate::model::{Model, TypeId};
use crate::schema_text::{Form, SchemaTexts};

pub use crate::crc64::crc64;

/// The schema of a type, or of a root: strict, self-contained JSON with docs, defaults, aliases, logical types, order and properties.
#[must_use]
pub fn schema_json(model: &Model, id: TypeId) -> String {
    SchemaTexts::new(model, Form::Whole).of(id)
}

/// The same in Parsing Canonical Form (specification, "Transforming into Parsing Canonical Form").
#[must_use]
pub fn canonical_form(model: &Model, id: TypeId) -> String {
    SchemaTexts::new(model, Form::Canonical).of(id)
}

/// The CRC-64-AVRO fingerprint of the canonical form (specification, "Schema Fingerprints").
#[must_use]
pub fn fingerprint(model: &Model, id: TypeId) -> u64 {
    crc64(canonical_form(model, id).as_bytes())
}

/// A hash of all that the meaning of a type's encoding depends on: the canonical form, and what it leaves out of logical types.
///
/// Where two types have the same, the decoder of one reads the other's bytes rightly.
#[must_use]
pub fn layout_hash(model: &Model, id: TypeId) -> u64 {
    crc64(SchemaTexts::new(model, Form::Layout).of(id).as_bytes())
}
