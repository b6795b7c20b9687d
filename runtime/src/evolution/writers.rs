//! The versions of a topic's schemas that are known beside its own, and by which names.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use super::error::EvolutionError;
use super::plan::Plan;
use super::step::Step;
use crate::framing::{SchemaIds, WriterId};
use crate::spec::TopicSpec;

/// Other versions of the schemas of topics' records, so that events that were written with them are read; and what a schema registry calls
/// all of them.
///
/// A message names its writer's schema by fingerprint, or by a registry's id or GUID. Where that is not the topic's own fingerprint, it is
/// looked for here; a plan for each has been made before the first message.
#[derive(Default)]
pub struct Writers {
    topics: HashMap<&'static str, OfTopic>,
}

#[derive(Default)]
struct OfTopic {
    events: HashMap<WriterId, Known>,
    keys: HashMap<WriterId, Known>,
}

struct Known {
    /// Which of the topic's records it is a version of.
    record: usize,
    reads: Reads,
    /// Its schema; `None` of the record's own.
    #[cfg(feature = "evolution")]
    schema: Option<std::sync::Arc<str>>,
}

/// How what is written with a version is read.
#[cfg_attr(not(feature = "evolution"), expect(dead_code, reason = "plans are made with the feature alone"))]
enum Reads {
    /// By the record's own decoder.
    AsIs,
    By(Plan),
    /// Nothing of it can be.
    Nothing,
}

/// What is known of a writer.
pub(crate) enum Writer<'a> {
    Unknown,
    /// Its events can be read as this record of the topic's, by this step where there is one.
    Known(usize, Option<Step<'a>>),
    /// It is a version of one of the topic's records, and nothing of it can be read.
    Incompatible,
}

impl Writers {
    /// The same, and what a schema registry calls the topics' schemas, those of other versions among them.
    ///
    /// # Errors
    /// A schema is none, or none of a record; or two schemas are called the same.
    pub fn with_ids(mut self, topics: &[&'static TopicSpec], ids: &SchemaIds) -> Result<Self, EvolutionError> {
        for topic in topics {
            self = self.with_own_ids(topic, ids)?;
        }
        #[cfg(feature = "evolution")]
        self.add_others(topics, ids)?;
        Ok(self)
    }

    /// The same of one topic, with its own schemas alone.
    pub(crate) fn with_own_ids(mut self, topic: &TopicSpec, ids: &SchemaIds) -> Result<Self, EvolutionError> {
        if !topic.framing.is_of_a_registry() {
            return Ok(self);
        }
        let of_topic = self.topics.entry(topic.name).or_default();
        for (own, id) in ids.own() {
            let known = |record| Known {
                record,
                reads: Reads::AsIs,
                #[cfg(feature = "evolution")]
                schema: None,
            };
            if let Some(record) = topic.records.iter().position(|record| record == own) {
                insert(&mut of_topic.events, WriterId::Registry(id), known(record))?;
            }
            if topic.key_record() == Some(own) {
                insert(&mut of_topic.keys, WriterId::Registry(id), known(0))?;
            }
        }
        Ok(self)
    }

    /// Who wrote an event of a topic.
    pub(crate) fn of_event(&self, topic: &TopicSpec, writer: WriterId) -> Writer<'_> {
        Self::found(self.topics.get(topic.name).and_then(|topic| topic.events.get(&writer)))
    }

    /// Who wrote a key of a topic that is a record.
    pub(crate) fn of_key(&self, topic: &TopicSpec, writer: WriterId) -> Writer<'_> {
        Self::found(self.topics.get(topic.name).and_then(|topic| topic.keys.get(&writer)))
    }

    fn found(known: Option<&Known>) -> Writer<'_> {
        match known {
            None => Writer::Unknown,
            Some(known) => match &known.reads {
                Reads::AsIs => Writer::Known(known.record, None),
                Reads::By(plan) => Writer::Known(known.record, Some(Step::root(plan))),
                Reads::Nothing => Writer::Incompatible,
            },
        }
    }
}

/// Adds a version by what it is called.
fn insert(known: &mut HashMap<WriterId, Known>, writer: WriterId, version: Known) -> Result<(), EvolutionError> {
    match (known.entry(writer), writer) {
        (Entry::Vacant(place), _) => _ = place.insert(version),
        // Told twice of the same.
        (Entry::Occupied(place), _)
            if matches!((&place.get().reads, &version.reads), (Reads::AsIs, Reads::AsIs)) && place.get().record == version.record => {}
        (Entry::Occupied(_), WriterId::Registry(id)) => return Err(EvolutionError::IdTwice(id)),
        (Entry::Occupied(mut place), WriterId::Fingerprint(_)) => _ = place.insert(version),
    }
    Ok(())
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
    use std::collections::HashMap;
    use std::sync::Arc;

    use kafka_event_codegen::compat::{Resolution, Version};
    use kafka_event_codegen::fingerprint::{fingerprint, layout_hash};
    use kafka_event_codegen::model::TypeId;
    use kafka_event_codegen::{Contract, load_text};

    use super::super::compile::compile;
    use super::{EvolutionError, Known, Reads, Writers, insert};
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
        pub(in crate::evolution) fn versions(&self, topic: &TopicSpec) -> impl Iterator<Item = (WriterId, usize, Option<&str>)> {
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
        let load = |spec: &RecordSpec| Schema::load(spec.full_name, spec.schema);
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
            if resolution.reads_nothing() {
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
}
