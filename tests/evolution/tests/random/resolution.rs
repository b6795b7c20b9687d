//! Schema resolution of single values, written from the specification ("Schema Resolution", "Aliases") and from what `kafka_event_codegen::compat`
//! says where it leaves room: it knows no plans, no codec, and nothing of this project's model.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use test_schemas::Value;
use test_schemas::model::{Definition, Field, Kind, Logical, Primitive, Schema, Type};

/// Why a value is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// The schemas do not allow it.
    Schemas,
    /// It is none of the reader's type: bytes that are no text, text that is no UUID.
    Value,
}

/// What decided something of a value: what no case meets is not tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    TypeByAlias,
    TypeWithoutNamespace,
    BranchByAlias,
    BranchByPromotion,
    BranchBehindAnother,
    FieldByAlias,
    FieldByDefault,
    SymbolByDefault,
    Promotion,
    Meaning,
}

impl Rule {
    pub(crate) const ALL: [Self; 10] = [
        Self::TypeByAlias,
        Self::TypeWithoutNamespace,
        Self::BranchByAlias,
        Self::BranchByPromotion,
        Self::BranchBehindAnother,
        Self::FieldByAlias,
        Self::FieldByDefault,
        Self::SymbolByDefault,
        Self::Promotion,
        Self::Meaning,
    ];
}

/// How a type of the reader's is the writer's: the earlier, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Same,
    Alias,
    Unqualified,
    Promoted,
}

/// The writer's value as the reader has it, or every reason why it has none; with the rules that it met.
pub(crate) fn resolved(reader: &Schema, writer: &Schema, value: &Value, met: &mut BTreeSet<Rule>) -> Result<Value, BTreeSet<Reason>> {
    let mut resolving = Resolving {
        reader,
        writer,
        reasons: BTreeSet::new(),
        met,
    };
    let read = resolving.value(&reader.root, &writer.root, value);
    read.filter(|_| resolving.reasons.is_empty()).ok_or(resolving.reasons)
}

struct Resolving<'a> {
    reader: &'a Schema,
    writer: &'a Schema,
    reasons: BTreeSet<Reason>,
    met: &'a mut BTreeSet<Rule>,
}

impl<'a> Resolving<'a> {
    fn refused(&mut self, reason: Reason) -> Option<Value> {
        self.reasons.insert(reason);
        None
    }

