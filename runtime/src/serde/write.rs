//! From bytes to what a serializer writes, led by the schema.

use std::cell::RefCell;

use kafka_event_codegen::model::{FixedLogical, Logical};
use serde_core::ser::{Error, SerializeMap as _, SerializeSeq as _, SerializeStruct as _};
use serde_core::{Serialize, Serializer};

use super::scalar::DECIMAL_BYTES;
use super::{WITHOUT_BOUND, time};
use crate::codec::decimal::read_scaled;
use crate::codec::{Budget, DecodeError, Reader};
use crate::logical::{self, BigDecimal, BigInt};
use crate::shape::{Node, NodeId, Plan, Union};

pub(super) fn value<S: Serializer>(plan: &'static Plan, bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    let writing = Writing {
        plan,
        reader: RefCell::new(Reader::new(bytes, WITHOUT_BOUND)),
        budget: RefCell::new(Budget::new(WITHOUT_BOUND)),
    };
    let part = Part {
        writing: &writing,
        node: plan.root(),
    };
    part.serialize(to)
}

/// What is written, part by part: each part reads its own bytes when its turn comes.
struct Writing<'de> {
    plan: &'static Plan,
    reader: RefCell<Reader<'de>>,
    /// Values nest as deep as they do, on a stack that has an end.
    budget: RefCell<Budget>,
}

impl<'de> Writing<'de> {
    fn read<T, E: Error>(&self, read: impl FnOnce(&mut Reader<'de>) -> Result<T, DecodeError>) -> Result<T, E> {
        read(&mut self.reader.borrow_mut()).map_err(E::custom)
    }

    fn part(&self, node: NodeId) -> Part<'_, 'de> {
        Part { writing: self, node }
    }

    /// How many items a collection has.
    fn count<E: Error>(&self) -> Result<usize, E> {
        self.read(Reader::length)
    }

    /// The end of a collection, which has one block as our codec writes it.
    fn end<E: Error>(&self, count: usize) -> Result<(), E> {
        if count > 0 && self.count::<E>()? > 0 {
            return Err(E::custom("a type of one's own has written a collection in several blocks"));
        }
        Ok(())
    }
}

struct Part<'w, 'de> {
    writing: &'w Writing<'de>,
    node: NodeId,
}

impl Serialize for Part<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let writing = self.writing;
        if !writing.budget.borrow_mut().has_stack() {
            return Err(S::Error::custom("nested deeper than the stack"));
        }
        match writing.plan.node(self.node) {
            Node::Null => to.serialize_unit(),
            Node::Boolean => to.serialize_bool(writing.read(Reader::array::<1>)?[0] != 0),
            Node::Int => to.serialize_i32(int(writing)?),
            Node::Long => to.serialize_i64(writing.read(Reader::varint)?),
            Node::Float => {
                let number = f32::from_le_bytes(*writing.read(Reader::array)?);
                match word(f64::from(number)).filter(|_| to.is_human_readable()) {
                    Some(word) => to.serialize_str(word),
                    None => to.serialize_f32(number),
                }
            }
            Node::Double => {
                let number = f64::from_le_bytes(*writing.read(Reader::array)?);
                match word(number).filter(|_| to.is_human_readable()) {
                    Some(word) => to.serialize_str(word),
                    None => to.serialize_f64(number),
                }
            }
            Node::Bytes => to.serialize_bytes(writing.read(Reader::prefixed)?),
            Node::String => to.serialize_str(writing.read(Reader::text)?),
            Node::Fixed(size, meaning) => fixed(writing.read(|reader| reader.raw(*size))?, *meaning, to),
            Node::Logical(meaning) => logical(writing, *meaning, to),
            Node::Enum(symbols) => {
                let index = writing.read(Reader::varint)?;
                match usize::try_from(index)
                    .ok()
                    .and_then(|place| Some((place, symbols.whole().get(place)?)))
                {
                    Some((place, symbol)) => to.serialize_unit_variant("", place as u32, symbol),
                    None => Err(S::Error::custom("an enum of one's own has written a symbol that is none")),
                }
            }
            Node::Array(item) => {
                let count = writing.count()?;
                let mut items = to.serialize_seq(Some(count))?;
                for _ in 0..count {
                    items.serialize_element(&writing.part(*item))?;
                }
                writing.end(count)?;
                items.end()
            }
            Node::Map(value) => {
                let count = writing.count()?;
                let mut entries = to.serialize_map(Some(count))?;
                for _ in 0..count {
                    let key = writing.read(Reader::text)?;
                    entries.serialize_entry(key, &writing.part(*value))?;
                }
                writing.end(count)?;
                entries.end()
            }
            Node::Union(of) => union(writing, of, to),
            Node::Record(record) => {
                let mut fields = to.serialize_struct(record.name(), record.fields.len())?;
                for (name, field) in record.names.whole().iter().zip(&record.fields) {
                    fields.serialize_field(name, &writing.part(*field))?;
                }
                fields.end()
            }
            Node::Nested(inner) => writing.part(*inner).serialize(to),
        }
    }
}

