//! What stands around an encoded event in a message's value, and around a key that is a record.

mod ids;
#[cfg(feature = "kafka")]
mod stamps;
mod unframe;

#[cfg(feature = "kafka")]
pub(crate) use ids::Stamp;
pub(crate) use ids::WriterId;
pub use ids::{SchemaId, SchemaIds, Unnamed};
#[cfg(feature = "kafka")]
pub(crate) use stamps::Stamps;
pub(crate) use unframe::Misframed;

use std::borrow::Cow;

use unframe::{Framed, Part, SINGLE_OBJECT};

use crate::codec::Fingerprint;
use crate::codec::error::Kind;
use crate::codec::{DecodeOwned, Encode, Record, read_by, to_avro_into};
use crate::evolution::{Names, Step, Writer, Writers};
use crate::message::Compacted;
use crate::spec::{Framing, KeySpec, RecordSpec, TopicSpec};
use crate::topic::{
    CompactedTopic, ConsumedTopic, EncodeEvent, EncodedDatum, EncodedEvent, Event, Only, OwnedEvent, PublishedTopic, Subscription, Topic,
};
use crate::{DecodeError, EncodeError, wire};

/// Appends an event to a buffer as its topic's messages carry it.
///
/// # Errors
/// A type of one's own refused its value, or a decimal does not fit its fixed; or the topic's messages begin with an id, which
/// [`encode_value_with`] knows.
pub fn encode_value<T: PublishedTopic>(event: &T::Event, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    if T::SPEC.framing == Framing::Confluent {
        return Err(unnamed(T::SPEC, event.record()));
    }
    encode_datum::<T>(event, buffer)
}

/// Appends an event to a buffer as its topic's messages carry it, with a schema registry's id of its schema, where they have one.
///
/// # Errors
/// A type of one's own refused its value, a decimal does not fit its fixed, or no id of the event's schema is known.
pub fn encode_value_with<T: PublishedTopic>(event: &T::Event, ids: &SchemaIds, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    let start = buffer.len();
    begin(T::SPEC, event.record(), ids, buffer)?;
    encode_datum::<T>(event, buffer).inspect_err(|_| buffer.truncate(start))
}

/// Appends the bytes that key an event's message, as [`PublishedTopic::encode_key`] does, with a schema registry's id where the key is a record and
/// has one; `false` for a null key.
///
/// # Errors
/// A type of one's own refused its value, or no id of the key's schema is known.
pub fn encode_key_with<T: PublishedTopic>(event: &T::Event, ids: &SchemaIds, buffer: &mut Vec<u8>) -> Result<bool, EncodeError> {
    let start = buffer.len();
    if let KeySpec::Record(record) = &T::SPEC.key {
        begin(T::SPEC, record, ids, buffer)?;
    }
    T::encode_key(event, buffer).inspect_err(|_| buffer.truncate(start))
}

/// Appends what Confluent's framing begins with; nothing of another.
fn begin(topic: &TopicSpec, record: &RecordSpec, ids: &SchemaIds, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    if topic.framing == Framing::Confluent {
        let stamp = ids.stamp(topic.framing, record).ok_or_else(|| unnamed(topic, record))?;
        buffer.extend_from_slice(stamp.as_slice());
    }
    Ok(())
}

#[cold]
fn unnamed(topic: &TopicSpec, record: &RecordSpec) -> EncodeError {
    let unnamed = Unnamed {
        topic: topic.name,
        record: record.full_name,
        framing: topic.framing,
    };
    EncodeError {
        reason: unnamed.to_string(),
    }
}

/// An event behind what its topic's framing has before it, but for a registry's id.
pub(crate) fn encode_datum<T: PublishedTopic>(event: &T::Event, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    framed(T::SPEC, event.record().fingerprint, buffer, |buffer| event.encode_datum(buffer))
}

