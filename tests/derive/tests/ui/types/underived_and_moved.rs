mod platform {
    pub use kafka_event;
}

enum Carrier {
    Post,
}

#[derive(platform::kafka_event::KafkaEvent)]
#[kafka(topic = "shipments", crate = crate::platform::kafka_event)]
struct Shipment {
    id: u64,
    carrier: Carrier,
    before: Vec<Carrier>,
}

fn main() {}
