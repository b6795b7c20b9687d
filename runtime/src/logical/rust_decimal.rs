//! The feature `rust_decimal`: its `Decimal` in place of ours.
//!
//! It has 96 bits and up to 28 digits behind the point. What it does not hold is an error of decoding, even where the schema allows it; what
//! the schema's precision or scale does not hold is an error of encoding. Nothing is rounded: zeros at the end are given and taken.

use ::rust_decimal::Decimal;

use super::integer::has_at_most;
use super::{BigDecimal, BigInt, DecimalError, WideDecimal};
use crate::codec::decimal::{read_scaled, write_scaled};
use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, Encode, Reader, Writer};
use crate::logical::{self, minimal, small};
use crate::wire;

const TOO_LARGE: DecimalError = DecimalError::TooLarge {
    what: "a rust_decimal::Decimal",
};

/// The most digits that it has.
const DIGITS: u32 = 29;

/// The most digits that 128 bits hold, whatever they are.
const SMALL_DIGITS: usize = 38;

/// The unscaled number for a scale, exactly.
fn unscaled(decimal: Decimal, precision: u32, scale: u32) -> Result<i128, DecimalError> {
    let mut number = decimal.mantissa();
    match (scale.checked_sub(decimal.scale()), number) {
        (_, 0) => {}
        (Some(zeros), _) => {
            number = 10_i128
                .checked_pow(zeros)
                .and_then(|power| number.checked_mul(power))
                .ok_or(DecimalError::Precision { precision })?;
        }
        (None, _) => {
            // At most 28 digits.
            let power = 10_i128.pow(decimal.scale() - scale);
            if number % power != 0 {
                return Err(DecimalError::Scale { scale });
            }
            number /= power;
        }
    }
    if has_at_most(number, precision) {
        Ok(number)
    } else {
        Err(DecimalError::Precision { precision })
    }
}

/// The decimal of an unscaled number, without as many of the zeros at its end as it must.
fn decimal(unscaled: i128, scale: i64) -> Result<Decimal, DecimalError> {
    let (mut number, mut scale) = (unscaled, scale);
    while scale > 0 && number != 0 {
        if let Ok(found) = u32::try_from(scale)
            .map_err(|_| TOO_LARGE)
            .and_then(|scale| Decimal::try_from_i128_with_scale(number, scale).map_err(|_| TOO_LARGE))
        {
            return Ok(found);
        }
        if number % 10 != 0 {
            return Err(TOO_LARGE);
        }
        (number, scale) = (number / 10, scale - 1);
    }
    if number == 0 {
        // As many of them as it can show.
        return Ok(Decimal::new(0, scale.clamp(0, Decimal::MAX_SCALE.into()) as u32));
    }
    let zeros = u32::try_from(-scale).map_err(|_| TOO_LARGE)?;
    10_i128
        .checked_pow(zeros)
        .and_then(|power| number.checked_mul(power))
        .and_then(|number| Decimal::try_from_i128_with_scale(number, 0).ok())
        .ok_or(TOO_LARGE)
}

/// The same of a number of any length, which zeros alone may have made so long.
fn decimal_of(unscaled: &BigInt, scale: u32) -> Result<Decimal, DecimalError> {
    if let Some(unscaled) = unscaled.to_i128() {
        return decimal(unscaled, scale.into());
    }
    if !unscaled.has_at_most(scale.saturating_add(DIGITS)) {
        return Err(TOO_LARGE);
    }
    // What 128 bits hold, and behind it nothing but zeros.
    let digits = unscaled.digits();
    let (kept, zeros) = digits.split_at(digits.len().min(SMALL_DIGITS));
    if zeros.bytes().any(|digit| digit != b'0') {
        return Err(TOO_LARGE);
    }
    let number = BigInt::from_digits(unscaled.is_negative(), kept);
    decimal(number.to_i128().ok_or(TOO_LARGE)?, i64::from(scale) - zeros.len() as i64)
}

impl<const PRECISION: u32, const SCALE: u32> TryFrom<Decimal> for logical::Decimal<PRECISION, SCALE> {
    type Error = DecimalError;

