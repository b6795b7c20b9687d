//! From JSON to bytes.
//!
//! serde_json reads the text piece by piece, led by the schema; what is read is written at once. A record's fields that come in another order are
//! put into theirs when it ends, and a collection's count before its items.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use serde_core::Deserialize as _;
use serde_core::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::budget::Budget;
use super::error::{JsonError, Kind, Segment};
use super::plan::{Names, Node, NodeId, Plan, Record, Union};
use crate::codec::{Limits, Writer};

/// What a key of a map costs beside its text.
const ENTRY: usize = 64;

/// How much of a text that is wrong an error shows.
const SHOWN: usize = 40;

pub(super) fn avro(plan: &Plan, json: &str, limits: Limits) -> Result<Vec<u8>, JsonError> {
    let mut reading = Reading {
        plan,
        json,
        avro: Vec::with_capacity((json.len() / 2).min(limits.memory)),
        fields: Vec::new(),
        budget: Budget::new(limits),
        path: Vec::new(),
        failure: None,
    };
    let mut text = serde_json::Deserializer::from_str(json);
    // Ours is that of the bytes, and minds the stack.
    text.disable_recursion_limit();
    let read = reading.seed(plan.root()).deserialize(&mut text).and_then(|()| text.end());
    match read {
        Ok(()) => Ok(reading.avro),
        Err(error) => Err(reading.failed(&error)),
    }
}

struct Reading<'p, 'de> {
    plan: &'p Plan,
    json: &'de str,
    avro: Vec<u8>,
    /// Where the fields of the records are that are being read, one record behind the other.
    fields: Vec<Option<Range<usize>>>,
    budget: Budget,
    /// Of what failed, outwards.
    path: Vec<Segment>,
    /// What failed, where it was not JSON itself; and where, as far as that is known better than where reading stopped.
    failure: Option<(Kind, Option<usize>)>,
}

