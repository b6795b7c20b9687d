//! What has no size is no record, wherever one is named.

use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = str, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
    open: bool,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", event = [generated::Parcel], manifest = "schemas/depot/topics.toml")]
struct Parcels;

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(generated::Loaded),
    Unloaded(generated::Unloaded),
    Lost(str),
}

fn main() {}
