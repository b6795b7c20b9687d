use kafka_event::KafkaEvent;
use test_derive::depot::depot::{Lost, LostRef, Unloaded};

#[derive(KafkaEvent)]
#[kafka(record = "Loaded", manifest = "schemas/depot/topics.toml")]
struct Loaded<'a> {
    parcel: &'a str,
    truck: i32,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(Loaded<'static>),
    Unloaded(Unloaded),
    Lost(Lost),
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Moved<'a> {
    Loaded(Loaded<'static>),
    Unloaded(Unloaded),
    Lost(LostRef<'a>),
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Still {
    Loaded(&'static str),
    #[kafka(other)]
    Other,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Boxed {
    Loaded(Box<Loaded<'static>>),
    Unloaded(Unloaded),
    Lost(Lost),
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum BoxedToo<'a> {
    Loaded(Box<Loaded<'static>>),
    Unloaded(Unloaded),
    Lost(std::boxed::Box<LostRef<'a>>),
}

fn main() {}
