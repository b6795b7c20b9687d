//! Avro's binary encoding for types known at compile time.
//!
//! ```text
//!  value ── size_bound ──► one reservation ── Encode ──► Writer ──► bytes ──► Reader ── Decode ──► value
//! ```
//!
//! [`Encode<W>`] and [`Decode<W>`] tie a Rust type to an Avro type of [`wire`](crate::wire). Generated types, the derive and a
//! type of one's own all stand on these two; no schema is walked and no name is matched while events are carried.

mod budget;
mod collection;
mod datum;
pub(crate) mod decimal;
pub(crate) mod error;
mod key;
mod limits;
mod list;
mod logical;
mod primitive;
mod reader;
mod record;
mod skip;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod text;
#[allow(unsafe_code)]
mod unchecked;
mod uuid;
pub mod way;
mod writer;

#[cfg(any(feature = "json", feature = "serde"))]
pub(crate) use budget::Budget;
pub(crate) use datum::read_by;
pub use datum::{Complete, Datum, Schema, from_avro, from_avro_within, to_avro, to_avro_into};
pub use error::{DecodeClass, DecodeError, EncodeError};
pub use key::{DecodeKey, EncodeKey};
pub use limits::Limits;
pub use reader::{Block, Reader};
pub use record::{Fingerprint, Record};
pub use skip::Skip;
pub(crate) use skip::blocks;
pub use way::EncodeKeyAt;
pub use writer::{SizeBound, Writer};

use crate::evolution::Step;

/// A Rust type whose values can be written as the Avro type `W`, losing nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as the Avro type `{W}`",
    label = "the schema has `{W}` here",
    note = "a type that carries it without loss is listed at `kafka_event::wire`; your own type can implement `Encode` and `Decode`",
    note = "a type with `consume` in its `#[kafka(…)]` is only read"
)]
pub trait Encode<W: ?Sized> {
    /// At least as many bytes as [`encode`](Self::encode) will write. A bound that is too small costs speed, never correctness.
    fn size_bound(&self) -> usize;

    /// Writes the value.
    fn encode(&self, writer: &mut Writer<'_>);
}

/// A record's struct, given field by field: once for the sum of their size bounds, and once to write them.
pub trait EncodeFields {
    /// Gives all fields, in the order of the schema.
    fn encode_fields<F: FieldWriter>(&self, fields: &mut F);
}

/// What a record's fields are given to, each in its turn: a [`Writer`], or a [`SizeBound`].
pub trait FieldWriter {
    /// Takes the next field, as the Avro type `W`.
    fn field<W, T: Encode<W> + ?Sized>(&mut self, value: &T);
}

/// A Rust type whose values can be read from the Avro type `W`.
///
/// A type that borrows from the bytes, as `&'de str` does, names their lifetime.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the Avro type `{W}`",
    label = "the schema has `{W}` here",
    note = "a type that carries it without loss is listed at `kafka_event::wire`; your own type can implement `Encode` and `Decode`"
)]
pub trait Decode<'de, W: ?Sized>: Sized {
    /// Which named Avro type or union the values are, or hold: the hash of its layout; 0 for none, and for a type of one's own that does not say.
    ///
    /// The derive compares it with the schema's, since two enums are written alike.
    const LAYOUT: u64 = 0;

    /// Reads a value.
    ///
    /// # Errors
    /// The bytes are not such a value, or a limit was met.
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError>;

    /// Reads a value that was written with another version of the schema, as a step of a plan says.
    ///
    /// As provided, it serves all types that are not made of others. Whatever it does, it reads as [`decode`](Self::decode) what is written alike, and an
    /// int that is read as a long: of these it need not be asked.
    ///
    /// # Errors
    /// The bytes are not such a value, or it cannot be read as this type.
    #[inline]
    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        step.leaf::<W, Self>(reader)
    }
}

/// A Rust type that is read whole: it borrows nothing from the bytes.
///
/// It is implemented for every such type, and only ever a bound.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the Avro type `{W}` without borrowing from its bytes",
    label = "the schema has `{W}` here"
)]
pub trait DecodeOwned<W: ?Sized>: for<'de> Decode<'de, W> {}

impl<W: ?Sized, T: for<'de> Decode<'de, W>> DecodeOwned<W> for T {}

/// A record's struct, made of its fields one by one: once for the bytes of its own schema, and once for those of other versions.
pub trait DecodeFields<'de>: Sized {
    /// Reads all fields, in the order of the schema.
    ///
    /// # Errors
    /// The bytes are not such a record, or a limit was met.
    fn decode_fields<F: FieldReader<'de>>(fields: &mut F) -> Result<Self, DecodeError>;
}

/// Where a record's fields are read from, each in its turn: a [`Reader`], or what another version wrote.
pub trait FieldReader<'de> {
    /// Reads the next field, whose name an error will show.
    ///
    /// # Errors
    /// The bytes are not such a value, or it cannot be read as this type.
    fn field<W, T: Decode<'de, W>>(&mut self, name: &'static str) -> Result<T, DecodeError>;

    /// Passes over the next field, which nobody reads.
    ///
    /// # Errors
    /// The bytes end before it does, or a limit was met.
    fn skip<W: Skip>(&mut self, name: &'static str) -> Result<(), DecodeError>;
}

/// A union's enum, whose branch has been read already.
pub trait DecodeBranch<'de>: Sized {
    /// The hash of the union's layout; 0 of a type of one's own that does not say.
    const LAYOUT: u64 = 0;

    /// Reads the value of a branch.
    ///
    /// # Errors
    /// The union has no such branch, or the bytes are not its value.
    fn decode_branch(branch: i64, reader: &mut Reader<'de>) -> Result<Self, DecodeError>;

    /// Reads the value of a branch that was written with another version of the schema.
    ///
    /// As provided, it serves branches of text, bytes, whole numbers, enums and fixed, and those whose values are written alike.
    ///
    /// # Errors
    /// As [`decode_branch`](Self::decode_branch), or it cannot be read as this type.
    fn evolve_branch(branch: i64, reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        step.leaf_by(reader, |reader| Self::decode_branch(branch, reader))
    }
}
