//! Own types beside the generated ones, on random values.

use std::borrow::Cow;
use std::collections::HashMap;

use apache_avro::Schema;
use apache_avro::writer::datum::GenericDatumWriter;
use kafka_event::evolution::Evolution;
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
use kafka_event::{KafkaEvent, Limits, Record, from_avro_within, to_avro};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use test_derive::depot::depot as generated;
use test_values::Values;

const CASES: usize = 2_000;

/// What is random may be long, and nests as deep as it may.
const LIMITS: Limits = Limits {
    depth: 512,
    memory: usize::MAX,
    ..Limits::DEFAULT
};

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Parcel", manifest = "schemas/depot/topics.toml")]
struct Whole {
    link: Box<str>,
    photo: Vec<u8>,
    price: Decimal<9, 2>,
    sealed_at: TimestampMillis,
    weight_grams: i32,
    size: Option<generated::ParcelSize>,
    route: Option<Leg>,
    history: Vec<State>,
    state: State,
    receiver: Option<Box<Party>>,
    sender: Party,
    id: Uuid,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Party {
    tags: HashMap<Box<str>, Vec<String>>,
    name: String,
    id: i64,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Leg", manifest = "schemas/depot/topics.toml")]
struct Leg {
    next: Option<Box<Self>>,
    to: String,
}

#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
#[kafka(enum = "depot.State", rename_all = "SCREAMING_SNAKE_CASE", manifest = "schemas/depot/topics.toml")]
enum State {
    Delivered,
    New,
    InTransit,
}

/// Some fields, from before, between and behind others.
#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Parcel", consume, manifest = "schemas/depot/topics.toml")]
struct Some<'a> {
    #[kafka(rename = "sealedAt")]
    sealed: TimestampMillis,
    route: Option<To<'a>>,
    state: Whether,
    sender: Name<'a>,
    photo: &'a [u8],
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Leg", consume, manifest = "schemas/depot/topics.toml")]
struct To<'a> {
    to: &'a str,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", consume, manifest = "schemas/depot/topics.toml")]
struct Name<'a> {
    name: Cow<'a, str>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(enum = "depot.State", consume, manifest = "schemas/depot/topics.toml")]
enum Whether {
    Delivered,
    #[kafka(other)]
    OnItsWay,
}

/// Calls a test with the bytes of random parcels, as the seed that is printed makes them.
fn each_parcel(schema: &str, mut test: impl FnMut(&[u8])) {
    let seed = std::env::var("KAFKA_EVENT_SEED").map_or_else(|_| rand::rng().random(), |seed| seed.parse().unwrap());
    println!("KAFKA_EVENT_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let schema = Schema::parse_str(schema).unwrap();
    let writer = GenericDatumWriter::builder(&schema).build().unwrap();
    let values = Values::of(&schema);
    for _ in 0..CASES {
        let value = values.random(&schema, &mut random).expect("a parcel ends");
        test(&writer.write_value_to_vec(value).unwrap());
    }
}

#[test]
fn all_fields_are_written_and_read_as_the_generated_type_does() {
    each_parcel(generated::Parcel::SCHEMA, |bytes| {
        let own: Whole = from_avro_within(bytes, LIMITS).unwrap();
        let generated: generated::Parcel = from_avro_within(bytes, LIMITS).unwrap();
        assert_eq!(to_avro(&own).unwrap(), bytes);
        assert_eq!(to_avro(&generated).unwrap(), bytes);
        assert_eq!(
            (own.id, &*own.link, own.weight_grams),
            (generated.id, &*generated.link, generated.weight_grams)
        );
    });
}

fn is_some_of(some: &Some<'_>, whole: &generated::Parcel) {
    assert_eq!((some.sealed, some.photo), (whole.sealed_at, &*whole.photo));
    assert_eq!(some.route.as_ref().map(|to| to.to), whole.route.as_ref().map(|leg| &*leg.to));
    assert_eq!(some.sender.name, whole.sender.name);
    assert_eq!(some.state == Whether::Delivered, whole.state == generated::State::Delivered);
}

#[test]
fn some_fields_are_those_of_the_whole() {
    each_parcel(generated::Parcel::SCHEMA, |bytes| {
        is_some_of(&from_avro_within(bytes, LIMITS).unwrap(), &from_avro_within(bytes, LIMITS).unwrap());
    });
}

/// The same fields in the opposite order, one of them promoted, with others among them.
const OTHER: &str = r#"{"type": "record", "name": "Parcel", "namespace": "depot", "fields": [
    {"name": "before", "type": {"type": "map", "values": ["null", "long"]}},
    {"name": "link", "type": "string"},
    {"name": "photo", "type": "bytes"},
    {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
    {"name": "sealedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    {"name": "route", "type": ["null", {"type": "record", "name": "Leg", "fields": [
        {"name": "via", "type": "int"},
        {"name": "to", "type": "string"},
        {"name": "next", "type": ["null", "Leg"]}
    ]}]},
    {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["DELIVERED", "NEW", "IN_TRANSIT"]}},
    {"name": "sender", "type": {"type": "record", "name": "Party", "fields": [
        {"name": "name", "type": "string"},
        {"name": "id", "type": "int"}
    ]}},
    {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
    {"name": "behind", "type": {"type": "array", "items": "string"}}
]}"#;

#[test]
fn another_version_is_read_as_the_generated_type_reads_it() {
    let generated = Evolution::<generated::Parcel>::from_schema(OTHER).unwrap();
    let own = Evolution::<Whole>::from_schema(OTHER).unwrap();
    let some = Evolution::<Some<'_>>::from_schema(OTHER).unwrap();
    each_parcel(OTHER, |bytes| {
        let whole = generated.decode_within(bytes, LIMITS).unwrap();
        let own = own.decode_within(bytes, LIMITS).unwrap();
        assert_eq!(to_avro(&whole).unwrap(), to_avro(&own).unwrap());
        is_some_of(&some.decode_ref_within(bytes, LIMITS).unwrap(), &whole);
    });
}