impl<'p, 'de> Reading<'p, 'de> {
    fn seed(&mut self, node: NodeId) -> Seed<'_, 'p, 'de> {
        Seed { reading: self, node }
    }

    /// Ends reading: serde_json hands its error out through everything, and says where it was.
    #[cold]
    fn fail<E: serde_core::de::Error>(&mut self, kind: Kind) -> E {
        self.failure.get_or_insert((kind, None));
        E::custom("")
    }

    #[cold]
    fn unfit<E: serde_core::de::Error>(&mut self, message: String, help: &'static str) -> E {
        self.fail(Kind::Unfit { message, help })
    }

    /// The same of a value that stands at a place of the text.
    #[cold]
    fn unfit_at<E: serde_core::de::Error>(&mut self, value: &'de str, message: String, help: &'static str) -> E {
        // The value is a part of the text.
        let offset = value.as_ptr().addr() - self.json.as_ptr().addr();
        self.failure.get_or_insert((Kind::Unfit { message, help }, Some(offset)));
        E::custom("")
    }

    fn failed(self, error: &serde_json::Error) -> JsonError {
        let stopped = (error.line() > 0).then(|| (error.line(), error.column().max(1)));
        match self.failure {
            Some((kind, offset)) => JsonError::at(kind, self.path, offset.map(|offset| place(self.json, offset)).or(stopped)),
            None => {
                // Its place is said apart.
                let message = error.to_string();
                let place = format!(" at line {} column {}", error.line(), error.column());
                let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
                JsonError::at(Kind::Text(message), self.path, stopped)
            }
        }
    }

    /// Hands an error on, out of what a step of the pointer leads to.
    fn step<T, E>(&mut self, read: Result<T, E>, segment: impl FnOnce() -> Segment) -> Result<T, E> {
        if read.is_err() {
            self.path.push(segment());
        }
        read
    }

    /// Writes to the bytes.
    fn write(&mut self, bound: usize, write: impl FnOnce(&mut Writer<'_>)) {
        let mut writer = Writer::new(&mut self.avro, bound);
        write(&mut writer);
        writer.finish().expect("nothing here is refused");
    }

    fn enter<E: serde_core::de::Error>(&mut self) -> Result<(), E> {
        if self.budget.enter() {
            Ok(())
        } else {
            Err(self.fail(Kind::TooDeep))
        }
    }

    /// A whole number, however it is spelled.
    fn integer<E: serde_core::de::Error>(&mut self, value: &'de str, ty: &str, range: Range<i128>) -> Result<(), E> {
        match whole(value) {
            Some(number) if range.contains(&number) => {
                self.write(10, |writer| writer.varint(number as i64));
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
    fn float<E: serde_core::de::Error, F: std::str::FromStr>(
        &mut self,
        value: &'de str,
        ty: &str,
        words: [F; 3],
        is_finite: fn(&F) -> bool,
    ) -> Result<F, E> {
        let [nan, infinity, minus_infinity] = words;
        match value {
            r#""NaN""# => Ok(nan),
            r#""Infinity""# => Ok(infinity),
            r#""-Infinity""# => Ok(minus_infinity),
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

/// Whether what is JSON is a number.
fn is_number(json: &str) -> bool {
    json.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// A piece of the text, short enough for a message.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// Reads the value of a node.
struct Seed<'r, 'p, 'de> {
    reading: &'r mut Reading<'p, 'de>,
    node: NodeId,
}

impl<'p, 'de> DeserializeSeed<'de> for Seed<'_, 'p, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<(), D::Error> {
        let Self { reading, node } = self;
        if !reading.budget.has_stack() {
            return Err(reading.fail(Kind::TooDeep));
        }
        let plan = reading.plan;
        match plan.node(node) {
            Node::Null => text.deserialize_unit(NullVisitor)?,
            Node::Boolean => {
                let value = bool::deserialize(text)?;
                reading.avro.push(u8::from(value));
            }
            Node::Int => {
                let value = <&RawValue>::deserialize(text)?.get();
                reading.integer(value, "int", i32::MIN.into()..i128::from(i32::MAX) + 1)?;
            }
            Node::Long => {
                let value = <&RawValue>::deserialize(text)?.get();
                reading.integer(value, "long", i64::MIN.into()..i128::from(i64::MAX) + 1)?;
            }
            Node::Float => {
                let value = <&RawValue>::deserialize(text)?.get();
                let words = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
                let value = reading.float(value, "float", words, |value| value.is_finite())?;
                reading.avro.extend(value.to_le_bytes());
            }
            Node::Double => {
                let value = <&RawValue>::deserialize(text)?.get();
                let words = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
                let value = reading.float(value, "double", words, |value| value.is_finite())?;
                reading.avro.extend(value.to_le_bytes());
            }
            Node::Bytes => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::Bytes,
            })?,
            Node::String => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::String,
            })?,
            Node::Fixed(size) => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::Fixed(*size),
            })?,
            Node::Enum(symbols) => text.deserialize_str(TextVisitor {
                reading,
                of: TextOf::Enum(symbols),
            })?,
            Node::Array(item) => {
                reading.enter()?;
                text.deserialize_seq(ArrayVisitor { reading, item: *item })?;
                reading.budget.leave();
            }
            Node::Map(value) => {
                reading.enter()?;
                text.deserialize_map(MapVisitor { reading, value: *value })?;
                reading.budget.leave();
            }
            Node::Union(union) => text.deserialize_option(UnionVisitor { reading, union })?,
            Node::Record(record) => text.deserialize_map(RecordVisitor { reading, record })?,
            Node::Nested(inner) => {
                reading.enter()?;
                reading.seed(*inner).deserialize(text)?;
                reading.budget.leave();
            }
        }
        if !reading.budget.holds(reading.avro.len()) {
            return Err(reading.fail(Kind::TooLarge));
        }
        Ok(())
    }
}

struct NullVisitor;

impl Visitor<'_> for NullVisitor {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
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
    reading: &'r mut Reading<'p, 'de>,
    of: TextOf<'p>,
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

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<(), E> {
        let Self { reading, of } = self;
        match of {
            TextOf::String => {
                reading.write(text.len() + 10, |writer| writer.prefixed(text.as_bytes()));
                return Ok(());
            }
            TextOf::Enum(symbols) => {
                return match symbols.place(text, 0) {
                    Some(place) => {
                        reading.write(10, |writer| writer.varint(place as i64));
                        Ok(())
                    }
                    None => {
                        let message = format!("{} is no symbol of the enum, which has {}", shown(text), listed(symbols));
                        Err(reading.unfit(message, "write one of them; the enum's default is for readers of other versions"))
                    }
                };
            }
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
            _ => reading.write(10, |writer| writer.varint(length as i64)),
        }
        reading.avro.extend(text.chars().map(|character| character as u8));
        Ok(())
    }
}

/// Some of the names, for a message.
fn listed(names: &Names) -> String {
    const MOST: usize = 8;
    let list = names.list();
    let some: Vec<_> = list.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = if list.len() > MOST {
        format!(" and {} more", list.len() - MOST)
    } else {
        String::new()
    };
    format!("{}{more}", some.join(", "))
}

struct ArrayVisitor<'r, 'p, 'de> {
    reading: &'r mut Reading<'p, 'de>,
    item: NodeId,
}

