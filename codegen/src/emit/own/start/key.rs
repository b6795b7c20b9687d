//! The field that may key a topic.

use heck::ToSnakeCase as _;

use super::set::{Set, full};
use super::shape::Shape;
use super::{StartType, plain};
use crate::avro::Json;
use crate::emit::own::input::{OwnField, OwnKey};
use crate::emit::own::matching::Naming;
use crate::model::{FixedLogical, Logical, Model, Named, Record, Type, TypeId};

/// A record that a way to a key begins at, or leads through.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holder {
    /// One of the types read together.
    Item(usize),
    /// A type of the contract's alone.
    Known(TypeId),
}

/// A field, as far as a key asks of it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    rust: String,
    avro: String,
    /// Whether its bytes are the same for everybody who writes it, and always there.
    is_key: bool,
    /// Its type, the same text for the same type.
    ty: String,
    /// The record that it holds.
    holds: Option<Holder>,
}

impl Candidate {
    /// Of an own field with what carries it.
    pub(super) fn new(set: &Set<'_>, field: &OwnField, avro: &str, ty: &Json, is_key: bool) -> Self {
        let known = |name: &str| set.known(name).map(|(id, _)| Holder::Known(id));
        let held = set.held(Shape::of(&field.ty));
        let holds = held
            .name()
            .and_then(|name| set.find(name).map(Holder::Item).or_else(|| known(name)));
        Self {
            rust: plain(&field.name),
            avro: avro.to_owned(),
            is_key,
            ty: ty.to_string(),
            holds,
        }
    }

    /// Of all fields of a record that the contract has.
    fn all(set: &Set<'_>, model: &Model, record: &Record) -> Vec<Self> {
        let of = |field: &crate::model::Field| Self {
            rust: field.name.rust.trim_start_matches("r#").to_owned(),
            avro: field.name.avro.clone(),
            is_key: is_key_type(model, &field.ty),
            ty: format!("{:?}", field.ty),
            holds: match &field.ty {
                Type::Named(id) | Type::Boxed(id) => Some(set.holder(*id)),
                _ => None,
            },
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
    /// Whether an Avro type, as a field within a namespace has it, has bytes that Kafka's serializers agree on.
    pub(super) fn is_key(&self, ty: &Json, namespace: &str) -> bool {
        let is_plain = |name: &str| matches!(name, "string" | "bytes" | "int" | "long" | "fixed");
        match ty {
            Json::String(name) if is_plain(name) => true,
            Json::String(name) if name.contains('.') => self.is_key_fixed(name),
            Json::String(name) => self.is_key_fixed(&full(namespace, name)),
            Json::Object(_) => {
                let named = ty.get("type").and_then(Json::as_str).is_some_and(is_plain);
                let meaning = ty.get("logicalType").and_then(Json::as_str);
                named && !matches!(meaning, Some("decimal" | "big-decimal"))
            }
            _ => false,
        }
    }

    /// Whether a name is that of a fixed, here or in the contract, which is no number.
    fn is_key_fixed(&self, name: &str) -> bool {
        let is_here = |(item, fixed): (&usize, &String)| full(&self.items[*item].namespace, fixed) == name;
        let known = || {
            let model = &self.contract?.model;
            Some((model, model.find(name)?.0))
        };
        self.fixed.iter().any(is_here) || known().is_some_and(|(model, id)| is_key_type(model, &Type::Named(id)))
    }

    /// What may key a record, or lead to what may.
    pub(super) fn candidates_of(&self, record: Holder) -> Vec<Candidate> {
        let known = match record {
            Holder::Item(item) => self.known_item(item).map(|(id, _)| id),
            Holder::Known(id) => Some(id),
        };
        match (self.contract, known, record) {
            (Some(contract), Some(id), _) => {
                let record = contract.model.record(id);
                record
                    .map(|record| Candidate::all(self, &contract.model, record))
                    .unwrap_or_default()
            }
            (_, _, Holder::Item(item)) => self.candidates.get(&item).cloned().unwrap_or_default(),
            (_, _, Holder::Known(_)) => Vec::new(),
        }
    }

    /// What is within boxes and newtypes.
    fn held(&self, mut shape: Shape) -> Shape {
        // As many as there are, since they may hold one another.
        for _ in 0..=self.items.len() {
            shape = shape.unboxed();
            match shape.name().and_then(|name| self.find(name)).map(|item| self.items[item].ty) {
                Some(StartType::Newtype(_, ty)) => shape = Shape::of(ty),
                _ => return shape,
            }
        }
        shape
    }

    /// The way that `key = …` says, in Avro's names; `None` where it is no way to a field that can be a key.
    pub(super) fn key_field(&self, record: Holder, key: &OwnKey) -> Option<String> {
        let text = key.tokens.to_string().replace(' ', "");
        // Newtypes are led through, whether their fields are written or not.
        let names = text
            .split('.')
            .filter(|part| !part.starts_with(|first: char| first.is_ascii_digit()));
        let names = names.map(|part| part.trim_start_matches("r#"));
        self.way(record, names, |holder, candidate, name| self.is_called(holder, candidate, name))
    }

    /// Whether a way of Avro's names leads to a field that can be a key.
    pub(super) fn has_key(&self, record: Holder, way: &str) -> bool {
        self.way(record, way.split('.'), |_, candidate, name| candidate.avro == name)
            .is_some()
    }

    /// The way along fields of these names.
    fn way<'n>(
        &self,
        record: Holder,
        names: impl Iterator<Item = &'n str>,
        is: impl Fn(Holder, &Candidate, &str) -> bool,
    ) -> Option<String> {
        let (mut holder, mut way, mut is_key) = (Some(record), Vec::new(), false);
        for name in names {
            let record = holder?;
            let candidate = self
                .candidates_of(record)
                .into_iter()
                .find(|candidate| is(record, candidate, name))?;
            way.push(candidate.avro);
            (holder, is_key) = (candidate.holds, candidate.is_key);
        }
        is_key.then(|| way.join("."))
    }

    /// Whether a record's field is called so in Rust: of a struct whose record the contract has, as its attributes say.
    fn is_called(&self, record: Holder, candidate: &Candidate, name: &str) -> bool {
        let Holder::Item(item) = record else {
            return candidate.rust == name;
        };
        match self.items[item].ty {
            StartType::Record(_, own) if self.known_item(item).is_some() => {
                let naming = Naming::of(own.rename_all.as_ref()).unwrap_or_default();
                own.fields.iter().any(|field| {
                    let is_same = || naming.is(&field.name, field.rename.as_ref(), &candidate.avro, &candidate.rust);
                    !field.skip && plain(&field.name) == name && is_same()
                })
            }
            _ => candidate.rust == name,
        }
    }

    /// The record that `key = …` names, in full.
    pub(super) fn key_record(&self, key: &OwnKey) -> Option<String> {
        let shape = Shape::of(&key.tokens);
        let name = shape.name()?;
        match self.find(name) {
            Some(item) if matches!(self.items[item].ty, StartType::Record(..)) => Some(self.items[item].full()),
            Some(_) => None,
            None => match self.known(name)? {
                (_, Named::Record(record)) => Some(record.name.full()),
                _ => None,
            },
        }
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
