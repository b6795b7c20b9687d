//! Topics and groups as constants: what a manifest states, for look-ups at run time.

use crate::codec::{Fingerprint, Record};

/// The settings of a topic, as its manifest states them.
#[derive(Debug, Clone, Copy)]
pub struct TopicSpec {
    /// Its name in Kafka.
    pub name: &'static str,
    /// What keys its messages.
    pub key: KeySpec,
    /// How many partitions.
    pub partitions: u32,
    /// How many copies of each partition.
    pub replication: u16,
    /// How many copies must be in sync for a write that asks for all.
    pub min_insync_replicas: u16,
    /// How long a message is kept; for ever, where [`cleanup`](Self::cleanup) deletes none by its age.
    pub retention: Retention,
    /// What becomes of old messages.
    pub cleanup: Cleanup,
    /// How its batches are compressed by the producer.
    pub compression: Compression,
    /// What stands around an encoded event.
    pub framing: Framing,
    /// The records that it carries; none, of a topic of dead letters, which carries others' bytes as they are.
    pub records: &'static [RecordSpec],
    /// Further configuration of the topic, by Kafka's names.
    pub config: &'static [(&'static str, &'static str)],
    /// The contract that the topic belongs to.
    pub catalog: fn() -> &'static Catalog,
}

impl TopicSpec {
    /// The record that its keys are, where they are one.
    pub(crate) fn key_record(&self) -> Option<&RecordSpec> {
        match &self.key {
            KeySpec::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The records of its events, and that of its key.
    pub(crate) fn every_record(&self) -> impl Iterator<Item = &RecordSpec> {
        self.records.iter().chain(self.key_record())
    }
}

/// What keys a topic's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeySpec {
    /// Nothing: a null key, with which messages are spread over the partitions.
    None,
    /// A field of each of its records, by the path from the record, joined by dots. Its bytes are those of Kafka's own Java serializers.
    Field(&'static str),
    /// A record of its own, framed as the topic's events are.
    ///
    /// A key is its bytes: equal keys land in one partition, and are compacted as one, where one schema wrote them. In the single-object
    /// framing its fingerprint is among them, and in Confluent's its id, so that a changed schema makes other keys of equal values; the two
    /// framings with headers have them in [`KEY_FINGERPRINT_HEADER`] and [`KEY_SCHEMA_ID_HEADER`].
    Record(RecordSpec),
    /// What keyed the message before: of a topic of dead letters.
    Original,
}

impl KeySpec {
    /// Whether messages have a key.
    #[must_use]
    pub const fn is_some(self) -> bool {
        !matches!(self, Self::None)
    }

    /// The field's path, or the record's full name; `None` where there is neither.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::None | Self::Original => None,
            Self::Field(path) => Some(path),
            Self::Record(record) => Some(record.full_name),
        }
    }
}

/// What becomes of a topic's old messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cleanup {
    /// They go when their retention is over.
    Delete,
    /// Of each key the last one stays.
    Compact,
    /// Of each key the last one stays, until its retention is over.
    CompactDelete,
}

impl Cleanup {
    /// Kafka's word, for `cleanup.policy`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Compact => "compact",
            Self::CompactDelete => "compact,delete",
        }
    }

    /// Whether of each key the last message stays.
    #[must_use]
    pub const fn is_compacted(self) -> bool {
        matches!(self, Self::Compact | Self::CompactDelete)
    }
}

/// A record that a topic carries; equal to another of the same schema.
#[derive(Debug, Clone, Copy)]
pub struct RecordSpec {
    /// The record's Avro full name.
    pub full_name: &'static str,
    /// The record's schema: strict, self-contained JSON.
    pub schema: &'static str,
    /// The fingerprint of the schema's canonical form.
    pub fingerprint: Fingerprint,
    /// The fields that are read, where some may be left out; see [`Record::FIELDS`].
    pub fields: Option<&'static [&'static str]>,
}

impl PartialEq for RecordSpec {
    fn eq(&self, other: &Self) -> bool {
        let of = |spec: &Self| (spec.fingerprint, spec.full_name, spec.schema);
        of(self) == of(other)
    }
}

impl Eq for RecordSpec {}

impl RecordSpec {
    /// That of a type.
    #[must_use]
    pub const fn of<R: Record>() -> Self {
        Self {
            full_name: R::FULL_NAME,
            schema: R::SCHEMA,
            fingerprint: R::FINGERPRINT,
            fields: R::FIELDS,
        }
    }
}

/// How long a topic keeps a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retention {
    /// Until it is this many milliseconds old.
    Millis(u64),
    /// For ever.
    Forever,
}

