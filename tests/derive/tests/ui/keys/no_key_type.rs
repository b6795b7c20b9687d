use kafka_event::KafkaEvent;

struct Tag(String);

mod tag {
    use std::collections::HashMap;

    use super::Tag;

    pub(crate) fn to_avro(tag: &Tag) -> &str {
        &tag.0
    }

    pub(crate) fn from_avro(tag: String) -> Result<Tag, String> {
        Ok(Tag(tag))
    }

    #[allow(unused)]
    type Tags = HashMap<String, Tag>;
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", key = tag.inner, manifest = "schemas/types/topics.toml")]
struct Tagged {
    #[kafka(with = tag)]
    tag: Tag,
    number: i32,
}

fn main() {}
