//! Ways to a key through an application's own types: the schema's names lead through newtypes and to fields that are renamed.

use kafka_event::codec::{Decode, Encode, Reader, Writer};
use kafka_event::{DecodeError, KafkaEvent, PublishedTopic, wire};
use test_derive::depot::depot as generated;

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Party {
    #[kafka(rename = "id")]
    number: Number,
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
struct Number(i64);

/// A number of another application, which holds what is generic.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Generic<I, N> {
    id: I,
    name: N,
}

/// Carried by hand, as what it holds.
#[derive(Debug, Clone, PartialEq)]
struct Wrapped {
    party: Party,
}

impl Encode<wire::Record> for Wrapped {
    fn size_bound(&self) -> usize {
        self.party.size_bound()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        self.party.encode(writer);
    }
}

impl<'de> Decode<'de, wire::Record> for Wrapped {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Record, Party>().map(|party| Self { party })
    }
}

/// What is private there is nobody's else, and fields that are not are every event's.
mod elsewhere {
    use super::{KafkaEvent, Number};

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
    pub(super) struct Elsewhere {
        #[kafka(rename = "id")]
        pub(super) number: Number,
        pub(super) name: String,
    }
}

use elsewhere::Elsewhere;

/// More public than what it holds.
mod sender {
    use super::{KafkaEvent, Party};

    #[allow(unreachable_pub, reason = "so that the compiler takes it for more public than what it holds")]
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    pub struct Sender(pub(super) Party);
}

use sender::Sender;

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
struct Twice(Sender);

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
struct Boxed(Box<Twice>);

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
struct Generated(generated::Party);

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
struct OfGeneric<T>(Generic<T, Box<str>>);

fn party() -> Party {
    Party {
        number: Number(258),
        name: "Ann".to_owned(),
    }
}

fn key_of<T: PublishedTopic>(event: &T::Event) -> Vec<u8> {
    let mut key = Vec::new();
    assert!(T::encode_key(event, &mut key).unwrap());
    key
}

/// A topic's event, whose sender is of a type.
macro_rules! parcel {
    ($(#[$of:meta])* $name:ident $(<$parameter:ident>)? { $(#[$of_sender:meta])* $sender:ident: $ty:ty }) => {
        #[derive(Debug, Clone, PartialEq, kafka_event::KafkaEvent)]
        $(#[$of])*
        struct $name $(<$parameter>)? {
            id: kafka_event::uuid::Uuid,
            $(#[$of_sender])*
            $sender: $ty,
            state: test_derive::depot::depot::State,
            #[kafka(rename = "sealedAt")]
            sealed: kafka_event::logical::TimestampMillis,
            price: kafka_event::logical::Decimal<9, 2>,
            link: String,
        }
    };
}

/// One of them.
macro_rules! parcel_of {
    ($name:ident { $sender:ident: $value:expr }) => {
        $name {
            id: kafka_event::uuid::Uuid::from_u128(1),
            $sender: $value,
            state: test_derive::depot::depot::State::New,
            sealed: kafka_event::logical::TimestampMillis(1),
            price: kafka_event::logical::Decimal::new(1).unwrap(),
            link: String::new(),
        }
    };
}

/// The key of such an event.
macro_rules! key_of_parcel {
    ($name:ident, $topic:literal, $manifest:literal, $ty:ty, [$($key:tt)*], $value:expr) => {{
        parcel! {
            #[kafka(topic = $topic, $($key)* manifest = $manifest)]
            $name { sender: $ty }
        }
        key_of::<$name>(&parcel_of!($name { sender: $value }))
    }};
}

/// An event of a topic whose key is `sender.id`, and the bytes of that.
macro_rules! keyed_by {
    ($name:ident, $ty:ty, [$($key:tt)*], $value:expr) => {
        let key = key_of_parcel!($name, "parcels", "schemas/depot/topics.toml", $ty, [$($key)*], $value);
        assert_eq!(key, 258_i64.to_be_bytes(), stringify!($name));
    };
}

/// The same by another manifest, whose topics have other keys.
macro_rules! keyed_elsewhere_by {
    ($topic:literal, $ty:ty, $value:expr) => {
        key_of_parcel!(Parcel, $topic, "schemas/by-name.toml", $ty, [], $value)
    };
}

mod by_contract;
mod functions;
mod schema;
mod written;
