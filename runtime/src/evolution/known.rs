//! From the schemas of other versions to what is known of them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use kafka_event_codegen::compat::{self, Resolution};
use kafka_event_codegen::fingerprint::{fingerprint, layout_hash};
use kafka_event_codegen::model::TypeId;
use kafka_event_codegen::{Contract, Label, Severity, load_text};

use super::compile;
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

    /// Refuses another of the same fingerprint where it matters which of both wrote a message, since none says so: a logical type that only one
    /// of them has changes nothing.
    fn told_from(&self, other: &Self) -> Result<(), EvolutionError> {
        let reads = |reader: &Self, writer: &Self| Resolution::of(reader.version(), writer.version()).reads_all();
        if self.layout == other.layout || reads(self, other) && reads(other, self) {
            return Ok(());
        }
        Err(EvolutionError::Ambiguous(self.name()))
    }

    /// Refuses two others of one fingerprint of which this does not read some fields, or all, alike: a decimal of another scale would be read as
    /// the plain bytes of the other.
    fn reads_alike(&self, one: &Self, other: &Self, fields: Option<&[&str]>) -> Result<(), EvolutionError> {
        let refused = |writer: &Self| {
            let (reader, writer) = (self.version(), writer.version());
            let resolution = match fields {
                Some(fields) => Resolution::of_fields(reader, writer, fields),
                None => Resolution::of(reader, writer),
            };
            let found = resolution.report.diagnostics.into_iter();
            let errors = found.filter(|finding| finding.severity == Severity::Error);
            // By where it is in both.
            let pointers = |labels: Vec<Label>| labels.into_iter().map(|label| label.origin.pointer().cloned()).collect::<Vec<_>>();
            errors.map(|error| (error.code, pointers(error.labels))).collect::<Vec<_>>()
        };
        if refused(one) == refused(other) {
            return Ok(());
        }
        Err(EvolutionError::Ambiguous(self.name()))
    }
}

/// A version of a record's schema, and the plan that reads what is written with it.
pub(super) struct Version {
    reader: &'static str,
    /// The fields that are read, where some may be left out.
    fields: Option<&'static [&'static str]>,
    writer: Arc<str>,
    /// Or why nothing of it can be read.
    plan: OnceLock<Result<Plan, Arc<str>>>,
}

impl Version {
    /// The plan, which is made when it is first needed; or why nothing can be read by one.
    pub(super) fn plan(&self) -> Result<&Plan, &Arc<str>> {
        self.plan.get_or_init(|| self.compile()).as_ref()
    }

    /// The same for another view of the topic: of two that read different fields, neither is refused as a whole.
    pub(super) fn read_by_both(&mut self, other: Self) {
        if self.fields != other.fields {
            self.fields = Some(&[]);
            self.plan = OnceLock::new();
        }
    }

