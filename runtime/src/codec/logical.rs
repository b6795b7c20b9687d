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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::testing::{read, written};
    use uuid::Uuid;

    /// Specification, "Duration": months, days and milliseconds, unsigned.
    #[test]
    fn a_duration_is_three_little_endian_numbers() {
        let duration = logical::Duration {
            months: 1,
            days: 0x0203,
            millis: u32::MAX,
        };
        let bytes = [1, 0, 0, 0, 3, 2, 0, 0, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(written::<wire::Duration, _>(&duration).unwrap(), bytes);
        assert_eq!(read::<wire::Duration, logical::Duration>(&bytes), Ok(duration));
        assert!(read::<wire::Duration, logical::Duration>(&bytes[..11]).is_err());
    }

    /// Specification, "Universally Unique Identifier": a fixed of 16, in the order of RFC 4122.
    #[test]
    fn a_uuid_on_a_fixed_is_big_endian() {
        let uuid = Uuid::from_u128(0x7f1d_3c5e_9a20_4b61_8c3d_0e5f_6a7b_8c9d);
        let bytes = [
            0x7f, 0x1d, 0x3c, 0x5e, 0x9a, 0x20, 0x4b, 0x61, 0x8c, 0x3d, 0x0e, 0x5f, 0x6a, 0x7b, 0x8c, 0x9d,
        ];
        assert_eq!(written::<wire::UuidFixed, _>(&uuid).unwrap(), bytes);
        assert_eq!(read::<wire::UuidFixed, Uuid>(&bytes), Ok(uuid));
    }

    #[test]
    fn every_count_is_held() {
        for count in [i64::MIN, -1, 0, i64::MAX] {
            let bytes = written::<wire::Long, _>(&count).unwrap();
            let instant = logical::TimestampMillis(count);
            assert_eq!(written::<wire::TimestampMillis, _>(&instant).unwrap(), bytes);
            assert_eq!(read::<wire::TimestampMillis, logical::TimestampMillis>(&bytes), Ok(instant));
        }
        let beyond = written::<wire::Long, _>(&(1 << 31)).unwrap();
        assert!(
            read::<wire::Date, logical::Date>(&beyond)
                .unwrap_err()
                .starts_with("2147483648 does not fit an int")
        );
    }

    /// Specification, "Primitive Types": a float is its bits (`floatToRawIntBits`), and so is NaN.
    #[test]
    fn nan_keeps_its_bits() {
        for bits in [0x7fc0_0001, 0xffc1_2345, 0x7f80_0001_u32] {
            let bytes = written::<wire::Float, _>(&f32::from_bits(bits)).unwrap();
            assert_eq!(bytes, bits.to_le_bytes());
            assert_eq!(read::<wire::Float, f32>(&bytes).unwrap().to_bits(), bits);
            let long = 0x7ff0_0000_0000_0000 | u64::from(bits);
            let bytes = written::<wire::Double, _>(&f64::from_bits(long)).unwrap();
            assert_eq!(bytes, long.to_le_bytes());
            assert_eq!(read::<wire::Double, f64>(&bytes).unwrap().to_bits(), long);
        }
    }
}
