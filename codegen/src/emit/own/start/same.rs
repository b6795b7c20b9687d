//! Several types of one record or enum: the one that its schema is begun with, and those that have some of it.
//!
//! A topic carries one record, and a record may have as many types as there are readers of it. What is published has all of its fields, and what
//! says `consume` only some.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use heck::ToPascalCase as _;
use proc_macro2::Ident;

use super::StartType;
use super::set::{Item, Set, avro_name, full, type_name};
use super::shape::Shape;
use crate::emit::own::input::{OwnError, OwnWord};
use crate::emit::own::matching::Naming;
use crate::model::{self, Named};
use crate::name::{self, Case};

impl<'a> Item<'a> {
    /// Whether it is only read.
    pub(super) fn consume(&self) -> bool {
        match self.ty {
            StartType::Record(_, own) => own.consume,
            StartType::Enum(_, own) => own.consume,
            StartType::Events(_, own) => own.consume,
            StartType::Marker(_, own) => own.consume,
            StartType::Newtype(..) => false,
        }
    }

    /// What it has of its record or enum: of each field or symbol the name, and what it says that it is in Avro.
    fn parts(&self) -> Vec<(&'a Ident, Option<&'a OwnWord>)> {
        match self.ty {
            StartType::Record(_, own) => {
                let fields = own.fields.iter().filter(|field| !field.skip);
                fields.map(|field| (&field.name, field.rename.as_ref())).collect()
            }
            StartType::Enum(_, own) => {
                let symbols = own.variants.iter().filter(|variant| variant.other.is_none());
                symbols.map(|variant| (&variant.name, variant.rename.as_ref())).collect()
            }
            StartType::Newtype(..) | StartType::Events(..) | StartType::Marker(..) => Vec::new(),
        }
    }

    fn rename_all(&self) -> Option<&'a OwnWord> {
        match self.ty {
            StartType::Record(_, own) => own.rename_all.as_ref(),
            StartType::Enum(_, own) => own.rename_all.as_ref(),
            StartType::Newtype(..) | StartType::Events(..) | StartType::Marker(..) => None,
        }
    }

    fn is_enum(&self) -> bool {
        matches!(self.ty, StartType::Enum(..))
    }
}

