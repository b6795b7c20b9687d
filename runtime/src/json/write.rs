//! From bytes to JSON.

use std::collections::HashMap;
use std::ops::Range;

use serde_core::Serialize;

use super::error::{JsonError, Kind};
use crate::codec::error;
use crate::codec::{Budget, Limits, Reader};
use crate::shape::{Failure, Node, NodeId, Plan, Record, Union};

/// What an entry of a map costs beside its text, in the index of keys and in the list of values.
const ENTRY: usize = 128;

type Result<T = ()> = std::result::Result<T, JsonError>;

pub(super) fn json(plan: &Plan, avro: &[u8], limits: Limits) -> Result<String> {
    let mut json = Json {
        plan,
        text: Vec::with_capacity(avro.len().saturating_mul(2).min(limits.memory)),
        budget: Budget::new(limits),
    };
    let mut reader = Reader::new(avro, limits);
    json.value(plan.root(), &mut reader)?;
    reader.finish()?;
    Ok(String::from_utf8(json.text).expect("names, texts and what serde_json writes are UTF-8"))
}

struct Json<'p> {
    plan: &'p Plan,
    text: Vec<u8>,
    /// Of the text, and of the stack; the reader has its own.
    budget: Budget,
}

impl<'p> Json<'p> {
    fn value(&mut self, node: NodeId, reader: &mut Reader<'_>) -> Result {
        match self.plan.node(node).plain() {
            Node::Array(item) => self.array(*item, reader)?,
            Node::Map(value) => self.map(*value, reader)?,
            Node::Union(union) => self.union(union, reader)?,
            Node::Record(record) => self.record(record, reader)?,
            Node::Nested(inner) => self.nested(reader, |json, reader| json.value(*inner, reader))?,
            other => self.leaf(other, reader)?,
        }
        self.within()
    }

    /// A value that holds no others: apart, since what it takes of the stack would be taken by all that it is within.
    #[inline(never)]
    fn leaf(&mut self, node: &Node, reader: &mut Reader<'_>) -> Result {
        match node {
            Node::Null => self.text.extend_from_slice(b"null"),
            Node::Boolean => match reader.array()? {
                [0] => self.text.extend_from_slice(b"false"),
                [1] => self.text.extend_from_slice(b"true"),
                &[byte] => return Err(reader.error(error::Kind::Boolean(byte)).into()),
            },
            Node::Int => {
                let value = reader.varint()?;
                match i32::try_from(value) {
                    Ok(value) => self.put(&value),
                    Err(_) => return Err(reader.error(error::Kind::OutOfRange { what: "an int", value }).into()),
                }
            }
            Node::Long => {
                let value = reader.varint()?;
                self.put(&value);
            }
            Node::Float => {
                let value = f32::from_le_bytes(*reader.array()?);
                self.float(&value, value.is_finite(), value.is_nan(), value < 0.0);
            }
            Node::Double => {
                let value = f64::from_le_bytes(*reader.array()?);
                self.float(&value, value.is_finite(), value.is_nan(), value < 0.0);
            }
            Node::Bytes => {
                let bytes = reader.prefixed()?;
                self.bytes(bytes);
            }
            Node::String => {
                let text = reader.text()?;
                self.put(text);
            }
            Node::Fixed(size, _) => {
                let bytes = reader.raw(*size)?;
                self.bytes(bytes);
            }
            Node::Enum(symbols) => {
                let index = reader.varint()?;
                match usize::try_from(index).ok().and_then(|index| symbols.list().get(index)) {
                    Some(symbol) => self.put(&**symbol),
                    None => return Err(reader.no_such_symbol(index, symbols.list().len()).into()),
                }
            }
            // Below a meaning there is none; what holds others is none of these.
            Node::Logical(_) | Node::Array(_) | Node::Map(_) | Node::Union(_) | Node::Record(_) | Node::Nested(_) => {}
        }
        Ok(())
    }

    /// What serde_json writes of a text or a number.
    fn put<T: Serialize + ?Sized>(&mut self, value: &T) {
        serde_json::to_writer(&mut self.text, value).expect("a text or a number, into memory");
    }

