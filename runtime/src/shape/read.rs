//! From what a deserializer reads to bytes, led by a schema.
//!
//! What is read is written at once. A record's fields that come in another order are put into theirs when it ends, and a collection's count before
//! its items.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::record::RecordVisitor;
use super::{Names, Node, NodeId, Plan, Record, Union};
use crate::codec::{Budget, Limits, Writer};

/// What a key costs beside its text, in the set of those that stood already.
const KEY: usize = 64;

/// How much of a text that is wrong an error shows.
const SHOWN: usize = 40;

/// What a form has of its own: how it spells what is not made of others, and unions.
pub(crate) trait Style<'p, 'de>: Sized {
    /// Whether unknown fields are passed over, missing ones are their defaults, and memory is not charged for what the value itself becomes.
    const IS_LENIENT: bool;

    fn leaf<D: Deserializer<'de>>(reading: &mut Reading<'p, Self>, node: &'p Node, from: D) -> Result<(), D::Error>;

    fn union<D: Deserializer<'de>>(reading: &mut Reading<'p, Self>, union: &'p Union, from: D) -> Result<(), D::Error>;

    /// The name of a record and of its fields, as serde wants them: for ever.
    fn names(_: &'p Record) -> (&'static str, &'static [&'static str]) {
        ("", &[])
    }
}

/// What failed, beside what the deserializer itself refuses.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What is wrong, and what to do.
    Unfit {
        message: String,
        help: &'static str,
    },
    TooDeep,
    TooMany,
    TooLarge,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfit { message, help } => write!(f, "{message}: {help}"),
            Self::TooDeep => f.write_str("nested deeper than the limit"),
            Self::TooMany => f.write_str("more items than the limit"),
            Self::TooLarge => f.write_str("more memory than the limit"),
        }
    }
}

/// A step of a pointer.
#[derive(Debug)]
pub(crate) enum Segment {
    Key(String),
    Index(usize),
}

/// The pointer of steps that were met outwards (RFC 6901); empty for the whole.
pub(crate) fn pointer(path: &[Segment]) -> String {
    path.iter()
        .rev()
        .map(|segment| match segment {
            Segment::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Index(index) => format!("/{index}"),
        })
        .collect()
}

pub(crate) struct Reading<'p, S> {
    pub(crate) plan: &'p Plan,
    pub(crate) style: S,
    pub(crate) avro: Vec<u8>,
    /// Where the fields of the records are that are being read, one record behind the other.
    pub(super) fields: Vec<Option<Range<usize>>>,
    budget: Budget,
    /// Of what failed, outwards.
    pub(crate) path: Vec<Segment>,
    pub(crate) failure: Option<Failure>,
}

impl<'p, S> Reading<'p, S> {
    pub(crate) fn new(plan: &'p Plan, style: S, limits: Limits) -> Self {
        Self {
            plan,
            style,
            avro: Vec::new(),
            fields: Vec::new(),
            budget: Budget::new(limits),
            path: Vec::new(),
            failure: None,
        }
    }

    pub(crate) fn seed(&mut self, node: NodeId) -> Seed<'_, 'p, S> {
        Seed { reading: self, node }
    }

    /// Ends reading: the deserializer hands the error out through everything, and may say where it was.
    #[cold]
    fn fail<E: Error>(&mut self, failure: Failure) -> E {
        let error = E::custom(&failure);
        self.failure.get_or_insert(failure);
        error
    }

    #[cold]
    pub(crate) fn unfit<E: Error>(&mut self, message: String, help: &'static str) -> E {
        self.fail(Failure::Unfit { message, help })
    }

    /// Hands an error on, out of what a step of the pointer leads to.
    pub(crate) fn step<T, E>(&mut self, read: Result<T, E>, segment: impl FnOnce() -> Segment) -> Result<T, E> {
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

    pub(crate) fn varint(&mut self, value: i64) {
        self.write(10, |writer| writer.varint(value));
    }

    pub(crate) fn prefixed(&mut self, bytes: &[u8]) {
        self.write(bytes.len() + 10, |writer| writer.prefixed(bytes));
    }

    fn enter<E: Error>(&mut self) -> Result<(), E> {
        if self.budget.enter() {
            Ok(())
        } else {
            Err(self.fail(Failure::TooDeep))
        }
    }

    /// Counts an item that is there, before it is read.
    fn count<E: Error>(&mut self) -> Result<(), E> {
        if self.budget.count(1) {
            Ok(())
        } else {
            Err(self.fail(Failure::TooMany))
        }
    }

    pub(super) fn charge<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        if self.budget.charge(bytes) {
            Ok(())
        } else {
            Err(self.fail(Failure::TooLarge))
        }
    }

    pub(super) fn give_back(&mut self, bytes: usize) {
        self.budget.give_back(bytes);
    }

    /// Ends a collection that begins at a place, and puts how many there are before them.
    fn collected(&mut self, begin: usize, count: usize) {
        if count > 0 {
            let items = self.avro.len();
            self.varint(count as i64);
            let length = self.avro.len() - items;
            self.avro[begin..].rotate_right(length);
        }
        self.avro.push(0);
    }

