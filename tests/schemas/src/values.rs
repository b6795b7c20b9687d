//! Random values of a schema, and their bytes by the specification's "Binary Encoding".

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _};
use serde_json::{Value as Json, json};

use crate::model::{Kind, Logical, Primitive, Schema, Type};

/// A value. Those of logical types are what they stand on.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names are Avro's")]
pub enum Value {
    Null,
    Boolean(bool),
    Int(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    Bytes(Vec<u8>),
    String(String),
    Fixed(Vec<u8>),
    /// A symbol's place.
    Enum(usize),
    Array(Vec<Value>),
    Map(BTreeMap<String, Value>),
    /// A branch's place.
    Union(usize, Box<Value>),
    Record(Vec<Value>),
}

/// Beyond this, collections are empty and unions take the branch that ends first.
const DEPTH: u32 = 5;

/// The same beyond so many values within one.
const SIZE: u32 = 400;

impl Schema {
    /// A random value; `None` where none ever ends.
    #[must_use]
    pub fn value(&self, random: &mut StdRng) -> Option<Value> {
        let heights = self.heights();
        height(&heights, &self.root)?;
        let mut draw = Draw {
            schema: self,
            random,
            heights,
            left: SIZE,
            is_default: false,
        };
        draw.value(&self.root, 0)
    }

    /// A random value that a default may be: unions are of their first branch, whatever version of Avro reads it.
    pub(crate) fn default(&self, ty: &Type, random: &mut StdRng) -> Option<Json> {
        let mut draw = Draw {
            schema: self,
            random,
            heights: self.heights(),
            left: 20,
            is_default: true,
        };
        let value = draw.value(ty, 0)?;
        Some(draw.json(ty, &value))
    }

    /// How deep the least value of each record is; one that is not there has no value that ends.
    fn heights(&self) -> BTreeMap<&str, u32> {
        let mut heights = BTreeMap::new();
        for least in 1.. {
            let ends = |fields: &[crate::model::Field]| fields.iter().all(|field| height(&heights, &field.ty).is_some());
            let ending: Vec<_> = self
                .names
                .iter()
                .filter(|(name, definition)| {
                    !heights.contains_key(name.as_str())
                        && match &definition.kind {
                            Kind::Record(fields) => ends(fields),
                            _ => true,
                        }
                })
                .map(|(name, _)| name.as_str())
                .collect();
            if ending.is_empty() {
                break;
            }
            heights.extend(ending.into_iter().map(|name| (name, least)));
        }
        heights
    }
}

fn height(heights: &BTreeMap<&str, u32>, ty: &Type) -> Option<u32> {
    match ty {
        Type::Named(name) => heights.get(name.as_str()).copied(),
        Type::Union(branches) => branches.iter().filter_map(|branch| height(heights, branch)).min(),
        _ => Some(0),
    }
}

struct Draw<'a> {
    schema: &'a Schema,
    random: &'a mut StdRng,
    heights: BTreeMap<&'a str, u32>,
    left: u32,
    is_default: bool,
}

