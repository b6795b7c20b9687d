//! JSON that keeps the order of its keys and refuses a key that stands twice.

use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction that fits 64 bits.
    Int(i64),
    /// A number that 64 bits do not hold, neither as a whole one nor as a float: as it is written.
    Large(String),
    /// Any other number.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// Keys with values, in the order of the text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of an object's key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A hash of 128 bits, which two values share only where they are the same.
    pub(crate) fn hash(&self) -> u128 {
        let half = |seed: u8| {
            let mut hasher = DefaultHasher::new();
            seed.hash(&mut hasher);
            self.hash_into(&mut hasher);
            u128::from(hasher.finish())
        };
        half(0) << 64 | half(1)
    }

    fn hash_into(&self, hasher: &mut DefaultHasher) {
        std::mem::discriminant(self).hash(hasher);
        match self {
            Self::Null => {}
            Self::Bool(value) => value.hash(hasher),
            Self::Int(value) => value.hash(hasher),
            Self::Float(value) => value.to_bits().hash(hasher),
            Self::String(text) | Self::Large(text) => text.hash(hasher),
            Self::Array(items) => {
                items.len().hash(hasher);
                items.iter().for_each(|item| item.hash_into(hasher));
            }
            Self::Object(entries) => {
                entries.len().hash(hasher);
                for (key, value) in entries {
                    key.hash(hasher);
                    value.hash_into(hasher);
                }
            }
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where it is one that is not beyond 64 bits.
    pub(crate) fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Large(digits) => digits.parse().ok().filter(|number| f64::is_finite(*number)),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// What kind of value it is, in words.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::Large(_) | Self::Float(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Bytes that a schema writes as code points up to 0xFF.
pub(crate) fn latin1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect()
}

/// Strict JSON without white space.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Large(digits) => f.write_str(digits),
            // `{:?}` keeps the point or the exponent, so that a float stays one.
            Self::Float(value) if value.is_finite() => write!(f, "{value:?}"),
            // What JSON has no number for is a text, as Java has it.
            Self::Float(value) if value.is_nan() => f.write_str(r#""NaN""#),
            Self::Float(value) => f.write_str(if *value > 0.0 { r#""Infinity""# } else { r#""-Infinity""# }),
            Self::String(text) => f.write_str(&quoted(text)),
            Self::Array(items) => {
                f.write_str("[")?;
                for (place, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if place == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(entries) => {
                f.write_str("{")?;
                for (place, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{}:{value}", if place == 0 { "" } else { "," }, quoted(key))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        quoted.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'\n' => quoted.push_str("\\n"),
            b'\r' => quoted.push_str("\\r"),
            b'\t' => quoted.push_str("\\t"),
            control if control < b' ' => quoted.push_str(&format!("\\u{control:04x}")),
            mark => quoted.extend(['\\', char::from(mark)]),
        }
        rest = &rest[at + 1..];
    }
    quoted.push_str(rest);
    quoted.push('"');
    quoted
}

/// Why a text is not such JSON.
#[derive(Debug)]
pub(crate) struct JsonError {
    pub(crate) message: String,
    /// The byte at which it shows.
    pub(crate) at: usize,
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn a_hash_is_of_all_that_is_said() {
        let hash = |text: &str| parse(text, &mut 100).unwrap().hash();
        assert_eq!(hash(r#"{"a": [1, "x"]}"#), hash(r#"{"a":[1,"x"]}"#));
        let others = [
            r#"{"a":[1,"y"]}"#,
            r#"{"b":[1,"x"]}"#,
            r#"{"a":["1","x"]}"#,
            r#"{"a":[1.0,"x"]}"#,
            r#"[["a",[1,"x"]]]"#,
        ];
        for other in others {
            assert_ne!(hash(r#"{"a":[1,"x"]}"#), hash(other), "{other}");
        }
    }
}
