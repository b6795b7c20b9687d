//! From JSON to bytes.
//!
//! serde_json reads the text piece by piece, led by the schema.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde_core::Deserialize as _;
use serde_core::de::{DeserializeSeed as _, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::error::{JsonError, Kind};
use crate::codec::Limits;
use crate::shape::{Key, Names, Node, NullVisitor, Plan, Reading, Segment, Style, Union, shown};

pub(super) fn avro(plan: &Plan, json: &str, limits: Limits) -> Result<Vec<u8>, JsonError> {
    let mut reading = Reading::new(plan, Json { text: json, at: None }, limits);
    reading.avro.reserve((json.len() / 2).min(limits.memory));
    let mut text = serde_json::Deserializer::from_str(json);
    // Ours is that of the bytes, and minds the stack.
    text.disable_recursion_limit();
    let read = reading.seed(plan.root()).deserialize(&mut text).and_then(|()| text.end());
    match read {
        Ok(()) => Ok(reading.avro),
        Err(error) => Err(failed(reading, &error)),
    }
}

/// Avro's JSON encoding, of a text.
struct Json<'de> {
    text: &'de str,
    /// Where what failed stands, as far as that is known better than where reading stopped.
    at: Option<usize>,
}

fn failed(reading: Reading<'_, Json<'_>>, error: &serde_json::Error) -> JsonError {
    let Reading { style, path, failure, .. } = reading;
    let stopped = (error.line() > 0).then(|| (error.line(), error.column().max(1)));
    match failure {
        Some(failure) => JsonError::at(
            Kind::Unfit(failure),
            path,
            style.at.map(|offset| place(style.text, offset)).or(stopped),
        ),
        None => {
            // Its place is said apart.
            let message = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
            JsonError::at(Kind::Text(message), path, stopped)
        }
    }
}

impl<'de> Reading<'_, Json<'de>> {
    /// The error of a value that stands at a place of the text.
    #[cold]
    fn unfit_at<E: Error>(&mut self, value: &'de str, message: String, help: &'static str) -> E {
        // The value is a part of the text.
        self.style.at = Some(value.as_ptr().addr() - self.style.text.as_ptr().addr());
        self.unfit(message, help)
    }

    /// A whole number, however it is spelled.
    fn integer<E: Error>(&mut self, value: &'de str, ty: &str, range: Range<i128>) -> Result<(), E> {
        match whole(value) {
            Some(number) if range.contains(&number) => {
                self.varint(number as i64);
                Ok(())
            }
            Some(_) => {
                let message = format!("{} is beyond {ty}s", shown(value));
                Err(self.unfit_at(value, message, "write a number that the schema's type holds"))
            }
            None => {
                let message = format!("{} is no {ty}", shown(value));
                Err(self.unfit_at(value, message, "write a whole number"))
            }
        }
    }

    /// A number, or one of the three words for what is none.
    fn float<E: Error, F: std::str::FromStr>(
        &mut self,
        value: &'de str,
        ty: &str,
        words: [F; 3],
        is_finite: fn(&F) -> bool,
    ) -> Result<F, E> {
        let [nan, infinity, minus_infinity] = words;
        match text(value).as_deref() {
            Some("NaN") => Ok(nan),
            Some("Infinity") => Ok(infinity),
            Some("-Infinity") => Ok(minus_infinity),
            // Rust's own reading, which is exact, takes all that JSON calls a number.
            _ if is_number(value) => match value.parse().ok().filter(is_finite) {
                Some(number) => Ok(number),
                None => {
                    let message = format!("{} is beyond {ty}s", shown(value));
                    Err(self.unfit_at(
                        value,
                        message,
                        "write a number that the schema's type holds, or \"Infinity\" or \"-Infinity\"",
                    ))
                }
            },
            _ => {
                let message = format!("{} is no {ty}", shown(value));
                Err(self.unfit_at(value, message, "write a number, \"NaN\", \"Infinity\" or \"-Infinity\""))
            }
        }
    }
}

/// The line and column of an offset.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    (line, column)
}

/// The whole number that is spelled: exactly, also with a point or an exponent, as Java takes it; beyond all ranges, where it is beyond 64 bits.
fn whole(json: &str) -> Option<i128> {
    if !is_number(json) {
        return None;
    }
    let (mantissa, exponent) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
    let (before, behind) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{}{behind}", before.trim_start_matches('-'));
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // How many zeros stand behind the significant digits; what 64 bits do not hold has no meaning but its sign.
    let exponent = exponent
        .parse()
        .unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
    let zeros = exponent
        .saturating_add(digits.len() as i64 - significant.len() as i64)
        .saturating_sub(behind.len() as i64);
    let zeros = u32::try_from(zeros.max(-1)).unwrap_or(if zeros < 0 { return None } else { u32::MAX });
    let number = match u32::try_from(significant.len()).unwrap_or(u32::MAX).saturating_add(zeros) {
        ..=20 => significant.parse::<i128>().ok()? * 10_i128.pow(zeros),
        _ => i128::MAX,
    };
    Some(if json.starts_with('-') { -number } else { number })
}

