//! Decimals: on bytes, on a fixed, and with their own scale.

use super::error::Kind;
use super::unchecked::VARINT_MAX;
use super::{Decode, DecodeError, Encode, Reader, Writer};
use crate::logical::{BigDecimal, BigInt, Decimal, WideDecimal, minimal, small};
use crate::wire;

/// 128 bits.
const SMALL: usize = size_of::<i128>();

/// At least as many bytes as a number of 128 bits takes on bytes.
const SMALL_BOUND: usize = VARINT_MAX + SMALL;

/// Writes a number as Avro's bytes, as few as can be.
#[inline]
fn write_small(writer: &mut Writer<'_>, unscaled: i128) {
    writer.prefixed(minimal(&unscaled.to_be_bytes()));
}

/// Reads a number of 128 bits from bytes of any length.
#[inline]
fn read_small(reader: &mut Reader<'_>) -> Result<i128, DecodeError> {
    let bytes = reader.prefixed()?;
    small(bytes).ok_or_else(|| too_long(reader, bytes))
}

/// Writes a number as a fixed: its sign repeated to the size.
#[inline]
fn write_fixed<const SIZE: usize>(writer: &mut Writer<'_>, number: &[u8]) {
    let bytes = minimal(number);
    match SIZE.checked_sub(bytes.len()) {
        Some(missing) => {
            let fill = if bytes.first().is_some_and(|first| *first >= 0x80) {
                0xff
            } else {
                0
            };
            let mut whole = [fill; SIZE];
            whole[missing..].copy_from_slice(bytes);
            writer.raw(&whole);
        }
        None => writer.fail(format!("a decimal of {} bytes does not fit a fixed of {SIZE}", bytes.len())),
    }
}

/// Reads a number of 128 bits from a fixed.
#[inline]
fn read_fixed<const SIZE: usize>(reader: &mut Reader<'_>) -> Result<i128, DecodeError> {
    let bytes = reader.array::<SIZE>()?;
    small(bytes).ok_or_else(|| too_long(reader, bytes))
}

#[cold]
fn too_long(reader: &Reader<'_>, bytes: &[u8]) -> DecodeError {
    reader.error(Kind::DecimalTooLong {
        bytes: minimal(bytes).len(),
    })
}

/// Writes a number with its own scale.
#[inline]
pub(crate) fn write_scaled(writer: &mut Writer<'_>, bytes: &[u8], scale: i32) {
    let (length, scale) = (bytes.len() as i64, i64::from(scale));
    writer.varint((varint_size(length) + bytes.len() + varint_size(scale)) as i64);
    writer.prefixed(bytes);
    writer.varint(scale);
}

/// Reads a number with its own scale.
#[inline]
pub(crate) fn read_scaled<'de>(reader: &mut Reader<'de>) -> Result<(&'de [u8], i32), DecodeError> {
    let stated = reader.length()?;
    let before = reader.remaining();
    if stated > before {
        return Err(reader.error(Kind::UnexpectedEnd {
            wanted: stated,
            left: before,
        }));
    }
    let bytes = reader.prefixed()?;
    let scale = reader.read::<wire::Int, i32>()?;
    let read = before - reader.remaining();
    if read == stated {
        Ok((bytes, scale))
    } else {
        Err(reader.error(Kind::DecimalSize { stated, read }))
    }
}

/// How many bytes a number takes, zig-zag and variable-length.
fn varint_size(value: i64) -> usize {
    let zigzag = ((value << 1) ^ (value >> 63)) as u64;
    (64 - (zigzag | 1).leading_zeros() as usize).div_ceil(7)
}

impl<const PRECISION: u32, const SCALE: u32> Encode<wire::Decimal<PRECISION, SCALE>> for Decimal<PRECISION, SCALE> {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        SMALL_BOUND
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        write_small(writer, self.unscaled());
    }
}

impl<'de, const PRECISION: u32, const SCALE: u32> Decode<'de, wire::Decimal<PRECISION, SCALE>> for Decimal<PRECISION, SCALE> {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        read_small(reader).map(Self::from_unscaled)
    }
}

impl<const SIZE: usize, const PRECISION: u32, const SCALE: u32> Encode<wire::DecimalFixed<SIZE, PRECISION, SCALE>>
    for Decimal<PRECISION, SCALE>
{
    #[inline(always)]
    fn size_bound(&self) -> usize {
        SIZE
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        write_fixed::<SIZE>(writer, &self.unscaled().to_be_bytes());
    }
}

