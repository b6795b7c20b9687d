use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Lost, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", key = parcel, manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(Loaded),
    Unloaded(Unloaded),
    Lost(Lost),
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Misspelt {
    #[kafka(key = parcl)]
    Loaded(Loaded),
    #[kafka(key = dock)]
    Unloaded(Unloaded),
    Lost(Lost),
}

fn main() {}
