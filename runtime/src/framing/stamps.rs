//! The bytes that name the schemas of a topic's messages, found once for all of them.

use super::ids::{SchemaIds, Stamp, Unnamed};
use crate::codec::Fingerprint;
use crate::spec::{RecordSpec, TopicSpec};

impl SchemaIds {
    /// Those of all that a topic carries; `None` where its framing is not a registry's.
    pub(crate) fn stamps(&self, topic: &TopicSpec) -> Result<Option<Stamps>, Unnamed> {
        if !topic.framing.is_of_a_registry() {
            return Ok(None);
        }
        let stamp = |record: &RecordSpec| {
            self.stamp(topic.framing, record).ok_or(Unnamed {
                topic: topic.name,
                record: record.full_name,
                framing: topic.framing,
            })
        };
        let events = topic.records.iter().map(|record| Ok((record.fingerprint, stamp(record)?)));
        Ok(Some(Stamps {
            events: events.collect::<Result<_, _>>()?,
            key: topic.key_record().map(stamp).transpose()?,
        }))
    }
}

/// The bytes that name the schemas of a topic's messages.
#[derive(Debug)]
pub(crate) struct Stamps {
    events: Box<[(Fingerprint, Stamp)]>,
    pub(crate) key: Option<Stamp>,
}

impl Stamps {
    /// Of one of the topic's records, by its fingerprint.
    pub(crate) fn of_event(&self, record: Fingerprint) -> Option<&Stamp> {
        self.events.iter().find(|(known, _)| *known == record).map(|(_, stamp)| stamp)
    }
}