/// Appends a key that is a record to a buffer as its topic's messages carry it; in Confluent's framing without its id, which
/// [`encode_key_with`] knows.
///
/// # Errors
/// A type of one's own refused its value; generated types never do.
pub fn encode_record_key<K: Record + Encode<wire::Record>>(topic: &TopicSpec, key: &K, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    framed(topic, K::FINGERPRINT, buffer, |buffer| to_avro_into(key, buffer))
}

#[inline]
fn framed(
    topic: &TopicSpec,
    writer: Fingerprint,
    buffer: &mut Vec<u8>,
    encode: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    let start = buffer.len();
    if topic.framing == Framing::SingleObject {
        buffer.extend_from_slice(&SINGLE_OBJECT);
        buffer.extend_from_slice(&writer.to_bytes());
    }
    encode(buffer).inspect_err(|_| buffer.truncate(start))
}

/// Reads an event from a message's value, as its topic's messages carry it; with its key, where that is a record of its own.
///
/// # Errors
/// Why the bytes are not such an event; see [`DecodeError::class`]. A tombstone is none: [`decode_message`] reads those.
pub fn decode_value<T: Topic<Event: OwnedEvent>>(message: EncodedEvent<'_>) -> Result<T::Event, DecodeError> {
    T::Event::decode_datum(datum(T::SPEC, message)?)
}

/// Reads an event that borrows from a message's value, as its topic's messages carry it.
///
/// # Errors
/// Why the bytes are not such an event; see [`DecodeError::class`].
pub fn decode_value_ref<T: Topic>(message: EncodedEvent<'_>) -> Result<<T::Event as Event>::Ref<'_>, DecodeError> {
    T::Event::decode_datum_ref(datum(T::SPEC, message)?)
}

/// Reads a message of a topic: its event, or, of a compacted topic, its event or a tombstone.
///
/// # Errors
/// Why the bytes are no such message; see [`DecodeError::class`].
pub fn decode_message<T: ConsumedTopic>(message: EncodedEvent<'_>) -> Result<T::Message, DecodeError> {
    T::decode(message)
}

/// Reads a message of a compacted topic.
///
/// # Errors
/// Why the bytes are no such message; see [`DecodeError::class`].
pub fn decode_compacted<T: CompactedTopic<Event: OwnedEvent>>(
    message: EncodedEvent<'_>,
) -> Result<Compacted<T::Key, T::Event>, DecodeError> {
    if message.value.is_none() {
        return T::decode_key(message).map(Compacted::Tombstone);
    }
    decode_value::<T>(message).map(Compacted::Event)
}

/// Reads a message's key that is a record.
///
/// # Errors
/// Why the bytes are no such key; see [`DecodeError::class`].
pub fn decode_record_key<K: Record + DecodeOwned<wire::Record>>(topic: &TopicSpec, message: EncodedEvent<'_>) -> Result<K, DecodeError> {
    let spec = RecordSpec::of::<K>();
    let (datum, step) = record_key(topic, &spec, message)?;
    read_by::<wire::Record, _>(datum, message.limits, step).map_err(DecodeError::of_key)
}

/// A message's key that is a field's bytes.
///
/// # Errors
/// The message has none.
pub(crate) fn field_key(message: EncodedEvent<'_>) -> Result<&[u8], DecodeError> {
    message.key.ok_or_else(|| malformed("a tombstone without a key"))
}

/// Which of the topic's records a message is, and its bare datum, with that of its key.
fn datum<'a>(topic: &TopicSpec, message: EncodedEvent<'a>) -> Result<EncodedDatum<'a>, DecodeError> {
    let framed = framed_event(message)?;
    let (writer, value) = framed.split(topic.framing)?;
    let (record, step) = match topic
        .records
        .iter()
        .position(|record| writer == WriterId::Fingerprint(record.fingerprint))
    {
        Some(record) => (record, None),
        None => match message.writers.map(|writers| writers.of_event(topic, writer)) {
            Some(Writer::Known(record, step)) => (record, step),
            Some(Writer::Incompatible(reason)) => return Err(DecodeError::whole(Kind::Unread(reason.to_owned()))),
            Some(Writer::Unknown) | None => {
                let unknown = || DecodeError::whole(foreign(topic, topic.records.first(), message.writers.map(Writers::names), writer));
                return Err(framed.otherwise(topic.framing).unwrap_or_else(unknown));
            }
        },
    };
    let (key, key_step) = match &topic.key {
        KeySpec::Record(spec) => record_key(topic, spec, message)?,
        _ => (&[][..], None),
    };
    Ok(EncodedDatum {
        record,
        value,
        key,
        limits: message.limits,
        step,
        key_step,
    })
}

