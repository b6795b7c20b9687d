//! The text of a default as its logical type takes it.

use super::decimal::{SMALL_DIGITS, scaled, unscaled};
use super::{Json, RawType, latin1};
use crate::model::{Logical, Type};

/// A default of bytes: each code point is one, up to 0xFF.
///
/// # Errors
/// Why it is none.
pub(crate) fn bytes(json: &Json) -> Result<Vec<u8>, String> {
    match json {
        Json::String(text) => match text.chars().find(|character| u32::from(*character) > 0xFF) {
            None => Ok(latin1(text).unwrap_or_default()),
            Some(beyond) => Err(format!(
                "each character is a byte, up to U+00FF; `{}` is beyond",
                beyond.escape_unicode()
            )),
        },
        other => Err(format!("a string is wanted, not {}", other.kind())),
    }
}

/// A default of a float: none is what 32 bits hold as an infinity alone.
pub(crate) fn single(json: &Json) -> Option<f32> {
    let number = json.as_f64()?;
    let single = number as f32;
    (single.is_finite() || !number.is_finite()).then_some(single)
}

/// Whether bytes are a decimal's: one is held by 128 bits, but for one of more digits than those have.
///
/// # Errors
/// Why they are none.
pub(crate) fn decimal(precision: u32, bytes: &[u8]) -> Result<(), String> {
    if precision > SMALL_DIGITS || unscaled(bytes).is_some() {
        Ok(())
    } else {
        Err("it is beyond the numbers of 128 bits".to_owned())
    }
}

/// Whether a default that the primitive below takes is a value of the logical type, too.
///
/// # Errors
/// Why it is none.
pub(crate) fn logical(logical: Logical, json: &Json) -> Result<(), String> {
    match logical {
        Logical::Uuid => match json.as_str() {
            Some(text) if is_uuid(text) => Ok(()),
            Some(_) => Err("a UUID of 36 characters is wanted".to_owned()),
            None => Err(format!("a string is wanted, not {}", json.kind())),
        },
        Logical::Decimal { precision, .. } => decimal(precision, &bytes(json)?),
        Logical::BigDecimal => match scaled(&bytes(json)?) {
            Some(_) => Ok(()),
            None => Err("it is no big-decimal: a number as Avro's bytes, then a scale as an int".to_owned()),
        },
        _ => Ok(()),
    }
}

/// The number that Java makes of a text where that is the default of a field that is a float or a double by itself, and there alone, not within a
/// union, an array or a map: it writes what JSON has no number for as such a text.
pub(super) fn number_of_text(ty: &RawType, default: &Json) -> Option<Json> {
    let RawType::Primitive(Type::Float | Type::Double) = ty else {
        return None;
    };
    match default.as_str()?.trim() {
        "NaN" => Some(Json::Float(f64::NAN)),
        "Infinity" => Some(Json::Float(f64::INFINITY)),
        "-Infinity" => Some(Json::Float(f64::NEG_INFINITY)),
        // Not the words that Rust alone has for these.
        digits if digits.ends_with(|last: char| last.is_ascii_digit() || last == '.') => {
            digits.parse().ok().filter(|number| f64::is_finite(*number)).map(Json::Float)
        }
        _ => None,
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
