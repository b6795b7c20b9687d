use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", consume)]
struct Address {}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier", consume)]
enum Carrier {
    #[kafka(other)]
    Any,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment {
    id: i64,
    carrier: Carrier,
    before: Vec<Carrier>,
    to: Option<Address>,
}

fn main() {}
