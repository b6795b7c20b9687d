//! A type's schema as text, its fingerprint, and a hash of its layout.
//!
//! Of the specification's three fingerprints CRC-64-AVRO is what messages carry. The others are digests of [`canonical_form`], for which there are
//! crates: `md5::Md5::digest(form)`, `sha2::Sha256::digest(form)`.
//!
//! ```
//! use kafka_event_codegen::fingerprint::{canonical_form, fingerprint};
//!
//! let schema = r#"{"type": "fixed", "name": "foo", "size": 15, "doc": "Left out."}"#;
//! let (contract, id) = kafka_event_codegen::load_text("foo", schema)?;
//! assert_eq!(canonical_form(&contract.model, id), r#"{"name":"foo","type":"fixed","size":15}"#);
//! assert_eq!(fingerprint(&contract.model, id), 1_756_455_273_707_447_556);
//! # Ok::<_, kafka_event_codegen::Report>(())
//! ```

use crate::model::{Field, Model, TypeId};
use crate::schema_text::{Form, SchemaTexts};

pub use crate::crc64::crc64;

/// The schema of a type, or of a root: strict, self-contained JSON with docs, defaults, aliases, logical types, order and properties.
#[must_use]
pub fn schema_json(model: &Model, id: TypeId) -> String {
    SchemaTexts::new(model, Form::Whole).of(id)
}

/// The schema of what a field holds, as [`schema_json`] has it within the record's.
#[must_use]
pub fn field_json(model: &Model, field: &Field) -> String {
    SchemaTexts::new(model, Form::Whole).of_field(field)
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