    /// All values, though some are refused: each of the reasons is known.
    fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
        items.collect::<Vec<_>>().into_iter().collect()
    }

    fn value(&mut self, reader: &Type, writer: &Type, value: &Value) -> Option<Value> {
        // "If the writer's is a union": the branch that was written is what was written.
        if let (Type::Union(branches), Value::Union(branch, value)) = (writer, value) {
            return self.value(reader, &branches[*branch], value);
        }
        // "The first schema in the reader's union that matches": of those by the best match.
        if let Type::Union(branches) = reader {
            let matching = branches.iter().enumerate();
            let matching: BTreeSet<_> = matching
                .filter_map(|(place, branch)| Some((self.matches(branch, writer)?, place)))
                .collect();
            let Some((by, branch)) = matching.first().copied() else {
                return self.refused(Reason::Schemas);
            };
            match by {
                Match::Alias => _ = self.met.insert(Rule::BranchByAlias),
                Match::Promoted => _ = self.met.insert(Rule::BranchByPromotion),
                Match::Same | Match::Unqualified => {}
            }
            if matching.iter().any(|(_, before)| *before < branch) {
                self.met.insert(Rule::BranchBehindAnother);
            }
            let value = self.value(&branches[branch], writer, value)?;
            return Some(Value::Union(branch, Box::new(value)));
        }
        match self.matches(reader, writer) {
            None => return self.refused(Reason::Schemas),
            Some(Match::Alias) => _ = self.met.insert(Rule::TypeByAlias),
            Some(Match::Unqualified) => _ = self.met.insert(Rule::TypeWithoutNamespace),
            Some(Match::Promoted) => _ = self.met.insert(Rule::Promotion),
            Some(Match::Same) => {}
        }
        match (reader, writer, value) {
            (Type::Array(reader), Type::Array(writer), Value::Array(items)) => {
                Self::all(items.iter().map(|item| self.value(reader, writer, item))).map(Value::Array)
            }
            (Type::Map(reader), Type::Map(writer), Value::Map(entries)) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| Some((key.clone(), self.value(reader, writer, value)?)));
                Some(Value::Map(Self::all(entries)?.into_iter().collect()))
            }
            (Type::Primitive(reader, meant), Type::Primitive(_, was_meant), value) => {
                self.primitive(*reader, meant.as_ref(), was_meant.as_ref(), value)
            }
            (Type::Named(reader), Type::Named(writer), value) => {
                let (reader, writer) = (&self.reader.names[reader], &self.writer.names[writer]);
                self.named(reader, writer, value)
            }
            _ => unreachable!("these match: {reader:?} {writer:?}"),
        }
    }

    /// "It is an error if the two schemas do not match", without what is in them.
    fn matches(&self, reader: &Type, writer: &Type) -> Option<Match> {
        match (reader, writer) {
            (Type::Array(_), Type::Array(_)) | (Type::Map(_), Type::Map(_)) => Some(Match::Same),
            (Type::Primitive(reader, _), Type::Primitive(writer, _)) if reader == writer => Some(Match::Same),
            (Type::Primitive(reader, _), Type::Primitive(writer, _)) => promotes(*writer, *reader).then_some(Match::Promoted),
            (Type::Named(name), Type::Named(written)) => {
                let definition = &self.reader.names[name];
                let unqualified = |name: &'a str| name.rsplit('.').next();
                // "Both schemas are fixed whose sizes and (unqualified) names match."
                let is_of_kind = match (&definition.kind, &self.writer.names[written].kind) {
                    (Kind::Fixed(size, _), Kind::Fixed(written, _)) => size == written,
                    (reader, writer) => std::mem::discriminant(reader) == std::mem::discriminant(writer),
                };
                if !is_of_kind {
                    None
                } else if name == written {
                    Some(Match::Same)
                } else if definition.aliases.contains(written) {
                    Some(Match::Alias)
                } else {
                    let (name, written) = (
                        self.reader.names.get_key_value(name)?.0,
                        self.writer.names.get_key_value(written)?.0,
                    );
                    (unqualified(name) == unqualified(written)).then_some(Match::Unqualified)
                }
            }
            _ => None,
        }
    }

    fn named(&mut self, reader: &'a Definition, writer: &'a Definition, value: &Value) -> Option<Value> {
        match (&reader.kind, &writer.kind, value) {
            (Kind::Record(fields), Kind::Record(written), Value::Record(values)) => self.record(fields, written, values),
            (Kind::Enum(symbols, default), Kind::Enum(written, _), Value::Enum(place)) => {
                let known = symbols.iter().position(|symbol| *symbol == written[*place]);
                let default = symbols.iter().position(|symbol| Some(symbol) == default.as_ref());
                if known.is_none() && default.is_some() {
                    self.met.insert(Rule::SymbolByDefault);
                }
                known.or(default).map(Value::Enum).or_else(|| self.refused(Reason::Schemas))
            }
            (Kind::Fixed(_, meant), Kind::Fixed(_, was_meant), value) => {
                if !self.means_the_same(meant.as_ref(), was_meant.as_ref()) {
                    return self.refused(Reason::Schemas);
                }
                self.meant(meant.as_ref(), value.clone())
            }
            _ => unreachable!("these match: {reader:?} {writer:?}"),
        }
    }

    fn record(&mut self, fields: &'a [Field], written: &'a [Field], values: &[Value]) -> Option<Value> {
        let mut taken = BTreeSet::new();
        let read = fields.iter().map(|field| {
            let place = |name: &str| written.iter().position(|written| written.name == name);
            // An alias that is another field's own name is that field.
            let aliases = field
                .aliases
                .iter()
                .filter(|alias| fields.iter().all(|field| field.name != **alias));
            let by_alias = || aliases.filter_map(|alias| place(alias)).find(|place| !taken.contains(place));
            let by_name = place(&field.name);
            match (by_name.or_else(by_alias), &field.default) {
                (Some(place), _) => {
                    taken.insert(place);
                    if by_name.is_none() {
                        self.met.insert(Rule::FieldByAlias);
                    }
                    self.value(&field.ty, &written[place].ty, &values[place])
                }
                (None, Some(default)) => {
                    self.met.insert(Rule::FieldByDefault);
                    Some(self.default(&field.ty, default))
                }
                (None, None) => self.refused(Reason::Schemas),
            }
        });
        Self::all(read).map(Value::Record)
    }

    /// A default's value (specification, "Complex Types"); a union's is of its first branch.
    fn default(&mut self, ty: &Type, json: &Json) -> Value {
        let text = || json.as_str().expect("text").to_owned();
        let bytes = || text().chars().map(|point| u8::try_from(point).expect("a byte")).collect();
        let int = || json.as_i64().expect("a number");
        let value = match ty {
            Type::Primitive(primitive, meant) => {
                let value = match primitive {
                    Primitive::Null => Value::Null,
                    Primitive::Boolean => Value::Boolean(json == &Json::Bool(true)),
                    Primitive::Int => Value::Int(i32::try_from(int()).expect("an int")),
                    Primitive::Long => Value::Long(int()),
                    Primitive::Float => Value::Float(json.as_f64().expect("a number") as f32),
                    Primitive::Double => Value::Double(json.as_f64().expect("a number")),
                    Primitive::Bytes => Value::Bytes(bytes()),
                    Primitive::String => Value::String(text()),
                };
                self.meant(meant.as_ref(), value)
            }
            Type::Array(ty) => {
                let items = json.as_array().expect("items").iter();
                Some(Value::Array(items.map(|item| self.default(ty, item)).collect()))
            }
            Type::Map(ty) => {
                let entries = json.as_object().expect("entries").iter();
                Some(Value::Map(
                    entries.map(|(key, value)| (key.clone(), self.default(ty, value))).collect(),
                ))
            }
            Type::Union(branches) => Some(Value::Union(0, Box::new(self.default(&branches[0], json)))),
            Type::Named(name) => match &self.reader.names[name].kind {
                Kind::Record(fields) => {
                    let fields = fields.iter().map(|field| {
                        let json = json.get(&field.name).or(field.default.as_ref());
                        self.default(&field.ty, json.expect("a value"))
                    });
                    Some(Value::Record(fields.collect()))
                }
                Kind::Enum(symbols, _) => symbols.iter().position(|symbol| *symbol == text()).map(Value::Enum),
                Kind::Fixed(_, meant) => self.meant(meant.as_ref(), Value::Fixed(bytes())),
            },
        };
        value.expect("a default is of its type")
    }

    fn primitive(&mut self, reader: Primitive, meant: Option<&Logical>, was_meant: Option<&Logical>, value: &Value) -> Option<Value> {
        // The bytes of a decimal are no text, and text is no decimal.
        let is_decimal = |meant: Option<&Logical>| meant.is_some_and(|logical| logical.name.ends_with("decimal"));
        let was_text = is_decimal(meant) && matches!(value, Value::String(_));
        if !self.means_the_same(meant, was_meant) || was_text || is_decimal(was_meant) && reader != Primitive::Bytes {
            return self.refused(Reason::Schemas);
        }
        let read = match (reader, value) {
            (Primitive::Long, Value::Int(number)) => Value::Long((*number).into()),
            (Primitive::Float, Value::Int(number)) => Value::Float(*number as f32),
            (Primitive::Float, Value::Long(number)) => Value::Float(*number as f32),
            (Primitive::Double, Value::Int(number)) => Value::Double((*number).into()),
            (Primitive::Double, Value::Long(number)) => Value::Double(*number as f64),
            (Primitive::Double, Value::Float(number)) => Value::Double((*number).into()),
            (Primitive::Bytes, Value::String(text)) => Value::Bytes(text.clone().into_bytes()),
            (Primitive::String, Value::Bytes(bytes)) => match String::from_utf8(bytes.clone()) {
                Ok(text) => Value::String(text),
                Err(_) => return self.refused(Reason::Value),
            },
            (_, value) => value.clone(),
        };
        self.meant(meant, read)
    }

    /// Where both say what is meant, they must say the same: unit, precision and scale.
    fn means_the_same(&mut self, reader: Option<&Logical>, writer: Option<&Logical>) -> bool {
        let is_same = reader.zip(writer).is_none_or(|(reader, writer)| reader == writer);
        if !is_same {
            self.met.insert(Rule::Meaning);
        }
        is_same
    }

    /// A value of a logical type, in the one form in which it is written.
    fn meant(&mut self, meant: Option<&Logical>, value: Value) -> Option<Value> {
        let Some(meant) = meant else { return Some(value) };
        let written = match (meant.name.as_str(), &value) {
            ("uuid", Value::String(text)) => {
                let is_hyphen = |place| [8, 13, 18, 23].contains(&place);
                let mut places = text.bytes().enumerate();
                let is_uuid =
                    text.len() == 36 && places.all(|(place, byte)| if is_hyphen(place) { byte == b'-' } else { byte.is_ascii_hexdigit() });
                is_uuid.then(|| Value::String(text.to_lowercase()))
            }
            // Those of at most 38 digits are numbers of 128 bits.
            ("decimal", Value::Bytes(bytes)) => {
                let number = minimal(bytes);
                (number.len() <= 16 || !is_small(meant)).then_some(Value::Bytes(number))
            }
            ("decimal", Value::Fixed(bytes)) => (minimal(bytes).len() <= 16 || !is_small(meant)).then(|| value.clone()),
            ("big-decimal", Value::Bytes(bytes)) => big_decimal(bytes).map(Value::Bytes),
            _ => Some(value.clone()),
        };
        written.or_else(|| self.refused(Reason::Value))
    }
}

