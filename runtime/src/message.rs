//! What a message is beyond its event: a key that is a record of its own, and tombstones.

use crate::codec::{DecodeError, DecodeOwned, EncodeError, Record, read_by};
use crate::spec::RecordSpec;
use crate::topic::{EncodeEvent, EncodedDatum, Event, OwnedEvent};
use crate::wire;

/// An event with its key, where the key is a record of its own and no part of the event.
///
/// It is what such a topic publishes and consumes: neither goes without the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Keyed<K, E> {
    /// What keys the message.
    pub key: K,
    /// The event.
    pub event: E,
}

impl<K, E> Keyed<K, E> {
    /// An event under a key.
    pub const fn new(key: K, event: E) -> Self {
        Self { key, event }
    }
}

impl<K: Record + Send + Sync + 'static, E: Event> Event for Keyed<K, E> {
    type Ref<'de> = Keyed<K::Ref<'de>, E::Ref<'de>>;

    const RECORDS: &'static [RecordSpec] = E::RECORDS;

    #[inline]
    fn decode_datum_ref(datum: EncodedDatum<'_>) -> Result<Self::Ref<'_>, DecodeError> {
        Ok(Keyed {
            key: read_by::<wire::Record, _>(datum.key, datum.limits, datum.key_step).map_err(DecodeError::of_key)?,
            event: E::decode_datum_ref(datum)?,
        })
    }
}

impl<K: Record + DecodeOwned<wire::Record> + Send + Sync + 'static, E: OwnedEvent> OwnedEvent for Keyed<K, E> {
    #[inline]
    fn decode_datum(datum: EncodedDatum<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            key: read_by::<wire::Record, _>(datum.key, datum.limits, datum.key_step).map_err(DecodeError::of_key)?,
            event: E::decode_datum(datum)?,
        })
    }
}

impl<K: Record + Send + Sync + 'static, E: EncodeEvent> EncodeEvent for Keyed<K, E> {
    #[inline]
    fn record(&self) -> &'static RecordSpec {
        self.event.record()
    }

    #[inline]
    fn encode_datum(&self, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.event.encode_datum(buffer)
    }
}

/// A message of a compacted topic: the newest event of a key, or the end of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compacted<K, E> {
    /// What is known of its key from now on.
    Event(E),
    /// Nothing is known of the key any more: a message with a key and no value.
    Tombstone(K),
}

impl<K, E> Compacted<K, E> {
    /// The event; `None` of a tombstone.
    #[must_use]
    pub fn event(&self) -> Option<&E> {
        match self {
            Self::Event(event) => Some(event),
            Self::Tombstone(_) => None,
        }
    }

    /// The event, owned; `None` of a tombstone.
    #[must_use]
    pub fn into_event(self) -> Option<E> {
        match self {
            Self::Event(event) => Some(event),
            Self::Tombstone(_) => None,
        }
    }

    /// The key of a tombstone; `None` of an event.
    #[must_use]
    pub fn tombstone(&self) -> Option<&K> {
        match self {
            Self::Event(_) => None,
            Self::Tombstone(key) => Some(key),
        }
    }
}
