//! Every kind of type that derives, beside the generated types of the same contract.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;
use std::sync::Arc;

use apache_avro::Schema;
use apache_avro::rabin::Rabin;
use kafka_event::codec::DecodeClass;
use kafka_event::evolution::{Evolution, Writers};
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
use kafka_event::{
    Compacted, CompactedTopic, ConsumedTopic, EncodedEvent, Event, KafkaEvent, Keyed, PublishedTopic, Record, Topic, decode_message,
    decode_value, decode_value_ref, encode_value, from_avro, to_avro,
};
use test_derive::depot::depot as generated;
use test_derive::depot::topics;

/// What a parcel is called here.
#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
struct ParcelId(Uuid);

/// A link, of a crate that knows nothing of Avro.
#[derive(Debug, Clone, PartialEq)]
struct Link {
    host: String,
}

mod link {
    use super::Link;

    pub(crate) fn to_avro(link: &Link) -> String {
        format!("https://{}", link.host)
    }

    pub(crate) fn from_avro(text: &str) -> Result<Link, String> {
        let host = text.strip_prefix("https://").ok_or_else(|| format!("`{text}` is no link"))?;
        Ok(Link { host: host.to_owned() })
    }
}

/// A fixed by a newtype of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
struct Sides([u8; 3]);

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Customer {
    #[kafka(rename = "id")]
    number: i64,
    name: Arc<str>,
    tags: HashMap<String, Vec<Box<str>>>,
    #[kafka(skip)]
    seen: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
#[kafka(enum = "State", rename_all = "SCREAMING_SNAKE_CASE", manifest = "schemas/depot/topics.toml")]
enum Progress {
    New,
    InTransit,
    #[kafka(rename = "DELIVERED")]
    Done,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct Hop {
    to: String,
    next: Option<Box<Hop>>,
}

/// All fields, in an order and with types of the application's.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "parcels", rename_all = "camelCase", key = sender.number, manifest = "schemas/depot/topics.toml")]
struct Parcel {
    sender: Customer,
    receiver: Option<Customer>,
    id: ParcelId,
    state: Progress,
    history: Vec<Progress>,
    route: Option<Box<Hop>>,
    size: Option<generated::ParcelSize>,
    weight_grams: i32,
    sealed_at: TimestampMillis,
    price: Decimal<9, 2>,
    photo: Box<[u8]>,
    #[kafka(with = link)]
    link: Link,
    #[cfg(any())]
    never: Never,
}

/// What has no default, and no more.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "parcels", key = sender.number, manifest = "schemas/depot/topics.toml")]
struct NewParcel {
    id: ParcelId,
    sender: Customer,
    state: Progress,
    #[kafka(rename = "sealedAt")]
    sealed: TimestampMillis,
    price: Decimal<9, 2>,
    link: String,
}

/// Some of it, borrowed: skipped are a union, a recursive record, maps and what nests.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
struct Seen<'a> {
    link: &'a str,
    sender: SenderName<'a>,
    weight_grams: i32,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", consume, manifest = "schemas/depot/topics.toml")]
struct SenderName<'a> {
    name: Cow<'a, str>,
}

/// The last field alone, owned.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
struct Linked {
    link: String,
}

/// None at all.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
struct Counted;

/// Whatever carries the price.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
struct Priced<T, const N: usize>
where
    T: Clone,
{
    price: T,
    #[kafka(skip)]
    beside: PhantomData<[u8; N]>,
}

/// The same event on another topic.
#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = Parcel, key = sender.number, manifest = "schemas/depot/topics.toml")]
struct ParcelsAgain;

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Loaded", manifest = "schemas/depot/topics.toml")]
struct OnTruck {
    #[kafka(rename = "parcel")]
    of: String,
    truck: i32,
}

/// One of several records, of own and generated types, in boxes or not.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    #[kafka(rename = "depot.Loaded", key = of)]
    OnTruck(Box<OnTruck>),
    Unloaded(generated::Unloaded),
    Lost(Box<generated::Lost>),
}

/// Some of them.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Loss<'a> {
    Lost(Box<Why<'a>>),
    /// It owns what it has.
    Loaded(generated::Loaded),
    #[kafka(other)]
    Other,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Lost", consume, manifest = "schemas/depot/topics.toml")]
struct Why<'a> {
    why: &'a str,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "PlaceKey", manifest = "schemas/depot/topics.toml")]
struct Code {
    code: String,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "places", key = Code, manifest = "schemas/depot/topics.toml")]
