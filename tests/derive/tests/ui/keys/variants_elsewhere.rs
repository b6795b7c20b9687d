//! The ways of variants lead to fields that could be keys, and are not their records'.

use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Lost, Unloaded};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    #[kafka(key = parcel.number)]
    Loaded(Loaded),
    Unloaded(Unloaded),
    #[kafka(key = why)]
    Lost(Lost),
}

fn main() {}
