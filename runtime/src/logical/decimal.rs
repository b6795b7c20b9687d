use std::fmt;
use std::str::FromStr;

use super::integer::has_at_most;
use super::number::{Parts, plain, scientific};
use super::{BigInt, DecimalError};

/// A decimal of up to 38 digits, `SCALE` of them behind the point: an unscaled number of 128 bits.
///
/// ```
/// use kafka_event::logical::Decimal;
///
/// let price: Decimal<9, 2> = "12.5".parse()?;
/// assert_eq!((price.unscaled(), price.to_string()), (1250, "12.50".to_owned()));
/// assert_eq!(price, Decimal::new(1250)?);
/// // Nothing is rounded.
/// assert!("12.505".parse::<Decimal<9, 2>>().is_err());
/// # Ok::<_, kafka_event::logical::DecimalError>(())
/// ```
///
/// One that was read may have more digits than its precision, since no reader of Avro looks: it is kept, and written as it was.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal<const PRECISION: u32, const SCALE: u32>(i128);

impl<const PRECISION: u32, const SCALE: u32> Decimal<PRECISION, SCALE> {
    /// How many digits there are at the most.
    pub const PRECISION: u32 = PRECISION;
    /// How many of them stand behind the point.
    pub const SCALE: u32 = SCALE;

    /// The decimal of an unscaled number: 1250 is 12.50 where two digits stand behind the point.
    ///
    /// # Errors
    /// It has more digits than the precision.
    pub fn new(unscaled: i128) -> Result<Self, DecimalError> {
        if has_at_most(unscaled, PRECISION) {
            Ok(Self::from_unscaled(unscaled))
        } else {
            Err(DecimalError::Precision { precision: PRECISION })
        }
    }

    /// The same, however many digits it has: as it may have been read.
    ///
    /// Where the schema's type is a fixed, one that its bytes do not hold cannot be encoded.
    #[must_use]
    pub const fn from_unscaled(unscaled: i128) -> Self {
        const {
            assert!(
                PRECISION >= 1 && PRECISION <= 38,
                "a decimal of more than 38 digits is a `WideDecimal`"
            );
            assert!(SCALE <= PRECISION, "a decimal has no more digits behind the point than in all");
        };
        Self(unscaled)
    }

    /// The number without its point.
    #[must_use]
    pub const fn unscaled(self) -> i128 {
        self.0
    }
}

/// A decimal of any number of digits, `SCALE` of them behind the point: what a schema with more than 38 becomes.
///
/// As for [`Decimal`], one that was read may have more digits than its precision. Up to 128 bits nothing is allocated.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WideDecimal<const PRECISION: u32, const SCALE: u32>(BigInt);

impl<const PRECISION: u32, const SCALE: u32> WideDecimal<PRECISION, SCALE> {
    /// How many digits there are at the most.
    pub const PRECISION: u32 = PRECISION;
    /// How many of them stand behind the point.
    pub const SCALE: u32 = SCALE;

    /// The decimal of an unscaled number.
    ///
    /// # Errors
    /// It has more digits than the precision.
    pub fn new(unscaled: impl Into<BigInt>) -> Result<Self, DecimalError> {
        let unscaled = unscaled.into();
        if unscaled.has_at_most(PRECISION) {
            Ok(Self(unscaled))
        } else {
            Err(DecimalError::Precision { precision: PRECISION })
        }
    }

    /// The same, however many digits it has: as it may have been read.
    ///
    /// Where the schema's type is a fixed, one that its bytes do not hold cannot be encoded.
    #[must_use]
    pub fn from_unscaled(unscaled: impl Into<BigInt>) -> Self {
        Self(unscaled.into())
    }

    /// The number without its point.
    #[must_use]
    pub fn unscaled(&self) -> &BigInt {
        &self.0
    }
}

/// A decimal that carries its own scale: `unscaled` · 10^-`scale`.
///
/// Equal are those that are written alike: 1.0 is not 1.00. So they have no order; the crates of decimals do.
///
/// ```
/// use kafka_event::logical::BigDecimal;
///
/// let price: BigDecimal = "12.50".parse()?;
/// assert_eq!(price, BigDecimal::new(1250, 2));
/// assert_eq!(BigDecimal::new(125, -4).to_string(), "1.25E+6");
/// # Ok::<_, kafka_event::logical::DecimalError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct BigDecimal {
    /// The number without its point.
    pub unscaled: BigInt,
    /// How many of its digits stand behind the point; below 0, how many zeros stand before it.
    pub scale: i32,
}

impl BigDecimal {
    /// The decimal of an unscaled number and a scale.
    #[must_use]
    pub fn new(unscaled: impl Into<BigInt>, scale: i32) -> Self {
        Self {
            unscaled: unscaled.into(),
            scale,
        }
    }
}

impl<const PRECISION: u32, const SCALE: u32> FromStr for Decimal<PRECISION, SCALE> {
    type Err = DecimalError;

    /// Reads digits with a point or an exponent; a number that the scale does not hold exactly is refused.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let unscaled = Parts::parse(text)?.unscaled(PRECISION, SCALE)?;
        let unscaled = unscaled.to_i128().ok_or(DecimalError::Precision { precision: PRECISION })?;
        Ok(Self::from_unscaled(unscaled))
    }
}

