use std::fmt;

use super::{Decode, DecodeError, Encode, EncodeError, Limits, Reader, Writer};
use crate::wire;

/// A Rust type that is an Avro record, with its schema.
///
/// Generated structs implement it, and `#[derive(KafkaEvent)]` does for an application's own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an Avro record",
    label = "expected a generated event, or a struct with `#[derive(KafkaEvent)]`"
)]
pub trait Record: Encode<wire::Record> + for<'de> Decode<'de, wire::Record> + Send + Sync + 'static {
    /// The same record with text and bytes borrowed from the encoded event; `Self` where there is nothing to borrow.
    type Ref<'de>: Decode<'de, wire::Record>;

    /// The record's Avro full name.
    const FULL_NAME: &'static str;
    /// The record's schema: strict, self-contained JSON with docs, defaults, aliases, logical types and custom properties.
    const SCHEMA: &'static str;
    /// The fingerprint of the schema's Parsing Canonical Form.
    const FINGERPRINT: Fingerprint;
    /// A hash of all that the encoding's meaning depends on, logical types, precision and scale among it, which the fingerprint leaves out.
    const LAYOUT: u64;
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

/// Encodes an event as a bare Avro datum.
///
/// # Errors
/// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
pub fn to_avro<T: Encode<wire::Record>>(event: &T) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    to_avro_into(event, &mut bytes)?;
    Ok(bytes)
}

/// Appends an event to a buffer as a bare Avro datum; on an error the buffer is as it was.
///
/// # Errors
/// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
#[inline]
pub fn to_avro_into<T: Encode<wire::Record>>(event: &T, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    let mut writer = Writer::new(buffer, event.size_bound());
    event.encode(&mut writer);
    writer.finish()
}

/// Decodes an event, owned or borrowed, from a bare Avro datum of its own schema, within [`Limits::DEFAULT`].
///
/// # Errors
/// The bytes are not such an event.
#[inline]
pub fn from_avro<'de, T: Decode<'de, wire::Record>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    from_avro_within(bytes, Limits::DEFAULT)
}

/// Decodes an event as [`from_avro`] does, within limits of one's own.
///
/// # Errors
/// The bytes are not such an event, or a limit was met.
#[inline]
pub fn from_avro_within<'de, T: Decode<'de, wire::Record>>(bytes: &'de [u8], limits: Limits) -> Result<T, DecodeError> {
    let mut reader = Reader::new(bytes, limits);
    let event = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(event)
}
