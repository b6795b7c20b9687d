use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = generated::Loaded, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
    open: bool,
}

fn main() {}
