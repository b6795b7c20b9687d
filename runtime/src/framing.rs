//! What stands around an encoded event in a message's value.

use crate::codec::Fingerprint;
use crate::codec::error::Kind;
use crate::topic::{EncodedEvent, Event, Framing, Only, Subscription, Topic, TopicSpec};
use crate::{DecodeError, EncodeError};

/// The two bytes that begin a single-object message (specification, "Single-object encoding").
const SINGLE_OBJECT: [u8; 2] = [0xC3, 0x01];

/// Appends an event to a buffer as its topic's messages carry it.
///
/// # Errors
/// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
pub fn encode_value<T: Topic>(event: &T::Event, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    let start = buffer.len();
    if T::SPEC.framing == Framing::SingleObject {
        buffer.extend_from_slice(&SINGLE_OBJECT);
        buffer.extend_from_slice(&event.record().fingerprint.to_bytes());
    }
    event.encode_datum(buffer).inspect_err(|_| buffer.truncate(start))
}

/// Reads an event from a message's value, as its topic's messages carry it.
///
/// # Errors
/// Why the bytes are not such an event; see [`DecodeError::class`].
pub fn decode_value<T: Topic>(message: EncodedEvent<'_>) -> Result<T::Event, DecodeError> {
    let (record, datum) = datum(T::SPEC, message)?;
    T::Event::decode_datum(record, datum, message.limits)
}

/// Reads an event that borrows from a message's value, as its topic's messages carry it.
///
/// # Errors
/// Why the bytes are not such an event; see [`DecodeError::class`].
pub fn decode_value_ref<T: Topic>(message: EncodedEvent<'_>) -> Result<<T::Event as Event>::Ref<'_>, DecodeError> {
    let (record, datum) = datum(T::SPEC, message)?;
    T::Event::decode_datum_ref(record, datum, message.limits)
}

/// Which of the topic's records a message is, and its bare datum.
fn datum<'a>(topic: &TopicSpec, message: EncodedEvent<'a>) -> Result<(usize, &'a [u8]), DecodeError> {
    let value = message.value.ok_or_else(|| malformed("a message without a value"))?;
    let (writer, datum) = match topic.framing {
        Framing::SingleObject => match value.split_first_chunk() {
            Some((&SINGLE_OBJECT, rest)) => rest
                .split_first_chunk()
                .ok_or_else(|| malformed("a single-object message that ends within its fingerprint"))?,
            _ => return Err(malformed("not a single-object message: it does not begin with C3 01")),
        },
        Framing::Bare => match message.fingerprint.map(TryInto::try_into) {
            Some(Ok(fingerprint)) => (fingerprint, value),
            Some(Err(_)) => return Err(malformed("the header `avro-fingerprint` does not have eight bytes")),
            None => return Err(malformed("no header `avro-fingerprint` says which schema wrote the event")),
        },
    };
    let writer = Fingerprint::from_bytes(*writer);
    if let Some(record) = topic.records.iter().position(|record| record.fingerprint == writer) {
        return Ok((record, datum));
    }
    // A record of another of the contract's topics is known, and is not this one's.
    let mut known = (topic.catalog)().topics.iter().flat_map(|topic| topic.records);
    let kind = match (known.find(|other| other.fingerprint == writer), topic.records) {
        (Some(other), [reader, ..]) => Kind::WriterIncompatible {
            writer: other.full_name,
            reader: reader.full_name,
        },
        _ => Kind::WriterUnknown(writer),
    };
    Err(DecodeError::whole(kind))
}

fn malformed(reason: &'static str) -> DecodeError {
    DecodeError::whole(Kind::Framing(reason))
}

impl<T: Topic> Subscription for Only<T> {
    type Event = T::Event;
    const TOPICS: &'static [&'static TopicSpec] = &[T::SPEC];

    fn decode(_: usize, message: EncodedEvent<'_>) -> Result<Self::Event, DecodeError> {
        decode_value::<T>(message)
    }
}
