use kafka_event::KafkaEvent;
use test_derive::depot::depot::Loaded;

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(Loaded),
    #[kafka(other, rename = "Lost")]
    Other,
}

fn main() {}
