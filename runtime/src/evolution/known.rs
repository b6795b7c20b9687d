//! From the schemas of other versions to what is known of them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use kafka_event_codegen::compat::{self, Resolution};
use kafka_event_codegen::fingerprint::{fingerprint, layout_hash};
use kafka_event_codegen::model::TypeId;
use kafka_event_codegen::{Contract, load_text};

use super::compile::compile;
use super::error::EvolutionError;
use super::plan::Plan;
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
            contract,
            id,
        })
    }

    fn version(&self) -> compat::Version<'_> {
        compat::Version {
            contract: &self.contract,
            id: self.id,
        }
    }

    fn name(&self) -> String {
        self.contract.model.name(self.id).full()
    }

    /// Whether no message says which of both wrote it, and that matters: a logical type that only one of them has changes nothing.
    fn is_taken_for(&self, other: &Self) -> bool {
        let reads = |reader: &Self, writer: &Self| Resolution::of(reader.version(), writer.version()).reads_all();
        self.fingerprint == other.fingerprint && self.layout != other.layout && !(reads(self, other) && reads(other, self))
    }
}

/// A version of a record's schema, and the plan that reads what is written with it.
pub(super) struct Version {
    reader: &'static str,
    writer: Arc<str>,
    /// `None` where nothing of it can be read.
    plan: OnceLock<Option<Plan>>,
}

impl Version {
    /// The plan, which is made when it is first needed; `None` where nothing can be read by one.
    pub(super) fn plan(&self) -> Option<&Plan> {
        self.plan.get_or_init(|| self.compile().ok().flatten()).as_ref()
    }

    /// Both schemas have been read before: kept would be their text alone.
    #[cold]
    fn compile(&self) -> Result<Option<Plan>, EvolutionError> {
        let reader = Schema::load("the reader's schema", self.reader)?;
        let writer = Schema::load("the writer's schema", &self.writer)?;
        let resolution = Resolution::of(reader.version(), writer.version());
        let reads = !resolution.reads_nothing();
        Ok(reads.then(|| compile(&resolution, &reader.contract.model, &writer.contract.model)))
    }

    /// Whether its plan has been made.
    #[cfg(test)]
    pub(super) fn is_compiled(&self) -> bool {
        self.plan.get().is_some()
    }
}

impl Writers {
    /// The writers of a topic's events: what each is called, of which record it is a version, and its schema where that is another.
    pub(super) fn versions(&self, topic: &TopicSpec) -> impl Iterator<Item = (WriterId, usize, Option<&Arc<str>>)> {
        let known = self.topics.get(topic.name).into_iter().flat_map(|topic| &topic.events);
        known.map(|(writer, known)| (*writer, known.record, known.schema.as_ref()))
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
        for writer in &writers {
            known.names.add(WriterId::Fingerprint(writer.fingerprint), writer.name());
        }
        for topic in topics {
            let of_topic = known.topics.entry(topic.name).or_default();
            add(&mut of_topic.events, topic.records, &writers)?;
            add(&mut of_topic.keys, topic.key_record(), &writers)?;
        }
        Ok(known)
    }

    /// The other versions that a registry knows.
    pub(super) fn add_others(&mut self, topics: &[&'static TopicSpec], ids: &SchemaIds) -> Result<(), EvolutionError> {
        let load = |(schema, id)| Ok((Schema::load(&format!("the schema of {id}"), schema)?, WriterId::Registry(id)));
        let writers = ids.others().map(load).collect::<Result<Vec<_>, EvolutionError>>()?;
        for (writer, id) in &writers {
            self.names.add(*id, writer.name());
        }
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

/// A topic's record as it is read, and its schema's text, which is there for ever.
type Reader = (Schema, &'static str);

fn readers<'r>(records: impl IntoIterator<Item = &'r RecordSpec>) -> Result<Vec<Reader>, EvolutionError> {
    let load = |spec: &RecordSpec| Ok((Schema::load(spec.full_name, spec.schema)?, spec.schema));
    records.into_iter().map(load).collect()
}

/// Of several records the one that a writer is called as; readable or not, it is no version of another.
fn called(readers: &[Reader], writer: &Schema) -> Option<usize> {
    let called = |(record, (reader, _)): (usize, &Reader)| Some((reader.version().matches(writer.version())?, record));
    readers.iter().enumerate().filter_map(called).min().map(|(_, record)| record)
}

/// What becomes of what a version of a record has written.
fn version(readers: &[Reader], record: usize, writer: &Schema) -> Known {
    let (reader, text) = &readers[record];
    let reads = if reader.fingerprint == writer.fingerprint && reader.layout == writer.layout {
        Reads::AsIs
    } else {
        Reads::By(Version {
            reader: text,
            writer: writer.text.clone(),
            plan: OnceLock::new(),
        })
    };
    Known {
        record,
        reads,
        schema: Some(writer.text.clone()),
    }
}

/// Adds each writer that is a version of one of the records, by its fingerprint.
fn add<'r>(
    known: &mut HashMap<WriterId, Known>,
    records: impl IntoIterator<Item = &'r RecordSpec>,
    writers: &[Schema],
) -> Result<(), EvolutionError> {
    let readers = &readers(records)?;
    // Of those that share a fingerprint no message tells which wrote it.
    let mut versions: HashMap<Fingerprint, Vec<&Schema>> = HashMap::new();
    for (reader, _) in readers {
        versions.entry(reader.fingerprint).or_default().push(reader);
    }
    for writer in writers {
        let Some(record) = called(readers, writer) else { continue };
        let versions = versions.entry(writer.fingerprint).or_default();
        if let Some(other) = versions.iter().find(|other| other.is_taken_for(writer)) {
            return Err(EvolutionError::Ambiguous(other.name()));
        }
        versions.push(writer);
        // What is written as the topic's own is read without a plan.
        if readers.iter().any(|(reader, _)| reader.fingerprint == writer.fingerprint) {
            continue;
        }
        insert(known, WriterId::Fingerprint(writer.fingerprint), version(readers, record, writer))?;
    }
    Ok(())
}
