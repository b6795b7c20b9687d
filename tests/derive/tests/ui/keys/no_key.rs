use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "unkeyed", key = tag, manifest = "schemas/types/topics.toml")]
struct Tagged {
    tag: String,
    number: i32,
}

fn main() {}
