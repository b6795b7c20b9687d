//! A keyword is a field's name behind `r#` alone.

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", key = sender.type, manifest = "schemas/depot/topics.toml")]
struct Within {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", key = type, manifest = "schemas/depot/topics.toml")]
struct Alone {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", key = sender.self, manifest = "schemas/depot/topics.toml")]
struct OfPaths {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", key = "sender.type", manifest = "schemas/depot/topics.toml")]
struct Quoted {
    id: i64,
}

fn main() {}
