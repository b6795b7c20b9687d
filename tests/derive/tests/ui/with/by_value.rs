//! A function that takes the field's value, and not a reference to it, is told once, wherever it is called.

use kafka_event::KafkaEvent;

struct Tag(String);

mod tags {
    use super::Tag;

    pub fn to_avro(tag: Tag) -> String {
        tag.0
    }

    pub fn from_avro(tag: String) -> Result<Tag, String> {
        Ok(Tag(tag))
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    #[kafka(with = tags)]
    tag: Tag,
    number: i32,
}

fn main() {}
