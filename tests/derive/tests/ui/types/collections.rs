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

fn main() {}