/// "The writer's schema may be promoted to the reader's."
fn promotes(writer: Primitive, reader: Primitive) -> bool {
    use Primitive::{Bytes, Double, Float, Int, Long, String};
    matches!(
        (writer, reader),
        (Int, Long | Float | Double) | (Long, Float | Double) | (Float, Double) | (String, Bytes) | (Bytes, String)
    )
}

fn is_small(decimal: &Logical) -> bool {
    decimal.decimal.is_some_and(|(precision, _)| precision <= 38)
}

/// A number's fewest bytes.
fn minimal(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = if bytes.is_empty() { &[0] } else { bytes };
    while let [first, rest @ ..] = bytes
        && let [second, ..] = rest
        && [0, 0xff].contains(first)
        && first & 0x80 == second & 0x80
    {
        bytes = rest;
    }
    bytes.to_vec()
}

/// A number of any length and its scale, written anew; `None` where the bytes are none.
fn big_decimal(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    let length = usize::try_from(varint(&mut rest)?).ok()?;
    let (number, mut rest) = rest.split_at_checked(length)?;
    let scale = i32::try_from(varint(&mut rest)?).ok()?;
    let mut written = Vec::new();
    Value::Bytes(minimal(number)).encode(&mut written, &mut None);
    Value::Int(scale).encode(&mut written, &mut None);
    rest.is_empty().then_some(written)
}

fn varint(bytes: &mut &[u8]) -> Option<i64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((number >> 1) as i64 ^ -((number & 1) as i64));
        }
    }
    None
}
