//! The versions of a topic's schemas that are known beside its own, and by which names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use super::error::EvolutionError;
#[cfg(feature = "evolution")]
use super::known::Version;
use super::step::Step;
use crate::framing::{SchemaIds, WriterId};
use crate::spec::TopicSpec;

/// Other versions of the schemas of topics' records, so that events that were written with them are read; and what a schema registry calls
/// all of them.
///
/// A message names its writer's schema by fingerprint, or by a registry's id or GUID. Where that is not the topic's own fingerprint, it is
/// looked for here. All schemas are read when this is made, and a plan is made of a version when its first message comes: once, whichever
/// thread has it, and kept for all. There are never more plans than versions that were given for topics; a message adds none.
///
/// Each consumer has one of its own, which all its partitions share.
#[derive(Default)]
pub struct Writers {
    pub(super) topics: HashMap<&'static str, OfTopic>,
    pub(super) names: Names,
}

/// What the record of each known schema is called, whichever topic has it.
#[derive(Clone, Default)]
pub(crate) struct Names(HashMap<WriterId, Cow<'static, str>>);

impl Names {
    pub(super) fn add(&mut self, writer: WriterId, name: impl Into<Cow<'static, str>>) {
        self.0.insert(writer, name.into());
    }

    pub(crate) fn of(&self, writer: WriterId) -> Option<&Cow<'static, str>> {
        self.0.get(&writer)
    }
}

#[derive(Default)]
pub(super) struct OfTopic {
    pub(super) events: HashMap<WriterId, Known>,
    pub(super) keys: HashMap<WriterId, Known>,
}

pub(super) struct Known {
    /// Which of the topic's records it is a version of.
    pub(super) record: usize,
    pub(super) reads: Reads,
    /// Its schema; `None` of the record's own.
    #[cfg(feature = "evolution")]
    pub(super) schema: Option<std::sync::Arc<str>>,
}

/// How what is written with a version is read.
pub(super) enum Reads {
    /// By the record's own decoder.
    AsIs,
    #[cfg(feature = "evolution")]
    By(Version),
}

/// What is known of a writer.
#[cfg_attr(not(feature = "evolution"), expect(dead_code, reason = "plans are made with the feature alone"))]
pub(crate) enum Writer<'a> {
    Unknown,
    /// Its events can be read as this record of the topic's, by this step where there is one.
    Known(usize, Option<Step<'a>>),
    /// It is a version of one of the topic's records, and nothing of it can be read, for this reason.
    Incompatible(&'a str),
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
            self.names.add(WriterId::Registry(id), own.full_name);
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

    /// How many plans have been made.
    #[cfg(all(test, feature = "evolution"))]
    pub(super) fn compiled(&self) -> usize {
        let known = self
            .topics
            .values()
            .flat_map(|topic| topic.events.values().chain(topic.keys.values()));
        known
            .filter(|known| matches!(&known.reads, Reads::By(version) if version.is_compiled()))
            .count()
    }

    fn found(known: Option<&Known>) -> Writer<'_> {
        match known {
            None => Writer::Unknown,
            Some(known) => match &known.reads {
                Reads::AsIs => Writer::Known(known.record, None),
                #[cfg(feature = "evolution")]
                Reads::By(version) => match version.plan() {
                    Ok(plan) => Writer::Known(known.record, Some(Step::root(plan))),
                    Err(reason) => Writer::Incompatible(reason),
                },
            },
        }
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }
}

impl Known {
    /// Lets a version be read by two views of one topic: what only one of them names fails where it is read, and not before.
    fn read_by_both(&mut self, other: Self) {
        #[cfg(feature = "evolution")]
        if let (Reads::By(version), Reads::By(other)) = (&mut self.reads, other.reads) {
            version.read_by_both(other);
        }
        #[cfg(not(feature = "evolution"))]
        let _ = other;
    }

    /// Whether both are of one schema.
    fn is_same(&self, other: &Self) -> bool {
        #[cfg(feature = "evolution")]
        if self.schema.is_some() && self.schema == other.schema {
            return self.record == other.record;
        }
        matches!((&self.reads, &other.reads), (Reads::AsIs, Reads::AsIs)) && self.record == other.record
    }
}

/// Adds a version by what it is called.
pub(super) fn insert(known: &mut HashMap<WriterId, Known>, writer: WriterId, version: Known) -> Result<(), EvolutionError> {
    match (known.entry(writer), writer) {
        (Entry::Vacant(place), _) => _ = place.insert(version),
        // Told twice of the same.
        (Entry::Occupied(mut place), _) if place.get().is_same(&version) => place.get_mut().read_by_both(version),
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
