//! The field that may key a topic.

use heck::ToSnakeCase as _;

use super::plain;
use super::set::Set;
use super::shape::Shape;
use crate::avro::Json;
use crate::emit::own::input::{OwnField, OwnKey};
use crate::model::{FixedLogical, Logical, Model, Named, Record, Type};

/// A field, as far as a key asks of it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    rust: String,
    avro: String,
    /// Whether its bytes are the same for everybody who writes it, and always there.
    is_key: bool,
    /// Its type, the same text for the same type.
    ty: String,
    /// The one of the types read together that it holds.
    holds: Option<usize>,
}

impl Candidate {
    /// Of an own field with what carries it.
    pub(super) fn new(set: &Set<'_>, field: &OwnField, avro: &str, ty: &Json, is_known: bool) -> Self {
        let holds = Shape::of(&field.ty).name().and_then(|name| set.find(name));
        Self {
            rust: plain(&field.name),
            avro: avro.to_owned(),
            is_key: is_known && is_key(ty),
            ty: ty.to_string(),
            holds,
        }
    }

    /// Of all fields of a record that the contract has.
    pub(super) fn all(model: &Model, record: &Record) -> Vec<Self> {
        let of = |field: &crate::model::Field| Self {
            rust: field.name.rust.trim_start_matches("r#").to_owned(),
            avro: field.name.avro.clone(),
            is_key: is_key_type(model, &field.ty),
            ty: format!("{:?}", field.ty),
            holds: None,
        };
        record.fields.iter().map(of).collect()
    }
}

/// The field that identifies what the event is of: `id`, the record's own `…_id`, or the first of such a name.
pub(super) fn guess(candidates: &[Candidate], record: &str) -> Option<String> {
    let own = format!("{}_id", record.strip_suffix("Event").unwrap_or(record).to_snake_case());
    let name = |candidate: &Candidate| candidate.rust.to_snake_case();
    let find = |fits: &dyn Fn(&str) -> bool| candidates.iter().find(|candidate| candidate.is_key && fits(&name(candidate)));
    let found = find(&|name| name == "id")
        .or_else(|| find(&|name| name == own))
        .or_else(|| find(&|name| name.ends_with("_id")));
    found.map(|candidate| candidate.avro.clone())
}

/// The same of a field that all records of a topic have, of one type.
pub(super) fn guess_for_all<'c>(mut records: impl Iterator<Item = &'c [Candidate]>) -> Option<String> {
    let mut shared = records.next()?.to_vec();
    for record in records {
        shared.retain(|candidate| {
            let is_same = |other: &Candidate| other.is_key && other.avro == candidate.avro && other.ty == candidate.ty;
            record.iter().any(is_same)
        });
    }
    guess(&shared, "")
}

impl Set<'_> {
    /// The way that `key = …` says, in Avro's names; `None` where it is no way to a field that can be a key.
    pub(super) fn key_field(&self, record: usize, key: &OwnKey) -> Option<String> {
        let text = key.tokens.to_string().replace(' ', "");
        let (mut item, mut way, mut is_key) = (Some(record), Vec::new(), false);
        for part in text.split('.') {
            let part = part.trim_start_matches("r#");
            let candidate = self.candidates.get(&item?)?.iter().find(|candidate| candidate.rust == part)?;
            way.push(candidate.avro.clone());
            (item, is_key) = (candidate.holds, candidate.is_key);
        }
        is_key.then(|| way.join("."))
    }

    /// The record that `key = …` names, in full.
    pub(super) fn key_record(&self, key: &OwnKey) -> Option<String> {
        let shape = Shape::of(&key.tokens);
        let name = shape.name()?;
        match self.find(name) {
            Some(item) if self.candidates.contains_key(&item) => Some(self.items[item].full()),
            Some(_) => None,
            None => match self.known(name)? {
                (_, Named::Record(record)) => Some(record.name.full()),
                _ => None,
            },
        }
    }
}

/// Whether an Avro type has bytes that Kafka's serializers agree on.
fn is_key(ty: &Json) -> bool {
    let is_plain = |name: &str| matches!(name, "string" | "bytes" | "int" | "long" | "fixed");
    match ty {
        Json::String(name) => is_plain(name),
        Json::Object(_) => {
            let named = ty.get("type").and_then(Json::as_str).is_some_and(is_plain);
            let meaning = ty.get("logicalType").and_then(Json::as_str);
            named && !matches!(meaning, Some("decimal" | "big-decimal"))
        }
        _ => false,
    }
}

fn is_key_type(model: &Model, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Bytes | Type::Int | Type::Long => true,
        Type::Logical(logical) => !matches!(logical, Logical::Decimal { .. } | Logical::BigDecimal),
        Type::Named(id) => match model.named(*id) {
            Named::Fixed(fixed) => !matches!(fixed.logical, Some(FixedLogical::Decimal { .. })),
            _ => false,
        },
        _ => false,
    }
}
