//! Ways to a key through an application's own types: the schema's names lead through newtypes and to fields that are renamed.

use kafka_event::codec::way::{Field, name};
use kafka_event::codec::{Decode, Encode, EncodeKeyAt, Reader, Writer};
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
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

/// The key of an event, whose sender is of a type.
macro_rules! key_of_parcel {
    ($name:ident, $topic:literal, $manifest:literal, $ty:ty, [$($key:tt)*], $value:expr) => {{
        #[derive(Debug, Clone, PartialEq, KafkaEvent)]
        #[kafka(topic = $topic, $($key)* manifest = $manifest)]
        struct $name {
            id: Uuid,
            sender: $ty,
            state: generated::State,
            #[kafka(rename = "sealedAt")]
            sealed: TimestampMillis,
            price: Decimal<9, 2>,
            link: String,
        }
        let event = $name {
            id: Uuid::from_u128(1),
            sender: $value,
            state: generated::State::New,
            sealed: TimestampMillis(1),
            price: Decimal::new(1).unwrap(),
            link: String::new(),
        };
        let mut key = Vec::new();
        assert!($name::encode_key(&event, &mut key).unwrap());
        key
    }};
}

/// An event of a topic whose key is `sender.id`, and the bytes of that.
macro_rules! keyed_by {
    ($name:ident, $ty:ty, [$($key:tt)*], $value:expr) => {
        let key = key_of_parcel!($name, "parcels", "schemas/depot/topics.toml", $ty, [$($key)*], $value);
        assert_eq!(key, 258_i64.to_be_bytes(), stringify!($name));
    };
}

#[test]
fn the_schemas_names_lead_through_newtypes_and_renamed_fields() {
    keyed_by!(Renamed, Party, [], party());
    let elsewhere = Elsewhere {
        number: Number(258),
        name: String::new(),
    };
    keyed_by!(OfAnotherModule, Elsewhere, [], elsewhere);
    keyed_by!(BehindANewtype, Sender, [], Sender(party()));
    keyed_by!(BehindTwo, Twice, [], Twice(Sender(party())));
    keyed_by!(InABox, Box<Party>, [], Box::new(party()));
    keyed_by!(BehindABox, Boxed, [], Boxed(Box::new(Twice(Sender(party())))));
    let of_generated = generated::Party {
        id: 258,
        name: String::new(),
        tags: Default::default(),
    };
    keyed_by!(GeneratedBehindANewtype, Generated, [], Generated(of_generated.clone()));
    keyed_by!(GeneratedItself, generated::Party, [], of_generated);
    let generic = Generic {
        id: Number(258),
        name: Box::from("Ann"),
    };
    keyed_by!(GenericItself, Generic<Number, Box<str>>, [], generic.clone());
    keyed_by!(GenericBehindANewtype, OfGeneric<Number>, [], OfGeneric(generic));
}

/// The same by another manifest, whose topics have other keys.
macro_rules! keyed_elsewhere_by {
    ($topic:literal, $ty:ty, $value:expr) => {
        key_of_parcel!(Parcel, $topic, "schemas/by-name.toml", $ty, [], $value)
    };
}

/// A record's own manifest leads keys through its number alone.
#[test]
fn what_another_manifest_leads_through_is_found() {
    assert_eq!(keyed_elsewhere_by!("parcels", Sender, Sender(party())), b"Ann");
    assert_eq!(keyed_elsewhere_by!("parcels-by-id", Sender, Sender(party())), 258_i64.to_be_bytes());
}

/// Its fields may be called as others of the schema's are.
#[test]
fn what_is_called_as_another_field_is_not_taken_for_it() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
    struct Crossed {
        #[kafka(rename = "id")]
        name: i64,
        #[kafka(rename = "name")]
        id: String,
    }

    let crossed = || Crossed {
        name: 258,
        id: "Ann".to_owned(),
    };
    assert_eq!(keyed_elsewhere_by!("parcels", Crossed, crossed()), b"Ann");
    assert_eq!(keyed_elsewhere_by!("parcels-by-id", Crossed, crossed()), 258_i64.to_be_bytes());
    keyed_by!(ByTheNumber, Crossed, [], crossed());
}

mod upper {
    pub(super) fn to_avro(name: &str) -> String {
        name.to_uppercase()
    }

    pub(super) fn from_avro(name: String) -> Result<String, String> {
        Ok(name.to_lowercase())
    }
}

