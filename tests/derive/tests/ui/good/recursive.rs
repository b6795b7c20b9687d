//! Generic records that hold themselves, by whatever name.
#![deny(warnings)]

use kafka_event::{KafkaEvent, from_avro, to_avro};

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct Plain<T> {
    to: T,
    next: Option<Box<Plain<T>>>,
}

type Next<T> = Option<Box<ByAlias<T>>>;

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct ByAlias<T> {
    to: T,
    next: Next<T>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
struct Then<T>(Box<ByNewtype<T>>);

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct ByNewtype<T> {
    to: T,
    next: Option<Then<T>>,
}

/// One that holds what it is told to.
#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct Open<N> {
    to: String,
    next: Option<Box<N>>,
}

fn main() {
    let plain = Plain {
        to: "Bern".to_owned(),
        next: Some(Box::new(Plain {
            to: "Zug".to_owned(),
            next: None,
        })),
    };
    let bytes = to_avro(&plain).unwrap();
    assert_eq!(from_avro::<Plain<String>>(&bytes).unwrap(), plain);
    let alias: ByAlias<Box<str>> = from_avro(&bytes).unwrap();
    assert_eq!(&*alias.next.as_ref().unwrap().to, "Zug");
    assert_eq!(to_avro(&alias).unwrap(), bytes);
    let newtype: ByNewtype<Box<str>> = from_avro(&bytes).unwrap();
    assert_eq!(newtype.next.as_ref().unwrap().0.to.as_ref(), "Zug");
    assert_eq!(to_avro(&newtype).unwrap(), bytes);
    let open: Open<Plain<String>> = from_avro(&bytes).unwrap();
    assert_eq!(to_avro(&open).unwrap(), bytes);
}
