//! JSON that keeps the order of its keys and refuses a key that stands twice.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};

use crate::limits;

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

    /// A hash of 128 bits, which two values share only where they are the same. Those of definitions within are put to where they are in memory, and
    /// stand for all that is in them.
    pub(crate) fn hash(&self, definitions: &mut HashMap<usize, u128>) -> u128 {
        let mut halves = [DefaultHasher::new(), DefaultHasher::new()];
        halves[1].write_u8(1);
        self.hash_into(&mut halves, definitions);
        let [first, second] = halves.map(|half| u128::from(half.finish()));
        let hash = first << 64 | second;
        if self.is_definition() {
            definitions.insert(std::ptr::from_ref(self).addr(), hash);
        }
        hash
    }

    fn is_definition(&self) -> bool {
        self.get("name").is_some() && ["fields", "symbols", "size"].iter().any(|key| self.get(key).is_some())
    }

    fn hash_into(&self, halves: &mut [DefaultHasher; 2], definitions: &mut HashMap<usize, u128>) {
        let mut add = |bytes: &[u8]| {
            for half in &mut *halves {
                half.write(bytes);
            }
        };
        // What is told apart by its length or its kind.
        let (kind, length) = match self {
            Self::Null => (0, 0),
            Self::Bool(_) => (1, 1),
            Self::Int(_) => (2, 8),
            Self::Large(digits) => (3, digits.len()),
            Self::Float(_) => (4, 8),
            Self::String(text) => (5, text.len()),
            Self::Array(items) => (6, items.len()),
            Self::Object(entries) => (7, entries.len()),
        };
        add(&[kind]);
        add(&length.to_le_bytes());
        match self {
            Self::Null => {}
            Self::Bool(value) => add(&[u8::from(*value)]),
            Self::Int(value) => add(&value.to_le_bytes()),
            Self::Float(value) => add(&value.to_bits().to_le_bytes()),
            Self::Large(text) | Self::String(text) => add(text.as_bytes()),
            Self::Array(items) => {
                for item in items {
                    item.hash_part(halves, definitions);
                }
            }
            Self::Object(entries) => {
                for (key, value) in entries {
                    for half in &mut *halves {
                        half.write(&key.len().to_le_bytes());
                        half.write(key.as_bytes());
                    }
                    value.hash_part(halves, definitions);
                }
            }
        }
    }

    /// A definition by its hash, all else by what it holds.
    fn hash_part(&self, halves: &mut [DefaultHasher; 2], definitions: &mut HashMap<usize, u128>) {
        if !self.is_definition() {
            return self.hash_into(halves, definitions);
        }
        let hash = self.hash(definitions);
        for half in halves {
            half.write_u8(8);
            half.write(&hash.to_le_bytes());
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
    pub(crate) fault: Fault,
    /// The byte at which it shows.
    pub(crate) at: usize,
}

/// What is wrong with a text.
#[derive(Debug, PartialEq)]
pub(crate) enum Fault {
    /// Something else was to stand there.
    Syntax(String),
    /// An object has this key already.
    Twice(String),
    /// There are more values than may be.
    TooMany,
    /// More levels are within one another than may be.
    TooDeep,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => f.write_str(message),
            Self::Twice(key) => write!(f, "the key {} stands twice in one object", quoted(key)),
            Self::TooMany => f.write_str("the schemas have more values than are taken"),
            Self::TooDeep => write!(f, "the schema nests deeper than {} levels of JSON", limits::JSON_DEPTH),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    /// Each part of a schema is hashed once, however many definitions it is in.
    #[test]
    fn the_definitions_within_are_hashed_with_it() {
        let inner = r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#;
        let middle = format!(r#"{{"type": "record", "name": "M", "fields": [{{"name": "f", "type": {inner}}}]}}"#);
        let outer = format!(r#"{{"type": "record", "name": "O", "fields": [{{"name": "f", "type": ["null", {middle}]}}]}}"#);
        let hashes = |text: &str| {
            let mut hashes = std::collections::HashMap::new();
            let own = parse(text, &mut 100).unwrap().hash(&mut hashes);
            let mut all: Vec<u128> = hashes.into_values().collect();
            all.sort_unstable();
            (own, all)
        };
        let (inner, middle, outer) = (hashes(inner), hashes(&middle), hashes(&outer));
        let mut all = vec![inner.0, middle.0, outer.0];
        all.sort_unstable();
        assert_eq!((inner.1.len(), middle.1.len(), outer.1), (1, 2, all));
    }

    #[test]
    fn a_hash_is_of_all_that_is_said() {
        let hash = |text: &str| parse(text, &mut 100).unwrap().hash(&mut std::collections::HashMap::new());
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
