//! The way of a variant goes by a name that no field has.

use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Lost, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    #[kafka(key = parcl)]
    Loaded(Loaded),
    Unloaded(Unloaded),
    Lost(Lost),
}

fn main() {}