    /// Both schemas have been read before: kept would be their text alone.
    #[cold]
    fn compile(&self) -> Result<Plan, Arc<str>> {
        compile::plan(self.reader, self.fields, &self.writer).map_err(|unplanned| unplanned.reasons().into())
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
    /// version of any of them is known by its name alone.
    ///
    /// # Errors
    /// A schema is none, or none of a record; or no message could say which of two wrote it.
    pub fn new(topics: &[&'static TopicSpec], schemas: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, EvolutionError> {
        let mut known = Self::default();
        let mut schemas = schemas.into_iter().enumerate().peekable();
        // Without any, nor is there a reason to read the topics' own schemas.
        if schemas.peek().is_none() {
            return Ok(known);
        }
        let mut readers = topics.iter().map(|topic| Readers::of_both(topic)).collect::<Result<Vec<_>, _>>()?;
        // One after the other: what is kept of each is its text.
        for (number, text) in schemas {
            let writer = Schema::load(&format!("writer's schema {}", number + 1), text.as_ref())?;
            known.names.add(WriterId::Fingerprint(writer.fingerprint), writer.name());
            for (topic, (events, keys)) in topics.iter().zip(&mut readers) {
                let of_topic = known.topics.entry(topic.name).or_default();
                events.add(&mut of_topic.events, &writer)?;
                keys.add(&mut of_topic.keys, &writer)?;
            }
        }
        Ok(known)
    }

    /// The other versions that a registry knows.
    pub(super) fn add_others(&mut self, topics: &[&'static TopicSpec], ids: &SchemaIds) -> Result<(), EvolutionError> {
        let mut others = ids.others().peekable();
        if others.peek().is_none() {
            return Ok(());
        }
        let topics = topics.iter().filter(|topic| topic.framing.is_of_a_registry());
        let topics = topics.map(|topic| Ok((topic.name, Readers::of_both(topic)?)));
        let topics = topics.collect::<Result<Vec<_>, EvolutionError>>()?;
        for (schema, id) in others {
            let writer = Schema::load(&format!("the schema of {id}"), schema)?;
            let id = WriterId::Registry(id);
            self.names.add(id, writer.name());
            for (topic, (events, keys)) in &topics {
                let of_topic = self.topics.entry(topic).or_default();
                for (known, readers) in [(&mut of_topic.events, events), (&mut of_topic.keys, keys)] {
                    if let Some(record) = readers.called(&writer) {
                        insert(known, id, readers.version(record, &writer))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The records of a topic's events, or of its keys, as they are read.
struct Readers {
    records: Vec<(Schema, RecordSpec)>,
    /// The layouts and texts of the versions that were added, by fingerprint.
    versions: HashMap<Fingerprint, Vec<(u64, Arc<str>)>>,
}

impl Readers {
    /// Those of a topic's events, and those of its keys.
    fn of_both(topic: &TopicSpec) -> Result<(Self, Self), EvolutionError> {
        Ok((Self::of(topic.records)?, Self::of(topic.key_record())?))
    }

    fn of<'r>(records: impl IntoIterator<Item = &'r RecordSpec>) -> Result<Self, EvolutionError> {
        let load = |spec: &RecordSpec| Ok((Schema::load(spec.full_name, spec.schema)?, *spec));
        Ok(Self {
            records: records.into_iter().map(load).collect::<Result<_, EvolutionError>>()?,
            versions: HashMap::new(),
        })
    }

    /// Of several records the one that a writer is called as; readable or not, it is no version of another.
    fn called(&self, writer: &Schema) -> Option<usize> {
        let called = |(record, (reader, _)): (usize, &(Schema, RecordSpec))| Some((reader.version().matches(writer.version())?, record));
        self.records.iter().enumerate().filter_map(called).min().map(|(_, record)| record)
    }

    /// What becomes of what a version of a record has written.
    fn version(&self, record: usize, writer: &Schema) -> Known {
        let (reader, spec) = &self.records[record];
        let reads = if reader.fingerprint == writer.fingerprint && reader.layout == writer.layout {
            Reads::AsIs
        } else {
            Reads::By(Version {
                reader: spec.schema,
                fields: spec.fields,
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

    /// Adds a writer by its fingerprint, where it is a version of one of the records.
    fn add(&mut self, known: &mut HashMap<WriterId, Known>, writer: &Schema) -> Result<(), EvolutionError> {
        let Some(record) = self.called(writer) else { return Ok(()) };
        let mut is_own = false;
        for (reader, _) in self.records.iter().filter(|(reader, _)| reader.fingerprint == writer.fingerprint) {
            reader.told_from(writer)?;
            is_own = true;
        }
        let versions = self.versions.entry(writer.fingerprint).or_default();
        if versions.iter().any(|(layout, _)| *layout == writer.layout) {
            return Ok(());
        }
        for (_, text) in &*versions {
            let other = Schema::load("another version's schema", text)?;
            other.told_from(writer)?;
            let (reader, spec) = &self.records[record];
            reader.reads_alike(&other, writer, spec.fields)?;
        }
        versions.push((writer.layout, writer.text.clone()));
        // What is written as the topic's own is read without a plan.
        if !is_own {
            insert(known, WriterId::Fingerprint(writer.fingerprint), self.version(record, writer))?;
        }
        Ok(())
    }
}
