//! From what a deserializer reads to bytes, led by the schema.

use std::borrow::Cow;
use std::fmt;

use kafka_event_codegen::model::{FixedLogical, Logical};
use serde_core::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_core::{Deserialize as _, de};

use super::time;
use crate::codec::Limits;
use crate::codec::Writer;
use crate::codec::decimal::write_scaled;
use crate::logical::{BigDecimal, unscaled};
use crate::shape::{Key, Names, Node, Plan, Reading, Record, Segment, Style, Union, pointer, shown};

pub(super) fn value<'de, D: Deserializer<'de>>(plan: &'static Plan, from: D) -> Result<Vec<u8>, D::Error> {
    // What is read is as large as it is: memory is charged for defaults alone.
    let limits = Limits {
        depth: u32::MAX,
        ..Limits::DEFAULT
    };
    let style = Serde {
        is_text: from.is_human_readable(),
    };
    let mut reading = Reading::new(plan, style, limits);
    match reading.seed(plan.root()).deserialize(from) {
        Ok(()) => Ok(reading.avro),
        // What the format itself refuses stays as it is; it knows best where that was.
        Err(error) if reading.failure.is_none() || reading.path.is_empty() => Err(error),
        Err(error) => Err(D::Error::custom(format_args!("{}: {error}", pointer(&reading.path)))),
    }
}

struct Serde {
    /// Whether people read the format, so that logical types are text.
    is_text: bool,
}

type In<'r> = &'r mut Reading<'static, Serde>;

impl<'de> Style<'static, 'de> for Serde {
    const IS_LENIENT: bool = true;

    fn leaf<D: Deserializer<'de>>(reading: In<'_>, node: &'static Node, from: D) -> Result<(), D::Error> {
        let is_text = reading.style.is_text;
        match node {
            Node::Boolean => {
                let value = bool::deserialize(from)?;
                reading.avro.push(u8::from(value));
            }
            Node::Int => {
                let value = i32::deserialize(from)?;
                reading.varint(value.into());
            }
            Node::Long => {
                let value = i64::deserialize(from)?;
                reading.varint(value);
            }
            Node::Float => {
                let value = if is_text {
                    float(reading, from)? as f32
                } else {
                    f32::deserialize(from)?
                };
                reading.avro.extend(value.to_le_bytes());
            }
            Node::Double => {
                let value = if is_text { float(reading, from)? } else { f64::deserialize(from)? };
                reading.avro.extend(value.to_le_bytes());
            }
            Node::Bytes => {
                let bytes = from.deserialize_bytes(BytesVisitor)?;
                reading.prefixed(&bytes);
            }
            Node::String => from.deserialize_str(TextVisitor { reading })?,
            Node::Fixed(size, meaning) => {
                let bytes = match meaning.filter(|_| is_text) {
                    Some(meaning) => fixed_text(reading, meaning, *size, from)?,
                    None => from.deserialize_bytes(BytesVisitor)?.into_owned(),
                };
                if bytes.len() != *size {
                    let message = format!("{} bytes, where the fixed has {size}", bytes.len());
                    return Err(reading.unfit(message, "give as many as the schema says"));
                }
                reading.avro.extend(bytes);
            }
            Node::Logical(meaning) => logical(reading, *meaning, from)?,
            Node::Enum(symbols) => from.deserialize_enum("", symbols.whole(), SymbolVisitor { reading, symbols })?,
            // What is made of others is no leaf.
            _ => from.deserialize_unit(NullVisitor)?,
        }
        Ok(())
    }

    fn union<D: Deserializer<'de>>(reading: In<'_>, union: &'static Union, from: D) -> Result<(), D::Error> {
        if union.null.is_some() {
            from.deserialize_option(OptionVisitor { reading, union })
        } else {
            from.deserialize_enum("", union.names.whole(), BranchVisitor { reading, union })
        }
    }

    fn names(record: &'static Record) -> (&'static str, &'static [&'static str]) {
        (record.name(), record.names.whole())
    }
}

struct NullVisitor;

impl Visitor<'_> for NullVisitor {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

struct TextVisitor<'r> {
    reading: In<'r>,
}

impl Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.reading.prefixed(text.as_bytes());
        Ok(())
    }
}

struct BytesVisitor;

impl<'de> Visitor<'de> for BytesVisitor {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(bytes))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(bytes.to_owned()))
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Self::Value, E> {
        Ok(Cow::Owned(bytes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = items.next_element::<u8>()? {
            bytes.push(byte);
        }
        Ok(Cow::Owned(bytes))
    }
}

/// The name of a variant, or its place.
struct Variant<'p> {
    names: &'p Names,
}

