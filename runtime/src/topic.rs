//! What generated code says of topics and groups, as traits and constants.

use crate::codec::{DecodeError, DecodeOwned, Encode, EncodeError, Limits, Record, read_by, to_avro_into};
use crate::evolution::{Step, Writers};
use crate::spec::{RecordSpec, TopicSpec};
use crate::wire;

/// A topic with its event, key and settings: what a manifest's entry becomes.
///
/// Generated marker types implement it, and `#[derive(KafkaEvent)]` does for an application's own event. What may be done with it is said by
/// others: [`PublishedTopic`], [`ConsumedTopic`] and [`CompactedTopic`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a topic",
    label = "expected a generated topic marker, or a type with `#[derive(KafkaEvent)]` and `#[kafka(topic = \"…\")]`"
)]
pub trait Topic: Send + Sync + 'static {
    /// What its messages carry: a record, an enum of several, or either [`Keyed`](crate::Keyed) by a record of its own.
    type Event: Event;
    /// What keys a message: `()` for a null key, the type of the key's field, or a record of its own.
    type Key: Send + Sync + 'static;
    /// The topic's settings.
    const SPEC: &'static TopicSpec;
}

/// A topic whose events can be published: they have all that its schema asks for.
#[diagnostic::on_unimplemented(
    message = "events of `{Self}` cannot be published",
    label = "this is no topic; or its event is only read, since it says `consume`, or borrows by a lifetime",
    note = "an event of your own is published that says `#[kafka(topic = \"…\")]` without `consume`, and has no lifetime: what is published owns its fields"
)]
pub trait PublishedTopic: Topic<Event: OwnedEvent + EncodeEvent> {
    /// Appends the bytes that key the event's message; `false` for a null key, for which nothing is appended. On a topic of
    /// [`Framing::Confluent`](crate::Framing::Confluent) a key that is a record is without its id: [`encode_key_with`](crate::encode_key_with)
    /// has it.
    ///
    /// # Errors
    /// A type of one's own in a key that is a record refused its value; generated types never do.
    fn encode_key(event: &Self::Event, out: &mut Vec<u8>) -> Result<bool, EncodeError>;
}

/// A topic whose messages can be consumed.
#[diagnostic::on_unimplemented(
    message = "messages of `{Self}` cannot be consumed",
    label = "this is no topic; or its event leaves out fields that the schema has; or it borrows from messages, by a lifetime",
    note = "an event of your own that has not all of the schema's fields says `#[kafka(topic = \"…\", consume)]`",
    note = "one that borrows is read from a message by `decode_value_ref`"
)]
pub trait ConsumedTopic: Topic {
    /// What is consumed: the event; of a compacted topic, a [`Compacted`](crate::Compacted) one, which may be a tombstone.
    type Message: Send + 'static;

    /// Reads what a message is.
    ///
    /// # Errors
    /// Why the bytes are no such message; see [`DecodeError::class`].
    fn decode(message: EncodedEvent<'_>) -> Result<Self::Message, DecodeError>;
}

/// A topic of which Kafka keeps the last message of each key: what a manifest's `cleanup = "compact"` becomes.
///
/// A message without a value, a tombstone, takes its key out of the topic.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a compacted topic",
    label = "tombstones are for topics with `cleanup = \"compact\"` or `\"compact,delete\"` in the manifest"
)]
pub trait CompactedTopic: Topic {
    /// Appends a key's bytes, those that [`encode_key`](PublishedTopic::encode_key) appends for an event of that key.
    ///
    /// # Errors
    /// A type of one's own in a key that is a record refused its value; generated types never do.
    fn encode_tombstone(key: &Self::Key, out: &mut Vec<u8>) -> Result<(), EncodeError>
    where
        Self: PublishedTopic;

