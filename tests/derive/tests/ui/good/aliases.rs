//! A type is known by what it is, and not by its name.
#![deny(warnings)]

use std::collections::{BTreeMap, HashMap};

use kafka_event::logical::TimestampMicros;
use kafka_event::{KafkaEvent, from_avro, to_avro};

type Id = i64;
type List<T> = Vec<T>;
type Perhaps<T> = Option<T>;
type When = TimestampMicros;
type Prices = HashMap<String, f64, std::hash::BuildHasherDefault<std::collections::hash_map::DefaultHasher>>;
type Home = Address;

trait Kind {
    type Text;
}

impl Kind for () {
    type Text = String;
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    id: Id,
    r#type: <() as Kind>::Text,
    lines: List<String>,
    prices: Prices,
    placed_at: When,
    note: Perhaps<std::string::String>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: String,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Shipment {
    to: Perhaps<Home>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "orders", consume)]
struct Seen {
    prices: BTreeMap<Box<str>, f64>,
}

fn main() {
    let order = Order {
        id: 1,
        r#type: "a".to_owned(),
        lines: vec!["b".to_owned()],
        prices: Prices::from_iter([("b".to_owned(), 1.5)]),
        placed_at: TimestampMicros(3),
        note: None,
    };
    let bytes = to_avro(&order).unwrap();
    assert_eq!(from_avro::<Order>(&bytes).unwrap(), order);
    assert_eq!(from_avro::<Seen>(&bytes).unwrap().prices["b"], 1.5);
    let _ = Shipment { to: Some(Home { city: String::new() }) };
}
