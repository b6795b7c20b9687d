//! A way that is written leads through no field that is not in the event as it is here, and not behind more pointers than are looked behind.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;

use kafka_event::codec::{Decode, Encode, Reader, Writer};
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::{DecodeError, KafkaEvent, uuid::Uuid, wire};
use test_derive::depot::depot as generated;

/// Of a type that is no key by itself in the schema.
mod counted {
    use super::BTreeMap;

    pub(crate) fn to_avro(count: &i64) -> BTreeMap<String, Vec<String>> {
        (0..*count).map(|number| (number.to_string(), Vec::new())).collect()
    }

    pub(crate) fn from_avro(tags: BTreeMap<String, Vec<String>>) -> Result<i64, String> {
        i64::try_from(tags.len()).map_err(|error| error.to_string())
    }
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Party {
    id: i64,
    name: String,
    #[kafka(with = counted)]
    tags: i64,
    #[kafka(skip)]
    cached: i64,
}

mod far {
    pub(crate) fn to_avro(id: &i64) -> i64 {
        id + 1000
    }

    pub(crate) fn from_avro(id: i64) -> Result<i64, String> {
        Ok(id - 1000)
    }
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Party", consume, manifest = "schemas/depot/topics.toml")]
struct Lent<'a> {
    #[kafka(with = far)]
    id: i64,
    name: Cow<'a, str>,
}

/// Carried by hand, as what it holds.
struct Owned(Lent<'static>);

impl Encode<wire::Record> for Owned {
    fn size_bound(&self) -> usize {
        64
    }

    fn encode(&self, _: &mut Writer<'_>) {}
}

impl<'de> Decode<'de, wire::Record> for Owned {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let Lent { id, name } = reader.read::<wire::Record, Lent<'de>>()?;
        let name = name.into_owned().into();
        Ok(Self(Lent { id, name }))
    }
}

struct Pointer<T>(T);

impl<T> Deref for Pointer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Encode<wire::Record>> Encode<wire::Record> for Pointer<T> {
    fn size_bound(&self) -> usize {
        self.0.size_bound()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        self.0.encode(writer);
    }
}

impl<'de, T: Decode<'de, wire::Record>> Decode<'de, wire::Record> for Pointer<T> {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Record, T>().map(Self)
    }
}

type Four<T> = Pointer<Pointer<Pointer<Pointer<T>>>>;

macro_rules! parcel {
    ($name:ident, [$($key:tt)*], $sender:ty) => {
        #[derive(KafkaEvent)]
        #[kafka(topic = "parcels", key = $($key)*, rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
        struct $name {
            id: Uuid,
            sender: $sender,
            state: generated::State,
            sealed_at: TimestampMillis,
            price: Decimal<9, 2>,
            link: String,
        }
    };
}

parcel!(OfFunctions, [sender.tags], Party);
parcel!(OfASkipped, [sender.cached], Party);
parcel!(OfWhatBorrows, [sender.0.id], Owned);
parcel!(BehindFour, [sender.tags], Four<Party>);
parcel!(BehindFive, [sender.id], Pointer<Four<Party>>);
parcel!(Right, [sender.id], Four<Party>);

fn main() {}
