//! What a manifest defines.

use super::{Ident, TopicId, Type, TypeId};
use crate::source::Origin;

/// A topic of the manifest.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name, and the name of its marker type.
    pub name: Ident,
    /// What it is for.
    pub doc: Option<String>,
    /// The records that it carries: one, or several, which no two messages' fingerprints confuse.
    pub records: Vec<TypeId>,
    /// What orders its messages.
    pub key: Key,
    /// How many partitions.
    pub partitions: u32,
    /// How many copies of each partition.
    pub replication: u16,
    /// How many copies must be in sync for a write with acks from all.
    pub min_insync_replicas: u16,
    /// How long a message is kept; for ever, where the clean-up deletes none by its age.
    pub retention: Retention,
    /// What becomes of old messages.
    pub cleanup: Cleanup,
    /// How its batches are compressed by the producer.
    pub compression: Compression,
    /// What stands around the encoded event.
    pub framing: Framing,
    /// Further configuration of the topic, by Kafka's names.
    pub config: Vec<(String, String)>,
    /// Where it is defined.
    pub origin: Origin,
}

/// What a topic's messages are keyed by.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A null key: messages are spread over the partitions.
    None,
    /// The value of a field of the record, or of a field of a nested record.
    Field {
        /// Of each record of the topic, in their order: from the record to the field; each but the last is a record that is always there.
        /// Their Avro names are the same.
        paths: Vec<Vec<Ident>>,
        /// The last field's type, the same in all records: one that has stated bytes.
        ty: Type,
    },
    /// A record of its own, beside the event.
    Record(TypeId),
}

/// How long a message is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// Until it is this many milliseconds old.
    Millis(u64),
    /// For ever.
    Forever,
}

/// What becomes of a topic's old messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleanup {
    /// They go when their retention is over.
    Delete,
    /// Of each key the last one stays.
    Compact,
    /// Of each key the last one stays, until its retention is over.
    CompactDelete,
}

impl Cleanup {
    /// Whether of each key the last message stays.
    #[must_use]
    pub fn is_compacted(self) -> bool {
        self != Self::Delete
    }
}

/// How a producer compresses the batches of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// DEFLATE with a gzip header.
    Gzip,
    /// Snappy.
    Snappy,
    /// LZ4.
    Lz4,
    /// Zstandard.
    Zstd,
}

/// What stands around an encoded event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// `C3 01`, the schema's fingerprint, the event (Avro's single-object encoding).
    SingleObject,
    /// The event alone; its schema's fingerprint in the message's header.
    Bare,
    /// A zero byte, a schema registry's id, the event (Confluent's wire format).
    Confluent,
    /// The event alone; a schema registry's GUID in the message's header.
    ConfluentHeader,
}

/// A consumer group of the manifest.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id, and the name of its marker type.
    pub name: Ident,
    /// What it is for.
    pub doc: Option<String>,
    /// The topics that it reads.
    pub topics: Vec<TopicId>,
    /// The topic for what it cannot handle, where it has one.
    pub dead_letter: Option<DeadLetter>,
    /// Where it is defined.
    pub origin: Origin,
}

/// A topic for what a group cannot handle: messages of its topics, as they are.
#[derive(Debug, Clone)]
pub struct DeadLetter {
    /// Its name in Kafka.
    pub name: String,
    /// How many partitions.
    pub partitions: u32,
    /// How many copies of each partition.
    pub replication: u16,
    /// How many copies must be in sync for a write with acks from all.
    pub min_insync_replicas: u16,
    /// How long a message is kept.
    pub retention: Retention,
    /// How its batches are compressed by the producer.
    pub compression: Compression,
    /// Further configuration of the topic, by Kafka's names.
    pub config: Vec<(String, String)>,
    /// Where it is defined.
    pub origin: Origin,
}