impl<'de, const SIZE: usize, const PRECISION: u32, const SCALE: u32> Decode<'de, wire::DecimalFixed<SIZE, PRECISION, SCALE>>
    for Decimal<PRECISION, SCALE>
{
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        read_fixed::<SIZE>(reader).map(Self::from_unscaled)
    }
}

impl<const PRECISION: u32, const SCALE: u32> Encode<wire::Decimal<PRECISION, SCALE>> for WideDecimal<PRECISION, SCALE> {
    #[inline]
    fn size_bound(&self) -> usize {
        VARINT_MAX + self.unscaled().size_bound()
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.unscaled().with_bytes(|bytes| writer.prefixed(bytes));
    }
}

impl<'de, const PRECISION: u32, const SCALE: u32> Decode<'de, wire::Decimal<PRECISION, SCALE>> for WideDecimal<PRECISION, SCALE> {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.prefixed().map(BigInt::from_be_bytes).map(Self::from_unscaled)
    }
}

impl<const SIZE: usize, const PRECISION: u32, const SCALE: u32> Encode<wire::DecimalFixed<SIZE, PRECISION, SCALE>>
    for WideDecimal<PRECISION, SCALE>
{
    #[inline(always)]
    fn size_bound(&self) -> usize {
        SIZE
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.unscaled().with_bytes(|bytes| write_fixed::<SIZE>(writer, bytes));
    }
}

impl<'de, const SIZE: usize, const PRECISION: u32, const SCALE: u32> Decode<'de, wire::DecimalFixed<SIZE, PRECISION, SCALE>>
    for WideDecimal<PRECISION, SCALE>
{
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let bytes = reader.array::<SIZE>()?;
        Ok(Self::from_unscaled(BigInt::from_be_bytes(bytes)))
    }
}

impl Encode<wire::BigDecimal> for BigDecimal {
    #[inline]
    fn size_bound(&self) -> usize {
        3 * VARINT_MAX + self.unscaled.size_bound()
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.unscaled.with_bytes(|bytes| write_scaled(writer, bytes, self.scale));
    }
}

