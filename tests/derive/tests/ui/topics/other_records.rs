use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(Unloaded),
    Unloaded(Loaded),
    Lost(String),
}

fn main() {}
