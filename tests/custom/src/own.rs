//! Types as an application has them, each carrying what the schema has where it is taken.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash};

use serde::{Deserialize, Serialize};
use test_custom_shared::kafka_event::codec::{Decode, DecodeBranch, Encode, EncodeKey, Reader, Writer};
use test_custom_shared::kafka_event::{DecodeError, uuid, wire};

/// A hasher of one's own.
pub type Hasher = BuildHasherDefault<DefaultHasher>;

/// Somebody's id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Id(pub String);

impl Encode<wire::Str> for Id {
    fn size_bound(&self) -> usize {
        self.0.size_bound()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write::<wire::Str, _>(&self.0);
    }
}

impl<'de> Decode<'de, wire::Str> for Id {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Str, _>().map(Self)
    }
}

impl EncodeKey<wire::Str> for Id {
    fn encode_key(&self, out: &mut Vec<u8>) -> bool {
        EncodeKey::<wire::Str>::encode_key(&self.0, out)
    }
}

/// Text of one's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(pub Box<str>);

impl From<&str> for Email {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl Encode<wire::Str> for Email {
    fn size_bound(&self) -> usize {
        self.0.size_bound()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write::<wire::Str, _>(&self.0);
    }
}

impl<'de> Decode<'de, wire::Str> for Email {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Str, _>().map(Self)
    }
}

/// Time as the application counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instant {
    /// Since 1970.
    pub millis: i64,
}

impl Encode<wire::TimestampMillis> for Instant {
    fn size_bound(&self) -> usize {
        10
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.varint(self.millis);
    }
}

impl<'de> Decode<'de, wire::TimestampMillis> for Instant {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.varint().map(|millis| Self { millis })
    }
}

/// A UUID of one's own, as text and as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uuid(pub u128);

macro_rules! uuid {
    ($($wire:ident)+) => {$(
        impl Encode<wire::$wire> for Uuid {
            fn size_bound(&self) -> usize {
                37
            }

            fn encode(&self, writer: &mut Writer<'_>) {
                writer.write::<wire::$wire, _>(&uuid::Uuid::from_u128(self.0));
            }
        }

        impl<'de> Decode<'de, wire::$wire> for Uuid {
            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                reader.read::<wire::$wire, uuid::Uuid>().map(|uuid| Self(uuid.as_u128()))
            }
        }

        impl EncodeKey<wire::$wire> for Uuid {
            fn encode_key(&self, out: &mut Vec<u8>) -> bool {
                EncodeKey::<wire::$wire>::encode_key(&uuid::Uuid::from_u128(self.0), out)
            }
        }
    )+};
}

uuid!(Uuid UuidFixed);

/// A union's branches of whichever order, null left to an `Option`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Raw {
    /// The branch at 2.
    Number(i64),
    /// The branch at 0 or 1.
    Text {
        /// Which.
        branch: u8,
        /// Its value.
        text: String,
    },
}

impl Encode<wire::Union> for Raw {
    fn size_bound(&self) -> usize {
        1 + match self {
            Self::Number(_) => 10,
            Self::Text { text, .. } => text.size_bound(),
        }
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        match self {
            Self::Number(number) => {
                writer.varint(2);
                writer.varint(*number);
            }
            Self::Text { branch, text } => {
                writer.varint(i64::from(*branch));
                writer.write::<wire::Str, _>(text);
            }
        }
    }
}

impl<'de> DecodeBranch<'de> for Raw {
    fn decode_branch(branch: i64, reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match branch {
            2 => reader.varint().map(Self::Number),
            0 | 1 => Ok(Self::Text {
                branch: branch as u8,
                text: reader.read::<wire::Str, _>()?,
            }),
            branch => Err(reader.no_such_branch(branch, 3)),
        }
    }
}

/// A map of one's own, for a field whose map's type was chosen, too: the field's stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores(pub HashMap<String, i64, Hasher>);

impl Hash for Scores {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
    }
}

impl Encode<wire::Map<wire::Long>> for Scores {
    fn size_bound(&self) -> usize {
        Encode::<wire::Map<wire::Long>>::size_bound(&self.0)
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write::<wire::Map<wire::Long>, _>(&self.0);
    }
}

impl<'de> Decode<'de, wire::Map<wire::Long>> for Scores {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Map<wire::Long>, _>().map(Self)
    }
}
