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
    pub(super) topics: HashMap<&'static str, OfTopic>,
}

#[derive(Default)]
pub(super) struct OfTopic {
    pub(super) events: HashMap<Fingerprint, Known>,
    pub(super) keys: HashMap<Fingerprint, Known>,
}

/// A writer's schema that is a version of one of the topic's records.
pub(super) struct Known {
    /// Which of them.
    pub(super) record: usize,
    /// `None` where nothing that is written with it can be read.
    pub(super) plan: Option<Plan>,
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
