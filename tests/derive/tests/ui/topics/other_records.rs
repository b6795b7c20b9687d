use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(Unloaded),
    Unloaded(Loaded),
    Lost(String),
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Lost", consume, manifest = "schemas/depot/topics.toml")]
struct Why {
    why: String,
}

/// In boxes, of which one is right.
#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum InBoxes {
    Loaded(Box<Unloaded>),
    Unloaded(Box<Box<Unloaded>>),
    Lost(Box<Why>),
}

fn main() {}
