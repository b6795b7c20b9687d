use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "shop.Order", consume)]
struct Order {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Address")]
struct Address {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(enum = "shop.Carrier", rename_all = "UPPERCASE")]
enum Carrier {
    Post,
    Courier,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Shipment {
    id: i64,
    carrier: Address,
    before: Vec<Order>,
    to: Option<Order>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Crossed {
    to: Carrier,
}

fn main() {}
