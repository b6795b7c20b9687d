//! From what a deserializer reads to bytes, led by the schema.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, EnumAccess, Error, SeqAccess, VariantAccess, Visitor};
use serde_core::{Deserialize as _, de};

use super::scalar::{double, fixed_text, float, logical};
use crate::codec::Limits;
use crate::shape::{Names, Node, NullVisitor, Plan, Reading, Record, Segment, Style, Union, pointer, shown};

pub(super) fn value<'de, D: Deserializer<'de>>(plan: &'static Plan, limits: Limits, from: D) -> Result<Vec<u8>, D::Error> {
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

pub(super) struct Serde {
    /// Whether people read the format, so that logical types are text.
    pub(super) is_text: bool,
}

pub(super) type In<'r> = &'r mut Reading<'static, Serde>;

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
                let value = float(reading, from)?;
                reading.avro.extend(value.to_le_bytes());
            }
            Node::Double => {
                let value = if is_text { double(reading, from)? } else { f64::deserialize(from)? };
                reading.avro.extend(value.to_le_bytes());
            }
            Node::Bytes => {
                let bytes = bytes(reading, from)?;
                reading.prefixed(&bytes);
            }
            Node::String => from.deserialize_str(TextVisitor { reading })?,
            Node::Fixed(size, meaning) => {
                let bytes = match meaning.filter(|_| is_text) {
                    Some(meaning) => fixed_text(reading, meaning, *size, from)?,
                    None => bytes(reading, from)?.into_owned(),
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

pub(super) struct TextVisitor<'r> {
    pub(super) reading: In<'r>,
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

/// Bytes, which text is not in formats that people read: it may be their UTF-8, their code points or their base64.
pub(super) fn bytes<'de, D: Deserializer<'de>>(reading: In<'_>, from: D) -> Result<Cow<'de, [u8]>, D::Error> {
    if reading.style.is_text {
        // Asked for bytes, serde_json has a text's UTF-8 for them.
        from.deserialize_any(BytesVisitor { reading })
    } else {
        from.deserialize_bytes(BytesVisitor { reading })
    }
}

struct BytesVisitor<'r> {
    reading: In<'r>,
}

impl<'de> Visitor<'de> for BytesVisitor<'_> {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let message = format!("the text {}, where bytes are", shown(text));
        Err(self.reading.unfit(message, "write an array of numbers, one of each byte"))
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
