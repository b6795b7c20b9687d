//! What the derive asks of a field's type, as traits of the Avro type that is its own.
//!
//! Were they of the field's type itself, the compiler would speak of them where the derive has words for what the type lacks. A field is written and read
//! by them, too, so that nothing is asked of its type before those words are found.

use crate::codec::{Decode, DecodeError, Encode, EncodeKey, FieldReader, FieldWriter};

/// An Avro type as which `T` is written.
pub trait WrittenBy<T> {
    /// Writes the next field.
    fn write<F: FieldWriter>(fields: &mut F, value: &T);
}

#[diagnostic::do_not_recommend]
impl<W, T: Encode<W>> WrittenBy<T> for W {
    #[inline(always)]
    fn write<F: FieldWriter>(fields: &mut F, value: &T) {
        fields.field::<W, T>(value);
    }
}

/// An Avro type as which `T` is read.
pub trait ReadBy<'de, T> {
    /// Which named type or union `T` is.
    const LAYOUT: u64;

    /// Reads the next field.
    ///
    /// # Errors
    /// As those of the type.
    fn read<F: FieldReader<'de>>(fields: &mut F, name: &'static str) -> Result<T, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<'de, W, T: Decode<'de, W>> ReadBy<'de, T> for W {
    const LAYOUT: u64 = T::LAYOUT;

    #[inline(always)]
    fn read<F: FieldReader<'de>>(fields: &mut F, name: &'static str) -> Result<T, DecodeError> {
        fields.field::<W, T>(name)
    }
}

/// An Avro type as which `T` is a key.
pub trait KeyedBy<T> {
    /// Writes the key; `false` for none.
    fn encode_key(value: &T, out: &mut Vec<u8>) -> bool;
}

#[diagnostic::do_not_recommend]
impl<W, T: EncodeKey<W>> KeyedBy<T> for W {
    #[inline(always)]
    fn encode_key(value: &T, out: &mut Vec<u8>) -> bool {
        value.encode_key(out)
    }
}
