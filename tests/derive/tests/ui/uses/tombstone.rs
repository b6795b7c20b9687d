use kafka_event::{CompactedTopic, KafkaEvent};

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    tag: String,
    number: i32,
}

fn tombstones<T: CompactedTopic>() {}

fn main() {
    tombstones::<Tagged>();
}
