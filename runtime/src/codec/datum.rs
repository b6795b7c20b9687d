use super::{Decode, DecodeError, DecodeOwned, Encode, EncodeError, Fingerprint, Limits, Reader, Record, Writer};
use crate::evolution::Step;
use crate::wire;

/// A Rust type that can be a whole Avro datum, owned or borrowed, with the Avro type that its values are.
///
/// All that is generated is one: records and their borrowed twins, enums, fixed, and the types of files whose root is none of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole Avro datum",
    label = "expected a generated type, or a struct with `#[derive(KafkaEvent)]`"
)]
pub trait Datum {
    /// The Avro type, of those in [`wire`].
    type Wire: ?Sized;
}

impl<T: Record> Datum for T {
    type Wire = wire::Record;
}

/// A Rust type with an Avro schema: a [`Record`], an enum, a fixed, or the type of a file whose root is none of these.
///
/// The constants are those of [`Record`], where the type is one: bring in the trait that says more.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no Avro schema",
    label = "expected a generated type, or a struct with `#[derive(KafkaEvent)]`"
)]
pub trait Schema: Datum {
    /// The same with text and bytes borrowed from the encoded datum; `Self` where there is nothing to borrow.
    type Ref<'de>: Datum<Wire = Self::Wire> + Decode<'de, Self::Wire>;

    /// The schema: strict, self-contained JSON with docs, defaults, aliases, logical types and custom properties.
    const SCHEMA: &'static str;
    /// The fingerprint of the schema's Parsing Canonical Form.
    const FINGERPRINT: Fingerprint;
    /// A hash of all that the encoding's meaning depends on, logical types, precision and scale among it, which the fingerprint leaves out.
    const LAYOUT: u64;
    /// The fields that it reads, by their Avro names, where it is a record's of which it may leave some out; what these are read as may leave
    /// out some of theirs.
    const FIELDS: Option<&'static [&'static str]> = None;
}

impl<T: Record> Schema for T {
    type Ref<'de> = T::Ref<'de>;

    const SCHEMA: &'static str = <T as Record>::SCHEMA;
    const FINGERPRINT: Fingerprint = <T as Record>::FINGERPRINT;
    const LAYOUT: u64 = <T as Record>::LAYOUT;
    const FIELDS: Option<&'static [&'static str]> = <T as Record>::FIELDS;
}

/// A type with an Avro schema that has all of it: it is written, and read without borrowing. All that is generated is, but for twins.
///
/// It is implemented for every such type, and only ever a bound.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not written and read whole",
    label = "this has no schema, borrows, or has only some of the schema's fields"
)]
pub trait Complete: Schema + Encode<Self::Wire> + DecodeOwned<Self::Wire> + Send + Sync + 'static {}

impl<T: Schema + Encode<T::Wire> + DecodeOwned<T::Wire> + Send + Sync + 'static> Complete for T {}

/// Encodes an event, or any other whole datum, as its bare bytes.
///
/// # Errors
/// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
pub fn to_avro<T: Datum + Encode<T::Wire>>(event: &T) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    to_avro_into(event, &mut bytes)?;
    Ok(bytes)
}

/// Appends an event, or any other whole datum, to a buffer as its bare bytes; on an error the buffer is as it was.
///
/// # Errors
/// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
#[inline]
pub fn to_avro_into<T: Datum + Encode<T::Wire>>(event: &T, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    let mut writer = Writer::new(buffer, event.size_bound());
    event.encode(&mut writer);
    writer.finish()
}

/// Decodes an event, or any other whole datum, owned or borrowed, from the bare bytes of its own schema, within [`Limits::DEFAULT`].
///
/// # Errors
/// The bytes are not such an event.
#[inline]
pub fn from_avro<'de, T: Datum + Decode<'de, T::Wire>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    from_avro_within(bytes, Limits::DEFAULT)
}

/// Decodes an event as [`from_avro`] does, within limits of one's own.
///
/// # Errors
/// The bytes are not such an event, or a limit was met.
#[inline]
pub fn from_avro_within<'de, T: Datum + Decode<'de, T::Wire>>(bytes: &'de [u8], limits: Limits) -> Result<T, DecodeError> {
    read_by::<T::Wire, T>(bytes, limits, None)
}

/// Decodes a whole datum, by a step where another version of its schema wrote it.
#[inline]
pub(crate) fn read_by<'de, W: ?Sized, T: Decode<'de, W>>(
    bytes: &'de [u8],
    limits: Limits,
    step: Option<Step<'de>>,
) -> Result<T, DecodeError> {
    let mut reader = Reader::new(bytes, limits);
    let mut read = match step {
        None => T::decode(&mut reader),
        Some(step) => T::evolve(&mut reader, step),
    };
    // A value is handed on where it was read to: taken out of its `Result` and put into another, it would be copied.
    if read.is_ok()
        && let Err(error) = reader.ended()
    {
        read = Err(error);
    }
    read
}
