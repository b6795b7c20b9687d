//! A parameter stands for what does not carry its field: of a use that publishes one thing is said.

use kafka_event::{EncodedEvent, KafkaEvent};

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged<N> {
    tag: String,
    number: N,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Number<N> {
    number: N,
}

fn main() {
    let tagged = Tagged {
        tag: String::new(),
        number: 1_i64,
    };
    kafka_event::encode_value::<Tagged<i64>>(&tagged, &mut Vec::new()).unwrap();
    kafka_event::decode_value::<Number<i64>>(EncodedEvent::new(&[][..])).unwrap();
}
