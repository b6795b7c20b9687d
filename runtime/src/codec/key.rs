//! A message key's bytes, as Java's serializers write them.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::DecodeError;
use super::error::Kind;
use crate::{logical, wire};

/// A Rust type whose values can be the key of a message, written from the Avro type `W`.
///
/// The bytes are those of Kafka's own Java serializers: text as UTF-8, int and long big-endian, a UUID as text, bytes as they are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a message, written from the Avro type `{W}`",
    label = "this field keys the topic",
    note = "text, bytes, whole numbers, dates, times and UUIDs can, each from its own Avro type, and a type of your own: a newtype of one by `#[derive(KafkaEvent)]`, another by implementing `EncodeKey`"
)]
pub trait EncodeKey<W: ?Sized> {
    /// Appends the key's bytes; `false` for a null key, for which nothing is appended.
    fn encode_key(&self, out: &mut Vec<u8>) -> bool;
}

macro_rules! keys {
    ($($wire:ty: $type:ty, $value:ident => $bytes:expr;)+) => {$(
        impl EncodeKey<$wire> for $type {
            fn encode_key(&self, out: &mut Vec<u8>) -> bool {
                let $value = self;
                out.extend_from_slice($bytes);
                true
            }
        }
    )+};
}

keys! {
    wire::Str: String, text => text.as_bytes();
    wire::Str: Box<str>, text => text.as_bytes();
    wire::Str: Arc<str>, text => text.as_bytes();
    wire::Str: str, text => text.as_bytes();
    wire::Str: &str, text => text.as_bytes();
    wire::Str: Cow<'_, str>, text => text.as_bytes();
    wire::Bytes: Vec<u8>, bytes => bytes;
    wire::Bytes: Box<[u8]>, bytes => bytes;
    wire::Bytes: Arc<[u8]>, bytes => bytes;
    wire::Bytes: &[u8], bytes => bytes;
    wire::Bytes: Cow<'_, [u8]>, bytes => bytes;
    wire::Int: i32, number => &number.to_be_bytes();
    wire::Long: i64, number => &number.to_be_bytes();
    wire::Date: logical::Date, date => &date.0.to_be_bytes();
    wire::TimeMillis: logical::TimeMillis, time => &time.0.to_be_bytes();
    wire::TimeMicros: logical::TimeMicros, time => &time.0.to_be_bytes();
    wire::TimestampMillis: logical::TimestampMillis, time => &time.0.to_be_bytes();
    wire::TimestampMicros: logical::TimestampMicros, time => &time.0.to_be_bytes();
    wire::TimestampNanos: logical::TimestampNanos, time => &time.0.to_be_bytes();
    wire::LocalTimestampMillis: logical::LocalTimestampMillis, time => &time.0.to_be_bytes();
    wire::LocalTimestampMicros: logical::LocalTimestampMicros, time => &time.0.to_be_bytes();
    wire::LocalTimestampNanos: logical::LocalTimestampNanos, time => &time.0.to_be_bytes();
    wire::Duration: logical::Duration, duration => &duration.to_bytes();
    wire::Uuid: Uuid, uuid => uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes();
    wire::UuidFixed: Uuid, uuid => uuid.as_bytes();
}

#[cfg(feature = "bytes")]
keys! {
    wire::Bytes: bytes::Bytes, bytes => bytes;
}

impl<const N: usize> EncodeKey<wire::Fixed<N>> for [u8; N] {
    fn encode_key(&self, out: &mut Vec<u8>) -> bool {
        out.extend_from_slice(self);
        true
    }
}

/// A Rust type that can be read back from the bytes of a message's key, which [`EncodeKey`] wrote from the Avro type `W`.
///
/// It is asked of the key's type where tombstones are read, which have nothing else: on compacted topics.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the key of a message, written from the Avro type `{W}`",
    label = "this field keys a compacted topic, whose tombstones have nothing but their key",
    note = "implement `DecodeKey` beside `EncodeKey` for a type of your own"
)]
pub trait DecodeKey<W: ?Sized>: Sized {
    /// Reads a key from all of its bytes.
    ///
    /// # Errors
    /// The bytes are no such key.
    fn decode_key(bytes: &[u8]) -> Result<Self, DecodeError>;
}

/// Bytes of a length that the type knows.
fn exactly<const N: usize>(bytes: &[u8]) -> Result<&[u8; N], DecodeError> {
    bytes.try_into().map_err(|_| {
        DecodeError::whole(Kind::KeyLength {
            wanted: N,
            found: bytes.len(),
        })
    })
}

fn text(bytes: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(bytes).map_err(|error| DecodeError::new(Kind::Utf8, error.valid_up_to()))
}

macro_rules! keys_back {
    ($($wire:ty: $type:ty, $bytes:ident => $value:expr;)+) => {$(
        impl DecodeKey<$wire> for $type {
            fn decode_key($bytes: &[u8]) -> Result<Self, DecodeError> {
                Ok($value)
            }
        }
    )+};
}