impl<'de> DeserializeSeed<'de> for Variant<'_> {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Variant<'_> {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.names.listed())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_u64<E: Error>(self, place: u64) -> Result<Self::Value, E> {
        match usize::try_from(place).ok().and_then(|place| self.names.list().get(place)) {
            Some(name) => Ok(Cow::Owned(name.to_string())),
            None => Err(E::invalid_value(de::Unexpected::Unsigned(place), &self)),
        }
    }
}

struct SymbolVisitor<'r> {
    reading: In<'r>,
    symbols: &'static Names,
}

impl<'de> Visitor<'de> for SymbolVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.symbols.listed())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let (symbol, rest) = access.variant_seed(Variant { names: self.symbols })?;
        rest.unit_variant()?;
        self.reading.symbol(self.symbols, &symbol)
    }
}

struct OptionVisitor<'r> {
    reading: In<'r>,
    union: &'static Union,
}

impl<'de> Visitor<'de> for OptionVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "null or one of {}", self.union.names.listed())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.reading.null(self.union)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let Self { reading, union } = self;
        let other = (0..union.branches.len()).find(|place| union.null != Some(*place));
        match other.filter(|_| union.is_optional) {
            Some(place) => {
                reading.varint(place as i64);
                reading.seed(union.branches[place]).deserialize(from)
            }
            None => from.deserialize_enum("", union.names.whole(), BranchVisitor { reading, union }),
        }
    }
}

struct BranchVisitor<'r> {
    reading: In<'r>,
    union: &'static Union,
}

impl<'de> Visitor<'de> for BranchVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.union.names.listed())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let Self { reading, union } = self;
        let (name, value) = access.variant_seed(Variant { names: &union.names })?;
        let place = reading.branch(union, &name)?;
        reading.varint(place as i64);
        let read = value.newtype_variant_seed(reading.seed(union.branches[place]));
        reading.step(read, || Segment::Key(name.into_owned()))
    }
}

/// What stands where text or a number may.
enum Scalar<'de> {
    Text(Cow<'de, str>),
    Int(i64),
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

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Float(number))
    }

    /// A number of serde_json's, where some crate of the build has turned `arbitrary_precision` on: an object with one key.
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let number = match entries.next_key::<Cow<'de, str>>()? {
            Some(key) if key == "$serde_json::private::Number" => entries.next_value::<String>()?,
            _ => return Err(Error::invalid_type(de::Unexpected::Map, &self)),
        };
        if let Ok(number) = number.parse() {
            return Ok(Scalar::Int(number));
        }
        number.parse().map(Scalar::Float).map_err(Error::custom)
    }
}

fn float<'de, D: Deserializer<'de>>(reading: In<'_>, from: D) -> Result<f64, D::Error> {
    match from.deserialize_any(ScalarVisitor("a number"))? {
        Scalar::Float(number) => Ok(number),
        Scalar::Int(number) => Ok(number as f64),
        Scalar::Text(text) => match &*text {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            other => Err(reading.unfit(
                format!("{} is no number", shown(other)),
                "write a number, \"NaN\", \"Infinity\" or \"-Infinity\"",
            )),
        },
    }
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    from.deserialize_str(Key)
}

fn fixed_text<'de, D: Deserializer<'de>>(reading: In<'_>, meaning: FixedLogical, size: usize, from: D) -> Result<Vec<u8>, D::Error> {
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
            let fill = if bytes.first().is_some_and(|first| *first >= 0x80) {
                0xff
            } else {
                0
            };
            Ok([vec![fill; size.saturating_sub(bytes.len())], bytes].concat())
        }
    }
}

fn decimal<E: Error>(reading: In<'_>, text: &str, precision: u32, scale: u32) -> Result<Vec<u8>, E> {
    unscaled(text, precision, scale)
        .map(|number| number.to_be_bytes())
        .map_err(|error| {
            let message = format!(
                "{} is no decimal of {precision} digits with {scale} behind the point: {error}",
                shown(text)
            );
            reading.unfit(message, "write it as text, as in \"-12.50\"")
        })
}

fn logical<'de, D: Deserializer<'de>>(reading: In<'_>, meaning: Logical, from: D) -> Result<(), D::Error> {
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
            let bytes = from.deserialize_bytes(BytesVisitor)?;
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
        Scalar::Float(number) => Err(reading.unfit(format!("{number} is no {name}"), "write text, or a whole number")),
    }
}

fn big_decimal(avro: &mut Vec<u8>, number: &BigDecimal) {
    let mut writer = Writer::new(avro, number.unscaled.size_bound());
    number.unscaled.with_bytes(|bytes| write_scaled(&mut writer, bytes, number.scale));
    writer.finish().expect("nothing here is refused");
}
