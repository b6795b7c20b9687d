//! What an attribute or a variant names goes from thread to thread, as events do: told once where it does not.

use std::cell::Cell;
use std::rc::Rc;

use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(record = "Tagged", manifest = "schemas/types/topics.toml")]
struct Still {
    tag: String,
    number: i32,
    #[kafka(skip)]
    cached: Option<Rc<str>>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", event = Still, manifest = "schemas/types/topics.toml")]
struct Marker;

#[derive(KafkaEvent)]
#[kafka(record = "depot.Loaded", consume, manifest = "schemas/depot/topics.toml")]
struct Loaded<'a> {
    parcel: &'a str,
    #[kafka(skip)]
    seen: Cell<u8>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", consume, manifest = "schemas/depot/topics.toml")]
enum Read<'a> {
    Loaded(Loaded<'a>),
    #[kafka(other)]
    Other,
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Lost", manifest = "schemas/depot/topics.toml")]
struct Lost {
    parcel: String,
    #[kafka(skip)]
    seen: Rc<u8>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(generated::Loaded),
    Unloaded(generated::Unloaded),
    Lost(Lost),
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Boxed {
    Loaded(generated::Loaded),
    Unloaded(generated::Unloaded),
    Lost(Rc<Lost>),
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.PlaceKey", manifest = "schemas/depot/topics.toml")]
struct PlaceKey {
    code: String,
    #[kafka(skip)]
    seen: Rc<u8>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = PlaceKey, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
    open: bool,
}

fn main() {}
