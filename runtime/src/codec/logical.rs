//! Logical types on the wire.

use super::{Decode, DecodeError, Encode, Reader, Writer};
use crate::{logical, wire};

macro_rules! counts {
    ($($name:ident: $base:ident;)+) => {$(
        impl Encode<wire::$name> for logical::$name {
            #[inline(always)]
            fn size_bound(&self) -> usize {
                Encode::<wire::$base>::size_bound(&self.0)
            }

            #[inline(always)]
            fn encode(&self, writer: &mut Writer<'_>) {
                Encode::<wire::$base>::encode(&self.0, writer);
            }
        }

        impl<'de> Decode<'de, wire::$name> for logical::$name {
            #[inline(always)]
            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                reader.read::<wire::$base, _>().map(Self)
            }
        }
    )+};
}

counts! {
    Date: Int;
    TimeMillis: Int;
    TimeMicros: Long;
    TimestampMillis: Long;
    TimestampMicros: Long;
    TimestampNanos: Long;
    LocalTimestampMillis: Long;
    LocalTimestampMicros: Long;
    LocalTimestampNanos: Long;
}

impl Encode<wire::Duration> for logical::Duration {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        12
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(&self.to_bytes());
    }
}

impl<'de> Decode<'de, wire::Duration> for logical::Duration {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let mut part = || reader.array().copied().map(u32::from_le_bytes);
        Ok(Self {
            months: part()?,
            days: part()?,
            millis: part()?,
        })
    }
}
