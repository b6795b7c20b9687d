//! What a publisher sends, as bytes: an event under its key, or a tombstone.

use super::delivery::Failure;
use super::error::Cause;
use crate::spec::KeySpec;
use crate::topic::{CompactedTopic, EncodedEvent, Event as _, Topic};
use crate::{DecodeError, EncodeError, decode_value, encode_value};

/// A key and a value, ready to be handed over.
#[derive(Default)]
pub(super) struct Encoded {
    pub(super) key: Vec<u8>,
    has_key: bool,
    pub(super) value: Vec<u8>,
    /// That of the event's record; `None` of a tombstone, which has no value either.
    pub(super) fingerprint: Option<[u8; 8]>,
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
pub(super) trait Content<T: Topic>: 'static {
    /// One of them, which is handed back where it was not written.
    type One;

    fn encode(one: &Self::One, encoded: &mut Encoded) -> Result<(), EncodeError>;

    fn decode(message: EncodedEvent<'_>) -> Result<Self::One, DecodeError>;
}

/// Events under their keys.
pub(super) struct Events;

/// Keys without an event.
pub(super) struct Tombstones;

impl<T: Topic> Content<T> for Events {
    type One = T::Event;

    #[inline]
    fn encode(event: &T::Event, encoded: &mut Encoded) -> Result<(), EncodeError> {
        encoded.fingerprint = Some(event.record().fingerprint.to_bytes());
        encoded.has_key = T::encode_key(event, &mut encoded.key)?;
        encode_value::<T>(event, &mut encoded.value)
    }

    fn decode(message: EncodedEvent<'_>) -> Result<T::Event, DecodeError> {
        decode_value::<T>(message)
    }
}

impl<T: CompactedTopic> Content<T> for Tombstones {
    type One = T::Key;

    fn encode(key: &T::Key, encoded: &mut Encoded) -> Result<(), EncodeError> {
        encoded.fingerprint = None;
        encoded.has_key = true;
        T::encode_tombstone(key, &mut encoded.key)
    }

    fn decode(message: EncodedEvent<'_>) -> Result<T::Key, DecodeError> {
        T::decode_key(message)
    }
}

/// What names the writer of the topic's keys, where they are a record.
pub(super) fn key_fingerprint<T: Topic>() -> Option<[u8; 8]> {
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
    })
}
