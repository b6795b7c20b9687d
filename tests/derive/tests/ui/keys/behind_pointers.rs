//! A way that is written does not lead to what functions carry, behind however many newtypes, and whatever a type on it derefs to.

use std::ops::Deref;

use kafka_event::codec::{Decode, Encode, Reader, Writer};
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::{DecodeError, KafkaEvent, uuid::Uuid, wire};
use test_derive::depot::depot as generated;

mod doubled {
    pub(crate) fn to_avro(id: &i64) -> i64 {
        id * 2
    }

    pub(crate) fn from_avro(id: i64) -> Result<i64, String> {
        Ok(id / 2)
    }
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Party {
    #[kafka(with = doubled)]
    id: i64,
    name: String,
}

#[derive(KafkaEvent)]
struct Boxed(Box<Party>);

#[derive(KafkaEvent)]
struct Twice(Box<Boxed>);

struct Shared(std::sync::Arc<Party>);

impl Deref for Shared {
    type Target = Party;

    fn deref(&self) -> &Party {
        &self.0
    }
}

impl Encode<wire::Record> for Shared {
    fn size_bound(&self) -> usize {
        self.0.size_bound()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        self.0.encode(writer);
    }
}

impl<'de> Decode<'de, wire::Record> for Shared {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Record, Party>().map(|party| Self(party.into()))
    }
}

macro_rules! parcel {
    ($name:ident, $sender:ty) => {
        #[derive(KafkaEvent)]
        #[kafka(topic = "parcels", key = sender.id, rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
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

parcel!(OfBoxes, Box<Twice>);
parcel!(OfAPointer, Shared);

/// Of what is no type nothing more is said.
#[derive(KafkaEvent)]
#[kafka(topic = "parcels", key = sender.id, rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
struct OfNoType {
    id: Uuid,
    sender: Nobody,
    state: generated::State,
    sealed_at: TimestampMillis,
    price: Decimal<9, 2>,
    link: String,
}

/// Nor of a newtype whose derive has failed.
#[derive(KafkaEvent)]
#[kafka(nonsense)]
struct Failed(generated::Party);

parcel!(OfAFailed, Failed);

fn main() {}