impl<const PRECISION: u32, const SCALE: u32> FromStr for WideDecimal<PRECISION, SCALE> {
    type Err = DecimalError;

    /// Reads digits with a point or an exponent; a number that the scale does not hold exactly is refused.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        Parts::parse(text)?.unscaled(PRECISION, SCALE).map(Self)
    }
}

/// An unscaled number as text.
#[cfg(feature = "serde")]
pub(crate) fn text(unscaled: &BigInt, scale: u32) -> String {
    let digits = plain(unscaled.digits(), scale);
    if unscaled.is_negative() { format!("-{digits}") } else { digits }
}

/// The unscaled number of a text, exactly.
#[cfg(feature = "serde")]
pub(crate) fn unscaled(text: &str, precision: u32, scale: u32) -> Result<BigInt, DecimalError> {
    Parts::parse(text)?.unscaled(precision, scale)
}

impl FromStr for BigDecimal {
    type Err = DecimalError;

    /// Reads digits with a point or an exponent, each behind the point counted: "12.50" has a scale of 2.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let parts = Parts::parse(text)?;
        let scale = i32::try_from(parts.scale).map_err(|_| DecimalError::TooLarge {
            what: "a scale of 32 bits",
        })?;
        Ok(Self::new(BigInt::from_digits(parts.negative, &parts.digits), scale))
    }
}

impl<const PRECISION: u32, const SCALE: u32> fmt::Display for Decimal<PRECISION, SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(self.0 >= 0, "", &plain(self.0.unsigned_abs().to_string(), SCALE))
    }
}

impl<const PRECISION: u32, const SCALE: u32> fmt::Display for WideDecimal<PRECISION, SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(!self.0.is_negative(), "", &plain(self.0.digits(), SCALE))
    }
}

/// As Java's `BigDecimal.toString`: with an exponent, where zeros would have to be made up before the point, or many behind it.
impl fmt::Display for BigDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(!self.unscaled.is_negative(), "", &scientific(self.unscaled.digits(), self.scale))
    }
}

impl<const PRECISION: u32, const SCALE: u32> fmt::Debug for Decimal<PRECISION, SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

impl<const PRECISION: u32, const SCALE: u32> fmt::Debug for WideDecimal<PRECISION, SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(f, "WideDecimal", &self.0, self)
    }
}

impl fmt::Debug for BigDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(f, "BigDecimal", &self.unscaled, self)
    }
}

/// A number too long to be shown is spoken of.
fn debug(f: &mut fmt::Formatter<'_>, name: &str, unscaled: &BigInt, whole: &dyn fmt::Display) -> fmt::Result {
    match unscaled.to_i128() {
        Some(_) => write!(f, "{name}({whole})"),
        None => write!(f, "{name}({unscaled:?}, unscaled)"),
    }
}

impl<const PRECISION: u32, const SCALE: u32> From<Decimal<PRECISION, SCALE>> for WideDecimal<PRECISION, SCALE> {
    fn from(decimal: Decimal<PRECISION, SCALE>) -> Self {
        Self(decimal.0.into())
    }
}

impl<const PRECISION: u32, const SCALE: u32> TryFrom<WideDecimal<PRECISION, SCALE>> for Decimal<PRECISION, SCALE> {
    type Error = DecimalError;

    fn try_from(decimal: WideDecimal<PRECISION, SCALE>) -> Result<Self, DecimalError> {
        decimal.0.try_into().map(Self::from_unscaled)
    }
}

