//! The manifest's lines of a topic.

use heck::ToKebabCase as _;
use proc_macro2::TokenStream;

use super::key::{Candidate, Holder, guess, guess_for_all};
use super::set::{Set, full, type_name};
use super::shape::Shape;
use super::{StartType, plain};
use crate::avro::quoted;
use crate::emit::own::input::{OwnKey, OwnWord};
use crate::manifest::is_topic_name;
use crate::model::Named;

/// What a table states beside its record and its key, each with what else it could be.
const SETTINGS: [(&str, &str); 3] = [
    ("partitions = 3", "as many as consumers may share the work"),
    ("retention = \"7d\"", "or \"forever\""),
    ("compression = \"lz4\"", "or \"none\", \"gzip\", \"snappy\", \"zstd\""),
];

/// A record that a topic carries, with what may key it.
struct Carried {
    full: String,
    /// Its name in Avro.
    name: String,
    /// Where it is known, if anywhere.
    holder: Option<Holder>,
    candidates: Vec<Candidate>,
    /// The way to the key's field that its variant says.
    key: Option<OwnKey>,
}

impl Set<'_> {
    /// The tables of all topics that the types name, or of one for each record where they name none.
    pub(super) fn manifest(&mut self) -> String {
        let mut tables: Vec<(String, String)> = Vec::new();
        for item in 0..self.items.len() {
            let ty = self.items[item].ty;
            let (name, key) = match self.items[item].topic() {
                Some(topic) => (topic.name.clone(), topic.key.clone()),
                None => match self.suggested(item) {
                    Some(name) => (name, None),
                    None => continue,
                },
            };
            let speaks = self.speaks_for(&name.text).unwrap_or(item);
            if speaks != item && self.items[speaks].begun_by == self.items[item].begun_by && !self.has_topic(&name.text) {
                // It was told already that both are one record.
                continue;
            }
            let name = self.topic_name(&name);
            if self.has_topic(&name.text) {
                self.note(name.span, format!("the manifest has the topic `{}` already", name.text));
                continue;
            }
            if speaks != item || tables.iter().any(|(known, _)| *known == name.text) {
                let message = format!("the topic `{}` is another type's here, too, whose record it carries", name.text);
                self.note(name.span, message);
                continue;
            }
            let carried: Vec<Carried> = match ty {
                StartType::Record(..) => vec![self.carried_item(item)],
                StartType::Marker(_, own) => vec![self.carried_type(&own.event.ty, &name)],
                StartType::Events(_, own) => {
                    if let Some(other) = own.variants.iter().find(|variant| variant.other.is_some()) {
                        let (this, other) = (plain(&own.this.name), plain(&other.name));
                        let message = format!(
                            "the topic `{}` has the records that are read of it: `{this}::{other}` stands for others, which are to be added",
                            name.text
                        );
                        self.note(name.span, message);
                    }
                    let held = own.variants.iter().filter(|variant| variant.other.is_none());
                    held.filter_map(|variant| {
                        let carried = self.carried_type(&variant.ty.as_ref()?.ty, &name);
                        let key = variant.key.clone();
                        Some(Carried { key, ..carried })
                    })
                    .collect()
                }
                StartType::Enum(..) | StartType::Newtype(..) => continue,
            };
            let table = self.table(&name, &carried, key.as_ref());
            tables.push((name.text, table));
        }
        tables.into_iter().map(|(_, table)| table).collect::<Vec<_>>().join("\n")
    }

    /// A topic for a struct that says nothing, where none of the others names one.
    fn suggested(&mut self, item: usize) -> Option<OwnWord> {
        let no_topics = self.items.iter().all(|item| item.topic().is_none());
        let known = &self.items[item];
        let (rust, full, span) = (known.rust.clone(), known.full(), known.this().name.span());
        match known.ty {
            StartType::Record(None, _) if no_topics && known.is_file => {
                let name = rust.strip_suffix("Event").filter(|name| !name.is_empty()).unwrap_or(&rust);
                let text = name.to_kebab_case();
                let message = format!("`{rust}` does not say which topic's event it is: `#[kafka(topic = \"{text}\")]` does");
                self.note(span, message);
                return Some(OwnWord { text, span });
            }
            StartType::Record(None, _) => {
                let message = format!("`{rust}` does not say which record it is: `#[kafka(record = \"{full}\")]` does");
                self.note(span, message);
            }
            StartType::Enum(None, _) => {
                let message = format!("`{rust}` does not say which enum it is: `#[kafka(enum = \"{full}\")]` does");
                self.note(span, message);
            }
            _ => {}
        }
        None
    }

    /// A name that Kafka takes.
    fn topic_name(&mut self, word: &OwnWord) -> OwnWord {
        if is_topic_name(&word.text) {
            return word.clone();
        }
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let mut text: String = word.text.chars().map(|c| if legal(c) { c } else { '-' }).take(249).collect();
        if text.chars().all(|c| c == '.') {
            text.insert_str(0, "topic");
        }
        let message = format!("`{}` is no name of a topic in Kafka: `{text}` stands here for it", word.text);
        self.note(word.span, message);
        OwnWord { text, span: word.span }
    }

    fn carried_item(&self, item: usize) -> Carried {
        let item = self.items[item].begun_by;
        let known = &self.items[item];
        let holder = Holder::Item(item);
        Carried {
            full: known.full(),
            name: known.avro.clone(),
            holder: Some(holder),
            candidates: self.candidates_of(holder),
            key: None,
        }
    }

    /// The record that a type is by the last name of its path, in a box or not.
    fn carried_type(&mut self, ty: &TokenStream, topic: &OwnWord) -> Carried {
        let shape = Shape::of(ty).unboxed();
        let name = shape.name().unwrap_or("Event");
        if let Some(item) = self.find(name).filter(|item| matches!(self.items[*item].ty, StartType::Record(..))) {
            return self.carried_item(item);
        }
        if let Some((id, Named::Record(record))) = self.known(name) {
            let holder = self.holder(id);
            return Carried {
                full: record.name.full(),
                name: record.name.ident.avro.clone(),
                holder: Some(holder),
                candidates: self.candidates_of(holder),
                key: None,
            };
        }
        let name = type_name(name);
        let full = full(&self.namespace, &name);
        self.is_whole = false;
        let message = format!("`{full}` has no schema yet: the topic `{}` needs one", topic.text);
        self.note(topic.span, message);
        Carried {
            full,
            name,
            holder: None,
            candidates: Vec::new(),
            key: None,
        }
    }

    fn table(&mut self, name: &OwnWord, carried: &[Carried], key: Option<&OwnKey>) -> String {
        let key = match (key, carried) {
            (None, carried) if carried.iter().any(|carried| carried.key.is_some()) => self.key_of_variants(carried),
            (None, [one]) => guess(&one.candidates, &one.name).map(|field| quoted(&field)),
            (None, several) => guess_for_all(several.iter().map(|carried| &carried.candidates[..])).map(|field| quoted(&field)),
            (Some(key), carried) => self.key(key, carried),
        };
        let of_key = match key {
            Some(_) => "messages of one value stay in order; or \"none\"",
            None => "or a field, of which messages of one value stay in order",
        };
        let record = match carried {
            [one] => format!("record = {}", quoted(&one.full)),
            several => {
                let records: Vec<_> = several.iter().map(|carried| quoted(&carried.full)).collect();
                format!("records = [{}]", records.join(", "))
            }
        };
        let key = format!("key = {}", key.unwrap_or_else(|| quoted("none")));
        let settings = [(key.as_str(), of_key)].into_iter().chain(SETTINGS);
        let width = settings.clone().map(|(line, _)| line.len()).max().unwrap_or_default();
        let settings: String = settings.map(|(line, else_)| format!("{line:width$}  # {else_}\n")).collect();
        let name = if name.text.contains('.') {
            quoted(&name.text)
        } else {
            name.text.clone()
        };
        format!("[topics.{name}]\n{record}\n{settings}")
    }

    /// What `key = …` says, as the manifest does.
    fn key(&mut self, key: &OwnKey, carried: &[Carried]) -> Option<String> {
        if let [Carried { holder: Some(record), .. }] = carried
            && let Some(way) = self.key_field(*record, key)
        {
            return Some(quoted(&way));
        }
        if let Some(record) = self.key_record(key) {
            return Some(format!("{{ record = {} }}", quoted(&record)));
        }
        let message = "this names no field that can key a topic, and no record that is known here: the manifest says \"none\" instead";
        self.note(key.span, message.to_owned());
        None
    }

    /// What `key = …` of variants says, which is one way in all of the records.
    fn key_of_variants(&mut self, carried: &[Carried]) -> Option<String> {
        let mut way: Option<String> = None;
        for Carried { full, holder, key, .. } in carried {
            let Some(key) = key else { continue };
            let Some(found) = holder.and_then(|record| self.key_field(record, key)) else {
                let message = format!("this names no field of `{full}` that can key a topic: the manifest says \"none\" instead");
                self.note(key.span, message);
                return None;
            };
            if let Some(first) = way.as_ref().filter(|first| **first != found) {
                let message = format!(
                    "this key is `{found}` in Avro, and that of another variant `{first}`: a topic's key is of one name in all of its records, and the manifest says \"none\" instead; `#[kafka(rename = \"…\")]` on a field gives it another name"
                );
                self.note(key.span, message);
                return None;
            }
            way = Some(found);
        }
        let (way, said) = (way?, carried.iter().find_map(|carried| carried.key.as_ref())?);
        let lacks = |carried: &&Carried| carried.key.is_none() && !carried.holder.is_some_and(|record| self.has_key(record, &way));
        if let Some(Carried { full, .. }) = carried.iter().find(lacks) {
            let message = format!(
                "this key is `{way}` in Avro, which in `{full}` is no field that can key a topic: a topic's key is of one name in all of its records, and the manifest says \"none\" instead"
            );
            self.note(said.span, message);
            return None;
        }
        Some(quoted(&way))
    }
}
