//! JSON that keeps the order of its keys and refuses a key that stands twice.

use std::cell::Cell;
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction that fits 64 bits.
    Int(i64),
    /// A number without a fraction that fits 64 bits without a sign only.
    Large(u64),
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
            Self::Large(value) => value.hash(hasher),
            Self::Float(value) => value.to_bits().hash(hasher),
            Self::String(text) => text.hash(hasher),
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
            Self::Large(value) => write!(f, "{value}"),
            // `{:?}` keeps the point or the exponent, so that a float stays one.
            Self::Float(value) => write!(f, "{value:?}"),
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

/// Parses JSON whose comments have been blanked, of no more than `left` values, which it takes from that.
pub(crate) fn parse(text: &str, left: &mut usize) -> Result<Json, JsonError> {
    let values = Cell::new(*left);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Value(&values)
        .deserialize(&mut deserializer)
        .and_then(|json| deserializer.end().map(|()| json));
    *left = values.get();
    parsed.map_err(|error| {
        let line_start = match error.line() {
            0 | 1 => 0,
            line => text.match_indices('\n').nth(line - 2).map_or(0, |(newline, _)| newline + 1),
        };
        let message = error.to_string();
        // The position is told by the label.
        let message = match message.split(" at line ").next().unwrap_or_default() {
            "recursion limit exceeded" => "it nests deeper than 127 levels".to_owned(),
            other => other.to_owned(),
        };
        JsonError {
            message,
            at: (line_start + error.column()).saturating_sub(1),
        }
    })
}

/// A value, with how many more there may be.
#[derive(Clone, Copy)]
struct Value<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        let Some(left) = self.0.get().checked_sub(1) else {
            return Err(D::Error::custom(TOO_MANY));
        };
        self.0.set(left);
        deserializer.deserialize_any(self)
    }
}

/// What is said where there are more values than may be.
pub(crate) const TOO_MANY: &str = "the schemas have more values than are taken";

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(i64::try_from(value).map_or(Json::Large(value), Json::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        let mut keys = std::collections::HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if !keys.insert(key.clone()) {
                return Err(A::Error::custom(format_args!(
                    "the key {} stands twice in one object",
                    quoted(&key)
                )));
            }
            object.push((key, entries.next_value_seed(self)?));
        }
        if let [(key, Json::String(text))] = &object[..]
            && key == NUMBER
            && let Some(number) = number(text)
        {
            // It is one value, and not two.
            self.0.set(self.0.get() + 1);
            return number.ok_or_else(|| A::Error::custom("number out of range"));
        }
        Ok(Json::Object(object))
    }
}

/// As what serde_json gives numbers where any crate of the build, of the user's or of theirs, turns its `arbitrary_precision` on.
const NUMBER: &str = "$serde_json::private::Number";

/// The number that a text spells in JSON, if it does; `None` within where a double does not hold it.
fn number(text: &str) -> Option<Option<Json>> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number =
        digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let double = text.parse::<f64>().ok().filter(|_| is_number)?;
    let whole = || match text.parse::<i64>() {
        Ok(0) if text.starts_with('-') => None,
        Ok(number) => Some(Json::Int(number)),
        Err(_) => text.parse().ok().map(Json::Large),
    };
    Some(whole().or_else(|| double.is_finite().then_some(Json::Float(double))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Json, JsonError> {
        super::parse(text, &mut 1_000)
    }

    #[test]
    fn order_and_numbers_are_kept() {
        let text =
            r#"{"b":1,"a":[1.0,-0.5,0.21659939713061338,9223372036854775807,18446744073709551615,"\u0001\"é"],"c":{"x":null,"y":true}}"#;
        assert_eq!(parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn a_number_is_the_nearest_of_64_bits() {
        let mut bits = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..2_000 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let number = f64::from_bits(bits);
            if number.is_finite() {
                assert_eq!(parse(&format!("{number:?}")).unwrap(), Json::Float(number));
            }
        }
    }

    /// Features of crates are those of the whole build.
    #[test]
    fn numbers_are_the_same_with_arbitrary_precision() {
        for text in [
            "1",
            "-7",
            "0",
            "-0",
            "1.5",
            "1.0",
            "-2.5e-300",
            "1E5",
            "9223372036854775808",
            "18446744073709551616",
            "1e-999",
        ] {
            let precise = parse(&format!("[{{\"{NUMBER}\":\"{text}\"}}]")).unwrap();
            assert_eq!(precise.to_string(), parse(&format!("[{text}]")).unwrap().to_string());
        }
        assert!(parse(&format!("{{\"{NUMBER}\":\"1e999\"}}")).is_err());
        for other in ["", "x", "NaN", "inf", "infinity", "0x1", "--1", ".5"] {
            let text = format!("{{\"{NUMBER}\":\"{other}\"}}");
            assert_eq!(parse(&text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let error = parse(&"[".repeat(100_000)).unwrap_err();
        assert_eq!((error.message.as_str(), error.at), ("it nests deeper than 127 levels", 127));
        assert!(parse(&format!("{}{}", "[".repeat(127), "]".repeat(127))).is_ok());
    }

    #[test]
    fn values_are_counted() {
        let mut left = 10;
        assert!(super::parse(r#"[1, {"a": [null]}]"#, &mut left).is_ok());
        assert_eq!(left, 5);
        let error = super::parse("[1, 2, 3, 4, 5]", &mut left).unwrap_err();
        assert_eq!((error.message.as_str(), left), (TOO_MANY, 0));
    }

    #[test]
    fn a_hash_is_of_all_that_is_said() {
        let hash = |text: &str| parse(text).unwrap().hash();
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

    #[test]
    fn an_error_knows_its_byte() {
        assert_eq!(parse("{\n  \"a\": tru\n}").unwrap_err().at, 12);
    }
}