struct Place {
    open: bool,
    city: String,
}

fn customer(number: i64, name: &str) -> Customer {
    Customer {
        number,
        name: name.into(),
        tags: [("loyal".to_owned(), vec!["since 2019".into()])].into(),
        seen: 0,
    }
}

fn parcel() -> Parcel {
    Parcel {
        sender: customer(7, "Ann"),
        receiver: Some(customer(8, "Bob")),
        id: ParcelId(Uuid::from_u64_pair(1, 2)),
        state: Progress::InTransit,
        history: vec![Progress::New, Progress::Done],
        route: Some(Box::new(Hop {
            to: "Bern".to_owned(),
            next: Some(Box::new(Hop {
                to: "Rome".to_owned(),
                next: None,
            })),
        })),
        size: Some(generated::ParcelSize::Box3(generated::Box3 {
            cm: generated::Cm([1, 2, 3]),
        })),
        weight_grams: -3,
        sealed_at: TimestampMillis(1_771_027_200_000),
        price: Decimal::from_unscaled(1999),
        photo: [1, 2, 3].into(),
        link: Link {
            host: "depot.example".to_owned(),
        },
    }
}

fn generated_party(number: i64, name: &str) -> generated::Party {
    generated::Party {
        id: number,
        name: name.to_owned(),
        tags: BTreeMap::from([("loyal".to_owned(), vec!["since 2019".to_owned()])]),
    }
}

fn generated_parcel() -> generated::Parcel {
    generated::Parcel {
        id: Uuid::from_u64_pair(1, 2),
        sender: generated_party(7, "Ann"),
        receiver: Some(generated_party(8, "Bob")),
        state: generated::State::InTransit,
        history: vec![generated::State::New, generated::State::Delivered],
        route: Some(generated::Leg {
            to: "Bern".to_owned(),
            next: Some(Box::new(generated::Leg {
                to: "Rome".to_owned(),
                next: None,
            })),
        }),
        size: parcel().size,
        weight_grams: -3,
        sealed_at: TimestampMillis(1_771_027_200_000),
        price: Decimal::from_unscaled(1999),
        photo: vec![1, 2, 3],
        link: "https://depot.example".to_owned(),
    }
}

fn key_of<T: PublishedTopic>(event: &T::Event) -> Vec<u8> {
    let mut key = Vec::new();
    assert_eq!(T::encode_key(event, &mut key), Ok(true));
    key
}

#[test]
fn an_own_event_has_the_generated_events_bytes_and_key() {
    let bytes = to_avro(&parcel()).unwrap();
    assert_eq!(bytes, to_avro(&generated_parcel()).unwrap());
    assert_eq!(from_avro::<Parcel>(&bytes).unwrap(), parcel());
    assert_eq!(from_avro::<generated::Parcel>(&bytes).unwrap(), generated_parcel());
    assert_eq!(key_of::<Parcel>(&parcel()), key_of::<topics::Parcels>(&generated_parcel()));
    assert_eq!(<Parcel as Record>::SCHEMA, <generated::Parcel as Record>::SCHEMA);
    assert_eq!(<Parcel as Record>::LAYOUT, <generated::Parcel as Record>::LAYOUT);
}

#[test]
fn what_is_left_out_is_written_with_its_default() {
    let new = NewParcel {
        id: ParcelId(Uuid::from_u64_pair(1, 2)),
        sender: customer(7, "Ann"),
        state: Progress::New,
        sealed: TimestampMillis(5),
        price: Decimal::from_unscaled(-1),
        link: "https://x".to_owned(),
    };
    let bytes = to_avro(&new).unwrap();
    let read = from_avro::<generated::Parcel>(&bytes).unwrap();
    let wanted = generated::Parcel {
        id: Uuid::from_u64_pair(1, 2),
        sender: generated_party(7, "Ann"),
        receiver: None,
        state: generated::State::New,
        history: Vec::new(),
        route: None,
        size: None,
        weight_grams: 500,
        sealed_at: TimestampMillis(5),
        price: Decimal::from_unscaled(-1),
        photo: Vec::new(),
        link: "https://x".to_owned(),
    };
    assert_eq!(read, wanted);
    assert_eq!(from_avro::<NewParcel>(&bytes).unwrap(), new);
    assert_eq!(key_of::<NewParcel>(&new), 7_i64.to_be_bytes());
}