/// What is JSON as text, if it is one, however that is spelled.
fn text(json: &str) -> Option<Cow<'_, str>> {
    let within = json.strip_prefix('"')?.strip_suffix('"')?;
    if within.contains('\\') {
        serde_json::from_str(json).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(within))
    }
}

/// Whether what is JSON is a number.
fn is_number(json: &str) -> bool {
    json.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

impl<'p, 'de> Style<'p, 'de> for Json<'de> {
    const IS_LENIENT: bool = false;

    fn leaf<D: Deserializer<'de>>(reading: &mut Reading<'p, Self>, node: &'p Node, text: D) -> Result<(), D::Error> {
        match node.plain() {
            Node::Boolean => {
                let value = bool::deserialize(text)?;
                reading.avro.push(u8::from(value));
                Ok(())
            }
            Node::Int => {
                let value = <&RawValue>::deserialize(text)?.get();
                reading.integer(value, "int", i32::MIN.into()..i128::from(i32::MAX) + 1)
            }
            Node::Long => {
                let value = <&RawValue>::deserialize(text)?.get();
                reading.integer(value, "long", i64::MIN.into()..i128::from(i64::MAX) + 1)
            }
            Node::Float => {
                let value = <&RawValue>::deserialize(text)?.get();
                let words = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
                let value = reading.float(value, "float", words, |value| value.is_finite())?;
                reading.avro.extend(value.to_le_bytes());
                Ok(())
            }
            Node::Double => {
                let value = <&RawValue>::deserialize(text)?.get();
                let words = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
                let value = reading.float(value, "double", words, |value| value.is_finite())?;
                reading.avro.extend(value.to_le_bytes());
                Ok(())
            }
            Node::Bytes => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::Bytes,
            }),
            Node::String => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::String,
            }),
            Node::Fixed(size, _) => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::Fixed(*size),
            }),
            Node::Enum(symbols) => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::Enum(symbols),
            }),
            // What is made of others is no leaf.
            _ => text.deserialize_unit(NullVisitor),
        }
    }

    fn union<D: Deserializer<'de>>(reading: &mut Reading<'p, Self>, union: &'p Union, text: D) -> Result<(), D::Error> {
        text.deserialize_option(UnionVisitor { reading, union })
    }
}

/// What a text is.
enum TextOf<'p> {
    Bytes,
    String,
    Fixed(usize),
    Enum(&'p Names),
}

struct TextVisitor<'r, 'p, 'de> {
    reading: &'r mut Reading<'p, Json<'de>>,
    of: TextOf<'r>,
}

impl Visitor<'_> for TextVisitor<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            TextOf::Bytes => f.write_str("a text of code points up to U+00FF, each a byte"),
            TextOf::String => f.write_str("a text"),
            TextOf::Fixed(size) => write!(f, "a text of {size} code points up to U+00FF, each a byte"),
            TextOf::Enum(_) => f.write_str("a symbol of the enum, as text"),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let Self { reading, of } = self;
        match of {
            TextOf::String => {
                reading.prefixed(text.as_bytes());
                return Ok(());
            }
            TextOf::Enum(symbols) => return reading.symbol(symbols, text),
            TextOf::Bytes | TextOf::Fixed(_) => {}
        }
        let length = text.chars().count();
        if let Some(beyond) = text.chars().find(|character| u32::from(*character) > 0xff) {
            let message = format!("U+{:04X} is no byte", u32::from(beyond));
            return Err(reading.unfit(message, "write a code point up to U+00FF for each byte, its number"));
        }
        match of {
            TextOf::Fixed(size) if length != size => {
                let message = format!("{length} bytes, where the fixed has {size}");
                return Err(reading.unfit(message, "write a code point up to U+00FF for each byte"));
            }
            TextOf::Fixed(_) => {}
            _ => reading.varint(length as i64),
        }
        reading.avro.extend(text.chars().map(|character| character as u8));
        Ok(())
    }
}

struct UnionVisitor<'r, 'p, 'de> {
    reading: &'r mut Reading<'p, Json<'de>>,
    union: &'r Union,
}

impl<'de> Visitor<'de> for UnionVisitor<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a union: ")?;
        let mut separator = "";
        for (place, name) in self.union.names.list().iter().enumerate() {
            f.write_str(separator)?;
            separator = " or ";
            if self.union.null == Some(place) {
                f.write_str("null")?;
            } else {
                write!(f, "{{\"{name}\": …}}")?;
            }
        }
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.reading.null(self.union)
    }

    fn visit_some<D: Deserializer<'de>>(self, text: D) -> Result<(), D::Error> {
        text.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { reading, union } = self;
        let Some(name) = entries.next_key_seed(Key)? else {
            return Err(reading.unfit(
                "an empty object, where a union's value is".to_owned(),
                "give it one key, the branch's name",
            ));
        };
        let place = reading.branch(union, &name)?;
        reading.varint(place as i64);
        let read = entries.next_value_seed(reading.seed(union.branches[place]));
        reading.step(read, || Segment::Key(name.into_owned()))?;
        match entries.next_key_seed(Key)? {
            None => Ok(()),
            Some(second) => {
                let message = format!("a second key, {}, where a union's value is", shown(&second));
                Err(reading.unfit(message, "give it one key, the branch's name"))
            }
        }
    }
}