    /// Writes the place of a symbol.
    pub(crate) fn symbol<E: Error>(&mut self, symbols: &Names, text: &str) -> Result<(), E> {
        match symbols.place(text, 0) {
            Some(place) => {
                self.varint(place as i64);
                Ok(())
            }
            None => {
                let message = format!("{} is no symbol of the enum, which has {}", shown(text), symbols.listed());
                Err(self.unfit(message, "write one of them; the enum's default is for readers of other versions"))
            }
        }
    }

    /// Writes the place of null.
    pub(crate) fn null<E: Error>(&mut self, union: &Union) -> Result<(), E> {
        match union.null {
            Some(place) => {
                self.varint(place as i64);
                Ok(())
            }
            None => {
                let message = format!("null is no branch of the union, which has {}", union.names.listed());
                Err(self.unfit(message, "write an object with the branch's name as its key"))
            }
        }
    }

    /// The place of a branch that is not null.
    pub(crate) fn branch<E: Error>(&mut self, union: &Union, name: &str) -> Result<usize, E> {
        match union.names.place(name, 1) {
            Some(place) if union.null == Some(place) => Err(self.unfit("null within an object".to_owned(), "write null by itself")),
            Some(place) => Ok(place),
            None => {
                let message = format!("{} is no branch of the union, which has {}", shown(name), union.names.listed());
                Err(self.unfit(message, "name one of them; a record, an enum or a fixed by its full name"))
            }
        }
    }
}

/// A piece of a text, short enough for a message.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// Reads the value of a node.
pub(crate) struct Seed<'r, 'p, S> {
    reading: &'r mut Reading<'p, S>,
    node: NodeId,
}

impl<'p, 'de, S: Style<'p, 'de>> DeserializeSeed<'de> for Seed<'_, 'p, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let Self { reading, node } = self;
        if !reading.budget.has_stack() {
            return Err(reading.fail(Failure::TooDeep));
        }
        let plan = reading.plan;
        let begin = reading.avro.len();
        match plan.node(node) {
            Node::Array(item) => {
                reading.enter()?;
                from.deserialize_seq(ArrayVisitor { reading, item: *item })?;
                reading.budget.leave();
            }
            Node::Map(value) => {
                reading.enter()?;
                from.deserialize_map(MapVisitor { reading, value: *value })?;
                reading.budget.leave();
            }
            Node::Union(union) => S::union(reading, union, from)?,
            Node::Record(record) => {
                let (name, fields) = S::names(record);
                let visitor = RecordVisitor { reading, record };
                if S::IS_LENIENT {
                    from.deserialize_struct(name, fields, visitor)?;
                } else {
                    from.deserialize_map(visitor)?;
                }
            }
            Node::Nested(inner) => {
                reading.enter()?;
                reading.seed(*inner).deserialize(from)?;
                reading.budget.leave();
            }
            leaf => S::leaf(reading, leaf, from)?,
        }
        if S::IS_LENIENT {
            // Ten bytes of a format can claim billions of items that take none in it, either.
            return if reading.avro.len() == begin { reading.charge(1) } else { Ok(()) };
        }
        if !reading.budget.holds(reading.avro.len()) {
            return Err(reading.fail(Failure::TooLarge));
        }
        Ok(())
    }
}

/// Reads an item of an array or a value of a map, once it is counted: where there are more than may be, that one is where the error is.
struct ItemSeed<'r, 'p, S>(Seed<'r, 'p, S>);

impl<'p, 'de, S: Style<'p, 'de>> DeserializeSeed<'de> for ItemSeed<'_, 'p, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.0.reading.count()?;
        self.0.deserialize(from)
    }
}

struct ArrayVisitor<'r, 'p, S> {
    reading: &'r mut Reading<'p, S>,
    item: NodeId,
}

impl<'p, 'de, S: Style<'p, 'de>> Visitor<'de> for ArrayVisitor<'_, 'p, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { reading, item } = self;
        let begin = reading.avro.len();
        let mut count = 0;
        loop {
            let read = items.next_element_seed(ItemSeed(reading.seed(item)));
            match reading.step(read, || Segment::Index(count))? {
                Some(()) => count += 1,
                None => break,
            }
        }
        reading.collected(begin, count);
        Ok(())
    }
}

struct MapVisitor<'r, 'p, S> {
    reading: &'r mut Reading<'p, S>,
    value: NodeId,
}

impl<'p, 'de, S: Style<'p, 'de>> Visitor<'de> for MapVisitor<'_, 'p, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object: the map's values by their keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { reading, value } = self;
        let begin = reading.avro.len();
        let mut keys: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(key) = entries.next_key_seed(Key)? {
            if !S::IS_LENIENT {
                reading.charge(key.len() + KEY)?;
            }
            if keys.contains(&key) {
                return Err(reading.unfit(format!("the key {} stands twice", shown(&key)), "take one of the two away"));
            }
            reading.prefixed(key.as_bytes());
            let read = entries.next_value_seed(ItemSeed(reading.seed(value)));
            reading.step(read, || Segment::Key(key.clone().into_owned()))?;
            keys.insert(key);
        }
        reading.collected(begin, keys.len());
        Ok(())
    }
}

pub(crate) struct NullVisitor;

impl Visitor<'_> for NullVisitor {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A key as it is: borrowed, where nothing in it is escaped.
pub(crate) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
