use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "shop.Order", consume)]
struct OfSeveral {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(topic = "Place", consume, manifest = "schemas/depot/topics.toml")]
struct OfOne {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "everything", consume)]
struct Everything {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(record = "address", consume)]
struct Address {
    city: String,
}

fn main() {}
