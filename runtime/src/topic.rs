//! What generated code says of topics and groups, as traits and constants.

use crate::codec::{DecodeError, EncodeError, Fingerprint, Limits, Record, from_avro_within, to_avro_into};

/// A topic with its event, key and settings: what a manifest's entry becomes.
///
/// Generated marker types implement it, and `#[derive(KafkaEvent)]` does for an application's own event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a topic",
    label = "expected a generated topic marker, or a type with `#[derive(KafkaEvent)]` and `#[kafka(topic = \"…\")]`"
)]
pub trait Topic: Send + Sync + 'static {
    /// What the topic carries: a record, or an enum of several.
    type Event: Event;
    /// The topic's settings.
    const SPEC: &'static TopicSpec;

    /// Appends the bytes that key the event's message; `false` for a null key, for which nothing is appended.
    fn encode_key(event: &Self::Event, out: &mut Vec<u8>) -> bool;
}

/// What a topic's message is: a [`Record`], or an enum of several.
pub trait Event: Sized + Send + Sync + 'static {
    /// The same with text and bytes borrowed from the message.
    type Ref<'de>;

    /// The records that it may be.
    const RECORDS: &'static [RecordSpec];

    /// Which of [`RECORDS`](Self::RECORDS) it is.
    fn record(&self) -> &'static RecordSpec;

    /// Appends it to a buffer as a bare Avro datum; on an error the buffer is as it was.
    ///
    /// # Errors
    /// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
    fn encode_datum(&self, buffer: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// Reads one from the datum of a record at a place in [`RECORDS`](Self::RECORDS).
    ///
    /// # Errors
    /// The bytes are not such an event, or a limit was met.
    fn decode_datum(record: usize, datum: &[u8], limits: Limits) -> Result<Self, DecodeError>;

    /// Reads one as [`decode_datum`](Self::decode_datum) does, borrowed.
    ///
    /// # Errors
    /// As there.
    fn decode_datum_ref<'de>(record: usize, datum: &'de [u8], limits: Limits) -> Result<Self::Ref<'de>, DecodeError>;
}

impl<T: Record> Event for T {
    type Ref<'de> = T::Ref<'de>;

    const RECORDS: &'static [RecordSpec] = &[RecordSpec {
        full_name: T::FULL_NAME,
        schema: T::SCHEMA,
        fingerprint: T::FINGERPRINT,
    }];

    #[inline]
    fn record(&self) -> &'static RecordSpec {
        &Self::RECORDS[0]
    }

    #[inline]
    fn encode_datum(&self, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
        to_avro_into(self, buffer)
    }

    #[inline]
    fn decode_datum(_: usize, datum: &[u8], limits: Limits) -> Result<Self, DecodeError> {
        from_avro_within(datum, limits)
    }

    #[inline]
    fn decode_datum_ref<'de>(_: usize, datum: &'de [u8], limits: Limits) -> Result<Self::Ref<'de>, DecodeError> {
        from_avro_within(datum, limits)
    }
}

/// The settings of a topic, as its manifest states them.
#[derive(Debug, Clone, Copy)]
pub struct TopicSpec {
    /// Its name in Kafka.
    pub name: &'static str,
    /// The path of the key's field from the record, joined by dots; `None` for a null key.
    pub key: Option<&'static str>,
    /// How many partitions.
    pub partitions: u32,
    /// How many copies of each partition.
    pub replication: u16,
    /// How many copies must be in sync for a write that asks for all.
    pub min_insync_replicas: u16,
    /// How long a message is kept.
    pub retention: Retention,
    /// How its batches are compressed by the producer.
    pub compression: Compression,
    /// What stands around an encoded event.
    pub framing: Framing,
    /// The records that it carries.
    pub records: &'static [RecordSpec],
    /// Further configuration of the topic, by Kafka's names.
    pub config: &'static [(&'static str, &'static str)],
    /// The contract that the topic belongs to.
    pub catalog: fn() -> &'static Catalog,
}

/// A record that a topic carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordSpec {
    /// The record's Avro full name.
    pub full_name: &'static str,
    /// The record's schema: strict, self-contained JSON.
    pub schema: &'static str,
    /// The fingerprint of the schema's canonical form.
    pub fingerprint: Fingerprint,
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
}

/// The message header that names the writer's schema of a bare event: the fingerprint's eight bytes, little-endian.
pub const FINGERPRINT_HEADER: &str = "avro-fingerprint";

/// What a group or a single reader subscribes to, and the events that come of it.
pub trait Subscription: Send + Sync + 'static {
    /// The event, or an enum of the topics' events.
    type Event: Send + 'static;
    /// The topics, in the order that [`decode`](Self::decode) counts them in.
    const TOPICS: &'static [&'static TopicSpec];

    /// Reads the event of a message of the topic at a place in [`TOPICS`](Self::TOPICS).
    ///
    /// # Errors
    /// Why the bytes are not such an event; see [`DecodeError::class`].
    fn decode(topic: usize, message: EncodedEvent<'_>) -> Result<Self::Event, DecodeError>;
}

/// A consumer group of the manifest.
pub trait Group: Subscription {
    /// The group's id.
    const ID: &'static str;
}

/// One topic as a subscription: what a consumer without a group of the manifest reads.
#[derive(Debug, Clone, Copy)]
pub struct Only<T>(std::marker::PhantomData<fn() -> T>);

/// An encoded event as a message carries it, with what decoding it may cost.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EncodedEvent<'a> {
    /// The message's value; `None` for a null one.
    pub value: Option<&'a [u8]>,
    /// The header [`FINGERPRINT_HEADER`], where the message has it.
    pub fingerprint: Option<&'a [u8]>,
    /// What decoding it may cost.
    pub limits: Limits,
}

impl<'a> EncodedEvent<'a> {
    /// A message's value, within [`Limits::DEFAULT`].
    #[must_use]
    pub fn new(value: impl Into<Option<&'a [u8]>>) -> Self {
        Self {
            value: value.into(),
            fingerprint: None,
            limits: Limits::DEFAULT,
        }
    }

    /// The same with the header [`FINGERPRINT_HEADER`].
    #[must_use]
    pub fn with_fingerprint(mut self, fingerprint: impl Into<Option<&'a [u8]>>) -> Self {
        self.fingerprint = fingerprint.into();
        self
    }

    /// The same within limits of one's own.
    #[must_use]
    pub fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

/// All topics and groups of a manifest, for look-ups at run time.
#[derive(Debug, Clone, Copy)]
pub struct Catalog {
    /// The topics, in the order of the manifest.
    pub topics: &'static [&'static TopicSpec],
    /// The groups, in the order of the manifest.
    pub groups: &'static [GroupSpec],
}

impl Catalog {
    /// The topic of a name; `None` for one that the manifest does not have.
    #[must_use]
    pub fn topic(&self, name: &str) -> Option<&'static TopicSpec> {
        self.topics.iter().find(|topic| topic.name == name).copied()
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

    /// The names of all topics, in the order of the manifest.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.topics.iter().map(|topic| topic.name)
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
}
