use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Lost, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Published {
    Loaded(Loaded),
    Lost(Lost),
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Consumed {
    Loaded(Loaded),
    Unloaded(Unloaded),
}

fn main() {}
