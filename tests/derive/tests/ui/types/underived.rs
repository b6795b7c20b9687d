use kafka_event::KafkaEvent;

struct Address {
    city: String,
}

enum Carrier {
    Post,
}

struct ShipmentId(i64);

#[derive(KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment {
    id: ShipmentId,
    carrier: Carrier,
    before: Vec<Carrier>,
    to: Option<Address>,
}

fn main() {}
