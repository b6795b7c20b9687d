use std::fmt;

use super::{Datum, Decode};
use crate::wire;

/// A Rust type that is an Avro record, with its schema.
///
/// Generated structs implement it, and `#[derive(KafkaEvent)]` does for an application's own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an Avro record",
    label = "expected a generated event, or a struct with `#[derive(KafkaEvent)]`"
)]
pub trait Record {
    /// The same record with text and bytes borrowed from the encoded event; `Self` where there is nothing to borrow.
    type Ref<'de>: Datum<Wire = wire::Record> + Decode<'de, wire::Record>;

    /// The record's Avro full name.
    const FULL_NAME: &'static str;
    /// The record's schema: strict, self-contained JSON with docs, defaults, aliases, logical types and custom properties.
    const SCHEMA: &'static str;
    /// The fingerprint of the schema's Parsing Canonical Form.
    const FINGERPRINT: Fingerprint;
    /// A hash of all that the encoding's meaning depends on, logical types, precision and scale among it, which the fingerprint leaves out.
    const LAYOUT: u64;
    /// The fields that it reads, by their Avro names, where it is a record's of which it may leave some out; what these are read as may leave
    /// out some of theirs.
    const FIELDS: Option<&'static [&'static str]> = None;
}

/// A schema's CRC-64-AVRO fingerprint (specification, "Schema Fingerprints").
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The eight bytes that stand in a single-object message: little-endian.
    #[inline]
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    /// A fingerprint from the eight bytes of a single-object message.
    #[inline]
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}
