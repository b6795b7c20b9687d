//! Newtypes that say in their type of what they are.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use kafka_event::codec::Encode;
use kafka_event::logical::TimestampMicros;
use kafka_event::{KafkaEvent, PublishedTopic as _, from_avro, to_avro, wire};

#[derive(Debug, PartialEq, KafkaEvent)]
struct Id<Of: ?Sized, N = i64>(N, PhantomData<fn() -> Of>);

#[derive(Debug, PartialEq, KafkaEvent)]
struct Words<'a, Of: ?Sized>(PhantomData<&'a Of>, &'a str, PhantomData<Of>);

/// Neither compared nor shown.
struct Ordered;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    id: Id<Ordered>,
    r#type: Id<str, String>,
    lines: Vec<Id<Self, String>>,
    prices: BTreeMap<String, f64>,
    placed_at: TimestampMicros,
    note: Option<String>,
}

#[derive(KafkaEvent)]
#[kafka(record = "Order", consume)]
struct Seen<'a> {
    r#type: Words<'a, str>,
}

fn order() -> Order {
    Order {
        id: Id(7, PhantomData),
        r#type: Id("gift".to_owned(), PhantomData),
        lines: vec![Id("tea".to_owned(), PhantomData)],
        prices: BTreeMap::new(),
        placed_at: TimestampMicros(0),
        note: None,
    }
}

#[test]
fn they_are_carried_as_what_they_hold() {
    let bytes = to_avro(&order()).unwrap();
    let read: Order = from_avro(&bytes).unwrap();
    assert_eq!((read.id.0, read.r#type.0.as_str(), read.lines[0].0.as_str()), (7, "gift", "tea"));
    let seen: Seen<'_> = from_avro(&bytes).unwrap();
    assert_eq!(seen.r#type.1, "gift");
    fn is_long<T: Encode<wire::Long>>() {}
    is_long::<Id<Ordered>>();
}

#[test]
fn they_key_as_what_they_hold() {
    let mut key = Vec::new();
    Order::encode_key(&order(), &mut key).unwrap();
    assert_eq!(key, 7_i64.to_be_bytes());
}
