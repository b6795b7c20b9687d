use kafka_event::{KafkaEvent, to_avro};

#[derive(KafkaEvent)]
#[kafka(enum = "depot.State", manifest = "schemas/depot/topics.toml", rename_all = "SCREAMING_SNAKE_CASE")]
enum State {
    New,
    InTransit,
    Delivered,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment<T> {
    id: i64,
    carrier: T,
    before: Vec<T>,
    to: Option<Address>,
}

fn main() {
    let shipment = Shipment {
        id: 1,
        carrier: State::Delivered,
        before: vec![State::New],
        to: None,
    };
    to_avro(&shipment).unwrap();
}
