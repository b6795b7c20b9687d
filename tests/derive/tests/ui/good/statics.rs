//! The application has statics of the names that expansions would give what is theirs.

#![deny(warnings)]
#![allow(non_upper_case_globals, dead_code)]

use std::collections::BTreeMap;

use kafka_event::logical::TimestampMicros;
use kafka_event::{Compacted, KafkaEvent, Keyed, Topic, decode_message, encode_value, to_avro};
use test_derive::depot::depot as generated;

macro_rules! statics {
    ($($name:ident)+) => {$(static $name: u8 = 0;)+};
}

statics! {
    fields reader writer event out datum buffer message bytes step index branch layout name is value field0 field1 key given
}

#[derive(KafkaEvent)]
struct OrderId(i64);

#[derive(KafkaEvent)]
#[kafka(topic = "last-orders", key = id)]
struct Order {
    id: OrderId,
    r#type: String,
    lines: Vec<String>,
    prices: BTreeMap<String, f64>,
    placed_at: TimestampMicros,
    #[kafka(with = note)]
    note: Option<u8>,
    #[kafka(skip)]
    fields: u8,
}

mod note {
    pub(crate) fn to_avro(note: &Option<u8>) -> Option<String> {
        note.map(|note| note.to_string())
    }

    pub(crate) fn from_avro(note: Option<String>) -> Result<Option<u8>, std::num::ParseIntError> {
        note.map(|note| note.parse()).transpose()
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", event = Order)]
struct Again;

#[derive(KafkaEvent)]
#[kafka(enum = "shop.Carrier", rename_all = "UPPERCASE", consume)]
enum Carrier {
    Post,
    #[kafka(other)]
    Other,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Shipment<'a, Id> {
    id: Id,
    carrier: Carrier,
    to: Option<Address<'a>>,
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Address")]
struct Address<'a> {
    city: &'a str,
}

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = PlaceKey, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
    open: bool,
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.PlaceKey", manifest = "schemas/depot/topics.toml")]
struct PlaceKey {
    code: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(generated::Loaded),
    Unloaded(generated::Unloaded),
    Lost(generated::Lost),
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
struct Linked {
    link: String,
    size: Option<generated::ParcelSize>,
}

fn is_topic<T: Topic>() {}

fn main() {
    is_topic::<Again>();
    is_topic::<Move>();
    is_topic::<Linked>();
    let place = Keyed::new(PlaceKey { code: "ZRH".to_owned() }, Place { city: "Zürich".to_owned(), open: true });
    let mut written = Vec::new();
    encode_value::<Place>(&place, &mut written).unwrap();
    assert!(!written.is_empty());
    let order = Order {
        id: OrderId(1),
        r#type: String::new(),
        lines: Vec::new(),
        prices: BTreeMap::new(),
        placed_at: TimestampMicros(1),
        note: Some(7),
        fields: 1,
    };
    assert!(to_avro(&order).unwrap().ends_with(b"\x027"));
    _ = decode_message::<Order>;
    _ = |read: Compacted<i64, Order>| read.into_event();
}