    /// Reads the key of a message. A key of one's own that leaves fields out is read without them, and two keys of the topic may then be one.
    ///
    /// # Errors
    /// Why the bytes are no such key; see [`DecodeError::class`].
    fn decode_key(message: EncodedEvent<'_>) -> Result<Self::Key, DecodeError>;
}

/// What a topic's messages carry: a [`Record`], an enum of several, or either [`Keyed`](crate::Keyed) by a record of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "expected a generated event, or a type with `#[derive(KafkaEvent)]` and `#[kafka(topic = \"…\")]` or `#[kafka(record = \"…\")]`"
)]
pub trait Event: Send + Sync + 'static {
    /// The same with text and bytes borrowed from the message.
    type Ref<'de>;

    /// The records that it may be.
    const RECORDS: &'static [RecordSpec];

    /// Reads one from its bare datum, borrowed.
    ///
    /// # Errors
    /// The bytes are not such an event, or a limit was met.
    fn decode_datum_ref(datum: EncodedDatum<'_>) -> Result<Self::Ref<'_>, DecodeError>;
}

/// An event that holds all it has.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that holds its own text and bytes",
    label = "this is no event; or one that borrows from messages, which `decode_value_ref` reads; or one whose fields are not carried by what its parameters stand for"
)]
pub trait OwnedEvent: Event + Sized {
    /// Reads one as [`decode_datum_ref`](Event::decode_datum_ref) does, owned.
    ///
    /// # Errors
    /// As there.
    fn decode_datum(datum: EncodedDatum<'_>) -> Result<Self, DecodeError>;
}

/// An event that can be written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that can be published",
    label = "this is no event, or one to `consume`, which has only some of the schema's fields",
    note = "what holds or names a type with `consume` in its `#[kafka(…)]` is only read as well, and says `consume`, too"
)]
pub trait EncodeEvent: Event {
    /// Which of [`RECORDS`](Event::RECORDS) it is.
    fn record(&self) -> &'static RecordSpec;

    /// Appends it to a buffer as a bare Avro datum; on an error the buffer is as it was.
    ///
    /// # Errors
    /// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
    fn encode_datum(&self, buffer: &mut Vec<u8>) -> Result<(), EncodeError>;
}

/// The bare datum of an event, taken out of a message's framing.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EncodedDatum<'a> {
    /// The place in [`Event::RECORDS`] of the record that wrote it.
    pub record: usize,
    /// The event's bytes.
    pub value: &'a [u8],
    /// The key's bytes, where the topic is keyed by a record of its own; else none.
    pub key: &'a [u8],
    /// What decoding it may cost.
    pub limits: Limits,
    /// What becomes of the event's bytes, where another version of its schema wrote them.
    pub(crate) step: Option<Step<'a>>,
    /// The same of the key's.
    pub(crate) key_step: Option<Step<'a>>,
}

impl<'a> EncodedDatum<'a> {
    /// An event without a key of its own, within [`Limits::DEFAULT`].
    #[must_use]
    pub fn new(record: usize, value: &'a [u8]) -> Self {
        Self {
            record,
            value,
            key: &[],
            limits: Limits::DEFAULT,
            step: None,
            key_step: None,
        }
    }
}

impl<T: Record + Send + Sync + 'static> Event for T {
    type Ref<'de> = T::Ref<'de>;

    const RECORDS: &'static [RecordSpec] = &[RecordSpec::of::<T>()];

    #[inline]
    fn decode_datum_ref(datum: EncodedDatum<'_>) -> Result<Self::Ref<'_>, DecodeError> {
        read_by::<wire::Record, _>(datum.value, datum.limits, datum.step)
    }
}

impl<T: Record + DecodeOwned<wire::Record> + Send + Sync + 'static> OwnedEvent for T {
    #[inline]
    fn decode_datum(datum: EncodedDatum<'_>) -> Result<Self, DecodeError> {
        read_by::<wire::Record, _>(datum.value, datum.limits, datum.step)
    }
}

impl<T: Record + Encode<wire::Record> + Send + Sync + 'static> EncodeEvent for T {
    #[inline]
    fn record(&self) -> &'static RecordSpec {
        &Self::RECORDS[0]
    }

    #[inline]
    fn encode_datum(&self, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
        to_avro_into(self, buffer)
    }
}

