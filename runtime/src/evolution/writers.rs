//! The versions of a topic's schemas that are known beside its own.

use std::collections::HashMap;
use std::fmt;

use super::plan::Plan;
use super::step::Step;
use crate::codec::Fingerprint;
use crate::spec::TopicSpec;

/// Other versions of the schemas of topics' records, so that events that were written with them are read.
///
/// A message names its writer's schema by fingerprint. Where that is not the topic's own, it is looked for here; a plan for each has been made
/// before the first message.
#[derive(Default)]
pub struct Writers {
    topics: HashMap<&'static str, OfTopic>,
}

#[derive(Default)]
struct OfTopic {
    events: HashMap<Fingerprint, Known>,
    keys: HashMap<Fingerprint, Known>,
}

struct Known {
    /// Which of the topic's records it is a version of.
    record: usize,
    /// `None` where nothing that is written with it can be read.
    plan: Option<Plan>,
}

/// What is known of a writer.
pub(crate) enum Writer<'a> {
    Unknown,
    /// Its events can be read as this record of the topic's, by this step.
    Known(usize, Step<'a>),
    /// It is a version of one of the topic's records, and nothing of it can be read.
    Incompatible,
}

impl Writers {
    /// Who wrote an event of a topic.
    pub(crate) fn of_event(&self, topic: &TopicSpec, writer: Fingerprint) -> Writer<'_> {
        Self::found(self.topics.get(topic.name).and_then(|topic| topic.events.get(&writer)))
    }

    /// Who wrote a key of a topic that is a record.
    pub(crate) fn of_key(&self, topic: &TopicSpec, writer: Fingerprint) -> Writer<'_> {
        Self::found(self.topics.get(topic.name).and_then(|topic| topic.keys.get(&writer)))
    }

    fn found(known: Option<&Known>) -> Writer<'_> {
        match known {
            None => Writer::Unknown,
            Some(Known { plan: None, .. }) => Writer::Incompatible,
            Some(Known { record, plan: Some(plan) }) => Writer::Known(*record, Step::root(plan)),
        }
    }
}

impl fmt::Debug for Writers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions = self
            .topics
            .iter()
            .map(|(name, topic)| (name, topic.events.len() + topic.keys.len()));
        f.debug_map().entries(versions).finish()
    }
}

#[cfg(feature = "evolution")]
mod known {
    use kafka_event_codegen::compat::{Resolution, Version};
    use kafka_event_codegen::fingerprint::{fingerprint, layout_hash};
    use kafka_event_codegen::model::TypeId;
    use kafka_event_codegen::{Contract, load_text};

    use super::super::compile::compile;
    use super::super::evolve::EvolutionError;
    use super::{Fingerprint, Known, OfTopic, Writers};
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
    fn add(
        known: &mut std::collections::HashMap<Fingerprint, Known>,
        records: &[RecordSpec],
        writers: &[Schema],
    ) -> Result<(), EvolutionError> {
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
}
