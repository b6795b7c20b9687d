use kafka_event::KafkaEvent;
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(record = "Party", manifest = "schemas/depot/topics.toml")]
struct Customer {
    #[kafka(rename = "id")]
    number: i64,
    name: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", key = sender.number, manifest = "schemas/depot/topics.toml")]
struct Parcel {
    id: Uuid,
    sender: Customer,
    state: generated::State,
    #[kafka(rename = "sealedAt")]
    sealed: TimestampMillis,
    price: Decimal<9, 2>,
    link: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = Parcel, manifest = "schemas/depot/topics.toml")]
struct ParcelsAgain;

fn main() {}
