//! Logical types on the wire.

use uuid::Uuid;

use super::error::Kind;
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

/// A UUID's text: 32 digits and four hyphens.
const UUID_TEXT: usize = 36;

impl Encode<wire::Uuid> for Uuid {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        1 + UUID_TEXT
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        let mut text = [0; UUID_TEXT];
        self.hyphenated().encode_lower(&mut text);
        writer.prefixed(&text);
    }
}

impl<'de> Decode<'de, wire::Uuid> for Uuid {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let text = reader.prefixed()?;
        // The crate would also take braces and a URN, which Avro's rule (RFC 4122) has not.
        match Self::try_parse_ascii(text) {
            Ok(uuid) if text.len() == UUID_TEXT => Ok(uuid),
            _ => Err(reader.error(Kind::Uuid)),
        }
    }
}

impl Encode<wire::UuidFixed> for Uuid {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        16
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(self.as_bytes());
    }
}

impl<'de> Decode<'de, wire::UuidFixed> for Uuid {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.array().copied().map(Self::from_bytes)
    }
}

impl Encode<wire::Duration> for logical::Duration {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        12
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        for part in [self.months, self.days, self.millis] {
            writer.raw(&part.to_le_bytes());
        }
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