/// A manifest may call a field as another record's manifest does not, and as the application calls one that the schema does not have.
#[test]
fn what_a_manifest_renames_is_the_same_field() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
    struct Labelled {
        id: i64,
        name: String,
        #[kafka(skip)]
        label: String,
    }

    let labelled = Labelled {
        id: 258,
        name: "Ann".to_owned(),
        label: "Bob".to_owned(),
    };
    let key = key_of_parcel!(Parcel, "parcels", "schemas/renamed.toml", Labelled, [], labelled);
    assert_eq!(key, b"Ann");
}

mod as_it_is {
    use super::Party;

    pub(super) fn to_avro(party: &Party) -> Party {
        party.clone()
    }

    pub(super) fn from_avro(party: Party) -> Result<Party, String> {
        Ok(party)
    }
}

/// What functions give leads on, and is the key of whatever knows the event by the contract alone.
#[test]
fn ways_lead_through_what_functions_give() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "parcels", rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
    struct Parcel {
        id: Uuid,
        #[kafka(with = as_it_is)]
        sender: Party,
        state: generated::State,
        sealed_at: TimestampMillis,
        price: Decimal<9, 2>,
        link: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "parcels-again", event = Parcel, manifest = "schemas/depot/topics.toml")]
    struct Again;

    /// What they give has fields of its own.
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "parcels", key = sender.number, rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
    struct Written {
        id: Uuid,
        #[kafka(with = as_it_is)]
        sender: Party,
        state: generated::State,
        sealed_at: TimestampMillis,
        price: Decimal<9, 2>,
        link: String,
    }

    let written = Written {
        id: Uuid::from_u128(1),
        sender: party(),
        state: generated::State::New,
        sealed_at: TimestampMillis(1),
        price: Decimal::new(1).unwrap(),
        link: String::new(),
    };
    let mut key = Vec::new();
    assert!(Written::encode_key(&written, &mut key).unwrap());
    assert_eq!(key, 258_i64.to_be_bytes());

    let parcel = Parcel {
        id: Uuid::from_u128(1),
        sender: party(),
        state: generated::State::New,
        sealed_at: TimestampMillis(1),
        price: Decimal::new(1).unwrap(),
        link: String::new(),
    };
    let (mut own, mut again) = (Vec::new(), Vec::new());
    assert!(Parcel::encode_key(&parcel, &mut own).unwrap());
    assert!(Again::encode_key(&parcel, &mut again).unwrap());
    assert_eq!(own, 258_i64.to_be_bytes());
    assert_eq!(again, own);

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Lost", manifest = "schemas/by-name.toml")]
    struct Lost {
        parcel: String,
        #[kafka(with = upper)]
        why: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", event = Lost, manifest = "schemas/by-name.toml")]
    struct Losses;

    let lost = Lost {
        parcel: "p".to_owned(),
        why: "rain".to_owned(),
    };
    let mut key = Vec::new();
    assert!(Losses::encode_key(&lost, &mut key).unwrap());
    assert_eq!(key, b"RAIN");
}

/// A type that is carried by hand leads on by hand, whatever it derefs to.
#[test]
fn a_type_that_is_carried_by_hand_says_where_it_leads() {
    #[derive(Debug, Clone, PartialEq)]
    struct Shared(std::sync::Arc<Party>);

    impl std::ops::Deref for Shared {
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

    impl EncodeKeyAt<Field<{ name("id") }>, wire::Long> for Shared {
        fn encode_key_at(&self, out: &mut Vec<u8>) -> bool {
            EncodeKeyAt::<Field<{ name("id") }>, wire::Long>::encode_key_at(&*self.0, out)
        }
    }

    keyed_by!(OfShared, Shared, [], Shared(party().into()));
}

/// Functions that carry one field leave the ways through the others as they are.
#[test]
fn ways_lead_past_what_functions_carry() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", manifest = "schemas/by-name.toml")]
    struct Carried {
        #[kafka(rename = "id")]
        number: Number,
        #[kafka(with = upper)]
        name: String,
    }

    let carried = Carried {
        number: Number(258),
        name: "ann".to_owned(),
    };
    assert_eq!(keyed_elsewhere_by!("parcels-by-id", Carried, carried), 258_i64.to_be_bytes());
}

/// The key is what the event has, whether its field is named or not.
#[test]
fn what_functions_give_is_the_key() {
    macro_rules! key_of {
        ([$($key:tt)*]) => {{
            #[derive(Debug, Clone, PartialEq, KafkaEvent)]
            #[kafka(topic = "lost", $($key)* manifest = "schemas/by-name.toml")]
            struct Lost {
                parcel: String,
                #[kafka(with = upper)]
                why: String,
            }
            let mut key = Vec::new();
            let lost = Lost { parcel: "p".to_owned(), why: "rain".to_owned() };
            assert!(Lost::encode_key(&lost, &mut key).unwrap());
            key
        }};
    }
    assert_eq!(key_of!([]), b"RAIN");
    assert_eq!(key_of!([key = why,]), b"RAIN");
}

