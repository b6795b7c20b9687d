//! Fields, variants and words that are there under a condition.
#![deny(warnings)]

use kafka_event::{KafkaEvent, from_avro, to_avro};

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    #[cfg(any())]
    city: i64,
    #[cfg(all())]
    city: String,
    #[cfg(any())]
    town: Nowhere,
    #[cfg_attr(all(), kafka(skip))]
    beside: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
#[cfg_attr(all(), kafka(enum = "Carrier", rename_all = "UPPERCASE"))]
enum Carrier {
    Post,
    Courier,
    #[cfg(any())]
    Drone,
}

#[cfg_attr(any(), derive(KafkaEvent))]
#[kafka_unknown::nothing]
#[cfg(any())]
struct Never;

fn main() {
    let address = Address {
        city: "Bern".to_owned(),
        beside: 0,
    };
    assert_eq!(from_avro::<Address>(&to_avro(&address).unwrap()).unwrap(), address);
    assert_ne!(Carrier::Post, Carrier::Courier);
}
