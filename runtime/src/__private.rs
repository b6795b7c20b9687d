//! What generated code needs, and nobody else: outside of semantic versioning.

mod carried;
mod fit;
mod threads;
mod way;

pub use carried::{KeyedBy, ReadBy, WrittenBy};
pub use fit::{Answer, As, BOXED, BY_ITSELF, Fit, Given, InBox, No, Nothing, Of, Pick, Published, UNFIT, Unfit, Yes};
pub use threads::{GoesToOtherThreads, Share, Threads};
pub use way::{
    Apart, At, Behind, IsApart, IsNoPointer, IsNotApart, IsPointer, LeadsOn, Newtype, NotBehind, NotWithin, Within, in_the_event, the_last,
};

use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, Encode, Limits, Reader, Skip, Writer};
use crate::evolution::Step;
pub use crate::shared_schema::{Definition, Definitions, SharedSchema, Text};
pub use crate::wire;

/// The version of the shape of generated code that this runtime fits; generated code asserts that its own is equal.
pub const FORMAT: u32 = 5;

/// The value that a builder's type proves to be there.
#[inline]
#[must_use]
#[track_caller]
pub fn required<T>(value: Option<T>) -> T {
    value.expect("a builder reaches its last step only through every required field")
}

/// A schema's default as a type that only its own codec can make.
///
/// # Panics
/// The type refuses the default of its own schema.
#[must_use]
#[track_caller]
pub fn default<W, T: Decode<'static, W>>(bytes: &'static [u8]) -> T {
    let mut reader = Reader::new(bytes, Limits::DEFAULT);
    let value = T::decode(&mut reader).and_then(|value| reader.finish().map(|()| value));
    value.unwrap_or_else(|error| panic!("`{}` refuses the schema's default: {error}", std::any::type_name::<T>()))
}

/// The bytes of a large fixed, which are never on the stack.
#[must_use]
pub fn boxed<const N: usize>(bytes: &[u8; N]) -> Box<[u8; N]> {
    let boxed: Box<[u8]> = Box::from(&bytes[..]);
    boxed.try_into().expect("as many bytes as there are")
}

/// A schema's default as functions of the application's make it.
///
/// # Panics
/// They refuse the default of their own schema.
#[must_use]
#[track_caller]
pub fn accepted<T, E: std::fmt::Display>(made: Result<T, E>) -> T {
    made.unwrap_or_else(|error| panic!("`from_avro` refuses the schema's default: {error}"))
}

/// Reads a branch of a large union in a frame of its own.
///
/// # Errors
/// As those of the branch's type.
#[inline]
pub fn read_branch<'de, W, T: Decode<'de, W>, U>(reader: &mut Reader<'de>, of: fn(T) -> U) -> Result<U, DecodeError> {
    reader.read::<W, T>().map(of)
}

/// The same of what another version of the schema wrote.
///
/// # Errors
/// As those of the branch's type.
#[inline]
pub fn evolve_branch<'de, W, T: Decode<'de, W>, U>(reader: &mut Reader<'de>, step: Step<'de>, of: fn(T) -> U) -> Result<U, DecodeError> {
    reader.evolve::<W, T>(step).map(of)
}

/// A field's default as it is written, for an own event that leaves the field out.
#[derive(Debug)]
pub struct Preset(pub &'static [u8]);

impl<W: ?Sized> Encode<W> for Preset {
    #[inline]
    fn size_bound(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(self.0);
    }
}

/// What stands behind a `Box`, to be passed over one level deeper.
#[derive(Debug)]
pub struct Boxed<W>(std::convert::Infallible, std::marker::PhantomData<W>);

impl<W: Skip> Skip for Boxed<W> {
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.nested(W::skip)
    }
}

/// What was made of a field.
///
/// # Errors
/// The value is refused.
#[inline]
pub fn made<T, E: std::fmt::Display>(made: Result<T, E>, name: &'static str) -> Result<T, DecodeError> {
    made.map_err(|error| DecodeError::whole(Kind::Refused(error.to_string())).inside(name))
}

/// Whether two texts are the same, at compile time.
#[must_use]
pub const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut place = 0;
    while place < left.len() {
        if left[place] != right[place] {
            return false;
        }
        place += 1;
    }
    true
}

/// The error of a place that is not among a subscription's topics.
#[cold]
#[must_use]
pub fn no_such_topic() -> DecodeError {
    DecodeError::whole(Kind::Framing("a message of a topic that the group does not read"))
}

/// The error of a place that is not among an event's records.
#[cold]
#[must_use]
pub fn no_such_record() -> DecodeError {
    DecodeError::whole(Kind::Framing("a record that the topic does not carry"))
}

/// The error of a tombstone of what the derive knows as read alone, whatever its application implements.
#[cold]
#[must_use]
pub fn only_read() -> crate::EncodeError {
    crate::EncodeError {
        reason: "its event says `consume`, and its key is only read".to_owned(),
    }
}

/// Reads the key of a tombstone that is a field's bytes.
///
/// # Errors
/// The message has no key, or its bytes are none.
pub fn decode_field_key<W: ?Sized, K: crate::codec::DecodeKey<W>>(message: crate::EncodedEvent<'_>) -> Result<K, DecodeError> {
    K::decode_key(crate::framing::field_key(message)?).map_err(DecodeError::of_key)
}

/// The topic of an event whose derive failed: there so that the compiler says nothing beyond the derive's own errors.
pub const UNEXPANDED: &crate::TopicSpec = &crate::TopicSpec {
    name: "",
    key: crate::KeySpec::None,
    partitions: 0,
    replication: 0,
    min_insync_replicas: 0,
    retention: crate::Retention::Forever,
    cleanup: crate::Cleanup::Delete,
    compression: crate::Compression::None,
    framing: crate::Framing::Bare,
    records: &[],
    config: &[],
    catalog: || &crate::Catalog { topics: &[], groups: &[] },
};
