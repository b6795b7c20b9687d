//! The types that are read together: their names in Avro, and which of them are files of their own.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::Span;

use super::super::generics::OwnType;
use super::super::input::{OwnError, OwnTopic, OwnWord};
use super::super::record::RecordOf;
use super::super::topic::only_record;
use super::key::{Candidate, Holder};
use super::shape::Shape;
use super::{Start, StartNote, StartType, plain};
use crate::avro;
use crate::emit::Switches;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::{Fixed, Model, Named, TypeId};
use crate::options::Choices;

/// One of the types.
pub(super) struct Item<'a> {
    pub(super) ty: StartType<'a>,
    /// Its name in Rust.
    pub(super) rust: String,
    /// Its name in Avro, without its namespace.
    pub(super) avro: String,
    pub(super) namespace: String,
    /// Whether it says its name in Avro, or its topic does in the contract.
    pub(super) is_said: bool,
    /// The type that its record or enum is begun with: itself, where that is none of the others.
    pub(super) begun_by: usize,
    /// Whether it has a file of its own, if any.
    pub(super) is_file: bool,
}

impl Item<'_> {
    pub(super) fn full(&self) -> String {
        full(&self.namespace, &self.avro)
    }

    /// The type as it is declared.
    pub(super) fn this(&self) -> &OwnType {
        match self.ty {
            StartType::Record(_, own) => &own.this,
            StartType::Enum(_, own) => &own.this,
            StartType::Newtype(this, _) => this,
            StartType::Events(_, own) => &own.this,
            StartType::Marker(_, own) => &own.this,
        }
    }

    /// The topic that it says it is for.
    pub(super) fn topic(&self) -> Option<&OwnTopic> {
        match self.ty {
            StartType::Record(Some(RecordOf::Topic(topic)), _) | StartType::Events(topic, _) | StartType::Marker(topic, _) => Some(topic),
            _ => None,
        }
    }

    /// Whether it is a named type of Avro's.
    pub(super) fn is_named(&self) -> bool {
        matches!(self.ty, StartType::Record(..) | StartType::Enum(..))
    }
}

/// All of the types, with what has been made of them.
pub(super) struct Set<'a> {
    pub(super) contract: Option<&'a Contract>,
    /// The namespace of what says none.
    pub(super) namespace: String,
    pub(super) items: Vec<Item<'a>>,
    by_name: BTreeMap<String, usize>,
    pub(super) defined: BTreeSet<usize>,
    /// How many definitions stand around what is being defined.
    pub(super) depth: usize,
    /// Full names that another type has.
    pub(super) taken: HashSet<String>,
    /// The names of newtypes of fixed length that have been defined.
    pub(super) fixed: BTreeMap<usize, String>,
    /// What may key the records that have been defined.
    pub(super) candidates: BTreeMap<usize, Vec<Candidate>>,
    pub(super) notes: Vec<StartNote>,
    pub(super) errors: Vec<OwnError>,
    /// Whether all records that its topics carry are there.
    pub(super) is_whole: bool,
}

