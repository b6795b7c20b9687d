//! A lifetime within a function's type is the type's own wherever the derive names that, and no other that a caller chooses.

use std::marker::PhantomData;

use kafka_event::codec::{Decode, Reader};
use kafka_event::{DecodeError, EncodedEvent, KafkaEvent, decode_value_ref, wire};

/// Carried by hand, with what nobody reads.
struct Tagged<F>(String, PhantomData<F>);

impl<'de, F> Decode<'de, wire::Str> for Tagged<F> {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Str, String>().map(|tag| Self(tag, PhantomData))
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Given<'a> {
    tag: Tagged<fn() -> &'a str>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Taken<'a> {
    tag: Tagged<fn(&'a str)>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Called<'a> {
    tag: Tagged<Box<dyn Fn(&'a str) -> &'a str + Send + Sync>>,
}

fn main() {
    let mut value = Vec::new();
    kafka_event::encode_value::<Written>(&Written { tag: "a".to_owned(), number: 1 }, &mut value).unwrap();
    let message = EncodedEvent::new(value.as_slice());
    assert_eq!(decode_value_ref::<Given<'static>>(message).unwrap().tag.0, "a");
    assert_eq!(decode_value_ref::<Taken<'static>>(message).unwrap().tag.0, "a");
    assert_eq!(decode_value_ref::<Called<'static>>(message).unwrap().tag.0, "a");
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Written {
    tag: String,
    number: i32,
}
