//! What a schema registry calls the schemas of records, and the bytes that say so in a message.

use std::fmt;

use uuid::Uuid;

use crate::codec::{Fingerprint, Record};
use crate::spec::{Framing, RecordSpec};

/// What a schema registry calls a schema.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum SchemaId {
    /// Its id, of that registry alone: what [`Framing::Confluent`] carries.
    Id(u32),
    /// Its GUID, the same in all registries: what [`Framing::ConfluentHeader`] carries.
    Guid(Uuid),
}

impl From<u32> for SchemaId {
    fn from(id: u32) -> Self {
        Self::Id(id)
    }
}

impl From<Uuid> for SchemaId {
    fn from(guid: Uuid) -> Self {
        Self::Guid(guid)
    }
}

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "id {id}"),
            Self::Guid(guid) => write!(f, "GUID {guid}"),
        }
    }
}

impl fmt::Debug for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SchemaId({self})")
    }
}

impl SchemaId {
    /// The id that bytes begin with, by the version that their first byte is, and what follows it.
    pub(super) fn split(bytes: &[u8]) -> Option<(Self, &[u8])> {
        match bytes {
            [0, rest @ ..] => {
                let (id, rest) = rest.split_first_chunk()?;
                Some((Self::Id(u32::from_be_bytes(*id)), rest))
            }
            [1, rest @ ..] => {
                let (guid, rest) = rest.split_first_chunk()?;
                Some((Self::Guid(Uuid::from_bytes(*guid)), rest))
            }
            _ => None,
        }
    }

    /// The same, the other way round.
    pub(crate) fn stamp(self) -> Stamp {
        let mut bytes = [0; Stamp::MOST];
        let length = match self {
            Self::Id(id) => {
                bytes[1..5].copy_from_slice(&id.to_be_bytes());
                5
            }
            Self::Guid(guid) => {
                bytes[0] = 1;
                bytes[1..].copy_from_slice(guid.as_bytes());
                Stamp::MOST
            }
        };
        Stamp { bytes, length }
    }
}

/// The bytes that name a schema in a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp {
    bytes: [u8; Self::MOST],
    length: usize,
}

impl Stamp {
    /// A version and a GUID.
    const MOST: usize = 17;

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// What names the writer's schema in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum WriterId {
    Fingerprint(Fingerprint),
    Registry(SchemaId),
}

impl fmt::Display for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fingerprint(fingerprint) => write!(f, "fingerprint {fingerprint}"),
            Self::Registry(id) => write!(f, "{id}"),
        }
    }
}

/// What a schema registry calls the schemas of records: of one's own, by which they are published and known again, and of other versions.
///
/// [`Config::schema_ids`](crate::Config::schema_ids) hands them to all publishers and consumers of a client, for the topics whose framing
/// is a registry's. How they are had is left to the application: nothing here asks a registry.
///
/// ```
/// # use kafka_event::codec::{Datum, Decode, Encode, Reader, Writer};
/// # use kafka_event::{DecodeError, Fingerprint, Record, wire};
/// # #[derive(Debug, PartialEq)]
/// # struct OrderPlaced;
/// # impl Encode<wire::Record> for OrderPlaced {
/// #     fn size_bound(&self) -> usize { 0 }
/// #     fn encode(&self, _: &mut Writer<'_>) {}
/// # }
/// # impl<'de> Decode<'de, wire::Record> for OrderPlaced {
/// #     fn decode(_: &mut Reader<'de>) -> Result<Self, DecodeError> { Ok(Self) }
/// # }
/// # impl Record for OrderPlaced {
/// #     type Ref<'de> = Self;
/// #     const FULL_NAME: &'static str = "shop.OrderPlaced";
/// #     const SCHEMA: &'static str = r#"{"type":"record","name":"OrderPlaced","namespace":"shop","fields":[]}"#;
/// #     const FINGERPRINT: Fingerprint = Fingerprint(0);
/// #     const LAYOUT: u64 = 0;
/// # }
/// use kafka_event::SchemaIds;
/// use kafka_event::uuid::uuid;
///
/// let ids = SchemaIds::new()
///     .of::<OrderPlaced>(7)
///     .of::<OrderPlaced>(uuid!("89791762-2336-4186-9674-299b90a802e2"));
/// assert_eq!(ids.header_of::<OrderPlaced>().unwrap()[..3], [1, 0x89, 0x79]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct SchemaIds {
    own: Vec<(RecordSpec, SchemaId)>,
    #[cfg(feature = "evolution")]
    others: Vec<(String, SchemaId)>,
}

impl SchemaIds {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What the schema of a record of one's own is called; it may be told an id and a GUID. Of two ids the last one is written, and both are
    /// read.
    #[must_use]
    pub fn of<R: Record>(mut self, id: impl Into<SchemaId>) -> Self {
        self.own.push((RecordSpec::of::<R>(), id.into()));
        self
    }

    /// What another version of a record's schema is called: what was written with it is read, too.
    #[cfg(feature = "evolution")]
    #[must_use]
    pub fn of_schema(mut self, schema: impl Into<String>, id: impl Into<SchemaId>) -> Self {
        self.others.push((schema.into(), id.into()));
        self
    }

    /// What the header of a message says of a record whose framing is [`Framing::ConfluentHeader`]: 1, and the GUID; `None` where none has
    /// been told.
    #[must_use]
    pub fn header_of<R: Record>(&self) -> Option<[u8; 17]> {
        let stamp = self.stamp(Framing::ConfluentHeader, &RecordSpec::of::<R>())?;
        stamp.as_slice().try_into().ok()
    }

    pub(crate) fn own(&self) -> impl Iterator<Item = (&RecordSpec, SchemaId)> {
        self.own.iter().map(|(record, id)| (record, *id))
    }

    #[cfg(feature = "evolution")]
    pub(crate) fn others(&self) -> impl Iterator<Item = (&str, SchemaId)> {
        self.others.iter().map(|(schema, id)| (schema.as_str(), *id))
    }

    /// The bytes that name a record of one's own in messages of a framing that is a registry's.
    pub(super) fn stamp(&self, framing: Framing, record: &RecordSpec) -> Option<Stamp> {
        let fits = |id: &SchemaId| {
            matches!(
                (framing, id),
                (Framing::Confluent, SchemaId::Id(_)) | (Framing::ConfluentHeader, SchemaId::Guid(_))
            )
        };
        let named = self.own.iter().rev().find(|(own, id)| own == record && fits(id));
        named.map(|(_, id)| id.stamp())
    }
}

/// A record without an id or a GUID, on a topic whose framing has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the messages of `{topic}` say a schema registry's {} of `{record}`, and none is known: `SchemaIds::of::<…>` tells it", .framing.named_by())]
#[non_exhaustive]
pub struct Unnamed {
    /// The topic.
    pub topic: &'static str,
    /// The record's full name.
    pub record: &'static str,
    /// The topic's framing.
    pub framing: Framing,
}
