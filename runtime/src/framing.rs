//! What stands around an encoded event in a message's value, and around a key that is a record.

use crate::codec::Fingerprint;
use crate::codec::error::Kind;
use crate::codec::{Record, read_by, to_avro_into};
use crate::evolution::{Step, Writer};
use crate::message::Compacted;
use crate::spec::{Framing, KeySpec, RecordSpec, TopicSpec};
use crate::topic::{CompactedTopic, EncodedDatum, EncodedEvent, Event, Only, Subscription, Topic};
use crate::{DecodeError, EncodeError, wire};

/// The two bytes that begin a single-object message (specification, "Single-object encoding").
const SINGLE_OBJECT: [u8; 2] = [0xC3, 0x01];

/// Appends an event to a buffer as its topic's messages carry it.
///
/// # Errors
/// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
pub fn encode_value<T: Topic>(event: &T::Event, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    framed(T::SPEC, event.record().fingerprint, buffer, |buffer| event.encode_datum(buffer))
}

/// Appends a key that is a record to a buffer as its topic's messages carry it.
///
/// # Errors
/// A type of one's own refused its value; generated types never do.
pub fn encode_record_key<K: Record>(topic: &TopicSpec, key: &K, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
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
pub fn decode_value<T: Topic>(message: EncodedEvent<'_>) -> Result<T::Event, DecodeError> {
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
pub fn decode_message<T: Topic>(message: EncodedEvent<'_>) -> Result<T::Message, DecodeError> {
    T::decode(message)
}

/// Reads a message of a compacted topic.
///
/// # Errors
/// Why the bytes are no such message; see [`DecodeError::class`].
pub fn decode_compacted<T: CompactedTopic>(message: EncodedEvent<'_>) -> Result<Compacted<T::Key, T::Event>, DecodeError> {
    if message.value.is_none() {
        return T::decode_key(message).map(Compacted::Tombstone);
    }
    decode_value::<T>(message).map(Compacted::Event)
}

/// Reads a message's key that is a record.
///
/// # Errors
/// Why the bytes are no such key; see [`DecodeError::class`].
pub fn decode_record_key<K: Record>(topic: &TopicSpec, message: EncodedEvent<'_>) -> Result<K, DecodeError> {
    let spec = RecordSpec {
        full_name: K::FULL_NAME,
        schema: K::SCHEMA,
        fingerprint: K::FINGERPRINT,
    };
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
    let value = message.value.ok_or_else(|| malformed("a message without a value"))?;
    let (writer, value) = unframed(topic.framing, value, message.fingerprint, &EVENT)?;
    let (record, step) = match topic.records.iter().position(|record| record.fingerprint == writer) {
        Some(record) => (record, None),
        None => match message.writers.map(|writers| writers.of_event(topic, writer)) {
            Some(Writer::Known(record, step)) => (record, Some(step)),
            Some(Writer::Incompatible) => return Err(DecodeError::whole(INCOMPATIBLE)),
            Some(Writer::Unknown) | None => return Err(DecodeError::whole(foreign(topic, topic.records.first(), writer))),
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

/// The bare datum of a key that is a record, and what becomes of it.
fn record_key<'a>(topic: &TopicSpec, spec: &RecordSpec, message: EncodedEvent<'a>) -> Result<(&'a [u8], Option<Step<'a>>), DecodeError> {
    let key = message
        .key
        .ok_or_else(|| malformed("a message without a key, on a topic that is keyed by a record"))?;
    let (writer, datum) = unframed(topic.framing, key, message.key_fingerprint, &KEY)?;
    if writer == spec.fingerprint {
        return Ok((datum, None));
    }
    let kind = match message.writers.map(|writers| writers.of_key(topic, writer)) {
        Some(Writer::Known(_, step)) => return Ok((datum, Some(step))),
        Some(Writer::Incompatible) => INCOMPATIBLE,
        Some(Writer::Unknown) | None => foreign(topic, Some(spec), writer),
    };
    Err(DecodeError::whole(kind).of_key())
}

/// What is said of a framing that is not there.
struct Words {
    ends_early: &'static str,
    not_framed: &'static str,
    wrong_header: &'static str,
    no_header: &'static str,
}

const EVENT: Words = Words {
    ends_early: "a single-object message that ends within its fingerprint",
    not_framed: "not a single-object message: it does not begin with C3 01",
    wrong_header: "the header `avro-fingerprint` does not have eight bytes",
    no_header: "no header `avro-fingerprint` says which schema wrote the event",
};

const KEY: Words = Words {
    ends_early: "a single-object key that ends within its fingerprint",
    not_framed: "not a single-object key: it does not begin with C3 01",
    wrong_header: "the header `avro-key-fingerprint` does not have eight bytes",
    no_header: "no header `avro-key-fingerprint` says which schema wrote the key",
};

/// The writer's fingerprint and the bare datum.
fn unframed<'a>(framing: Framing, bytes: &'a [u8], header: Option<&[u8]>, words: &Words) -> Result<(Fingerprint, &'a [u8]), DecodeError> {
    let (writer, datum) = match framing {
        Framing::SingleObject => match bytes.split_first_chunk() {
            Some((&SINGLE_OBJECT, rest)) => {
                let (writer, datum) = rest.split_first_chunk().ok_or_else(|| malformed(words.ends_early))?;
                (*writer, datum)
            }
            _ => return Err(malformed(words.not_framed)),
        },
        Framing::Bare => match header.map(TryInto::try_into) {
            Some(Ok(fingerprint)) => (fingerprint, bytes),
            Some(Err(_)) => return Err(malformed(words.wrong_header)),
            None => return Err(malformed(words.no_header)),
        },
    };
    Ok((Fingerprint::from_bytes(writer), datum))
}

/// Why a writer that is none of the topic's cannot be read: a record of another of the contract's topics is known, and is not this one's.
#[cold]
fn foreign(topic: &TopicSpec, reader: Option<&RecordSpec>, writer: Fingerprint) -> Kind {
    let mut known = (topic.catalog)().topics.iter().flat_map(|topic| topic.every_record());
    match (known.find(|other| other.fingerprint == writer), reader) {
        (Some(other), Some(reader)) => Kind::WriterIncompatible {
            writer: other.full_name,
            reader: reader.full_name,
        },
        _ => Kind::WriterUnknown(writer),
    }
}

/// That of a known version of which nothing can be read.
const INCOMPATIBLE: Kind = Kind::Unresolvable("nothing of that version can be read");

#[cold]
fn malformed(reason: &'static str) -> DecodeError {
    DecodeError::whole(Kind::Framing(reason))
}

impl<T: Topic> Subscription for Only<T> {
    type Event = T::Message;
    const TOPICS: &'static [&'static TopicSpec] = &[T::SPEC];

    fn decode(_: usize, message: EncodedEvent<'_>) -> Result<Self::Event, DecodeError> {
        T::decode(message)
    }
}
