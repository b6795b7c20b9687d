use std::collections::{BTreeMap, HashMap};

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Collections", manifest = "schemas/types/topics.toml")]
struct Collections {
    words: String,
    counts: BTreeMap<i32, i64>,
    nested: Vec<Option<String>>,
    of_maps: Vec<HashMap<String, i32>>,
}

#[derive(KafkaEvent)]
#[kafka(record = "Collections", consume, manifest = "schemas/types/topics.toml")]
struct Keyed {
    counts: HashMap<Id, i32>,
    of_maps: Vec<HashMap<Id, i64>>,
}

/// It cannot be hashed.
#[derive(KafkaEvent, PartialEq, Eq)]
struct Id(String);

fn main() {}
