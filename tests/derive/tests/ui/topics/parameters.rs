use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Lost, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move<T> {
    Loaded(T),
    Unloaded(Unloaded),
    Lost(Lost),
}

fn main() {}