#[test]
fn some_fields_are_read_and_the_others_skipped() {
    let bytes = to_avro(&generated_parcel()).unwrap();
    let seen = Seen {
        link: "https://depot.example",
        sender: SenderName { name: "Ann".into() },
        weight_grams: -3,
    };
    assert_eq!(from_avro::<Seen<'_>>(&bytes).unwrap(), seen);
    assert!(matches!(from_avro::<Seen<'_>>(&bytes).unwrap().sender.name, Cow::Borrowed(_)));
    let linked = Linked {
        link: "https://depot.example".to_owned(),
    };
    assert_eq!(from_avro::<Linked>(&bytes).unwrap(), linked);
    assert_eq!(from_avro::<Counted>(&bytes).unwrap(), Counted);
    let priced: Priced<Decimal<9, 2>, 4> = from_avro(&bytes).unwrap();
    assert_eq!((priced.price, priced.beside), (Decimal::from_unscaled(1999), PhantomData));

    let mut value = Vec::new();
    encode_value::<topics::Parcels>(&generated_parcel(), &mut value).unwrap();
    let message = EncodedEvent::new(value.as_slice());
    assert_eq!(decode_value::<Linked>(message).unwrap(), linked);
    assert_eq!(decode_message::<Linked>(message).unwrap(), linked);
    assert_eq!(decode_value_ref::<Seen<'static>>(message).unwrap(), seen);
}

/// Bytes that are cut anywhere are refused, also where nobody reads them.
#[test]
fn what_is_skipped_is_bounded_by_the_bytes() {
    let bytes = to_avro(&generated_parcel()).unwrap();
    for end in 0..bytes.len() {
        assert!(from_avro::<Counted>(&bytes[..end]).is_err(), "{end}");
        assert!(from_avro::<Linked>(&bytes[..end]).is_err(), "{end}");
    }
    let mut longer = bytes;
    longer.push(0);
    assert!(from_avro::<Counted>(&longer).is_err());
}

/// A writer that has fewer fields, others and in another order: what is not named here may be missing there.
#[test]
fn another_version_is_read_where_it_has_what_is_named() {
    let writer = r#"{"type": "record", "name": "Parcel", "namespace": "depot", "fields": [
        {"name": "link", "type": "string"},
        {"name": "colour", "type": {"type": "array", "items": "int"}},
        {"name": "sender", "type": {"type": "record", "name": "Party", "fields": [{"name": "name", "type": "string"}]}},
        {"name": "state", "type": "string"}
    ]}"#;
    let bytes = b"\x04ab\x02\x0e\x00\x06Ann\x02x";
    let evolution = Evolution::<Linked>::from_schema(writer).unwrap();
    assert_eq!(evolution.decode(bytes).unwrap().link, "ab");
    let evolution = Evolution::<Counted>::from_schema(writer).unwrap();
    assert_eq!(evolution.decode(bytes).unwrap(), Counted);
    let evolution = Evolution::<Seen<'_>>::from_schema(writer).unwrap();
    let seen = evolution.decode_ref(bytes).unwrap();
    assert_eq!((seen.link, &*seen.sender.name, seen.weight_grams), ("ab", "Ann", 500));
    assert!(Evolution::<generated::Parcel>::from_schema(writer).is_err());
}

#[test]
fn several_topics_carry_one_event() {
    assert_eq!(<ParcelsAgain as Topic>::SPEC.name, "parcels-again");
    assert_eq!(key_of::<ParcelsAgain>(&parcel()), key_of::<Parcel>(&parcel()));
    let mut value = Vec::new();
    encode_value::<ParcelsAgain>(&parcel(), &mut value).unwrap();
    assert_eq!(
        decode_message::<ParcelsAgain>(EncodedEvent::new(value.as_slice())).unwrap(),
        parcel()
    );
}

#[test]
fn one_topic_carries_several_records() {
    let moves = [
        Move::OnTruck(Box::new(OnTruck {
            of: "p1".to_owned(),
            truck: 4,
        })),
        Move::Unloaded(generated::Unloaded {
            parcel: "p1".to_owned(),
            dock: 2,
        }),
        Move::Lost(Box::new(generated::Lost {
            parcel: "p1".to_owned(),
            why: "rain".to_owned(),
        })),
    ];
    let names: Vec<_> = <Move as Event>::RECORDS.iter().map(|record| record.full_name).collect();
    assert_eq!(names, ["depot.Loaded", "depot.Unloaded", "depot.Lost"]);
    assert_eq!(<Move as Event>::RECORDS, topics::Moves::SPEC.records);
    for one in &moves {
        let mut value = Vec::new();
        encode_value::<Move>(one, &mut value).unwrap();
        assert_eq!(key_of::<Move>(one), b"p1");
        let message = EncodedEvent::new(value.as_slice());
        assert_eq!(decode_message::<Move>(message).unwrap(), *one);
        let same = decode_message::<topics::Moves>(message).unwrap();
        let mut again = Vec::new();
        encode_value::<topics::Moves>(&same, &mut again).unwrap();
        assert_eq!(value, again);
        let loss = decode_value_ref::<Loss<'static>>(message).unwrap();
        match one {
            Move::Lost(lost) => assert_eq!(loss, Loss::Lost(Box::new(Why { why: &lost.why }))),
            Move::OnTruck(on) => {
                let (parcel, truck) = (on.of.clone(), on.truck);
                assert_eq!(loss, Loss::Loaded(generated::Loaded { parcel, truck }));
            }
            Move::Unloaded(_) => assert_eq!(loss, Loss::Other),
        }
    }
}

/// Beside text of the message's own.
#[test]
fn what_borrows_holds_generated_types_that_do() {
    #[derive(Debug, PartialEq, KafkaEvent)]
    #[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
    struct Read<'a> {
        sender: generated::PartyRef<'a>,
        receiver: Option<generated::PartyRef<'a>>,
        link: &'a str,
    }

    let parcel = generated_parcel();
    let mut value = Vec::new();
    encode_value::<topics::Parcels>(&parcel, &mut value).unwrap();
    let read = decode_value_ref::<Read<'static>>(EncodedEvent::new(value.as_slice())).unwrap();
    assert_eq!(read.sender.name, parcel.sender.name);
    assert_eq!(read.receiver.map(|party| party.id), parcel.receiver.as_ref().map(|party| party.id));
    assert_eq!(read.link, parcel.link);
}

/// A type of the same name as the one that holds it is another, where a path leads to it.
#[test]
fn a_generic_type_holds_another_of_its_name() {
    mod other {
        use kafka_event::KafkaEvent;

        #[derive(Debug, PartialEq, KafkaEvent)]
        #[kafka(record = "depot.Party", consume, manifest = "schemas/depot/topics.toml")]
        pub(super) struct Parcel<T> {
            pub(super) id: T,
        }
    }

    #[derive(Debug, PartialEq, KafkaEvent)]
    #[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
    struct Parcel<T> {
        sender: other::Parcel<T>,
    }

    let parcel = generated_parcel();
    let mut value = Vec::new();
    encode_value::<topics::Parcels>(&parcel, &mut value).unwrap();
    let read = decode_message::<Parcel<i64>>(EncodedEvent::new(value.as_slice())).unwrap();
    assert_eq!(read.sender.id, parcel.sender.id);
}

#[test]
fn a_record_keys_a_compacted_topic() {
    let event = Keyed::new(
        Code { code: "BRN".to_owned() },
        Place {
            open: true,
            city: "Bern".to_owned(),
        },
    );
    let (key, mut value, mut tombstone) = (key_of::<Place>(&event), Vec::new(), Vec::new());
    encode_value::<Place>(&event, &mut value).unwrap();
    Place::encode_tombstone(&event.key, &mut tombstone).unwrap();
    assert_eq!(key, tombstone);
    let message = EncodedEvent::new(value.as_slice()).with_key(key.as_slice());
    assert_eq!(decode_message::<Place>(message).unwrap(), Compacted::Event(event.clone()));
    assert!(matches!(decode_message::<topics::Places>(message).unwrap(), Compacted::Event(_)));
    let buried = EncodedEvent::new(None).with_key(key.as_slice());
    assert_eq!(decode_message::<Place>(buried).unwrap(), Compacted::Tombstone(event.key));

    /// What reads the topic alone, and as much of its key as it says.
    #[derive(Debug, PartialEq, KafkaEvent)]
    #[kafka(topic = "places", consume, key = Read, manifest = "schemas/depot/topics.toml")]
    struct Open {
        open: bool,
    }

    #[derive(Debug, PartialEq, KafkaEvent)]
    #[kafka(record = "PlaceKey", consume, manifest = "schemas/depot/topics.toml")]
    struct Read {
        code: Box<str>,
    }

    let read = || Read { code: "BRN".into() };
    assert_eq!(
        decode_message::<Open>(message).unwrap(),
        Compacted::Event(Keyed::new(read(), Open { open: true }))
    );
    assert_eq!(decode_message::<Open>(buried).unwrap(), Compacted::Tombstone(read()));
}

#[test]
fn what_another_crates_type_refuses_is_an_error_of_its_field() {
    let other = generated::Parcel {
        link: "ftp://x".to_owned(),
        ..generated_parcel()
    };
    let error = from_avro::<Parcel>(&to_avro(&other).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "field `link`: the value is refused: `ftp://x` is no link");
}

#[test]
fn newtypes_are_carried_as_what_they_hold() {
    let sides = Sides([1, 2, 3]);
    let mut bytes = Vec::new();
    let mut writer = kafka_event::codec::Writer::new(&mut bytes, 3);
    writer.write::<kafka_event::wire::Fixed<3>, _>(&sides);
    writer.finish().unwrap();
    assert_eq!(bytes, [1, 2, 3]);
    fn is_consumed<T: ConsumedTopic>() {}
    is_consumed::<Linked>();
}

/// A symbol that only newer writers have is the variant that stands for all others; without one it is refused.
#[test]
fn an_unknown_symbol_is_the_other_variant() {
    #[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
    #[kafka(enum = "State", rename_all = "SCREAMING_SNAKE_CASE", manifest = "schemas/depot/topics.toml")]
    enum Known {
        New,
        #[kafka(other)]
        Other,
    }
    let writer = r#"{"type": "enum", "name": "State", "namespace": "depot", "symbols": ["LOST", "NEW", "DELIVERED"]}"#;
    let known = Evolution::<Known>::from_schema(writer).unwrap();
    let read = |index: u8| known.decode(&[index * 2]);
    assert_eq!(
        (read(0).unwrap(), read(1).unwrap(), read(2).unwrap()),
        (Known::Other, Known::New, Known::Other)
    );
    assert!(read(3).is_err());
    let generated = Evolution::<generated::State>::from_schema(writer).unwrap();
    assert!(generated.decode(&[0]).is_err());
    assert_eq!(to_avro(&Known::New).unwrap(), [0]);
    let refused = to_avro(&Known::Other).unwrap_err().to_string();
    assert!(refused.contains("`Known::Other` stands for other symbols"), "{refused}");
}

/// A consumer that is told of other versions reads those that lack what it does not name; one of the whole event does not.
#[test]
fn a_message_of_another_version_is_read_where_it_has_what_is_named() {
    let writer = r#"{"type": "record", "name": "Parcel", "namespace": "depot", "fields": [
        {"name": "link", "type": "string"},
        {"name": "colour", "type": "int"}
    ]}"#;
    let fingerprint = Schema::parse_str(writer).unwrap().fingerprint::<Rabin>();
    let value = [&[0xC3, 0x01][..], &fingerprint.bytes, b"\x04ab\x0e"].concat();
    let message = EncodedEvent::new(value.as_slice());
    let writers = Writers::new(&[Linked::SPEC], [writer]).unwrap();
    assert_eq!(decode_message::<Linked>(message.with_writers(&writers)).unwrap().link, "ab");
    let writers = Writers::new(&[topics::Parcels::SPEC], [writer]).unwrap();
    let error = decode_message::<topics::Parcels>(message.with_writers(&writers)).unwrap_err();
    assert_eq!(error.class(), DecodeClass::WriterIncompatible);
    let writers = Writers::new(&[Seen::SPEC], [writer]).unwrap();
    let error = decode_value_ref::<Seen<'static>>(message.with_writers(&writers)).unwrap_err();
    assert_eq!(error.class(), DecodeClass::WriterIncompatible, "it has no sender");
    let reason = "`Parcel.sender` is not written, and has no default";
    assert_eq!(
        error.to_string(),
        format!("written with another version of the schema: {reason}"),
        "of what it reads alone"
    );
    let error = Evolution::<Seen<'_>>::from_schema(writer).unwrap_err().to_string();
    assert!(error.contains(reason) && !error.contains("Parcel.price"), "{error}");
    let linkless = writer.replace("link", "price");
    let error = Evolution::<Linked>::from_schema(&linkless).unwrap_err().to_string();
    assert!(
        error.contains("`Parcel.link` is not written") && !error.contains("Parcel.price"),
        "{error}"
    );
    let error = Evolution::<generated::Parcel>::from_schema(&linkless).unwrap_err().to_string();
    assert!(error.contains("`Parcel.price` was written as"), "{error}");

    // Two views of one topic, each as if it were alone.
    for specs in [[topics::Parcels::SPEC, Linked::SPEC], [Linked::SPEC, topics::Parcels::SPEC]] {
        let writers = Writers::new(&specs, [writer]).unwrap();
        assert_eq!(decode_message::<Linked>(message.with_writers(&writers)).unwrap().link, "ab");
        let error = decode_message::<topics::Parcels>(message.with_writers(&writers)).unwrap_err();
        assert_eq!(error.class(), DecodeClass::WriterIncompatible);
    }
}

