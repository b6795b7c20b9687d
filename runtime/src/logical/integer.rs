use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::DecimalError;

/// A whole number of any length.
///
/// It counts, compares and prints; it does not calculate: for that, [`to_be_bytes`](Self::to_be_bytes) is what the crates of big numbers
/// read. Up to 128 bits nothing is allocated. To print or parse a number takes time that grows with the square of its length.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BigInt(Repr);

/// One number has one form: what 128 bits hold is small.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i128),
    /// Big-endian two's complement, as short as it can be.
    Large(Box<[u8]>),
}

/// What is shown of a number by `Debug`: more could cost seconds for a message that is no longer than its limit.
const SHOWN: usize = 512;

/// The most digits that a `u64` holds whatever they are, and the number after them.
const CHUNK: (usize, u64) = (19, 10_000_000_000_000_000_000);

impl BigInt {
    /// The number of big-endian two's complement bytes, of any length; none are 0.
    #[must_use]
    pub fn from_be_bytes(bytes: &[u8]) -> Self {
        match small(bytes) {
            Some(number) => Self(Repr::Small(number)),
            None => Self(Repr::Large(minimal(bytes).into())),
        }
    }

    /// The number as big-endian two's complement: as few bytes as can be, but one.
    #[must_use]
    pub fn to_be_bytes(&self) -> Vec<u8> {
        self.with_bytes(<[u8]>::to_vec)
    }

    /// The number, where 128 bits hold it.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        match self.0 {
            Repr::Small(number) => Some(number),
            Repr::Large(_) => None,
        }
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(number) => *number < 0,
            Repr::Large(bytes) => bytes[0] >= 0x80,
        }
    }

    /// At least as many bytes as it has.
    #[inline]
    pub(crate) fn size_bound(&self) -> usize {
        match &self.0 {
            Repr::Small(_) => size_of::<i128>(),
            Repr::Large(bytes) => bytes.len(),
        }
    }

    /// Gives the shortest bytes to a function.
    #[inline]
    pub(crate) fn with_bytes<T>(&self, with: impl FnOnce(&[u8]) -> T) -> T {
        match &self.0 {
            Repr::Small(number) => with(minimal(&number.to_be_bytes())),
            Repr::Large(bytes) => with(bytes),
        }
    }

    /// The decimal digits of its absolute value.
    pub(super) fn digits(&self) -> String {
        match &self.0 {
            Repr::Small(number) => number.unsigned_abs().to_string(),
            Repr::Large(bytes) => digits_of(magnitude(bytes)),
        }
    }

    /// Whether it has at most as many digits.
    pub(super) fn has_at_most(&self, digits: u32) -> bool {
        match &self.0 {
            Repr::Small(number) => has_at_most(*number, digits),
            // A byte is more than two digits, but for the first two: what is far too long is not converted.
            Repr::Large(bytes) => bytes.len() * 2 <= digits as usize + 4 && self.digits().len() <= digits as usize,
        }
    }

    /// The number of decimal digits, which must be nothing else.
    pub(super) fn from_digits(negative: bool, digits: &str) -> Self {
        if let Ok(number) = digits.parse::<i128>() {
            return Self(Repr::Small(if negative { -number } else { number }));
        }
        // 64 bits at a time, the least first.
        let mut limbs: Vec<u64> = Vec::new();
        let mut rest = digits;
        while !rest.is_empty() {
            let (chunk, tail) = rest.split_at(rest.len().min(CHUNK.0));
            let mut carry = u128::from(chunk.parse::<u64>().unwrap_or_default());
            let factor = 10_u128.pow(chunk.len() as u32);
            for limb in &mut limbs {
                carry += u128::from(*limb) * factor;
                *limb = carry as u64;
                carry >>= 64;
            }
            if carry > 0 {
                limbs.push(carry as u64);
            }
            rest = tail;
        }
        // A sign's bit before it.
        let mut bytes = vec![0];
        bytes.extend(limbs.iter().rev().flat_map(|limb| limb.to_be_bytes()));
        if negative {
            negate(&mut bytes);
        }
        Self::from_be_bytes(&bytes)
    }
}

/// Whether a number has at most as many digits.
pub(crate) fn has_at_most(number: i128, digits: u32) -> bool {
    10_u128.checked_pow(digits).is_none_or(|bound| number.unsigned_abs() < bound)
}