fn int<E: Error>(writing: &Writing<'_>) -> Result<i32, E> {
    let number = writing.read(Reader::varint)?;
    i32::try_from(number).map_err(|_| E::custom("a type of one's own has written an int of more than 32 bits"))
}

/// Text for a number that is none.
fn word(number: f64) -> Option<&'static str> {
    match number {
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        number if number.is_nan() => Some("NaN"),
        _ => None,
    }
}

/// A branch that is not null, with its name around it.
struct Branch<'w, 'de> {
    union: &'static Union,
    place: usize,
    part: Part<'w, 'de>,
}

impl Serialize for Branch<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_newtype_variant("", self.place as u32, self.union.names.whole()[self.place], &self.part)
    }
}

fn union<S: Serializer>(writing: &Writing<'_>, union: &'static Union, to: S) -> Result<S::Ok, S::Error> {
    let index = writing.read(Reader::varint)?;
    let place = usize::try_from(index).ok().filter(|place| *place < union.branches.len());
    let place = place.ok_or_else(|| S::Error::custom("a union of one's own has written a branch that is none"))?;
    if union.null == Some(place) {
        return to.serialize_none();
    }
    let part = writing.part(union.branches[place]);
    if union.is_optional {
        return to.serialize_some(&part);
    }
    let branch = Branch { union, place, part };
    if union.null.is_some() {
        to.serialize_some(&branch)
    } else {
        branch.serialize(to)
    }
}

/// A decimal that is to be text, which takes the square of its length in time.
fn decimal<E: Error>(bytes: &[u8]) -> Result<BigInt, E> {
    let number = BigInt::from_be_bytes(bytes);
    if bytes.len() > DECIMAL_BYTES && number.with_bytes(<[u8]>::len) > DECIMAL_BYTES {
        return Err(E::custom(format_args!("a decimal of more than {DECIMAL_BYTES} bytes has no text")));
    }
    Ok(number)
}

fn fixed<S: Serializer>(bytes: &[u8], meaning: Option<FixedLogical>, to: S) -> Result<S::Ok, S::Error> {
    if !to.is_human_readable() {
        return to.serialize_bytes(bytes);
    }
    match (meaning, bytes) {
        (Some(FixedLogical::Uuid), _) if bytes.len() == 16 => {
            let mut sixteen = [0; 16];
            sixteen.copy_from_slice(bytes);
            to.collect_str(&uuid::Uuid::from_bytes(sixteen))
        }
        (Some(FixedLogical::Duration), _) => match time::duration(bytes) {
            Some(text) => to.serialize_str(&text),
            None => to.serialize_bytes(bytes),
        },
        (Some(FixedLogical::Decimal { scale, .. }), _) => to.serialize_str(&logical::text(&decimal(bytes)?, scale)),
        _ => to.serialize_bytes(bytes),
    }
}

fn logical<S: Serializer>(writing: &Writing<'_>, meaning: Logical, to: S) -> Result<S::Ok, S::Error> {
    let is_text = to.is_human_readable();
    match meaning {
        Logical::Uuid => to.serialize_str(writing.read(Reader::text)?),
        Logical::Decimal { scale, .. } => {
            let bytes = writing.read(Reader::prefixed)?;
            if !is_text {
                return to.serialize_bytes(bytes);
            }
            to.serialize_str(&logical::text(&decimal(bytes)?, scale))
        }
        Logical::BigDecimal if is_text => {
            let (unscaled, scale) = writing.read(read_scaled)?;
            to.collect_str(&BigDecimal::new(decimal(unscaled)?, scale))
        }
        Logical::BigDecimal => to.serialize_bytes(writing.read(Reader::prefixed)?),
        Logical::Date | Logical::TimeMillis => {
            let number = int(writing)?;
            match time::text(meaning, number.into()).filter(|_| is_text) {
                Some(text) => to.serialize_str(&text),
                None => to.serialize_i32(number),
            }
        }
        _ => {
            let number = writing.read(Reader::varint)?;
            match time::text(meaning, number).filter(|_| is_text) {
                Some(text) => to.serialize_str(&text),
                None => to.serialize_i64(number),
            }
        }
    }
}