/// Parameters of every kind, together and holding themselves.
#[test]
fn generics_and_lifetimes_together() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Leg", manifest = "schemas/depot/topics.toml")]
    struct F<T> {
        to: T,
        next: Option<Box<Self>>,
    }
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", consume, manifest = "schemas/depot/topics.toml")]
    struct Of<'a, T>
    where
        T: Clone,
    {
        id: T,
        name: &'a str,
    }
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
    struct Route<'a, T>
    where
        T: Clone + Send,
    {
        sender: Of<'a, T>,
        route: Option<F<String>>,
    }
    let bytes = to_avro(&generated_parcel()).unwrap();
    let read: Route<'_, i64> = from_avro(&bytes).unwrap();
    assert_eq!((read.sender.id, read.sender.name), (7, "Ann"));
    let next = read.route.and_then(|leg| leg.next).map(|leg| leg.to);
    assert_eq!(next.as_deref(), Some("Rome"));
}

/// A list of none or one, which functions beside it make of what may be null.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Leg", manifest = "schemas/depot/topics.toml")]
struct Stages {
    to: String,
    #[kafka(with = listed)]
    next: Vec<Self>,
}

mod listed {
    use super::Stages;

    pub(super) fn to_avro(next: &[Stages]) -> Option<Box<Stages>> {
        next.first().cloned().map(Box::new)
    }

