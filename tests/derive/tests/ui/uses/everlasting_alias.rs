//! What an alias stands for only the compiler knows, which speaks of the message.

use std::borrow::Cow;

use kafka_event::KafkaEvent;

type Text = Cow<'static, str>;

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    tag: Text,
    number: i32,
}

fn main() {}
