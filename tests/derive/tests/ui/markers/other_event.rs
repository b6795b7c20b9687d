use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = generated::Loaded, manifest = "schemas/depot/topics.toml")]
struct OtherRecord;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = String, manifest = "schemas/depot/topics.toml")]
struct NoRecord;

fn main() {}