impl<'a> Set<'a> {
    pub(super) fn new(contract: Option<&'a Contract>, package: &str, types: &[StartType<'a>]) -> Result<Self, Vec<OwnError>> {
        let mut set = Self {
            contract,
            namespace: namespace(contract, package),
            items: Vec::new(),
            by_name: BTreeMap::new(),
            defined: BTreeSet::new(),
            depth: 0,
            taken: HashSet::new(),
            fixed: BTreeMap::new(),
            candidates: BTreeMap::new(),
            notes: Vec::new(),
            errors: Vec::new(),
            is_whole: true,
        };
        if let Some(contract) = contract {
            set.taken.extend(contract.model.types().map(|(_, named)| named.name().full()));
        }
        for ty in types {
            let mut item = Item {
                ty: *ty,
                rust: String::new(),
                avro: String::new(),
                namespace: set.namespace.clone(),
                is_said: false,
                begun_by: set.items.len(),
                is_file: false,
            };
            item.rust = plain(&item.this().name);
            item.avro = type_name(&item.rust);
            match *ty {
                StartType::Record(Some(RecordOf::Record(word)), _) | StartType::Enum(Some(word), _) => set.said(&mut item, word),
                StartType::Record(Some(RecordOf::Topic(topic)), _) => set.carried_already(&mut item, topic),
                _ => {}
            }
            let span = item.this().name.span();
            if set.by_name.insert(item.rust.clone(), set.items.len()).is_some() {
                let message = format!(
                    "two types are called `{}`\nhelp: they are told apart by their names: keep one of them in another file",
                    item.rust
                );
                set.errors.push(OwnError::new(span, message));
            }
            set.items.push(item);
        }
        if set.errors.is_empty() {
            set.join();
        }
        if !set.errors.is_empty() {
            return Err(set.errors);
        }
        let used = set.used();
        let of_topics: BTreeSet<usize> = set.items.iter().filter_map(|item| item.topic().map(|_| item.begun_by)).collect();
        for (place, item) in set.items.iter_mut().enumerate() {
            item.is_file = item.begun_by == place && (of_topics.contains(&place) || !used.contains(&place));
        }
        let named = set.items.iter().filter(|item| item.is_named()).map(Item::full);
        set.taken.extend(named.collect::<Vec<_>>());
        Ok(set)
    }

    /// The name of the record that a topic of the contract carries, whatever the type is called.
    fn carried_already(&mut self, item: &mut Item<'_>, of: &OwnTopic) {
        let Some(contract) = self.contract else { return };
        let Some(topic) = contract.model.topics.iter().find(|topic| topic.name.avro == of.name.text) else {
            return;
        };
        if let [id] = topic.records[..] {
            let name = contract.model.name(id);
            (item.namespace, item.avro, item.is_said) = (name.namespace(), name.ident.avro.clone(), true);
            return;
        }
        let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
        self.errors.extend(only_record(&scope, topic, of).err());
    }

    /// Whether the contract has a topic.
    pub(super) fn has_topic(&self, name: &str) -> bool {
        let is_it = |contract: &Contract| contract.model.topics.iter().any(|topic| topic.name.avro == name);
        self.contract.is_some_and(is_it)
    }

    /// The name that an attribute gives: in full, or one that only one of the contract's types has.
    fn said(&mut self, item: &mut Item<'_>, word: &OwnWord) {
        let name = word.text.split('.').map(type_name).collect::<Vec<_>>().join(".");
        if name != word.text {
            self.note(
                word.span,
                format!("`{}` is no name in Avro: `{name}` stands here for it", word.text),
            );
        }
        item.is_said = true;
        match name.rsplit_once('.') {
            Some((namespace, simple)) => (item.namespace, item.avro) = (namespace.to_owned(), simple.to_owned()),
            None => {
                if let Some((_, named)) = self.contract.and_then(|contract| only(&contract.model, &name)) {
                    item.namespace = named.name().namespace();
                }
                item.avro = name;
            }
        }
    }

    /// The types that others hold.
    fn used(&self) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        for (place, item) in self.items.iter().enumerate() {
            let mut found = Vec::new();
            match item.ty {
                StartType::Record(_, own) => own
                    .fields
                    .iter()
                    .filter(|field| !field.skip && field.with.is_none())
                    .for_each(|field| self.mentioned(&Shape::of(&field.ty), &mut found)),
                StartType::Newtype(_, ty) => self.mentioned(&Shape::of(ty), &mut found),
                _ => {}
            }
            let begun_by = |place: usize| self.items[place].begun_by;
            used.extend(found.into_iter().map(begun_by).filter(|found| *found != begun_by(place)));
        }
        used
    }

    fn mentioned(&self, shape: &Shape, found: &mut Vec<usize>) {
        match shape {
            Shape::Path { name, arguments, .. } => {
                found.extend(self.by_name.get(name));
                arguments.iter().for_each(|argument| self.mentioned(argument, found));
            }
            Shape::Slice(inner) | Shape::Array(inner, _) => self.mentioned(inner, found),
            Shape::Unit | Shape::Number(_) | Shape::Other => {}
        }
    }

    /// The type of a name; of several of one record, the one that this is begun with.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).map(|item| self.items[*item].begun_by)
    }

    /// The contract's type of a name in Rust or in Avro, where only one has it.
    pub(super) fn known(&self, name: &str) -> Option<(TypeId, &'a Named)> {
        only(&self.contract?.model, name)
    }

    /// The contract's fixed of a full name, else of a name that only one of its types has.
    pub(super) fn known_fixed(&self, full: &str, name: &str) -> Option<&'a Fixed> {
        let (_, named) = self.contract?.model.find(full).or_else(|| self.known(name))?;
        match named {
            Named::Fixed(fixed) => Some(fixed),
            _ => None,
        }
    }

    /// The contract's type that an item is already.
    pub(super) fn known_item(&self, item: usize) -> Option<(TypeId, &'a Named)> {
        self.contract?.model.find(&self.items[item].full())
    }

    /// The contract's type as a way to a key leads through it: by the one of the types that it is, where it is one, and what is published first.
    pub(super) fn holder(&self, id: TypeId) -> Holder {
        let is = |item: &usize| self.items[*item].is_named() && self.known_item(*item).is_some_and(|(known, _)| known == id);
        let item = (0..self.items.len()).filter(is).min_by_key(|item| self.items[*item].consume());
        item.map_or(Holder::Known(id), Holder::Item)
    }

    /// The types with files of their own, and behind them all others, of which those are passed over that are defined by then.
    pub(super) fn files(&mut self) -> Vec<usize> {
        let mut files: Vec<usize> = (0..self.items.len()).filter(|item| self.items[*item].is_named()).collect();
        files.sort_by_key(|item| (self.items[*item].topic().is_none(), !self.items[*item].is_file));
        let has_none = |item: &usize| self.known_item(*item).is_some() || self.items[*item].begun_by != *item;
        let (others, new): (Vec<_>, Vec<_>) = files.into_iter().partition(has_none);
        others.into_iter().for_each(|item| self.tell_same(item));
        new.iter().for_each(|item| self.tell_unwritten(*item));
        new
    }

    pub(super) fn is_defined(&self, item: usize) -> bool {
        self.defined.contains(&item)
    }

    /// Whether a type is defined elsewhere than where it is used first.
    pub(super) fn is_elsewhere(&self, item: usize) -> bool {
        self.is_defined(item) || self.items[item].is_file || self.known_item(item).is_some()
    }

    pub(super) fn note(&mut self, span: Span, message: String) {
        self.notes.push(StartNote {
            span,
            message,
            is_in_doc: false,
        });
    }

    pub(super) fn finish(self, schemas: Vec<(String, String)>, manifest: String) -> Result<Start, Vec<OwnError>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        Ok(Start {
            schemas,
            manifest,
            notes: self.notes,
            is_whole: self.is_whole,
        })
    }
}

