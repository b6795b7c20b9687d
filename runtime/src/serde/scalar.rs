//! What is text in formats that people read: numbers that are none, and logical types.

use std::borrow::Cow;
use std::fmt;

use kafka_event_codegen::model::{FixedLogical, Logical};
use serde_core::de::{Deserialize as _, Deserializer, Error, MapAccess, Unexpected, Visitor};

use super::read::{In, TextVisitor, bytes};
use super::time;
use crate::codec::Writer;
use crate::codec::decimal::write_scaled;
use crate::logical::{BigDecimal, DecimalError, unscaled};
use crate::shape::{Key, shown};

/// What stands where text or a number may.
enum Scalar<'de> {
    Text(Cow<'de, str>),
    Int(i64),
    Single(f32),
    Float(f64),
}

struct ScalarVisitor(&'static str);

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Scalar::Float(number as f64), Scalar::Int))
    }

    fn visit_f32<E>(self, number: f32) -> Result<Self::Value, E> {
        Ok(Scalar::Single(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Float(number))
    }

    /// A number of serde_json's, where some crate of the build has turned `arbitrary_precision` on: an object with one key.
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let number = match entries.next_key::<Cow<'de, str>>()? {
            Some(key) if key == "$serde_json::private::Number" => entries.next_value::<String>()?,
            _ => return Err(Error::invalid_type(Unexpected::Map, &self)),
        };
        if let Ok(number) = number.parse() {
            return Ok(Scalar::Int(number));
        }
        match number.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Scalar::Float(number)),
            _ => Err(Error::custom("number out of range")),
        }
    }
}

/// The most bytes of a decimal that is text: digits of a number take the square of their count in time.
pub(super) const DECIMAL_BYTES: usize = 4 << 10;

/// As many digits as these have at the most.
pub(super) const DECIMAL_DIGITS: u32 = 9_864;

pub(super) fn float<'de, D: Deserializer<'de>>(reading: In<'_>, from: D) -> Result<f32, D::Error> {
    let visitor = ScalarVisitor("a number");
    let scalar = if reading.style.is_text {
        from.deserialize_any(visitor)?
    } else {
        from.deserialize_f32(visitor)?
    };
    match scalar {
        Scalar::Single(number) => Ok(number),
        Scalar::Int(number) => Ok(number as f32),
        Scalar::Float(number) => narrow(number).ok_or_else(|| {
            reading.unfit(
                format!("{number:e} is beyond floats"),
                "write a number that the schema's type holds, or \"Infinity\" or \"-Infinity\"",
            )
        }),
        // Exactly one of the three.
        Scalar::Text(text) => word(reading, &text).map(|word| word as f32),
    }
}

pub(super) fn double<'de, D: Deserializer<'de>>(reading: In<'_>, from: D) -> Result<f64, D::Error> {
    match from.deserialize_any(ScalarVisitor("a number"))? {
        Scalar::Single(number) => Ok(number.into()),
        Scalar::Float(number) => Ok(number),
        Scalar::Int(number) => Ok(number as f64),
        Scalar::Text(text) => word(reading, &text),
    }
}

/// What is written of a number that is none.
fn word<E: Error>(reading: In<'_>, text: &str) -> Result<f64, E> {
    match text {
        "NaN" => Ok(f64::NAN),
        "Infinity" => Ok(f64::INFINITY),
        "-Infinity" => Ok(f64::NEG_INFINITY),
        other => Err(reading.unfit(
            format!("{} is no number", shown(other)),
            "write a number, \"NaN\", \"Infinity\" or \"-Infinity\"",
        )),
    }
}

/// The float of a text that was read as a double; `None` where it is beyond floats.
pub(super) fn narrow(number: f64) -> Option<f32> {
    let near = number as f32;
    if near.is_infinite() && number.is_finite() {
        return None;
    }
    let back = f64::from(near);
    if back == number || number.is_nan() {
        return Some(near);
    }
    // Between two floats the text was rounded once already, maybe away from the nearer one. Where it is the shortest of one, it is that.
    let other = if back < number { near.next_up() } else { near.next_down() };
    let is_midway = number - back == f64::from(other) - number;
    let is_its_text = is_midway && format!("{other:e}").parse() == Ok(number);
    Some(if is_its_text { other } else { near })
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    from.deserialize_str(Key)
}

pub(super) fn fixed_text<'de, D: Deserializer<'de>>(
    reading: In<'_>,
    meaning: FixedLogical,
    size: usize,
    from: D,
) -> Result<Vec<u8>, D::Error> {
    let text = text(from)?;
    let refused = |what| format!("{} is no {what}", shown(&text));
    match meaning {
        FixedLogical::Uuid => match uuid::Uuid::try_parse(&text) {
            Ok(uuid) => Ok(uuid.as_bytes().to_vec()),
            Err(_) => Err(reading.unfit(refused("UUID"), "write its 36 characters")),
        },
        FixedLogical::Duration => match time::parse_duration(&text) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(reading.unfit(refused("duration"), "write months, days and seconds, as in P1M2DT3.004S")),
        },
        FixedLogical::Decimal { precision, scale } => {
            let bytes = decimal(reading, &text, precision, scale)?;
            if bytes.len() > size {
                let message = format!("{} has more than the {size} bytes of its fixed", shown(&text));
                return Err(reading.unfit(message, "write a number that the schema's type holds"));
            }
            let fill = if bytes.first().is_some_and(|first| *first >= 0x80) {
                0xff
            } else {
                0
            };
            Ok([vec![fill; size - bytes.len()], bytes].concat())
        }
    }
}