#[test]
fn a_way_that_is_written_has_the_names_of_the_types() {
    keyed_by!(Renamed, Party, [key = sender.number,], party());
    keyed_by!(ToTheNumber, Party, [key = sender.number.0,], party());
    keyed_by!(ThroughANewtype, Sender, [key = sender.number,], Sender(party()));
    keyed_by!(Written, Sender, [key = sender.0.number,], Sender(party()));
    keyed_by!(WrittenTwice, Twice, [key = sender.0.0.number,], Twice(Sender(party())));
    keyed_by!(ByHand, Wrapped, [key = sender.party.number,], Wrapped { party: party() });
    keyed_by!(WrittenInPart, Twice, [key = sender.0.number,], Twice(Sender(party())));
}

/// The topic's own type does not say what its key is called: neither a marker, nor the enum of several records.
#[test]
fn what_knows_an_event_by_the_contract_alone_leads_through_it() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "parcels", manifest = "schemas/depot/topics.toml")]
    struct Parcel {
        id: Uuid,
        #[kafka(rename = "sender")]
        from: Sender,
        state: generated::State,
        #[kafka(rename = "sealedAt")]
        sealed: TimestampMillis,
        price: Decimal<9, 2>,
        link: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "parcels-again", event = Parcel, manifest = "schemas/depot/topics.toml")]
    struct Again;

    let parcel = Parcel {
        id: Uuid::from_u128(1),
        from: Sender(party()),
        state: generated::State::New,
        sealed: TimestampMillis(1),
        price: Decimal::new(1).unwrap(),
        link: String::new(),
    };
    let mut key = Vec::new();
    assert!(Again::encode_key(&parcel, &mut key).unwrap());
    assert_eq!(key, 258_i64.to_be_bytes());

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Loaded", manifest = "schemas/depot/topics.toml")]
    struct Loaded {
        #[kafka(rename = "parcel")]
        what: Box<str>,
        truck: i32,
    }

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
    enum Moves {
        Loaded(Loaded),
        Unloaded(generated::Unloaded),
        Lost(generated::Lost),
    }

    let mut keys = Vec::new();
    for event in [
        Moves::Loaded(Loaded {
            what: "a".into(),
            truck: 1,
        }),
        Moves::Unloaded(generated::Unloaded {
            parcel: "b".to_owned(),
            dock: 1,
        }),
        Moves::Lost(generated::Lost {
            parcel: "c".to_owned(),
            why: String::new(),
        }),
    ] {
        assert!(Moves::encode_key(&event, &mut keys).unwrap());
    }
    assert_eq!(keys, b"abc");
}

/// A key's type need not be known: what it is asked for is asked of it by itself.
#[test]
fn a_key_may_be_generic() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "lost", manifest = "schemas/by-name.toml")]
    struct Lost<Why> {
        parcel: String,
        why: Why,
    }

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "parcels", rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
    struct Parcel<Sender> {
        id: Uuid,
        sender: Sender,
        state: generated::State,
        sealed_at: TimestampMillis,
        price: Decimal<9, 2>,
        link: String,
    }

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "lost", key = why, manifest = "schemas/by-name.toml")]
    struct Named<Why> {
        parcel: String,
        why: Why,
    }

    let named = Named {
        parcel: String::new(),
        why: "snow".to_owned(),
    };
    let mut key = Vec::new();
    assert!(Named::encode_key(&named, &mut key).unwrap());
    assert_eq!(key, b"snow");

    let lost = Lost {
        parcel: "p".to_owned(),
        why: std::sync::Arc::<str>::from("rain"),
    };
    let parcel = Parcel {
        id: Uuid::from_u128(1),
        sender: Sender(party()),
        state: generated::State::New,
        sealed_at: TimestampMillis(1),
        price: Decimal::new(1).unwrap(),
        link: String::new(),
    };
    let (mut why, mut number) = (Vec::new(), Vec::new());
    assert!(Lost::encode_key(&lost, &mut why).unwrap());
    assert!(Parcel::encode_key(&parcel, &mut number).unwrap());
    assert_eq!((why.as_slice(), number.as_slice()), (&b"rain"[..], &258_i64.to_be_bytes()[..]));
}