    fn try_from(theirs: Decimal) -> Result<Self, DecimalError> {
        unscaled(theirs, PRECISION, SCALE).map(Self::from_unscaled)
    }
}

impl<const PRECISION: u32, const SCALE: u32> TryFrom<logical::Decimal<PRECISION, SCALE>> for Decimal {
    type Error = DecimalError;

    fn try_from(ours: logical::Decimal<PRECISION, SCALE>) -> Result<Self, DecimalError> {
        decimal(ours.unscaled(), SCALE.into())
    }
}

impl<const PRECISION: u32, const SCALE: u32> TryFrom<Decimal> for WideDecimal<PRECISION, SCALE> {
    type Error = DecimalError;

    fn try_from(theirs: Decimal) -> Result<Self, DecimalError> {
        // More digits than 128 bits have come of zeros alone.
        match unscaled(theirs, PRECISION, SCALE) {
            Err(DecimalError::Precision { .. }) => theirs.to_string().parse(),
            other => other.map(Self::from_unscaled),
        }
    }
}

impl<const PRECISION: u32, const SCALE: u32> TryFrom<WideDecimal<PRECISION, SCALE>> for Decimal {
    type Error = DecimalError;

    fn try_from(ours: WideDecimal<PRECISION, SCALE>) -> Result<Self, DecimalError> {
        decimal_of(ours.unscaled(), SCALE)
    }
}

impl From<Decimal> for BigDecimal {
    fn from(theirs: Decimal) -> Self {
        // At most 28.
        Self::new(theirs.mantissa(), theirs.scale() as i32)
    }
}

impl TryFrom<BigDecimal> for Decimal {
    type Error = DecimalError;

    fn try_from(ours: BigDecimal) -> Result<Self, DecimalError> {
        decimal(ours.unscaled.to_i128().ok_or(TOO_LARGE)?, ours.scale.into())
    }
}

#[cold]
fn too_large(reader: &Reader<'_>) -> DecodeError {
    reader.error(Kind::RustDecimal)
}

impl<const PRECISION: u32, const SCALE: u32> Encode<wire::Decimal<PRECISION, SCALE>> for Decimal {
    #[inline]
    fn size_bound(&self) -> usize {
        // A number of 96 bits, its digits behind the point made as many as the schema's.
        10 + 13 + SCALE as usize / 2
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        match WideDecimal::<PRECISION, SCALE>::try_from(*self) {
            Ok(ours) => writer.write::<wire::Decimal<PRECISION, SCALE>, _>(&ours),
            Err(error) => writer.fail(format!("the decimal {self}: {error}")),
        }
    }
}

impl<'de, const PRECISION: u32, const SCALE: u32> Decode<'de, wire::Decimal<PRECISION, SCALE>> for Decimal {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let ours = reader.read::<wire::Decimal<PRECISION, SCALE>, WideDecimal<PRECISION, SCALE>>()?;
        ours.try_into().map_err(|_| too_large(reader))
    }
}

impl<const SIZE: usize, const PRECISION: u32, const SCALE: u32> Encode<wire::DecimalFixed<SIZE, PRECISION, SCALE>> for Decimal {
    #[inline]
    fn size_bound(&self) -> usize {
        SIZE
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        match WideDecimal::<PRECISION, SCALE>::try_from(*self) {
            Ok(ours) => writer.write::<wire::DecimalFixed<SIZE, PRECISION, SCALE>, _>(&ours),
            Err(error) => writer.fail(format!("the decimal {self}: {error}")),
        }
    }
}

impl<'de, const SIZE: usize, const PRECISION: u32, const SCALE: u32> Decode<'de, wire::DecimalFixed<SIZE, PRECISION, SCALE>> for Decimal {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let ours = reader.read::<wire::DecimalFixed<SIZE, PRECISION, SCALE>, WideDecimal<PRECISION, SCALE>>()?;
        ours.try_into().map_err(|_| too_large(reader))
    }
}

