//! Decimals as text, both ways.

use super::{BigInt, DecimalError};

/// A decimal as it is written: its digits, and where the point is among them.
pub(super) struct Parts {
    pub(super) negative: bool,
    /// At least one.
    pub(super) digits: String,
    /// How many of them stand behind the point; it may lie outside of them.
    pub(super) scale: i64,
}

impl Parts {
    pub(super) fn parse(text: &str) -> Result<Self, DecimalError> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i64>().map_err(|_| exponent_error(exponent))?),
            None => (text, 0),
        };
        let (negative, number) = match number.as_bytes() {
            [b'-', ..] => (true, &number[1..]),
            [b'+', ..] => (false, &number[1..]),
            _ => (false, number),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(DecimalError::Syntax);
        }
        let scale = (fraction.len() as i64).checked_sub(exponent).ok_or(DecimalError::TooLarge {
            what: "an exponent of 64 bits",
        })?;
        Ok(Self { negative, digits, scale })
    }

    /// The unscaled number for a scale, exactly.
    pub(super) fn unscaled(&self, precision: u32, scale: u32) -> Result<BigInt, DecimalError> {
        let digits = self.digits.trim_start_matches('0');
        let significant = digits.trim_end_matches('0');
        if significant.is_empty() {
            return Ok(BigInt::default());
        }
        // Without the zeros at the end, and with those that the scale wants.
        let least = self.scale.saturating_sub((digits.len() - significant.len()) as i64);
        let zeros = i64::from(scale).saturating_sub(least);
        let zeros = usize::try_from(zeros).map_err(|_| DecimalError::Scale { scale })?;
        if significant.len().saturating_add(zeros) > precision as usize {
            return Err(DecimalError::Precision { precision });
        }
        let digits = format!("{significant}{}", "0".repeat(zeros));
        Ok(BigInt::from_digits(self.negative, &digits))
    }
}

/// An exponent of digits alone is one, though it does not fit.
fn exponent_error(exponent: &str) -> DecimalError {
    let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        DecimalError::TooLarge {
            what: "an exponent of 64 bits",
        }
    } else {
        DecimalError::Syntax
    }
}

/// Digits with a point before the last `scale` of them, and a digit before it.
pub(super) fn plain(digits: String, scale: u32) -> String {
    let scale = scale as usize;
    if scale == 0 {
        return digits;
    }
    let missing = (scale + 1).saturating_sub(digits.len());
    let mut text = "0".repeat(missing) + &digits;
    text.insert(text.len() - scale, '.');
    text
}

/// The same with an exponent, by Java's rule: where the scale is negative, or the first digit lies more than six places behind the point.
pub(super) fn scientific(digits: String, scale: i32) -> String {
    let exponent = digits.len() as i64 - 1 - i64::from(scale);
    if scale >= 0 && exponent >= -6 {
        return plain(digits, scale as u32);
    }
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{first}{point}{rest}E{exponent:+}")
}