impl Retention {
    /// Whole days, rounded down; `None` for ever.
    #[must_use]
    pub const fn days(self) -> Option<u64> {
        match self {
            Self::Millis(millis) => Some(millis / 86_400_000),
            Self::Forever => None,
        }
    }
}

/// How a producer compresses a topic's batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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

impl Compression {
    /// Kafka's name of the codec.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gzip => "gzip",
            Self::Snappy => "snappy",
            Self::Lz4 => "lz4",
            Self::Zstd => "zstd",
        }
    }
}

/// What stands around an encoded event in a message's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Framing {
    /// `C3 01`, the schema's fingerprint, the event: Avro's single-object encoding.
    SingleObject,
    /// The event alone; its schema's fingerprint is in the header [`FINGERPRINT_HEADER`].
    Bare,
    /// A zero byte, a schema registry's id of the schema in four bytes, big-endian, and the event: Confluent's wire format. A byte of 1 and a
    /// GUID are read there too, as Confluent's deserializers do, and never written.
    Confluent,
    /// The event alone; a schema registry's GUID of the schema is in the header [`SCHEMA_ID_HEADER`], behind a byte of 1: what Confluent's
    /// `HeaderSchemaIdSerializer` writes.
    ConfluentHeader,
}

impl Framing {
    /// The manifest's word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SingleObject => "single-object",
            Self::Bare => "bare",
            Self::Confluent => "confluent",
            Self::ConfluentHeader => "confluent-header",
        }
    }

    /// Whether messages name their schema as a schema registry does.
    #[must_use]
    pub const fn is_of_a_registry(self) -> bool {
        matches!(self, Self::Confluent | Self::ConfluentHeader)
    }

    /// What names a schema.
    pub(crate) const fn named_by(self) -> &'static str {
        match self {
            Self::SingleObject | Self::Bare => "fingerprint",
            Self::Confluent => "id",
            Self::ConfluentHeader => "GUID",
        }
    }
}

/// The message header that names the writer's schema of a bare event: the fingerprint's eight bytes, little-endian.
pub const FINGERPRINT_HEADER: &str = "avro-fingerprint";

/// The message header that names the writer's schema of a bare key that is a record, as [`FINGERPRINT_HEADER`] does of the event.
pub const KEY_FINGERPRINT_HEADER: &str = "avro-key-fingerprint";

/// The message header that names the writer's schema of an event by a schema registry's GUID: a byte of 1, and sixteen, big-endian.
pub const SCHEMA_ID_HEADER: &str = "__value_schema_id";

/// The message header that names the writer's schema of a key that is a record, as [`SCHEMA_ID_HEADER`] does of the event.
pub const KEY_SCHEMA_ID_HEADER: &str = "__key_schema_id";

/// All topics and groups of a manifest, for look-ups at run time.
#[derive(Debug, Clone, Copy)]
pub struct Catalog {
    /// The topics, in the order of the manifest; those of dead letters are with their groups.
    pub topics: &'static [&'static TopicSpec],
    /// The groups, in the order of the manifest.
    pub groups: &'static [GroupSpec],
}

impl Catalog {
    /// All topics, in the order of the manifest, and behind them the groups' topics of dead letters.
    pub fn all_topics(&self) -> impl Iterator<Item = &'static TopicSpec> + use<> {
        let dead_letters = self.groups.iter().filter_map(|group| group.dead_letter);
        self.topics.iter().copied().chain(dead_letters)
    }

    /// The topic of a name; `None` for one that the manifest does not have.
    #[must_use]
    pub fn topic(&self, name: &str) -> Option<&'static TopicSpec> {
        self.all_topics().find(|topic| topic.name == name)
    }

    /// The group of an id; `None` for one that the manifest does not have.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&'static GroupSpec> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Whether the manifest has a topic of that name.
    #[must_use]
    pub fn is_valid(&self, topic: &str) -> bool {
        self.topic(topic).is_some()
    }

    /// The names of [all topics](Self::all_topics).
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.all_topics().map(|topic| topic.name)
    }

    /// How long a topic keeps a message; `None` for a topic that the manifest does not have.
    #[must_use]
    pub fn retention(&self, topic: &str) -> Option<Retention> {
        self.topic(topic).map(|topic| topic.retention)
    }
}

/// A consumer group's id and topics.
#[derive(Debug, Clone, Copy)]
pub struct GroupSpec {
    /// The group's id.
    pub id: &'static str,
    /// The topics that it reads.
    pub topics: &'static [&'static TopicSpec],
    /// The topic for what it cannot handle, where the manifest states one. It is made with the others; no consumer of this version
    /// writes to it.
    pub dead_letter: Option<&'static TopicSpec>,
}
