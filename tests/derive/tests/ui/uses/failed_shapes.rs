//! A type that fails is used as the topic that it would have been, and its own error is the only one: it borrows, a record keys it, it is compacted.

use kafka_event::{Compacted, CompactedTopic, ConsumedTopic, EncodedEvent, KafkaEvent, Keyed, PublishedTopic};
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = Key, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
    opened: bool,
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.PlaceKey", manifest = "schemas/depot/topics.toml")]
struct Key {
    code: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "place", key = generated::PlaceKey, event = generated::Place, manifest = "schemas/depot/topics.toml")]
struct Again;

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = generated::PlaceKey, consume, manifest = "schemas/depot/topics.toml")]
struct City<'a, T> {
    citi: &'a str,
    open: T,
}

#[derive(KafkaEvent)]
#[kafka(topic = "order", consume)]
struct ToBill<'a> {
    id: i64,
    note: Option<&'a str>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Tagged<'a, T> {
    tga: &'a T,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcel", key = sender, manifest = "schemas/depot/topics.toml")]
struct Parcel {
    sender: String,
    cached: std::rc::Rc<str>,
}

fn published<T: PublishedTopic>(_: &T::Event) {}
fn consumed<T: ConsumedTopic>(_: impl FnOnce(T::Message)) {}
fn buried<T: CompactedTopic>(_: &T::Key) {}

fn used(place: &Keyed<Key, Place>, again: &Keyed<generated::PlaceKey, generated::Place>, message: &[u8]) -> usize {
    published::<Place>(place);
    consumed::<Place>(|message| match message {
        Compacted::Event(event) => drop(event.event.city),
        Compacted::Tombstone(key) => drop(key.code),
    });
    buried::<Place>(&place.key);
    published::<Again>(again);
    let bill = kafka_event::decode_value_ref::<ToBill<'_>>(EncodedEvent::new(message)).unwrap();
    let city = kafka_event::decode_value_ref::<City<'_, bool>>(EncodedEvent::new(message)).unwrap();
    let tagged = kafka_event::decode_value_ref::<Tagged<'_, u8>>(EncodedEvent::new(message)).unwrap();
    usize::from(*tagged.tga) + bill.note.map_or(0, str::len) + city.event.citi.len()
}

fn main() {}