impl<'de> Decode<'de, wire::BigDecimal> for BigDecimal {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let (bytes, scale) = read_scaled(reader)?;
        Ok(Self::new(BigInt::from_be_bytes(bytes), scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::testing::{read, written};

    type Price = Decimal<9, 2>;
    type OnBytes = wire::Decimal<9, 2>;
    type OnFixed<const SIZE: usize> = wire::DecimalFixed<SIZE, 9, 2>;

    /// Specification, "Decimal": two's complement, big-endian; of any length where it is read.
    #[test]
    fn on_bytes_the_fewest_are_written_and_any_number_is_read() {
        for (unscaled, bytes) in [
            (0, &[2, 0][..]),
            (-1, &[2, 0xff]),
            (128, &[4, 0, 0x80]),
            (-129, &[4, 0xff, 0x7f]),
            (1250, &[4, 0x04, 0xe2]),
        ] {
            let price = Price::from_unscaled(unscaled);
            assert_eq!(written::<OnBytes, _>(&price).unwrap(), bytes);
            assert_eq!(read::<OnBytes, Price>(bytes).unwrap(), price);
            let wide = WideDecimal::from(price);
            assert_eq!(written::<OnBytes, _>(&wide).unwrap(), bytes);
            assert_eq!(read::<OnBytes, WideDecimal<9, 2>>(bytes).unwrap(), wide);
        }
        for bytes in [&[0][..], &[8, 0, 0, 0, 0]] {
            assert_eq!(read::<OnBytes, Price>(bytes).unwrap(), Price::from_unscaled(0));
        }
        let mut padded = vec![40];
        padded.extend([0xff; 19]);
        padded.push(0xfe);
        assert_eq!(read::<OnBytes, Price>(&padded).unwrap(), Price::from_unscaled(-2));
    }

    #[test]
    fn what_128_bits_do_not_hold_is_an_error_of_the_small_type_alone() {
        let mut bytes = vec![36, 0];
        bytes.extend([0x80; 17]);
        assert_eq!(
            read::<OnBytes, Price>(&bytes).unwrap_err(),
            "a decimal of 18 bytes, which 128 bits do not hold (at byte 19)"
        );
        assert_eq!(
            read::<OnFixed<18>, Price>(&bytes[1..]).unwrap_err(),
            "a decimal of 18 bytes, which 128 bits do not hold (at byte 18)"
        );
        let wide: WideDecimal<9, 2> = read::<OnBytes, _>(&bytes).unwrap();
        assert_eq!(written::<OnBytes, _>(&wide).unwrap(), bytes);
        assert_eq!(read::<OnFixed<18>, WideDecimal<9, 2>>(&bytes[1..]).unwrap(), wide);
    }

    #[test]
    fn beyond_its_precision_a_decimal_is_kept() {
        let price: Price = read::<OnBytes, _>(&[10, 0x7f, 0xff, 0xff, 0xff, 0xff]).unwrap();
        assert!(Price::new(price.unscaled()).is_err());
        assert_eq!(written::<OnBytes, _>(&price).unwrap(), [10, 0x7f, 0xff, 0xff, 0xff, 0xff]);
    }

    /// Specification, "Decimal": a fixed is as long as its size, whatever the number.
    #[test]
    fn on_a_fixed_the_sign_is_repeated() {
        for (unscaled, bytes) in [
            (0, [0, 0, 0]),
            (-2, [0xff, 0xff, 0xfe]),
            (1250, [0, 0x04, 0xe2]),
            (-8_388_608, [0x80, 0, 0]),
        ] {
            let price = Price::from_unscaled(unscaled);
            assert_eq!(written::<OnFixed<3>, _>(&price).unwrap(), bytes);
            assert_eq!(read::<OnFixed<3>, Price>(&bytes).unwrap(), price);
            assert_eq!(written::<OnFixed<3>, _>(&WideDecimal::from(price)).unwrap(), bytes);
            let mut long = vec![if unscaled < 0 { 0xff } else { 0 }; 17];
            long.extend(bytes);
            assert_eq!(written::<OnFixed<20>, _>(&price).unwrap(), long);
            assert_eq!(read::<OnFixed<20>, Price>(&long).unwrap(), price);
        }
    }

    /// Specification, "Decimal": nothing is cut off.
    #[test]
    fn what_a_fixed_does_not_hold_is_not_written() {
        for unscaled in [8_388_608, -8_388_609] {
            let price = Price::from_unscaled(unscaled);
            let refused = "a decimal of 4 bytes does not fit a fixed of 3";
            assert_eq!(written::<OnFixed<3>, _>(&price).unwrap_err(), refused);
            assert_eq!(written::<OnFixed<3>, _>(&WideDecimal::from(price)).unwrap_err(), refused);
        }
    }

    /// Specification, "Decimal", its "big-decimal": the scale is with the number.
    #[test]
    fn a_big_decimal_is_bytes_and_a_scale_within_bytes() {
        for (unscaled, scale, bytes) in [
            (0, 0, &[6, 2, 0, 0][..]),
            (-15, 1, &[6, 2, 0xf1, 2]),
            (1250, -2, &[8, 4, 0x04, 0xe2, 3]),
            (1, i32::MIN, &[14, 2, 1, 0xff, 0xff, 0xff, 0xff, 0x0f]),
        ] {
            let decimal = BigDecimal::new(unscaled, scale);
            assert_eq!(written::<wire::BigDecimal, _>(&decimal).unwrap(), bytes);
            assert_eq!(read::<wire::BigDecimal, BigDecimal>(bytes).unwrap(), decimal);
        }
        let long = BigDecimal::new(BigInt::from_be_bytes(&[0x55; 100]), 64);
        let bytes = written::<wire::BigDecimal, _>(&long).unwrap();
        // 104 bytes: two of length, a hundred, two of scale.
        assert_eq!(bytes[..4], [0xd0, 0x01, 0xc8, 0x01]);
        assert_eq!(bytes[104..], [0x80, 0x01]);
        assert_eq!(read::<wire::BigDecimal, BigDecimal>(&bytes).unwrap(), long);
        assert_eq!(read::<wire::BigDecimal, BigDecimal>(&[4, 0, 2]).unwrap(), BigDecimal::new(0, 1));
    }

    #[test]
    fn a_big_decimal_that_is_not_as_long_as_it_says_is_an_error() {
        for (bytes, error) in [
            (&[8, 2, 1, 0, 0][..], "a big-decimal of 3 bytes in 4 (at byte 4)"),
            (&[4, 2, 1, 0], "a big-decimal of 3 bytes in 2 (at byte 4)"),
            (&[8, 2, 1, 0], "the bytes end: 4 wanted, 3 left (at byte 1)"),
            (&[0], "the bytes end: 1 wanted, 0 left (at byte 1)"),
            (&[2, 0], "the bytes end: 1 wanted, 0 left (at byte 2)"),
            (&[1], "a negative length, -1 (at byte 1)"),
            (&[12, 0, 0x80, 0x80, 0x80, 0x80, 0x10], "2147483648 does not fit an int (at byte 7)"),
        ] {
            assert_eq!(read::<wire::BigDecimal, BigDecimal>(bytes).unwrap_err(), error);
        }
    }
}