impl Draw<'_> {
    fn below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }

    fn value(&mut self, ty: &Type, depth: u32) -> Option<Value> {
        self.left = self.left.saturating_sub(1);
        // A default's first branch may lead back to itself for ever.
        if self.is_default && depth > 2 * DEPTH {
            return None;
        }
        Some(match ty {
            Type::Primitive(primitive, logical) => self.primitive(*primitive, logical.as_ref()),
            Type::Array(items) => {
                let count = self.count(items, depth);
                Value::Array((0..count).map(|_| self.value(items, depth + 1)).collect::<Option<_>>()?)
            }
            Type::Map(values) => {
                let count = self.count(values, depth);
                let entries = (0..count).map(|_| Some((self.text(), self.value(values, depth + 1)?)));
                Value::Map(entries.collect::<Option<_>>()?)
            }
            Type::Union(branches) => {
                let branch = if self.is_default { 0 } else { self.branch(branches, depth) };
                Value::Union(branch, Box::new(self.value(&branches[branch], depth + 1)?))
            }
            Type::Named(name) => match &self.schema.names[name].kind {
                Kind::Record(fields) => {
                    let fields = fields.iter().map(|field| self.value(&field.ty, depth + 1));
                    Value::Record(fields.collect::<Option<_>>()?)
                }
                Kind::Enum(symbols, _) => Value::Enum(self.below(symbols.len())),
                Kind::Fixed(size, logical) => Value::Fixed(self.fixed(*size, logical.as_ref())),
            },
        })
    }

    /// One of the branches that end.
    fn branch(&mut self, branches: &[Type], depth: u32) -> usize {
        let heights = branches.iter().map(|branch| height(&self.heights, branch));
        let mut ending: Vec<_> = heights.enumerate().filter_map(|(place, height)| Some((height?, place))).collect();
        if self.ends(depth) {
            ending.sort_unstable();
            ending.truncate(1);
        }
        ending[self.below(ending.len())].1
    }

    fn ends(&self, depth: u32) -> bool {
        depth >= DEPTH || self.left == 0
    }

    fn count(&mut self, of: &Type, depth: u32) -> usize {
        if self.ends(depth) || height(&self.heights, of).is_none() {
            0
        } else {
            self.below(4)
        }
    }

    fn primitive(&mut self, primitive: Primitive, logical: Option<&Logical>) -> Value {
        match primitive {
            Primitive::Null => Value::Null,
            Primitive::Boolean => Value::Boolean(self.random.random()),
            Primitive::Int => {
                let (number, bits): (i32, usize) = (self.random.random(), self.below(32));
                Value::Int([number >> bits, i32::MIN, i32::MAX][[0, 0, 0, 0, 1, 2][self.below(6)]])
            }
            Primitive::Long => {
                let (number, bits): (i64, usize) = (self.random.random(), self.below(64));
                Value::Long([number >> bits, i64::MIN, i64::MAX][[0, 0, 0, 0, 1, 2][self.below(6)]])
            }
            // No NaN: whether it keeps its bits as a double is the processor's.
            Primitive::Float => Value::Float(match f32::from_bits(self.random.random()) {
                number if number.is_finite() => number,
                _ if self.is_default => -0.0,
                _ => f32::NEG_INFINITY,
            }),
            Primitive::Double => Value::Double(match f64::from_bits(self.random.random()) {
                number if number.is_finite() => number,
                _ if self.is_default => 0.1,
                _ => f64::INFINITY,
            }),
            Primitive::String => Value::String(match logical {
                Some(_) => self.uuid(),
                None if self.below(8) == 0 => self.uuid(),
                None => self.text(),
            }),
            Primitive::Bytes => Value::Bytes(match logical.map(|logical| logical.name.as_str()) {
                Some("big-decimal") => {
                    let (length, scale) = (self.below(20), self.random.random_range(-9..99));
                    let mut inner = Vec::new();
                    Value::Bytes(self.exactly(length)).encode(&mut inner, &mut None);
                    Value::Int(scale).encode(&mut inner, &mut None);
                    inner
                }
                Some(_) => {
                    let precision = logical.and_then(|logical| logical.decimal).map_or(1, |(precision, _)| precision);
                    let (number, more) = (self.number(precision), self.below(3));
                    extended(&number, number.len() + more)
                }
                // At times what may be read as text.
                None if self.below(2) == 0 => self.text().into_bytes(),
                None => {
                    let length = [0, 1, 8, 130][self.below(4)];
                    self.exactly(length)
                }
            }),
        }
    }

    fn fixed(&mut self, size: usize, logical: Option<&Logical>) -> Vec<u8> {
        match logical.and_then(|logical| logical.decimal) {
            Some((precision, _)) => {
                let number = self.number(precision);
                extended(&number, size)
            }
            None => self.exactly(size),
        }
    }

    /// A number of no more digits than its type has.
    fn number(&mut self, precision: u64) -> Vec<u8> {
        let bits = (precision as f64 * std::f64::consts::LOG2_10) as usize;
        // One bit is the sign's.
        match (bits + 1) / 8 {
            0 => vec![self.random.random_range(0..=9)],
            most => {
                let length = self.below(most + 1);
                self.exactly(length)
            }
        }
    }

    fn text(&mut self) -> String {
        let length = [0, 1, 7, 64][self.below(4)];
        (0..length).map(|_| ['a', 'Z', '"', '\0', 'é', '語', '🦀'][self.below(7)]).collect()
    }

    /// Of small or of large letters.
    fn uuid(&mut self) -> String {
        let digits = format!("{:032x}", self.random.random::<u128>());
        let text = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-");
        if self.random.random() { text } else { text.to_uppercase() }
    }

    fn exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.random.fill_bytes(&mut bytes);
        bytes
    }

    /// A default's JSON (specification, "Complex Types", "Records"); at times without a field that has a default itself.
    fn json(&mut self, ty: &Type, value: &Value) -> Json {
        let of_bytes = |bytes: &[u8]| json!(bytes.iter().map(|byte| char::from(*byte)).collect::<String>());
        match (ty, value) {
            (_, Value::Null) => Json::Null,
            (_, Value::Boolean(value)) => json!(value),
            (_, Value::Int(number)) => json!(number),
            (_, Value::Long(number)) => json!(number),
            (_, Value::Float(number)) => json!(f64::from(*number)),
            (_, Value::Double(number)) => json!(number),
            (_, Value::Bytes(bytes) | Value::Fixed(bytes)) => of_bytes(bytes),
            (_, Value::String(text)) => json!(text),
            (Type::Array(ty), Value::Array(items)) => items.iter().map(|item| self.json(ty, item)).collect(),
            (Type::Map(ty), Value::Map(entries)) => {
                let entries = entries.iter().map(|(key, value)| (key.clone(), self.json(ty, value)));
                Json::Object(entries.collect())
            }
            (Type::Union(branches), Value::Union(branch, value)) => self.json(&branches[*branch], value),
            (Type::Named(name), value) => match (&self.schema.names[name].kind, value) {
                (Kind::Enum(symbols, _), Value::Enum(place)) => json!(symbols[*place]),
                (Kind::Record(fields), Value::Record(values)) => {
                    let mut object = serde_json::Map::new();
                    for (field, value) in fields.iter().zip(values) {
                        if field.default.is_none() || self.random.random() {
                            object.insert(field.name.clone(), self.json(&field.ty, value));
                        }
                    }
                    Json::Object(object)
                }
                (_, value) => unreachable!("no value of {name}: {value:?}"),
            },
            (ty, value) => unreachable!("no value of {ty:?}: {value:?}"),
        }
    }
}

