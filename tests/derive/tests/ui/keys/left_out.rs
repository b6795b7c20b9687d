use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    number: i32,
}

fn main() {}