/// Who wrote a message's event, and its bare datum.
#[cfg(feature = "evolution")]
pub(crate) fn writer_of<'a>(topic: &TopicSpec, message: EncodedEvent<'a>) -> Result<(WriterId, &'a [u8]), DecodeError> {
    framed_event(message)?.split(topic.framing)
}

fn framed_event(message: EncodedEvent<'_>) -> Result<Framed<'_>, DecodeError> {
    Ok(Framed {
        part: Part::Event,
        bytes: message.value.ok_or_else(|| malformed("a message without a value"))?,
        fingerprint: message.fingerprint,
        schema_id: message.schema_id,
    })
}

/// The bare datum of a key that is a record, and what becomes of it.
fn record_key<'a>(topic: &TopicSpec, spec: &RecordSpec, message: EncodedEvent<'a>) -> Result<(&'a [u8], Option<Step<'a>>), DecodeError> {
    let key = message
        .key
        .ok_or_else(|| malformed("a message without a key, on a topic that is keyed by a record"))?;
    let framed = Framed {
        part: Part::Key,
        bytes: key,
        fingerprint: message.key_fingerprint,
        schema_id: message.key_schema_id,
    };
    let (writer, datum) = framed.split(topic.framing)?;
    if writer == WriterId::Fingerprint(spec.fingerprint) {
        return Ok((datum, None));
    }
    let kind = match message.writers.map(|writers| writers.of_key(topic, writer)) {
        Some(Writer::Known(_, step)) => return Ok((datum, step)),
        Some(Writer::Incompatible(reason)) => Kind::Unread(reason.to_owned()),
        Some(Writer::Unknown) | None => match framed.otherwise(topic.framing) {
            Some(error) => return Err(error.of_key()),
            None => foreign(topic, Some(spec), message.writers.map(Writers::names), writer),
        },
    };
    Err(DecodeError::whole(kind).of_key())
}

/// Why a writer that is none of the topic's cannot be read: a record of another of the contract's topics is known, or a version of one, and is
/// not this one's.
#[cold]
fn foreign(topic: &TopicSpec, reader: Option<&RecordSpec>, names: Option<&Names>, writer: WriterId) -> Kind {
    let mut known = (topic.catalog)().topics.iter().flat_map(|topic| topic.every_record());
    let other = known
        .find(|other| writer == WriterId::Fingerprint(other.fingerprint))
        .map(|other| Cow::Borrowed(other.full_name));
    match (other.or_else(|| names?.of(writer).cloned()), reader) {
        (Some(writer), Some(reader)) => Kind::WriterIncompatible {
            writer,
            reader: reader.full_name,
        },
        _ => Kind::WriterUnknown(writer),
    }
}

/// The error of a writer that is none of the topic's.
#[cfg(feature = "evolution")]
pub(crate) fn unknown(topic: &TopicSpec, names: &Names, writer: WriterId) -> DecodeError {
    DecodeError::whole(foreign(topic, topic.records.first(), Some(names), writer))
}

#[cold]
fn malformed(reason: &'static str) -> DecodeError {
    DecodeError::whole(Kind::Framing(reason))
}

impl<T: ConsumedTopic> Subscription for Only<T> {
    type Event = T::Message;
    const TOPICS: &'static [&'static TopicSpec] = &[T::SPEC];

    fn decode(_: usize, message: EncodedEvent<'_>) -> Result<Self::Event, DecodeError> {
        T::decode(message)
    }
}