    fn float<T: Serialize>(&mut self, value: &T, is_finite: bool, is_nan: bool, is_negative: bool) {
        if is_finite {
            return self.put(value);
        }
        let word = match (is_nan, is_negative) {
            (true, _) => r#""NaN""#,
            (_, true) => r#""-Infinity""#,
            _ => r#""Infinity""#,
        };
        self.text.extend_from_slice(word.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() {
            // As text it is the same.
            return self.put(&String::from_utf8_lossy(bytes));
        }
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        self.put(&text);
    }

    fn key(&mut self, key: &str) {
        self.put(key);
        self.text.push(b':');
    }

    fn array(&mut self, item: NodeId, reader: &mut Reader<'_>) -> Result {
        self.text.push(b'[');
        self.nested(reader, |json, reader| {
            let mut index = 0;
            loop {
                // Ten bytes can claim billions of items, each of which is a byte of text at the least.
                let block = reader.block::<u8>()?;
                if block.items() == 0 {
                    return Ok(());
                }
                for _ in 0..block.items() {
                    if index > 0 {
                        json.text.push(b',');
                    }
                    json.value(item, reader).map_err(|error| error.item(index))?;
                    index += 1;
                }
                reader.end(block)?;
            }
        })?;
        self.text.push(b']');
        Ok(())
    }

    fn map(&mut self, value: NodeId, reader: &mut Reader<'_>) -> Result {
        self.text.push(b'{');
        self.nested(reader, |json, reader| json.entries(value, reader))?;
        self.text.push(b'}');
        Ok(())
    }

    fn entries<'de>(&mut self, value: NodeId, reader: &mut Reader<'de>) -> Result {
        let begin = self.text.len();
        // Where each key's value stands that is to be read: the last one, of a key that stands twice.
        let mut last: HashMap<&'de str, usize> = HashMap::new();
        let mut entries: Vec<Option<Range<usize>>> = Vec::new();
        loop {
            let block = reader.block::<[u8; ENTRY]>()?;
            if block.items() == 0 {
                break;
            }
            for _ in 0..block.items() {
                let key = reader.text()?;
                if !entries.is_empty() {
                    self.text.push(b',');
                }
                let start = self.text.len();
                self.key(key);
                self.value(value, reader).map_err(|error| error.inside(key))?;
                if let Some(earlier) = last.insert(key, entries.len()) {
                    entries[earlier] = None;
                }
                entries.push(Some(start..self.text.len()));
            }
            reader.end(block)?;
        }
        if last.len() < entries.len() {
            let all = self.text.split_off(begin);
            for entry in entries.into_iter().flatten() {
                if self.text.len() > begin {
                    self.text.push(b',');
                }
                self.text.extend_from_slice(&all[entry.start - begin..entry.end - begin]);
            }
        }
        Ok(())
    }

    fn union(&mut self, union: &'p Union, reader: &mut Reader<'_>) -> Result {
        let index = reader.varint()?;
        let found = usize::try_from(index).ok().filter(|index| *index < union.branches.len());
        let Some(place) = found else {
            return Err(reader.no_such_branch(index, union.branches.len()).into());
        };
        let node = union.branches[place];
        if union.null == Some(place) {
            return self.value(node, reader);
        }
        self.has_stack()?;
        let name = &union.names.list()[place];
        self.text.push(b'{');
        self.key(name);
        self.value(node, reader).map_err(|error| error.inside(name))?;
        self.text.push(b'}');
        Ok(())
    }

    fn record(&mut self, record: &'p Record, reader: &mut Reader<'_>) -> Result {
        self.has_stack()?;
        self.text.push(b'{');
        for (place, (name, node)) in record.names.list().iter().zip(&record.fields).enumerate() {
            if place > 0 {
                self.text.push(b',');
            }
            self.key(name);
            self.value(*node, reader).map_err(|error| error.inside(name))?;
        }
        self.text.push(b'}');
        Ok(())
    }

    /// One level deeper. What [`Reader::nested`] returns is its own error, so that ours goes around it.
    fn nested<'de>(&mut self, reader: &mut Reader<'de>, read: impl FnOnce(&mut Self, &mut Reader<'de>) -> Result) -> Result {
        reader.nested(|reader| Ok(read(self, reader)))?
    }

    /// Records and unions may nest as deep as a schema does, which counts no level.
    fn has_stack(&mut self) -> Result {
        if !self.budget.has_stack() {
            return Err(JsonError::whole(Kind::Unfit(Failure::TooDeep)));
        }
        Ok(())
    }

    fn within(&self) -> Result {
        if !self.budget.holds(self.text.len()) {
            return Err(JsonError::whole(Kind::Unfit(Failure::TooLarge)));
        }
        Ok(())
    }
}