/// What a group or a single reader subscribes to, and the events that come of it.
pub trait Subscription: Send + Sync + 'static {
    /// The topic's [message](ConsumedTopic::Message), or an enum of the topics' messages.
    type Event: Send + 'static;
    /// The topics, in the order that [`decode`](Self::decode) counts them in.
    const TOPICS: &'static [&'static TopicSpec];

    /// Reads a message of the topic at a place in [`TOPICS`](Self::TOPICS).
    ///
    /// # Errors
    /// Why the bytes are no such message; see [`DecodeError::class`].
    fn decode(topic: usize, message: EncodedEvent<'_>) -> Result<Self::Event, DecodeError>;
}

/// A consumer group of the manifest.
pub trait Group: Subscription {
    /// The group's id.
    const ID: &'static str;
    /// The topic of the group's dead letters, where the manifest states one.
    const DEAD_LETTER: Option<&'static TopicSpec> = None;
}

/// One topic as a subscription: what a consumer without a group of the manifest reads.
#[derive(Debug, Clone, Copy)]
pub struct Only<T>(std::marker::PhantomData<fn() -> T>);

/// An encoded event as a message carries it, with what decoding it may cost.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EncodedEvent<'a> {
    /// The message's value; `None` for a null one, a tombstone.
    pub value: Option<&'a [u8]>,
    /// The header [`FINGERPRINT_HEADER`](crate::FINGERPRINT_HEADER), where the message has it.
    pub fingerprint: Option<&'a [u8]>,
    /// The message's key; `None` for a null one.
    pub key: Option<&'a [u8]>,
    /// The header [`KEY_FINGERPRINT_HEADER`](crate::KEY_FINGERPRINT_HEADER), where the message has it.
    pub key_fingerprint: Option<&'a [u8]>,
    /// The header [`SCHEMA_ID_HEADER`](crate::SCHEMA_ID_HEADER), where the message has it.
    pub schema_id: Option<&'a [u8]>,
    /// The header [`KEY_SCHEMA_ID_HEADER`](crate::KEY_SCHEMA_ID_HEADER), where the message has it.
    pub key_schema_id: Option<&'a [u8]>,
    /// What decoding it may cost.
    pub limits: Limits,
    /// The versions of the topic's schemas that are known beside its own.
    pub writers: Option<&'a Writers>,
}

impl<'a> EncodedEvent<'a> {
    /// A message's value, within [`Limits::DEFAULT`].
    #[must_use]
    pub fn new(value: impl Into<Option<&'a [u8]>>) -> Self {
        Self {
            value: value.into(),
            fingerprint: None,
            key: None,
            key_fingerprint: None,
            schema_id: None,
            key_schema_id: None,
            limits: Limits::DEFAULT,
            writers: None,
        }
    }

    /// The same with the header [`FINGERPRINT_HEADER`](crate::FINGERPRINT_HEADER).
    #[must_use]
    pub fn with_fingerprint(mut self, fingerprint: impl Into<Option<&'a [u8]>>) -> Self {
        self.fingerprint = fingerprint.into();
        self
    }

    /// The same with the message's key.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<Option<&'a [u8]>>) -> Self {
        self.key = key.into();
        self
    }

    /// The same with the header [`KEY_FINGERPRINT_HEADER`](crate::KEY_FINGERPRINT_HEADER).
    #[must_use]
    pub fn with_key_fingerprint(mut self, fingerprint: impl Into<Option<&'a [u8]>>) -> Self {
        self.key_fingerprint = fingerprint.into();
        self
    }

    /// The same with the header [`SCHEMA_ID_HEADER`](crate::SCHEMA_ID_HEADER).
    #[must_use]
    pub fn with_schema_id(mut self, id: impl Into<Option<&'a [u8]>>) -> Self {
        self.schema_id = id.into();
        self
    }

    /// The same with the header [`KEY_SCHEMA_ID_HEADER`](crate::KEY_SCHEMA_ID_HEADER).
    #[must_use]
    pub fn with_key_schema_id(mut self, id: impl Into<Option<&'a [u8]>>) -> Self {
        self.key_schema_id = id.into();
        self
    }

    /// The same within limits of one's own.
    #[must_use]
    pub fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same, read also where one of these wrote it.
    #[must_use]
    pub fn with_writers(mut self, writers: &'a Writers) -> Self {
        self.writers = Some(writers);
        self
    }
}