impl<const PRECISION: u32, const SCALE: u32> From<Decimal<PRECISION, SCALE>> for BigDecimal {
    fn from(decimal: Decimal<PRECISION, SCALE>) -> Self {
        // A decimal of 38 digits has a scale of no more.
        Self::new(decimal.0, SCALE as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Price = Decimal<5, 2>;

    #[test]
    fn a_decimal_is_checked_against_its_precision() {
        assert_eq!(Price::new(99_999).unwrap().unscaled(), 99_999);
        assert_eq!(Price::new(-99_999).unwrap().unscaled(), -99_999);
        assert_eq!(Price::new(100_000).unwrap_err(), DecimalError::Precision { precision: 5 });
        assert_eq!(Price::new(i128::MIN).unwrap_err(), DecimalError::Precision { precision: 5 });
        // 39 digits.
        assert!(Decimal::<38, 0>::new(i128::MAX).is_err());
        assert_eq!(Price::from_unscaled(i128::MIN).unscaled(), i128::MIN);
        let wide = |unscaled: &str| WideDecimal::<40, 3>::new(unscaled.parse::<BigInt>().unwrap());
        assert!(wide(&"9".repeat(40)).is_ok());
        assert_eq!(
            wide(&format!("1{}", "0".repeat(40))).unwrap_err(),
            DecimalError::Precision { precision: 40 }
        );
    }

    #[test]
    fn text_has_the_scale_of_the_type() {
        for (unscaled, text) in [(1234, "12.34"), (-5, "-0.05"), (0, "0.00"), (-100, "-1.00"), (99_999, "999.99")] {
            let price = Price::new(unscaled).unwrap();
            assert_eq!(price.to_string(), text);
            assert_eq!(text.parse::<Price>().unwrap(), price);
            let wide = WideDecimal::from(price);
            assert_eq!(wide.to_string(), text);
            assert_eq!(text.parse::<WideDecimal<5, 2>>().unwrap(), wide);
            assert_eq!(Price::try_from(wide).unwrap(), price);
            assert_eq!(BigDecimal::from(price), BigDecimal::new(unscaled, 2));
        }
        assert_eq!(Decimal::<4, 4>::new(1).unwrap().to_string(), "0.0001");
        assert_eq!(Decimal::<4, 0>::new(-17).unwrap().to_string(), "-17");
        assert_eq!(
            format!(
                "{:>8}|{:08.1}|{:+}",
                Price::new(-5).unwrap(),
                Price::new(5).unwrap(),
                Price::new(5).unwrap()
            ),
            "   -0.05|00000.05|+0.05"
        );
        assert_eq!(format!("{:?}", Price::new(-5).unwrap()), "Decimal(-0.05)");
    }

    #[test]
    fn what_is_exact_is_read_however_it_is_written() {
        for text in ["12.3", "+12.30", "12.3000", "012.3", "1.23e1", "123E-1", "0.123E+2"] {
            assert_eq!(text.parse::<Price>(), Price::new(1230), "{text}");
        }
        for text in [
            "0",
            "-0",
            ".0",
            "0.",
            "0e999999999",
            "-0.000000000000000000000000000000000000000000000000",
        ] {
            assert_eq!(text.parse::<Price>(), Price::new(0), "{text}");
        }
        assert_eq!("1e2".parse::<Price>(), Price::new(10_000));
    }

    #[test]
    fn nothing_is_rounded() {
        for (text, error) in [
            ("12.345", DecimalError::Scale { scale: 2 }),
            ("1e-3", DecimalError::Scale { scale: 2 }),
            ("1e-2147483648", DecimalError::Scale { scale: 2 }),
            ("1000", DecimalError::Precision { precision: 5 }),
            ("1e9", DecimalError::Precision { precision: 5 }),
            ("1e2147483647", DecimalError::Precision { precision: 5 }),
            (
                "123456789012345678901234567890123456789012345678901234567890",
                DecimalError::Precision { precision: 5 },
            ),
        ] {
            assert_eq!(text.parse::<Price>().unwrap_err(), error, "{text}");
            assert_eq!(text.parse::<WideDecimal<5, 2>>().unwrap_err(), error, "{text}");
        }
        for text in ["", ".", "-", "1.2.3", "1e", "e1", "1e1.5", "1 ", "0x1", "1_000", "NaN", "inf", "１"] {
            assert_eq!(text.parse::<Price>().unwrap_err(), DecimalError::Syntax, "{text}");
            assert_eq!(text.parse::<BigDecimal>().unwrap_err(), DecimalError::Syntax, "{text}");
        }
    }

    /// The examples of Java's `BigDecimal.toString`, which reads back as the same.
    #[test]
    fn a_big_decimal_is_spelled_as_java_spells_it() {
        for (unscaled, scale, text) in [
            (123, 0, "123"),
            (-123, 0, "-123"),
            (123, -1, "1.23E+3"),
            (123, -3, "1.23E+5"),
            (123, 1, "12.3"),
            (123, 5, "0.00123"),
            (123, 10, "1.23E-8"),
            (-123, 12, "-1.23E-10"),
            (0, 0, "0"),
            (0, 2, "0.00"),
            (0, 7, "0E-7"),
            (0, -3, "0E+3"),
            (5, 6, "0.000005"),
            (5, 7, "5E-7"),
            (5, i32::MIN, "5E+2147483648"),
            (50, i32::MAX, "5.0E-2147483646"),
        ] {
            let decimal = BigDecimal::new(unscaled, scale);
            assert_eq!(decimal.to_string(), text);
            assert_eq!(text.parse::<BigDecimal>().unwrap(), decimal, "{text}");
        }
        assert_eq!("1.0E+2".parse::<BigDecimal>().unwrap(), BigDecimal::new(10, -1));
        assert!("1e2147483649".parse::<BigDecimal>().is_err());
        assert!("1e-9223372036854775809".parse::<BigDecimal>().is_err());
        assert_ne!(BigDecimal::new(10, 1), BigDecimal::new(100, 2));
    }

    #[test]
    fn a_hostile_length_is_not_printed_by_debug() {
        let number = BigInt::from_be_bytes(&[0x55; 1 << 20]);
        assert_eq!(
            format!("{:?}", BigDecimal::new(number.clone(), 3)),
            "BigDecimal(a number of 1048576 bytes, unscaled)"
        );
        assert_eq!(
            format!("{:?}", WideDecimal::<50, 3>::from_unscaled(number)),
            "WideDecimal(a number of 1048576 bytes, unscaled)"
        );
        assert_eq!(format!("{:?}", BigDecimal::new(-15, 1)), "BigDecimal(-1.5)");
    }
}