impl<'de> Visitor<'de> for ArrayVisitor<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { reading, item } = self;
        let begin = reading.avro.len();
        let mut count = 0;
        loop {
            let read = items.next_element_seed(reading.seed(item));
            match reading.step(read, || Segment::Index(count))? {
                Some(()) => count += 1,
                None => break,
            }
        }
        reading.collected(begin, count);
        Ok(())
    }
}

impl Reading<'_, '_> {
    /// Ends a collection that begins at a place, and puts how many there are before them.
    fn collected(&mut self, begin: usize, count: usize) {
        if count > 0 {
            let items = self.avro.len();
            self.write(10, |writer| writer.varint(count as i64));
            let length = self.avro.len() - items;
            self.avro[begin..].rotate_right(length);
        }
        self.avro.push(0);
    }
}

struct MapVisitor<'r, 'p, 'de> {
    reading: &'r mut Reading<'p, 'de>,
    value: NodeId,
}

impl<'de> Visitor<'de> for MapVisitor<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object: the map's values by their keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { reading, value } = self;
        let begin = reading.avro.len();
        let mut keys: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(key) = entries.next_key_seed(Key)? {
            if !reading.budget.charge(key.len() + ENTRY) {
                return Err(reading.fail(Kind::TooLarge));
            }
            if keys.contains(&key) {
                return Err(reading.unfit(format!("the key {} stands twice", shown(&key)), "leave one of them out"));
            }
            reading.write(key.len() + 10, |writer| writer.prefixed(key.as_bytes()));
            let read = entries.next_value_seed(reading.seed(value));
            reading.step(read, || Segment::Key(key.clone().into_owned()))?;
            keys.insert(key);
        }
        reading.collected(begin, keys.len());
        Ok(())
    }
}

/// A key as it is: borrowed, where nothing in it is escaped.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<Self::Value, D::Error> {
        text.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

struct UnionVisitor<'r, 'p, 'de> {
    reading: &'r mut Reading<'p, 'de>,
    union: &'p Union,
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

    fn visit_none<E: serde_core::de::Error>(self) -> Result<(), E> {
        match self.union.null {
            Some(place) => {
                self.reading.write(10, |writer| writer.varint(place as i64));
                Ok(())
            }
            None => {
                let message = format!("null is no branch of the union, which has {}", listed(&self.union.names));
                Err(self.reading.unfit(message, "write an object with the branch's name as its key"))
            }
        }
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
        let place = match union.names.place(&name, 1) {
            Some(place) if union.null == Some(place) => {
                return Err(reading.unfit("null within an object".to_owned(), "write null by itself"));
            }
            Some(place) => place,
            None => {
                let message = format!("{} is no branch of the union, which has {}", shown(&name), listed(&union.names));
                return Err(reading.unfit(message, "name one of them; a record, an enum or a fixed by its full name"));
            }
        };
        reading.write(10, |writer| writer.varint(place as i64));
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

struct RecordVisitor<'r, 'p, 'de> {
    reading: &'r mut Reading<'p, 'de>,
    record: &'p Record,
}

impl<'de> Visitor<'de> for RecordVisitor<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object: the record `{}`", self.record.full_name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { reading, record } = self;
        let (begin, first) = (reading.avro.len(), reading.fields.len());
        reading.fields.resize(first + record.fields.len(), None);
        let (mut next, mut in_order) = (0, true);
        while let Some(key) = entries.next_key_seed(Key)? {
            let Some(place) = record.names.place(&key, next) else {
                let message = format!("the record `{}` has no field {}", record.full_name, shown(&key));
                return Err(reading.unfit(message, "leave it out, or mend its name"));
            };
            if reading.fields[first + place].is_some() {
                return Err(reading.unfit(format!("the field {} stands twice", shown(&key)), "leave one of them out"));
            }
            let start = reading.avro.len();
            let read = entries.next_value_seed(reading.seed(record.fields[place]));
            reading.step(read, || Segment::Key(key.into_owned()))?;
            reading.fields[first + place] = Some(start..reading.avro.len());
            in_order &= place == next;
            next = place + 1;
        }
        if let Some(missing) = reading.fields[first..].iter().position(Option::is_none) {
            let message = format!(
                "the field `{}` of the record `{}` is missing",
                record.names.list()[missing],
                record.full_name
            );
            return Err(reading.unfit(message, "write it: a default of the schema is for readers of other versions"));
        }
        if !in_order {
            let read = reading.avro.split_off(begin);
            let fields = &reading.fields[first..];
            for field in fields.iter().flatten() {
                reading.avro.extend_from_slice(&read[field.start - begin..field.end - begin]);
            }
        }
        reading.fields.truncate(first);
        Ok(())
    }
}