/// A number in more bytes than it needs: its sign is repeated.
fn extended(number: &[u8], size: usize) -> Vec<u8> {
    let sign = if number.first().is_some_and(|first| *first >= 0x80) {
        0xff
    } else {
        0
    };
    [&vec![sign; size.saturating_sub(number.len())], number].concat()
}

impl Value {
    /// Writes it: collections in one block and maps in the order of their keys, or both at random.
    ///
    /// # Panics
    /// It does not: lengths are numbers of 64 bits.
    pub fn encode(&self, out: &mut Vec<u8>, blocks: &mut Option<&mut StdRng>) {
        match self {
            Self::Null => {}
            Self::Boolean(value) => out.push(u8::from(*value)),
            Self::Int(number) => varint(i64::from(*number), out),
            Self::Long(number) => varint(*number, out),
            Self::Float(number) => out.extend(number.to_le_bytes()),
            Self::Double(number) => out.extend(number.to_le_bytes()),
            Self::Bytes(bytes) => prefixed(bytes, out),
            Self::String(text) => prefixed(text.as_bytes(), out),
            Self::Fixed(bytes) => out.extend(bytes),
            Self::Enum(place) => varint(length(*place), out),
            Self::Union(branch, value) => {
                varint(length(*branch), out);
                value.encode(out, blocks);
            }
            Self::Record(fields) => fields.iter().for_each(|field| field.encode(out, blocks)),
            Self::Array(items) => {
                let items = items.iter().map(|item| {
                    let mut bytes = Vec::new();
                    item.encode(&mut bytes, blocks);
                    bytes
                });
                let items = items.collect();
                in_blocks(items, out, blocks);
            }
            Self::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let mut bytes = Vec::new();
                    prefixed(key.as_bytes(), &mut bytes);
                    value.encode(&mut bytes, blocks);
                    bytes
                });
                let mut entries: Vec<_> = entries.collect();
                if let Some(random) = blocks {
                    use rand::seq::SliceRandom as _;
                    entries.shuffle(random);
                }
                in_blocks(entries, out, blocks);
            }
        }
    }
}

/// Some of the blocks say how long they are, by a negative count.
fn in_blocks(items: Vec<Vec<u8>>, out: &mut Vec<u8>, blocks: &mut Option<&mut StdRng>) {
    let mut left = items.as_slice();
    while !left.is_empty() {
        let count = blocks.as_mut().map_or(left.len(), |random| random.random_range(1..=left.len()));
        let (block, rest) = left.split_at(count);
        let bytes = block.concat();
        if blocks.as_mut().is_some_and(|random| random.random_range(0..2) == 0) {
            varint(-length(count), out);
            varint(length(bytes.len()), out);
        } else {
            varint(length(count), out);
        }
        out.extend(bytes);
        left = rest;
    }
    varint(0, out);
}

fn length(length: usize) -> i64 {
    i64::try_from(length).expect("a length")
}

fn prefixed(bytes: &[u8], out: &mut Vec<u8>) {
    varint(length(bytes.len()), out);
    out.extend(bytes);
}

fn varint(number: i64, out: &mut Vec<u8>) {
    let mut rest = ((number << 1) ^ (number >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}
