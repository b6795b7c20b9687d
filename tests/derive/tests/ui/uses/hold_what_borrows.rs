use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", consume)]
struct Address<'a> {
    city: &'a str,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Shipment {
    to: Option<Address<'static>>,
}

fn main() {}
