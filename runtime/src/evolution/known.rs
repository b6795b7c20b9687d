//! From the schemas of other versions to what is known of them.

use std::collections::HashMap;

use kafka_event_codegen::compat::{Resolution, Version};
use kafka_event_codegen::fingerprint::{fingerprint, layout_hash};
use kafka_event_codegen::model::TypeId;
use kafka_event_codegen::{Contract, load_text};

use super::compile::compile;
use super::evolve::EvolutionError;
use super::writers::{Known, OfTopic, Writers};
use crate::codec::Fingerprint;
use crate::spec::{KeySpec, RecordSpec, TopicSpec};

/// A schema of a record with what tells it from others.
struct Schema {
    contract: Contract,
    id: TypeId,
    fingerprint: Fingerprint,
    layout: u64,
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
            let keys = match &topic.key {
                KeySpec::Record(spec) => std::slice::from_ref(spec),
                _ => &[],
            };
            let mut of_topic = OfTopic::default();
            add(&mut of_topic.events, topic.records, &writers)?;
            add(&mut of_topic.keys, keys, &writers)?;
            known.topics.insert(topic.name, of_topic);
        }
        Ok(known)
    }
}

fn ambiguous(schema: &Schema) -> EvolutionError {
    EvolutionError::Ambiguous(schema.contract.model.name(schema.id).full())
}

/// Adds each writer that is a version of one of the records.
fn add(known: &mut HashMap<Fingerprint, Known>, records: &[RecordSpec], writers: &[Schema]) -> Result<(), EvolutionError> {
    let load = |spec: &RecordSpec| Schema::load(spec.full_name, spec.schema);
    let readers = records.iter().map(load).collect::<Result<Vec<_>, _>>()?;
    let mut versions: Vec<&Schema> = readers.iter().collect();
    for writer in writers {
        // Of several records the one that it is called as; readable or not, it is no version of another.
        let called = |(record, reader): (usize, &Schema)| Some((reader.version().matches(writer.version())?, record));
        let Some((_, record)) = readers.iter().enumerate().filter_map(called).min() else {
            continue;
        };
        if let Some(other) = versions.iter().find(|other| other.is_taken_for(writer)) {
            return Err(ambiguous(other));
        }
        versions.push(writer);
        // What is written as the topic's own is read without a plan.
        if readers.iter().any(|reader| reader.fingerprint == writer.fingerprint) {
            continue;
        }
        let reader = &readers[record];
        let resolution = Resolution::of(reader.version(), writer.version());
        let plan = (!resolution.reads_nothing()).then(|| compile(&resolution, &reader.contract.model, &writer.contract.model));
        known.insert(writer.fingerprint, Known { record, plan });
    }
    Ok(())
}