/// The number of big-endian two's complement bytes, where 128 bits hold it; further bytes may repeat the sign.
#[inline]
pub(crate) fn small(bytes: &[u8]) -> Option<i128> {
    let bytes = if bytes.len() > 16 { minimal(bytes) } else { bytes };
    let fill = if bytes.first().is_some_and(|first| *first >= 0x80) {
        0xff
    } else {
        0
    };
    let mut whole = [fill; 16];
    whole[16_usize.checked_sub(bytes.len())?..].copy_from_slice(bytes);
    Some(i128::from_be_bytes(whole))
}

/// The same number without the bytes that only repeat its sign; one is left.
#[inline]
pub(crate) fn minimal(mut bytes: &[u8]) -> &[u8] {
    while let [0x00, next @ 0x00..=0x7f, ..] | [0xff, next @ 0x80..=0xff, ..] = bytes {
        _ = next;
        bytes = &bytes[1..];
    }
    bytes
}

/// Two's complement.
fn negate(bytes: &mut [u8]) {
    let mut carry = true;
    for byte in bytes.iter_mut().rev() {
        (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
    }
}

/// The absolute value, 64 bits at a time, the greatest first.
fn magnitude(bytes: &[u8]) -> Vec<u64> {
    let mut bytes = bytes.to_vec();
    // The least number of a length has no counterpart in it but as a number without a sign, which this is.
    if bytes.first().is_some_and(|first| *first >= 0x80) {
        negate(&mut bytes);
    }
    let mut limbs: Vec<u64> = bytes
        .rchunks(8)
        .map(|chunk| chunk.iter().fold(0, |limb, byte| limb << 8 | u64::from(*byte)))
        .collect();
    limbs.reverse();
    limbs
}

fn digits_of(mut limbs: Vec<u64>) -> String {
    let mut chunks = Vec::new();
    while limbs.iter().any(|limb| *limb > 0) {
        let mut rest = 0;
        for limb in &mut limbs {
            let whole = rest << 64 | u128::from(*limb);
            *limb = (whole / u128::from(CHUNK.1)) as u64;
            rest = whole % u128::from(CHUNK.1);
        }
        chunks.push(rest as u64);
        let leading = limbs.iter().take_while(|limb| **limb == 0).count();
        limbs.drain(..leading);
    }
    let mut digits = chunks.pop().unwrap_or_default().to_string();
    for chunk in chunks.iter().rev() {
        digits += &format!("{chunk:019}");
    }
    digits
}

impl Default for BigInt {
    fn default() -> Self {
        Self(Repr::Small(0))
    }
}

macro_rules! from {
    ($($integer:ty),+) => {$(
        impl From<$integer> for BigInt {
            fn from(number: $integer) -> Self {
                Self(Repr::Small(number.into()))
            }
        }
    )+};
}

from!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl TryFrom<BigInt> for i128 {
    type Error = DecimalError;

    fn try_from(number: BigInt) -> Result<Self, DecimalError> {
        number.to_i128().ok_or(DecimalError::TooLarge { what: "an i128" })
    }
}

impl Ord for BigInt {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(left), Repr::Small(right)) => left.cmp(right),
            // What is longer is farther from 0; of one length and sign, the bytes are in order.
            (Repr::Large(left), Repr::Large(right)) if self.is_negative() == other.is_negative() => {
                let by_length = left.len().cmp(&right.len());
                let by_length = if self.is_negative() { by_length.reverse() } else { by_length };
                by_length.then_with(|| left.cmp(right))
            }
            (Repr::Large(_), _) if self.is_negative() => Ordering::Less,
            (Repr::Large(_), _) => Ordering::Greater,
            (Repr::Small(_), Repr::Large(_)) => other.cmp(self).reverse(),
        }
    }
}

impl PartialOrd for BigInt {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(!self.is_negative(), "", &self.digits())
    }
}

impl fmt::Debug for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Large(bytes) if bytes.len() > SHOWN => write!(f, "a number of {} bytes", bytes.len()),
            _ => fmt::Display::fmt(self, f),
        }
    }
}

