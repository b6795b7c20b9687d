use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
struct Parcel {
    link: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", manifest = "schemas/depot/topics.toml")]
struct All {}

fn main() {}
