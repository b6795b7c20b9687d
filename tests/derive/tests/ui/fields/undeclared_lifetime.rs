//! Of a lifetime that nothing declares the compiler speaks once, and how the type is used adds nothing.

use kafka_event::{EncodedEvent, KafkaEvent, decode_value_ref};

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Tagged {
    tag: &'a str,
    number: i32,
}

#[derive(KafkaEvent)]
struct Tag(Option<std::borrow::Cow<'b, str>>);

fn main() {
    let tagged = decode_value_ref::<Tagged>(EncodedEvent::new(&b""[..])).unwrap();
    println!("{}", tagged.number);
}
