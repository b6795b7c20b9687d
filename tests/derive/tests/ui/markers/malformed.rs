use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = Parcel, manifest = "schemas/depot/topics.toml")]
struct WithFields {
    id: String,
}

#[derive(KafkaEvent)]
#[kafka(event = Parcel, manifest = "schemas/depot/topics.toml")]
struct NoTopic;

#[derive(KafkaEvent)]
#[kafka(topic = "moves", event = Lost, manifest = "schemas/depot/topics.toml")]
struct Several;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = Parcel, rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
struct Renamed;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = Parcel, manifest = "schemas/depot/topics.toml")]
struct Generic<const N: usize>;

fn main() {}
