//! Text and bytes, owned and borrowed.

use std::borrow::Cow;
use std::sync::Arc;

use super::unchecked::VARINT_MAX;
use super::{Decode, DecodeError, Encode, Reader, Writer};
use crate::wire;

/// What stands around the text or the items of an `Arc` in memory: its two counts, and what is left of the last word.
pub(super) const COUNTS: usize = 3 * size_of::<usize>();

macro_rules! prefixed {
    ($($wire:ident, $read:ident: $type:ty, $borrow:ident, $beside:expr, $from:expr;)+) => {$(
        impl Encode<wire::$wire> for $type {
            #[inline(always)]
            fn size_bound(&self) -> usize {
                VARINT_MAX + self.len()
            }

            #[inline(always)]
            fn encode(&self, writer: &mut Writer<'_>) {
                writer.prefixed(self.$borrow());
            }
        }

        impl<'de> Decode<'de, wire::$wire> for $type {
            #[inline(always)]
            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                if $beside > 0 {
                    reader.charge($beside)?;
                }
                reader.$read().map($from)
            }
        }
    )+};
}

// What each takes beside its text or bytes, and itself, which is charged where it stands.
prefixed! {
    Str, text: String, as_bytes, 0, str::to_owned;
    Str, text: Box<str>, as_bytes, 0, Into::into;
    Str, text: Arc<str>, as_bytes, COUNTS, Into::into;
    Bytes, prefixed: Vec<u8>, as_slice, 0, <[u8]>::to_vec;
    Bytes, prefixed: Box<[u8]>, as_ref, 0, Into::into;
    Bytes, prefixed: Arc<[u8]>, as_ref, COUNTS, Into::into;
}

/// Shares no memory with the message, which is gone when its event may still be there.
#[cfg(feature = "bytes")]
mod shared {
    use bytes::Bytes;

    use super::{Decode, DecodeError, Encode, Reader, VARINT_MAX, Writer, wire};

    prefixed! {
        Bytes, prefixed: Bytes, as_ref, 0, Bytes::copy_from_slice;
    }
}

macro_rules! borrowed {
    ($($wire:ident, $read:ident: $type:ty, $borrowed:ty, $borrow:ident, $from:expr;)+) => {$(
        impl Encode<wire::$wire> for $borrowed {
            #[inline(always)]
            fn size_bound(&self) -> usize {
                VARINT_MAX + self.len()
            }

            #[inline(always)]
            fn encode(&self, writer: &mut Writer<'_>) {
                writer.prefixed(self.$borrow());
            }
        }

        impl<'de: 'a, 'a> Decode<'de, wire::$wire> for $type {
            #[inline(always)]
            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                reader.$read().map($from)
            }
        }
    )+};
}

borrowed! {
    Str, text: &'a str, &str, as_bytes, |text| text;
    Str, text: Cow<'a, str>, Cow<'_, str>, as_bytes, Cow::Borrowed;
    Bytes, prefixed: &'a [u8], &[u8], as_ref, |bytes| bytes;
    Bytes, prefixed: Cow<'a, [u8]>, Cow<'_, [u8]>, as_ref, Cow::Borrowed;
}
