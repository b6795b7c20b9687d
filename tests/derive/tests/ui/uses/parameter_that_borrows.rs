//! What a parameter stands for is read from every message alike: text of one message's lifetime is not.

use kafka_event::{EncodedEvent, KafkaEvent, decode_value_ref};

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Tagged<T> {
    tag: T,
}

/// One with a lifetime holds it.
#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Borrowed<'a> {
    tag: &'a str,
}

fn main() {
    let message: &[u8] = &[];
    decode_value_ref::<Borrowed<'_>>(EncodedEvent::new(message)).unwrap();
    decode_value_ref::<Tagged<&str>>(EncodedEvent::new(message)).unwrap();
}