impl Encode<wire::BigDecimal> for Decimal {
    #[inline]
    fn size_bound(&self) -> usize {
        46
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        write_scaled(writer, minimal(&self.mantissa().to_be_bytes()), self.scale() as i32);
    }
}

impl<'de> Decode<'de, wire::BigDecimal> for Decimal {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let (bytes, scale) = read_scaled(reader)?;
        let found = small(bytes).ok_or(TOO_LARGE).and_then(|unscaled| decimal(unscaled, scale.into()));
        found.map_err(|_| too_large(reader))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::testing::{read, written};

    type Price = logical::Decimal<9, 2>;

    fn theirs(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn both_ways_and_exactly() {
        for (text, unscaled) in [
            ("12.50", 1250),
            ("12.5", 1250),
            ("-12.5000", -1250),
            ("0", 0),
            ("-0.000", 0),
            ("7", 700),
        ] {
            assert_eq!(Price::try_from(theirs(text)), Price::new(unscaled), "{text}");
            let wide = WideDecimal::<9, 2>::try_from(theirs(text));
            assert_eq!(wide, WideDecimal::new(unscaled), "{text}");
            // The scale is the type's.
            let back = Decimal::try_from(Price::new(unscaled).unwrap()).unwrap();
            assert_eq!((back.mantissa(), back.scale()), (unscaled, 2));
            assert_eq!(Decimal::try_from(wide.unwrap()), Ok(back));
        }
        assert_eq!(Price::try_from(theirs("0.001")), Err(DecimalError::Scale { scale: 2 }));
        assert_eq!(Price::try_from(theirs("10000000")), Err(DecimalError::Precision { precision: 9 }));
        assert_eq!(Price::try_from(Decimal::MAX), Err(DecimalError::Precision { precision: 9 }));
        assert_eq!(
            logical::Decimal::<38, 37>::try_from(Decimal::MAX),
            Err(DecimalError::Precision { precision: 38 })
        );
    }

    #[test]
    fn what_it_does_not_hold() {
        // 2^96.
        let beyond = 79_228_162_514_264_337_593_543_950_336_i128;
        assert_eq!(
            Decimal::try_from(logical::Decimal::<38, 0>::from_unscaled(beyond - 1)),
            Ok(Decimal::MAX)
        );
        assert_eq!(
            Decimal::try_from(logical::Decimal::<38, 0>::from_unscaled(1 - beyond)),
            Ok(Decimal::MIN)
        );
        for number in [beyond, -beyond, i128::MIN, i128::MAX] {
            assert_eq!(Decimal::try_from(logical::Decimal::<38, 0>::from_unscaled(number)), Err(TOO_LARGE));
        }
        // Zeros at the end are taken where that helps.
        assert_eq!(
            Decimal::try_from(logical::Decimal::<38, 2>::from_unscaled(beyond * 10)),
            Err(TOO_LARGE)
        );
        assert_eq!(
            Decimal::try_from(logical::Decimal::<38, 2>::from_unscaled((beyond - 1) * 10)).unwrap(),
            Decimal::from_i128_with_scale(beyond - 1, 1)
        );
        assert_eq!(
            Decimal::try_from(logical::Decimal::<38, 30>::from_unscaled(100)).unwrap(),
            Decimal::new(1, 28)
        );
        assert_eq!(Decimal::try_from(logical::Decimal::<38, 30>::from_unscaled(10)), Err(TOO_LARGE));
        assert_eq!(Decimal::try_from(logical::Decimal::<38, 30>::from_unscaled(0)), Ok(Decimal::ZERO));
        assert_eq!(TOO_LARGE.to_string(), "a number beyond a rust_decimal::Decimal");
    }

    #[test]
    fn more_zeros_than_128_bits_have() {
        let wide = WideDecimal::<60, 40>::try_from(theirs("-1.5")).unwrap();
        assert_eq!(wide.to_string(), format!("-1.5{}", "0".repeat(39)));
        let bytes = written::<wire::Decimal<60, 40>, _>(&theirs("-1.5")).unwrap();
        assert_eq!(bytes, written::<wire::Decimal<60, 40>, _>(&wide).unwrap());
        assert_eq!(read::<wire::Decimal<60, 40>, Decimal>(&bytes), Ok(theirs("-1.5")));
        assert_eq!(Decimal::try_from(wide), Ok(theirs("-1.5")));
        let most = WideDecimal::<60, 28>::try_from(Decimal::MAX).unwrap();
        assert_eq!(Decimal::try_from(most), Ok(Decimal::MAX));
        // 42 digits, none of them a zero.
        let ones: WideDecimal<60, 40> = WideDecimal::from_unscaled("1".repeat(42).parse::<BigInt>().unwrap());
        assert_eq!(Decimal::try_from(ones), Err(TOO_LARGE));
        assert_eq!(
            WideDecimal::<41, 40>::try_from(theirs("12")),
            Err(DecimalError::Precision { precision: 41 })
        );
    }

    #[test]
    fn with_a_scale_of_its_own() {
        for text in ["12.50", "-0.0000000000000000000000000001", "0.00", "79228162514264337593543950335"] {
            let big = BigDecimal::from(theirs(text));
            assert_eq!(big.to_string().parse::<BigDecimal>().unwrap(), big);
            let back = Decimal::try_from(big).unwrap();
            assert_eq!(
                (back.mantissa(), back.scale()),
                (theirs(text).mantissa(), theirs(text).scale()),
                "{text}"
            );
        }
        assert_eq!(Decimal::try_from(BigDecimal::new(5, -3)), Ok(Decimal::from(5000)));
        assert_eq!(Decimal::try_from(BigDecimal::new(0, i32::MIN)), Ok(Decimal::ZERO));
        assert_eq!(Decimal::try_from(BigDecimal::new(0, i32::MAX)), Ok(Decimal::ZERO));
        for (unscaled, scale) in [(1, -29), (1, i32::MIN), (1, 29), (1, i32::MAX), (i128::MIN, 0)] {
            assert_eq!(
                Decimal::try_from(BigDecimal::new(unscaled, scale)),
                Err(TOO_LARGE),
                "{unscaled} {scale}"
            );
        }
    }

    #[test]
    fn in_a_field() {
        type OnBytes = wire::Decimal<9, 2>;
        type OnFixed = wire::DecimalFixed<5, 9, 2>;
        let price = theirs("-12.5");
        let ours = Price::try_from(price).unwrap();
        let bytes = written::<OnBytes, _>(&price).unwrap();
        assert_eq!(bytes, written::<OnBytes, _>(&ours).unwrap());
        assert_eq!(read::<OnBytes, Decimal>(&bytes), Ok(price));
        let bytes = written::<OnFixed, _>(&price).unwrap();
        assert_eq!(bytes, written::<OnFixed, _>(&ours).unwrap());
        assert_eq!(read::<OnFixed, Decimal>(&bytes), Ok(price));
        let bytes = written::<wire::BigDecimal, _>(&price).unwrap();
        assert_eq!(bytes, written::<wire::BigDecimal, _>(&BigDecimal::new(-125, 1)).unwrap());
        assert_eq!(read::<wire::BigDecimal, Decimal>(&bytes), Ok(price));

        assert_eq!(
            written::<OnBytes, _>(&theirs("0.001")).unwrap_err(),
            "the decimal 0.001: more than 2 digits behind the point"
        );
        assert_eq!(
            written::<OnFixed, _>(&theirs("10000000")).unwrap_err(),
            "the decimal 10000000: more than 9 digits"
        );
        let beyond = written::<OnBytes, _>(&Price::from_unscaled(i128::MAX)).unwrap();
        assert_eq!(
            read::<OnBytes, Decimal>(&beyond).unwrap_err(),
            "a decimal that a rust_decimal::Decimal does not hold (at byte 17)"
        );
        let beyond = written::<wire::BigDecimal, _>(&BigDecimal::new(1, i32::MIN)).unwrap();
        assert!(read::<wire::BigDecimal, Decimal>(&beyond).is_err());
    }
}