    pub(super) fn from_avro(next: Option<Box<Stages>>) -> Result<Vec<Stages>, String> {
        Ok(next.map(|next| *next).into_iter().collect())
    }
}

/// The same by functions of its own.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Leg", manifest = "schemas/depot/topics.toml")]
struct Course {
    to: String,
    #[kafka(with = Self)]
    next: Vec<Self>,
}

impl Course {
    fn to_avro(next: &[Self]) -> Option<Box<Self>> {
        next.first().cloned().map(Box::new)
    }

    fn from_avro(next: Option<Box<Self>>) -> Result<Vec<Self>, String> {
        Ok(next.map(|next| *next).into_iter().collect())
    }
}

#[test]
fn functions_carry_what_holds_the_type_itself() {
    let next = Hop {
        to: "Bern".to_owned(),
        next: None,
    };
    let hop = Hop {
        to: "Zug".to_owned(),
        next: Some(Box::new(next)),
    };
    let bytes = to_avro(&hop).unwrap();
    let stages: Stages = from_avro(&bytes).unwrap();
    assert_eq!(stages.next[0].to, "Bern");
    assert_eq!(to_avro(&stages).unwrap(), bytes);
    let course: Course = from_avro(&bytes).unwrap();
    assert_eq!(course.next[0].to, "Bern");
    assert_eq!(to_avro(&course).unwrap(), bytes);
}
