//! The text of a default as its logical type takes it.

use super::decimal::{SMALL_DIGITS, scaled, unscaled};
use super::{Json, RawType, Reader, latin1};
use crate::diagnostic::Diagnostic;
use crate::model::{Logical, Type};
use crate::source::Origin;

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

/// The default of a field that is a float or a double by itself, where it is none of JSON's numbers: Java writes it as a text, and takes it so there
/// alone, not within a union, an array or a map.
pub(super) fn non_finite(ty: &RawType, default: &Json) -> Option<Json> {
    let RawType::Primitive(Type::Float | Type::Double) = ty else {
        return None;
    };
    match default.as_str()? {
        "NaN" => Some(Json::Float(f64::NAN)),
        "Infinity" => Some(Json::Float(f64::INFINITY)),
        "-Infinity" => Some(Json::Float(f64::NEG_INFINITY)),
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

/// Whether a branch takes a default of text or bytes as it is, as far as that is known where types have no names yet.
fn may_take(branch: &RawType, default: &Json) -> bool {
    match branch {
        RawType::Primitive(Type::String) => default.as_str().is_some(),
        RawType::Primitive(Type::Bytes) => bytes(default).is_ok(),
        RawType::Primitive(Type::Logical(meaning @ (Logical::Uuid | Logical::Decimal { .. } | Logical::BigDecimal))) => {
            logical(*meaning, default).is_ok()
        }
        RawType::Primitive(_) => false,
        RawType::Array(_) => matches!(default, Json::Array(_)),
        RawType::Map(_) => matches!(default, Json::Object(_)),
        _ => true,
    }
}

impl Reader<'_> {
    /// A field's type beside its default: where that is text or bytes that have not the meaning, others write such, too, and the field has none.
    pub(super) fn meant(&mut self, ty: RawType, default: Option<&Json>, field: &str, origin: &Origin) -> RawType {
        let Some(default) = default else { return ty };
        match (ty, default) {
            (RawType::Primitive(primitive), _) => RawType::Primitive(self.primitive_meant(primitive, default, field, origin)),
            (RawType::Union(branches), _) if !branches.iter().any(|branch| may_take(branch, default)) => {
                let branches = branches.into_iter().map(|branch| self.meant(branch, Some(default), field, origin));
                RawType::Union(branches.collect())
            }
            (RawType::Array(inner), Json::Array(items)) => {
                let meant = items
                    .iter()
                    .fold(*inner, |inner, item| self.meant(inner, Some(item), field, origin));
                RawType::Array(Box::new(meant))
            }
            (RawType::Map(inner), Json::Object(entries)) => {
                let values = entries.iter().map(|(_, value)| value);
                let meant = values.fold(*inner, |inner, value| self.meant(inner, Some(value), field, origin));
                RawType::Map(Box::new(meant))
            }
            (other, _) => other,
        }
    }

    fn primitive_meant(&mut self, ty: Type, default: &Json, field: &str, origin: &Origin) -> Type {
        let Type::Logical(meaning) = ty else { return ty };
        let below = match meaning {
            Logical::Uuid if default.as_str().is_some() => Type::String,
            Logical::Decimal { .. } | Logical::BigDecimal if bytes(default).is_ok() => Type::Bytes,
            _ => return ty,
        };
        let Err(reason) = logical(meaning, default) else { return ty };
        let warning = format!("the logical type of `{field}` is ignored: its own default is no value of it");
        let help = "mend the default, or leave it out; or take the logical type away, where readers have to take such values";
        self.diagnostics.push(
            Diagnostic::warning("KE0110", &origin.child("default"), warning)
                .label(reason)
                .help(help),
        );
        below
    }
}