impl Set<'_> {
    /// Finds the types that are one in Avro: those of one topic, and those of one name that at least one of them says.
    pub(super) fn join(&mut self) {
        for same in self.of_topics() {
            let begun = self.begun_by(&same);
            // What says its name knows it better than a topic's event, whose name is made of its own.
            let named = same.iter().find(|item| self.items[**item].is_said).copied().unwrap_or(begun);
            let (namespace, avro) = (self.items[named].namespace.clone(), self.items[named].avro.clone());
            for item in same {
                (self.items[item].namespace, self.items[item].avro) = (namespace.clone(), avro.clone());
                self.items[item].is_said = true;
            }
        }
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for item in (0..self.items.len()).filter(|item| self.items[*item].is_named()) {
            names.entry(self.items[item].full()).or_default().push(item);
        }
        for (full, same) in names.into_iter().filter(|(_, same)| same.len() > 1) {
            let first = &self.items[same[0]];
            let fits = |item: &Item<'_>| item.is_enum() == first.is_enum() && (item.is_said || first.is_said);
            if let Some(other) = same[1..].iter().find(|item| !fits(&self.items[**item])) {
                let message = format!("two types are `{full}` in Avro\nhelp: name one of them otherwise");
                self.errors.push(OwnError::new(self.items[*other].this().name.span(), message));
            } else if self.known_item(same[0]).is_none() {
                let begun = self.begun_by(&same);
                same.iter().for_each(|item| self.items[*item].begun_by = begun);
            }
        }
    }

    /// The structs of each topic that the contract does not have, with the struct that a marker says is its event.
    fn of_topics(&self) -> Vec<Vec<usize>> {
        let mut topics: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, item) in self.items.iter().enumerate() {
            let Some(topic) = item.topic().filter(|topic| !self.has_topic(&topic.name.text)) else {
                continue;
            };
            let of = topics.entry(&topic.name.text).or_default();
            match item.ty {
                StartType::Record(..) => of.push(place),
                StartType::Marker(_, own) => {
                    let event = Shape::of(&own.event.ty).name().and_then(|name| self.find(name));
                    of.extend(event.filter(|event| matches!(self.items[*event].ty, StartType::Record(..))));
                }
                _ => {}
            }
        }
        // One type may be the event of several topics.
        let mut sets: Vec<Vec<usize>> = Vec::new();
        for mut of in topics.into_values() {
            let (joined, apart) = sets.into_iter().partition(|set| set.iter().any(|item| of.contains(item)));
            sets = apart;
            of.extend(joined.into_iter().flatten());
            of.sort_unstable();
            of.dedup();
            sets.push(of);
        }
        sets.retain(|set| set.len() > 1);
        sets
    }

    /// Of several types the one that has most: of what is published, where something is.
    fn begun_by(&self, same: &[usize]) -> usize {
        let best = same.iter().min_by_key(|item| {
            let known = &self.items[**item];
            (known.consume(), Reverse(known.parts().len()), **item)
        });
        best.copied().unwrap_or_default()
    }

    /// The types that a definition has the fields or symbols of: what is published; else all that is read, in their order behind what has most.
    pub(super) fn defining(&self, item: usize) -> Vec<usize> {
        let is_same = |other: &usize| *other != item && self.items[*other].begun_by == item;
        let others = (0..self.items.len()).filter(|_| self.items[item].consume()).filter(is_same);
        [item].into_iter().chain(others).collect()
    }

    /// The names that Avro's of a type's record or enum have in generated code, where all of them are these.
    pub(super) fn generated(&self, item: usize, names: &[String]) -> Vec<model::Ident> {
        let case = if self.items[item].is_enum() { Case::Camel } else { Case::Snake };
        name::scope_beside(&names.iter().map(String::as_str).collect::<Vec<_>>(), case, &[]).0
    }

    /// Whether a field or symbol of a type is one of those that have a name already: by what generated code calls one only where no other of the
    /// type's is spelled as that, which is then the one that is meant.
    pub(super) fn is_among(&self, item: usize, naming: Naming, (name, rename): (&Ident, Option<&OwnWord>), known: &[model::Ident]) -> bool {
        known.iter().any(|known| {
            let is_spelled = |name: &Ident, rename: Option<&OwnWord>| naming.wanted(name, rename).text == known.avro;
            let is_others = || {
                self.items[item]
                    .parts()
                    .into_iter()
                    .any(|(other, rename)| is_spelled(other, rename))
            };
            naming.is(name, rename, &known.avro, &known.rust) && (is_spelled(name, rename) || !is_others())
        })
    }

    /// Tells what becomes of a type that has no schema of its own.
    pub(super) fn tell_same(&mut self, item: usize) {
        let this = &self.items[item];
        let (rust, full, span) = (this.rust.clone(), this.full(), this.this().name.span());
        let message = match self.known_item(item) {
            Some(_) if rust == this.avro => format!("the schemas have `{full}` already"),
            Some(_) => format!("the schemas have `{full}` already, which `{rust}` is"),
            None => format!(
                "`{rust}` is `{full}` as `{}` is, and needs no schema of its own",
                self.items[this.begun_by].rust
            ),
        };
        self.note(span, message);
        let begun_by = self.items[item].begun_by;
        // All that is read of what nothing writes is in its schema.
        if self.known_item(item).is_none() && self.items[begun_by].consume() {
            return;
        }
        let lacking = self.lacking(item);
        if let Some((first, _)) = lacking.first()
            && let Some(message) = self.two_records(item, &first.text)
        {
            return self.errors.push(OwnError::new(first.span, message));
        }
        lacking.into_iter().for_each(|(word, message)| self.note(word.span, message));
    }

    /// What is wrong with a type that is published to a new topic as another is, and has a field that the other lacks: neither has all of one record.
    fn two_records(&self, item: usize, field: &str) -> Option<String> {
        let is_published = |item: &Item<'_>| !item.consume() && !item.this().has_lifetimes();
        let (this, begun) = (&self.items[item], &self.items[self.items[item].begun_by]);
        let topic = this
            .topic()
            .filter(|_| self.known_item(item).is_none() && is_published(this) && is_published(begun))?;
        let name = &topic.name.text;
        Some(format!(
            "`{this}` is published to the topic `{name}` as `{other}` is, and has the field `{field}`, which that lacks: they are two records\nhelp: write an enum of them\n    #[derive(KafkaEvent)]\n    #[kafka(topic = \"{name}\")]\n    enum {}Event {{\n        {other}({other}),\n        {this}({this}),\n    }}\nhelp: in place of its topic each then says which record it is: `#[kafka(record = \"{}\")]`\nhelp: or give both the same fields, where they are one record",
            name.to_pascal_case(),
            full(&this.namespace, &type_name(&this.rust)),
            this = this.rust,
            other = begun.rust,
        ))
    }

    /// Tells of what is only read that more of it may be there.
    pub(super) fn tell_unwritten(&mut self, item: usize) {
        let this = &self.items[item];
        if this.consume() {
            let message = format!(
                "nothing here writes `{}`: its schema has what is read of it, and what else there is in it is to be added",
                this.full()
            );
            self.note(this.this().name.span(), message);
        }
    }

    /// The fields or symbols of a type that its record or enum does not have, each with what is to know of it.
    fn lacking(&mut self, item: usize) -> Vec<(OwnWord, String)> {
        let Some(names) = self.names(item) else { return Vec::new() };
        let this = &self.items[item];
        let naming = match Naming::of(this.rename_all()) {
            Ok(naming) => naming,
            Err(error) => {
                self.errors.push(error);
                return Vec::new();
            }
        };
        let what = if this.is_enum() { ("symbol", "enum") } else { ("field", "record") };
        let parts = this.parts().into_iter();
        let lacking = parts
            .filter(|part| !self.is_among(item, naming, *part, &names))
            .map(|(name, rename)| {
                let wanted = naming.wanted(name, rename);
                let message = format!(
                    "`{}` has the {} `{}`, and the {} `{}` has none of that name",
                    this.rust,
                    what.0,
                    wanted.text,
                    what.1,
                    this.full()
                );
                (wanted, message)
            });
        lacking.collect()
    }

    /// The names of the fields or symbols of a type's record or enum, in Avro and in generated code; `None` where it is neither in the contract.
    fn names(&self, item: usize) -> Option<Vec<model::Ident>> {
        let is_enum = self.items[item].is_enum();
        let Some((_, named)) = self.known_item(item) else {
            let begun = &self.items[self.items[item].begun_by];
            let naming = Naming::of(begun.rename_all()).unwrap_or_default();
            let parts = begun.parts().into_iter();
            let names: Vec<_> = parts.map(|(name, rename)| avro_name(&naming.wanted(name, rename).text)).collect();
            return Some(self.generated(item, &names));
        };
        match named {
            Named::Record(record) if !is_enum => Some(record.fields.iter().map(|field| field.name.clone()).collect()),
            Named::Enum(enumeration) if is_enum => Some(enumeration.symbols.clone()),
            _ => None,
        }
    }

    /// The type that says what a topic carries and what keys it: the one that its record is begun with, else what is published.
    pub(super) fn speaks_for(&self, name: &str) -> Option<usize> {
        let of_topic = |item: &usize| self.items[*item].topic().is_some_and(|topic| topic.name.text == name);
        (0..self.items.len()).filter(of_topic).min_by_key(|item| {
            let known = &self.items[*item];
            (known.begun_by != *item, known.consume(), *item)
        })
    }
}
