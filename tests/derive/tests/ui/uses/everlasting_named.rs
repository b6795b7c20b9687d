//! What an attribute names owns what it has, and is told where it stands.

use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Tagged<'a> {
    tag: &'a str,
}

#[derive(KafkaEvent)]
#[kafka(topic = "unkeyed", consume, event = Tagged<'static>, manifest = "schemas/types/topics.toml")]
struct Unkeyed;

#[derive(KafkaEvent)]
#[kafka(topic = "unkeyed", consume, event = Tagged, manifest = "schemas/types/topics.toml")]
struct Elided;

#[derive(KafkaEvent)]
#[kafka(record = "PlaceKey", consume, manifest = "schemas/depot/topics.toml")]
struct Key<'a> {
    code: &'a str,
}

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = Key<'static>, consume, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = Key<'static>, consume, event = generated::Place, manifest = "schemas/depot/topics.toml")]
struct Places;

fn main() {}