impl FromStr for BigInt {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(DecimalError::Syntax);
        }
        Ok(Self::from_digits(negative, digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_the_shortest() {
        // Java's BigInteger.toByteArray.
        for (number, bytes) in [
            (0, &[0x00][..]),
            (1, &[0x01]),
            (-1, &[0xff]),
            (127, &[0x7f]),
            (128, &[0x00, 0x80]),
            (-128, &[0x80]),
            (-129, &[0xff, 0x7f]),
            (255, &[0x00, 0xff]),
            (-256, &[0xff, 0x00]),
            (i128::MIN, &[0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ] {
            assert_eq!(BigInt::from(number).to_be_bytes(), bytes, "{number}");
            assert_eq!(BigInt::from_be_bytes(bytes), BigInt::from(number));
        }
    }

    #[test]
    fn one_number_has_one_form_however_many_bytes_it_had() {
        for (bytes, number) in [
            (&[][..], 0),
            (&[0, 0, 0], 0),
            (&[0xff; 40], -1),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f], 127),
            (
                &[
                    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80,
                ],
                -128,
            ),
        ] {
            assert_eq!(BigInt::from_be_bytes(bytes), BigInt::from(number));
            assert_eq!(small(bytes), Some(number));
        }
        let mut long = vec![0; 9];
        long.extend([0x80; 17]);
        assert_eq!(BigInt::from_be_bytes(&long).to_be_bytes(), long[8..]);
        assert_eq!(small(&long), None);
    }

    /// 2^127 and its like are where 128 bits end, on either side.
    #[test]
    fn text_both_ways() {
        for text in [
            "0",
            "-1",
            "170141183460469231731687303715884105727",
            "170141183460469231731687303715884105728",
            "-170141183460469231731687303715884105728",
            "-170141183460469231731687303715884105729",
            "10000000000000000000000000000000000000000000000000000000001",
            "-99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
            // 2^192, whose lower limbs are all 0.
            "6277101735386680763835789423207666416102355444464034512896",
        ] {
            let number: BigInt = text.parse().unwrap();
            assert_eq!(number.to_string(), text);
            assert_eq!(BigInt::from_be_bytes(&number.to_be_bytes()), number);
            assert_eq!(number.is_negative(), text.starts_with('-'));
        }
        assert_eq!("+007".parse::<BigInt>().unwrap(), BigInt::from(7));
        assert_eq!("-0".parse::<BigInt>().unwrap(), BigInt::from(0));
        assert_eq!(
            format!("{:>5}|{:05}|{:+}", BigInt::from(-7), BigInt::from(-7), BigInt::from(7)),
            "   -7|-0007|+7"
        );
        for text in ["", "-", "+", "--1", "1.0", "1e3", " 1", "١"] {
            assert_eq!(text.parse::<BigInt>().unwrap_err(), DecimalError::Syntax, "{text}");
        }
    }

    #[test]
    fn numbers_are_in_order() {
        let least_first: Vec<BigInt> = [
            "-1000000000000000000000000000000000000000000000000000000000000000",
            "-340282366920938463463374607431768211457",
            "-340282366920938463463374607431768211456",
            "-170141183460469231731687303715884105728",
            "-1",
            "0",
            "170141183460469231731687303715884105727",
            "170141183460469231731687303715884105728",
            "170141183460469231731687303715884105729",
            "1000000000000000000000000000000000000000000000000000000000000000",
        ]
        .map(|text| text.parse().unwrap())
        .into();
        for (left, smaller) in least_first.iter().enumerate() {
            for (right, larger) in least_first.iter().enumerate() {
                assert_eq!(smaller.cmp(larger), left.cmp(&right), "{smaller} {larger}");
            }
        }
    }

    #[test]
    fn digits_are_counted() {
        let nines: BigInt = "9".repeat(50).parse().unwrap();
        assert!(nines.has_at_most(50) && !nines.has_at_most(49) && nines.has_at_most(u32::MAX));
        let next: BigInt = format!("-1{}", "0".repeat(50)).parse().unwrap();
        assert!(next.has_at_most(51) && !next.has_at_most(50));
        assert!(has_at_most(9999, 4) && !has_at_most(-10000, 4) && has_at_most(i128::MIN, 39) && !has_at_most(i128::MIN, 38));
        assert!(has_at_most(0, 0) && !has_at_most(1, 0));
    }

    #[test]
    fn a_hostile_length_is_not_printed_by_debug() {
        let number = BigInt::from_be_bytes(&[0x55; 1 << 20]);
        assert_eq!(format!("{number:?}"), "a number of 1048576 bytes");
        assert!(!number.has_at_most(1000));
        assert_eq!(format!("{:?}", BigInt::from(-12)), "-12");
    }
}
