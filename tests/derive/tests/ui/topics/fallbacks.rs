use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Loaded, Lost};

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Published {
    Loaded(Loaded),
    #[kafka(other)]
    Other,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Two {
    Loaded(Loaded),
    #[kafka(other)]
    Other,
    #[kafka(other)]
    Others,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Holding {
    Loaded(Loaded),
    #[kafka(other)]
    Other(Lost),
}

fn main() {}
