//! A message key's bytes, as Java's serializers write them.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use crate::{logical, wire};

/// A Rust type whose values can be the key of a message, written from the Avro type `W`.
///
/// The bytes are those of Kafka's own Java serializers: text as UTF-8, int and long big-endian, a UUID as text, bytes as they are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a message, written from the Avro type `{W}`",
    label = "this field keys the topic"
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
