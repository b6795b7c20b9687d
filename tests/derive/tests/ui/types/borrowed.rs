//! Of a type that borrows one thing is said, too.

use std::borrow::Cow;

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Bytes<'a> {
    city: &'a [u8],
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", consume)]
struct Seen<'a> {
    city: Cow<'a, [u8]>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Shipment<'m> {
    carrier: &'m str,
    before: Vec<&'m str>,
    to: Option<Bytes<'m>>,
}

fn main() {}
