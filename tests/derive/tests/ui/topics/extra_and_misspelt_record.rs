use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Lost, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(Loaded),
    Unloadet(Unloaded),
    Lost(Lost),
    Sent(Lost),
}

fn main() {}
