//! From the schemas of other versions to what is known of them.

use std::collections::HashMap;
use std::sync::Arc;

use kafka_event_codegen::compat::{Resolution, Version};
use kafka_event_codegen::fingerprint::{fingerprint, layout_hash};
use kafka_event_codegen::model::TypeId;
use kafka_event_codegen::{Contract, load_text};

use super::compile::{compile, reads_nothing};
use super::error::EvolutionError;
use super::writers::{Known, Reads, Writers, insert};
use crate::codec::Fingerprint;
use crate::framing::{SchemaIds, WriterId};
use crate::spec::{RecordSpec, TopicSpec};

/// A schema of a record with what tells it from others.
struct Schema {
    contract: Contract,
    id: TypeId,
    fingerprint: Fingerprint,
    layout: u64,
    text: Arc<str>,
    /// The fields that are read, where some may be left out.
    fields: Option<&'static [&'static str]>,
}

impl Schema {
    fn load(name: &str, text: &str) -> Result<Self, EvolutionError> {
        let (contract, id) = load_text(name, text).map_err(|report| EvolutionError::Schema(report.to_string()))?;
        if contract.model.record(id).is_none() {
            return Err(EvolutionError::NotARecord(contract.model.name(id).full()));
        }
        Ok(Self {
            fingerprint: Fingerprint(fingerprint(&contract.model, id)),
            layout: layout_hash(&contract.model, id),
            text: text.into(),
            fields: None,
            contract,
            id,
        })
    }

    fn version(&self) -> Version<'_> {
        Version {
            contract: &self.contract,
            id: self.id,
        }
    }

    /// Whether no message says which of both wrote it, and that matters: a logical type that only one of them has changes nothing.
    fn is_taken_for(&self, other: &Self) -> bool {
        let reads = |reader: &Self, writer: &Self| Resolution::of(reader.version(), writer.version()).reads_all();
        self.fingerprint == other.fingerprint && self.layout != other.layout && !(reads(self, other) && reads(other, self))
    }
}

impl Writers {
    /// The writers of a topic's events: what each is called, of which record it is a version, and its schema where that is another.
    pub(super) fn versions(&self, topic: &TopicSpec) -> impl Iterator<Item = (WriterId, usize, Option<&str>)> {
        let known = self.topics.get(topic.name).into_iter().flat_map(|topic| &topic.events);
        known.map(|(writer, known)| (*writer, known.record, known.schema.as_deref()))
    }

    /// For these topics from other versions of their records' schemas, those of keys that are records among them, in any order. One that is no
    /// version of any of them is left out.
    ///
    /// # Errors
    /// A schema is none, or none of a record; or no message could say which of two wrote it.
    pub fn new(topics: &[&'static TopicSpec], schemas: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, EvolutionError> {
        let load = |(number, text): (usize, _)| Schema::load(&format!("writer's schema {}", number + 1), AsRef::as_ref(&text));
        let writers = schemas.into_iter().enumerate().map(load).collect::<Result<Vec<_>, _>>()?;
        let mut known = Self::default();
        // Without any, nor is there a reason to read the topics' own schemas.
        if writers.is_empty() {
            return Ok(known);
        }
        for topic in topics {
            let of_topic = known.topics.entry(topic.name).or_default();
            add(&mut of_topic.events, &readers(topic.records)?, &writers)?;
            add(&mut of_topic.keys, &readers(topic.key_record())?, &writers)?;
        }
        Ok(known)
    }

    /// The other versions that a registry knows.
    pub(super) fn add_others(&mut self, topics: &[&'static TopicSpec], ids: &SchemaIds) -> Result<(), EvolutionError> {
        let load = |(schema, id)| Ok((Schema::load(&format!("the schema of {id}"), schema)?, WriterId::Registry(id)));
        let writers = ids.others().map(load).collect::<Result<Vec<_>, EvolutionError>>()?;
        if writers.is_empty() {
            return Ok(());
        }
        for topic in topics.iter().filter(|topic| topic.framing.is_of_a_registry()) {
            let of_topic = self.topics.entry(topic.name).or_default();
            for (known, readers) in [
                (&mut of_topic.events, readers(topic.records)?),
                (&mut of_topic.keys, readers(topic.key_record())?),
            ] {
                for (writer, id) in &writers {
                    if let Some(record) = called(&readers, writer) {
                        insert(known, *id, version(&readers, record, writer))?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn ambiguous(schema: &Schema) -> EvolutionError {
    EvolutionError::Ambiguous(schema.contract.model.name(schema.id).full())
}

fn readers<'r>(records: impl IntoIterator<Item = &'r RecordSpec>) -> Result<Vec<Schema>, EvolutionError> {
    let load = |spec: &RecordSpec| {
        let schema = Schema::load(spec.full_name, spec.schema)?;
        Ok(Schema {
            fields: spec.fields,
            ..schema
        })
    };
    records.into_iter().map(load).collect()
}

/// Of several records the one that a writer is called as; readable or not, it is no version of another.
fn called(readers: &[Schema], writer: &Schema) -> Option<usize> {
    let called = |(record, reader): (usize, &Schema)| Some((reader.version().matches(writer.version())?, record));
    readers.iter().enumerate().filter_map(called).min().map(|(_, record)| record)
}

/// What becomes of what a version of a record has written.
fn version(readers: &[Schema], record: usize, writer: &Schema) -> Known {
    let reader = &readers[record];
    let reads = if reader.fingerprint == writer.fingerprint && reader.layout == writer.layout {
        Reads::AsIs
    } else {
        let resolution = Resolution::of(reader.version(), writer.version());
        if reads_nothing(&resolution, &reader.contract.model, reader.fields) {
            Reads::Nothing
        } else {
            Reads::By(compile(&resolution, &reader.contract.model, &writer.contract.model))
        }
    };
    Known {
        record,
        reads,
        schema: Some(writer.text.clone()),
    }
}

/// Adds each writer that is a version of one of the records, by its fingerprint.
fn add(known: &mut HashMap<WriterId, Known>, readers: &[Schema], writers: &[Schema]) -> Result<(), EvolutionError> {
    let mut versions: Vec<&Schema> = readers.iter().collect();
    for writer in writers {
        let Some(record) = called(readers, writer) else { continue };
        if let Some(other) = versions.iter().find(|other| other.is_taken_for(writer)) {
            return Err(ambiguous(other));
        }
        versions.push(writer);
        // What is written as the topic's own is read without a plan.
        if readers.iter().any(|reader| reader.fingerprint == writer.fingerprint) {
            continue;
        }
        insert(known, WriterId::Fingerprint(writer.fingerprint), version(readers, record, writer))?;
    }
    Ok(())
}