/// How many digits a number's text has, without what its exponent stands for and zeros before the first.
fn digits(text: &str) -> usize {
    let written = text.trim_start_matches(['-', '+', '0', '.']).split(['e', 'E']).next();
    written.unwrap_or_default().bytes().filter(u8::is_ascii_digit).count()
}

/// The bytes of a decimal's text. One that was read from bytes may have more digits than its precision, and is written with all of them: as many
/// as a text has are read. Zeros that only its exponent stands for are held to the precision.
fn decimal<E: Error>(reading: In<'_>, text: &str, precision: u32, scale: u32) -> Result<Vec<u8>, E> {
    // Behind the point there may be fewer than the scale.
    let written = u32::try_from(digits(text)).unwrap_or(u32::MAX).saturating_add(scale);
    unscaled(text, precision.max(written).min(DECIMAL_DIGITS), scale)
        .map(|number| number.to_be_bytes())
        .map_err(|error| {
            let error = match error {
                DecimalError::Precision { .. } => DecimalError::Precision {
                    precision: precision.min(DECIMAL_DIGITS),
                },
                other => other,
            };
            let message = format!("{} is no decimal with {scale} digits behind the point: {error}", shown(text));
            reading.unfit(message, "write it as text, as in \"-12.50\"")
        })
}

pub(super) fn logical<'de, D: Deserializer<'de>>(reading: In<'_>, meaning: Logical, from: D) -> Result<(), D::Error> {
    let is_text = reading.style.is_text;
    match meaning {
        Logical::Uuid => from.deserialize_str(TextVisitor { reading }),
        Logical::Decimal { precision, scale } if is_text => {
            let text = text(from)?;
            let bytes = decimal(reading, &text, precision, scale)?;
            reading.prefixed(&bytes);
            Ok(())
        }
        Logical::BigDecimal if is_text => {
            let text = text(from)?;
            if digits(&text) > DECIMAL_DIGITS as usize {
                let message = format!("{} has more than {DECIMAL_DIGITS} digits", shown(&text));
                return Err(reading.unfit(message, "write fewer: longer decimals have no text"));
            }
            match text.parse::<BigDecimal>() {
                Ok(number) => {
                    big_decimal(&mut reading.avro, &number);
                    Ok(())
                }
                Err(error) => Err(reading.unfit(
                    format!("{} is no decimal: {error}", shown(&text)),
                    "write it as text, as in \"-12.50\"",
                )),
            }
        }
        Logical::Decimal { .. } | Logical::BigDecimal => {
            let bytes = bytes(reading, from)?;
            reading.prefixed(&bytes);
            Ok(())
        }
        counted => {
            let number = if is_text {
                counted_text(reading, counted, from)?
            } else {
                i64::deserialize(from)?
            };
            let is_int = matches!(counted, Logical::Date | Logical::TimeMillis);
            if is_int && i32::try_from(number).is_err() {
                return Err(reading.unfit(format!("{number} is beyond 32 bits"), "write a number that the schema's type holds"));
            }
            reading.varint(number);
            Ok(())
        }
    }
}

fn counted_text<'de, D: Deserializer<'de>>(reading: In<'_>, meaning: Logical, from: D) -> Result<i64, D::Error> {
    let name = meaning.avro_name();
    match from.deserialize_any(ScalarVisitor("a date or a time as text, or its number"))? {
        Scalar::Int(number) => Ok(number),
        Scalar::Text(text) => time::parse(meaning, &text).ok_or_else(|| {
            let example = time::text(meaning, 0).unwrap_or_default();
            let message = format!("{} is no {name} as in `{example}`, or finer than its unit", shown(&text));
            reading.unfit(message, "write it so, or as the number that it is")
        }),
        Scalar::Single(number) => Err(no_count(reading, number, name)),
        Scalar::Float(number) => Err(no_count(reading, number, name)),
    }
}

fn no_count<E: Error>(reading: In<'_>, number: impl fmt::Display, name: &str) -> E {
    reading.unfit(format!("{number} is no {name}"), "write text, or a whole number")
}

fn big_decimal(avro: &mut Vec<u8>, number: &BigDecimal) {
    let mut writer = Writer::new(avro, number.unscaled.size_bound());
    number.unscaled.with_bytes(|bytes| write_scaled(&mut writer, bytes, number.scale));
    writer.finish().expect("nothing here is refused");
}