keys_back! {
    wire::Str: String, bytes => text(bytes)?.to_owned();
    wire::Str: Box<str>, bytes => text(bytes)?.into();
    wire::Str: Arc<str>, bytes => text(bytes)?.into();
    wire::Bytes: Vec<u8>, bytes => bytes.to_vec();
    wire::Bytes: Box<[u8]>, bytes => bytes.into();
    wire::Bytes: Arc<[u8]>, bytes => bytes.into();
    wire::Int: i32, bytes => i32::from_be_bytes(*exactly(bytes)?);
    wire::Long: i64, bytes => i64::from_be_bytes(*exactly(bytes)?);
    wire::Date: logical::Date, bytes => logical::Date(i32::from_be_bytes(*exactly(bytes)?));
    wire::TimeMillis: logical::TimeMillis, bytes => logical::TimeMillis(i32::from_be_bytes(*exactly(bytes)?));
    wire::TimeMicros: logical::TimeMicros, bytes => logical::TimeMicros(i64::from_be_bytes(*exactly(bytes)?));
    wire::TimestampMillis: logical::TimestampMillis, bytes => logical::TimestampMillis(i64::from_be_bytes(*exactly(bytes)?));
    wire::TimestampMicros: logical::TimestampMicros, bytes => logical::TimestampMicros(i64::from_be_bytes(*exactly(bytes)?));
    wire::TimestampNanos: logical::TimestampNanos, bytes => logical::TimestampNanos(i64::from_be_bytes(*exactly(bytes)?));
    wire::LocalTimestampMillis: logical::LocalTimestampMillis, bytes => logical::LocalTimestampMillis(i64::from_be_bytes(*exactly(bytes)?));
    wire::LocalTimestampMicros: logical::LocalTimestampMicros, bytes => logical::LocalTimestampMicros(i64::from_be_bytes(*exactly(bytes)?));
    wire::LocalTimestampNanos: logical::LocalTimestampNanos, bytes => logical::LocalTimestampNanos(i64::from_be_bytes(*exactly(bytes)?));
    wire::Uuid: Uuid, bytes => super::uuid::parse(exactly(bytes)?).ok_or_else(|| DecodeError::whole(Kind::Uuid))?;
    wire::UuidFixed: Uuid, bytes => Uuid::from_bytes(*exactly(bytes)?);
}

impl DecodeKey<wire::Duration> for logical::Duration {
    fn decode_key(bytes: &[u8]) -> Result<Self, DecodeError> {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = *exactly(bytes)?;
        Ok(Self {
            months: u32::from_le_bytes([a, b, c, d]),
            days: u32::from_le_bytes([e, f, g, h]),
            millis: u32::from_le_bytes([i, j, k, l]),
        })
    }
}

impl<const N: usize> DecodeKey<wire::Fixed<N>> for [u8; N] {
    fn decode_key(bytes: &[u8]) -> Result<Self, DecodeError> {
        exactly(bytes).copied()
    }
}

impl<const N: usize> EncodeKey<wire::Fixed<N>> for Box<[u8; N]> {
    fn encode_key(&self, out: &mut Vec<u8>) -> bool {
        out.extend_from_slice(&self[..]);
        true
    }
}

impl<const N: usize> DecodeKey<wire::Fixed<N>> for Box<[u8; N]> {
    fn decode_key(bytes: &[u8]) -> Result<Self, DecodeError> {
        exactly(bytes).map(crate::__private::boxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back<W, T: EncodeKey<W> + DecodeKey<W> + PartialEq + std::fmt::Debug>(value: T, bytes: &[u8]) {
        let mut written = b"before".to_vec();
        assert!(value.encode_key(&mut written));
        assert_eq!(&written[6..], bytes);
        assert_eq!(T::decode_key(bytes).unwrap(), value);
    }

    #[test]
    fn keys_are_read_from_what_java_writes() {
        there_and_back::<wire::Str, _>("Zürich".to_owned(), b"Z\xc3\xbcrich");
        there_and_back::<wire::Str, _>(String::new(), b"");
        there_and_back::<wire::Bytes, _>(vec![0, 255], &[0, 255]);
        there_and_back::<wire::Int, _>(-2, &[0xff, 0xff, 0xff, 0xfe]);
        there_and_back::<wire::Long, _>(258_i64, &[0, 0, 0, 0, 0, 0, 1, 2]);
        there_and_back::<wire::TimestampMillis, _>(logical::TimestampMillis(1), &[0, 0, 0, 0, 0, 0, 0, 1]);
        let duration = logical::Duration {
            months: 1,
            days: 0x0203,
            millis: 4,
        };
        there_and_back::<wire::Duration, _>(duration, &[1, 0, 0, 0, 3, 2, 0, 0, 4, 0, 0, 0]);
        there_and_back::<wire::Fixed<3>, _>(*b"abc", b"abc");
        let uuid = Uuid::from_u128(0x7f1d_3c5e_9a20_4b61_8c3d_0e5f_6a7b_8c9d);
        there_and_back::<wire::Uuid, _>(uuid, b"7f1d3c5e-9a20-4b61-8c3d-0e5f6a7b8c9d");
        there_and_back::<wire::UuidFixed, _>(uuid, uuid.as_bytes());
    }

    #[test]
    fn other_bytes_are_refused() {
        let reason = |result: Result<(), DecodeError>| result.unwrap_err().to_string();
        let int = |bytes: &[u8]| <i32 as DecodeKey<wire::Int>>::decode_key(bytes).map(|_| ());
        assert_eq!(reason(int(&[1, 2, 3])), "3 bytes, where the key's type has 4");
        assert_eq!(reason(int(&[1, 2, 3, 4, 5])), "5 bytes, where the key's type has 4");
        let text = <String as DecodeKey<wire::Str>>::decode_key(b"a\xff").map(|_| ());
        assert_eq!(reason(text), "text that is not UTF-8 (at byte 1)");
        let uuid = <Uuid as DecodeKey<wire::Uuid>>::decode_key(&[b'x'; 36]).map(|_| ());
        assert_eq!(reason(uuid), "text that is not a UUID of 36 characters");
    }
}