/// A full name.
pub(super) fn full(namespace: &str, name: &str) -> String {
    if namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

/// A name that Avro takes, for one that it may not.
pub(super) fn avro_name(name: &str) -> String {
    avro::cured(name).replace('.', "_")
}

/// The same of a type, which is named where a primitive type may stand.
pub(super) fn type_name(name: &str) -> String {
    let name = avro_name(name);
    if avro::is_primitive(&name) { name + "_" } else { name }
}

/// The type of a name, in Rust or in Avro, that no other has.
fn only<'m>(model: &'m Model, name: &str) -> Option<(TypeId, &'m Named)> {
    let is = |named: &Named| {
        let ident = &named.name().ident;
        ident.avro == name || ident.rust == name
    };
    let mut found = model.types().filter(|(_, named)| is(named));
    found.next().filter(|_| found.next().is_none())
}

/// The namespace that most records of the contract's topics have, else most of its types; else one of the package's name.
fn namespace(contract: Option<&Contract>, package: &str) -> String {
    let Some(contract) = contract else {
        return package_namespace(package);
    };
    let model = &contract.model;
    let of_topics = model
        .topics
        .iter()
        .flat_map(|topic| &topic.records)
        .map(|id| model.name(*id).namespace());
    let of_all = model.types().map(|(_, named)| named.name().namespace());
    most(of_topics)
        .or_else(|| most(of_all))
        .unwrap_or_else(|| package_namespace(package))
}

fn package_namespace(package: &str) -> String {
    avro::cured(package).replace('.', "_")
}

/// What comes most often, and of those that come as often the first.
fn most(names: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(name, _)| name)
}
