use kafka_event::KafkaEvent;
use test_derive::depot::depot::Unloaded;

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded,
    Unloaded(Unloaded, u32),
    Lost { why: String },
}

fn main() {}
