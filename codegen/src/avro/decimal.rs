//! Decimals as a schema states them, and as the bytes of a default hold them.

use super::Json;

/// The most digits that 128 bits hold, whatever they are.
pub(crate) const SMALL_DIGITS: u32 = 38;

/// A decimal's precision and scale on bytes, or on a fixed of a size; or why the logical type is ignored, with the key that is at fault.
pub(super) fn stated(json: &Json, size: Option<usize>) -> Result<(u32, u32), (&'static str, String)> {
    let number = |key: &'static str| match json.get(key) {
        Some(Json::Int(number)) => match u32::try_from(*number) {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err((key, format!("its {key} {number} is not a number of digits"))),
        },
        Some(other) => Err((key, format!("its {key} {other} is not a whole number"))),
        None => Ok(None),
    };
    let precision = number("precision")?.ok_or_else(|| ("logicalType", "it has no `precision`".to_owned()))?;
    let scale = number("scale")?.unwrap_or(0);
    if precision == 0 {
        return Err(("precision", "its precision is 0".to_owned()));
    }
    if scale > precision {
        return Err(("scale", format!("its scale {scale} is more than its precision {precision}")));
    }
    match size.map(digits) {
        Some(digits) if digits < u64::from(precision) => {
            let reason = format!("its precision {precision} is more than the {digits} digits that its bytes hold");
            Err(("precision", reason))
        }
        _ => Ok((precision, scale)),
    }
}

/// How many digits a fixed of a size holds, whatever they are.
fn digits(size: usize) -> u64 {
    // No power of two but 1 is one of ten, so that the number before it has as many digits.
    (((size * 8).saturating_sub(1)) as f64 * std::f64::consts::LOG10_2) as u64
}

/// The number of big-endian two's complement bytes, of which there may be none; `None` where 128 bits do not hold it.
pub(crate) fn unscaled(bytes: &[u8]) -> Option<i128> {
    let negative = bytes.first().is_some_and(|first| *first >= 0x80);
    let fill = if negative { 0xff } else { 0 };
    let (padding, low) = bytes.split_at(bytes.len().saturating_sub(16));
    let mut whole = [fill; 16];
    whole[16 - low.len()..].copy_from_slice(low);
    let number = i128::from_be_bytes(whole);
    (padding.iter().all(|byte| *byte == fill) && (number < 0) == negative).then_some(number)
}

/// A big-decimal's number and scale: Avro's bytes, then an int, and nothing else.
pub(crate) fn scaled(bytes: &[u8]) -> Option<(&[u8], i32)> {
    let (length, rest) = varint(bytes)?;
    let (unscaled, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    let (scale, rest) = varint(rest)?;
    Some((unscaled, i32::try_from(scale).ok().filter(|_| rest.is_empty())?))
}

fn varint(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut zigzag = 0_u64;
    for (place, byte) in bytes.iter().enumerate().take(10) {
        let bits = u64::from(byte & 0x7f);
        // Of the tenth byte, one bit is left.
        if place == 9 && bits > 1 {
            return None;
        }
        zigzag |= bits << (7 * place);
        if *byte < 0x80 {
            return Some(((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64), &bytes[place + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Specification, "Decimal": a fixed of n bytes holds floor(log10(2^(8n-1) - 1)) digits.
    #[test]
    fn digits_of_a_fixed() {
        for (size, wanted) in [
            (0, 0),
            (1, 2),
            (2, 4),
            (4, 9),
            (8, 18),
            (12, 28),
            (16, 38),
            (17, 40),
            (20, 47),
            (32, 76),
        ] {
            assert_eq!(digits(size), wanted, "{size}");
        }
        for size in 1..=16 {
            let greatest = u128::MAX >> (129 - 8 * size);
            assert_eq!(digits(size), u64::from(greatest.ilog10()), "{size}");
        }
    }

    #[test]
    fn numbers_of_any_length() {
        for (bytes, number) in [
            (&[][..], Some(0)),
            (&[0xff; 30], Some(-1)),
            (&[0x7f], Some(127)),
            (&[0, 0x80], Some(128)),
        ] {
            assert_eq!(unscaled(bytes), number);
        }
        let mut long = vec![0; 1];
        long.extend([0x80; 16]);
        assert_eq!(unscaled(&long), None);
        long[0] = 0xff;
        assert!(unscaled(&long).is_some());
        assert_eq!(unscaled(&long[1..]), unscaled(&long));
    }

    #[test]
    fn a_number_with_its_scale() {
        assert_eq!(scaled(&[2, 0xf1, 3]), Some((&[0xf1][..], -2)));
        assert_eq!(scaled(&[0, 2]), Some((&[][..], 1)));
        for bytes in [
            &[][..],
            &[2],
            &[2, 1],
            &[4, 1, 0],
            &[2, 1, 0, 0],
            &[1, 0],
            &[0, 0x80, 0x80, 0x80, 0x80, 0x10],
            &[0x80; 12],
        ] {
            assert_eq!(scaled(bytes), None, "{bytes:?}");
        }
    }
}
