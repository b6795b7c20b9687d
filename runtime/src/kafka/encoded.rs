//! What a publisher sends, as bytes: an event under its key, or a tombstone.

use super::delivery::Failure;
use super::error::{Cause, PublisherError};
use crate::evolution::Writers;
use crate::framing::{SchemaIds, Stamp, Stamps, encode_datum};
use crate::spec::{Framing, KeySpec};
use crate::topic::{CompactedTopic, EncodeEvent as _, EncodedEvent, PublishedTopic};
use crate::{DecodeError, EncodeError, decode_value};

/// What a schema registry calls what a topic carries: for messages that are sent, and for those that come back.
pub(super) struct Naming {
    stamps: Stamps,
    pub(super) writers: Writers,
}

impl Naming {
    /// That of a topic; `None` where its framing is not a registry's.
    pub(super) fn of<T: PublishedTopic>(ids: &SchemaIds) -> Result<Option<Self>, PublisherError> {
        let Some(stamps) = ids.stamps(T::SPEC)? else { return Ok(None) };
        let writers = Writers::default().with_own_ids(T::SPEC, ids)?;
        Ok(Some(Self { stamps, writers }))
    }

    /// The key's, where it is a record.
    pub(super) fn key(&self) -> Option<&Stamp> {
        self.stamps.key.as_ref()
    }
}

/// A key and a value, ready to be handed over.
#[derive(Default)]
pub(super) struct Encoded {
    pub(super) key: Vec<u8>,
    has_key: bool,
    pub(super) value: Vec<u8>,
    /// That of the event's record; `None` of a tombstone, which has no value either.
    pub(super) fingerprint: Option<[u8; 8]>,
    /// What a schema registry calls its record.
    pub(super) stamp: Option<Stamp>,
}

impl Encoded {
    pub(super) fn key(&self) -> Option<&[u8]> {
        self.has_key.then_some(self.key.as_slice())
    }

    pub(super) fn value(&self) -> Option<&[u8]> {
        self.fingerprint.map(|_| self.value.as_slice())
    }

    pub(super) fn bytes(&self) -> usize {
        self.key.len() + self.value.len()
    }
}

/// What a publisher sends: events, or tombstones.
pub(super) trait Content<T: PublishedTopic>: 'static {
    /// One of them, which is handed back where it was not written.
    type One;

    /// Into empty buffers.
    fn encode(one: &Self::One, naming: Option<&Naming>, encoded: &mut Encoded) -> Result<(), EncodeError>;

    fn decode(message: EncodedEvent<'_>) -> Result<Self::One, DecodeError>;
}

/// Events under their keys.
pub(super) struct Events;

/// Keys without an event.
pub(super) struct Tombstones;

impl<T: PublishedTopic> Content<T> for Events {
    type One = T::Event;

    #[inline]
    fn encode(event: &T::Event, naming: Option<&Naming>, encoded: &mut Encoded) -> Result<(), EncodeError> {
        let fingerprint = event.record().fingerprint;
        encoded.fingerprint = Some(fingerprint.to_bytes());
        encoded.stamp = naming.and_then(|naming| naming.stamps.of_event(fingerprint)).copied();
        begin::<T>(naming.and_then(Naming::key), &mut encoded.key);
        encoded.has_key = T::encode_key(event, &mut encoded.key)?;
        begin::<T>(encoded.stamp.as_ref(), &mut encoded.value);
        encode_datum::<T>(event, &mut encoded.value)
    }

    fn decode(message: EncodedEvent<'_>) -> Result<T::Event, DecodeError> {
        decode_value::<T>(message)
    }
}

impl<T: CompactedTopic + PublishedTopic> Content<T> for Tombstones {
    type One = T::Key;

    fn encode(key: &T::Key, naming: Option<&Naming>, encoded: &mut Encoded) -> Result<(), EncodeError> {
        encoded.fingerprint = None;
        encoded.stamp = None;
        encoded.has_key = true;
        begin::<T>(naming.and_then(Naming::key), &mut encoded.key);
        T::encode_tombstone(key, &mut encoded.key)
    }

    fn decode(message: EncodedEvent<'_>) -> Result<T::Key, DecodeError> {
        T::decode_key(message)
    }
}

/// What Confluent's framing begins with; nothing of another.
#[inline]
fn begin<T: PublishedTopic>(stamp: Option<&Stamp>, buffer: &mut Vec<u8>) {
    if T::SPEC.framing == Framing::Confluent {
        buffer.extend_from_slice(stamp.map_or(&[], Stamp::as_slice));
    }
}

/// What names the writer of the topic's keys, where they are a record.
pub(super) fn key_fingerprint<T: PublishedTopic>() -> Option<[u8; 8]> {
    match &T::SPEC.key {
        KeySpec::Record(record) => Some(record.fingerprint.to_bytes()),
        _ => None,
    }
}

/// The end of an event that was not handed over.
pub(super) fn unsent(encoded: &Encoded, cause: Cause) -> Box<Failure> {
    Box::new(Failure {
        possibly: false,
        cause,
        key: encoded.key().map(<[u8]>::to_vec),
        value: encoded.value().map(<[u8]>::to_vec),
        fingerprint: encoded.fingerprint.map(|fingerprint| fingerprint.to_vec()),
        schema_id: encoded.stamp.map(|stamp| stamp.as_slice().to_vec()),
    })
}
