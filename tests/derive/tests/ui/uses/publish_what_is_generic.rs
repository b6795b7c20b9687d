use kafka_event::{KafkaEvent, PublishedTopic};

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged<N> {
    tag: String,
    number: N,
}

fn publisher<T: PublishedTopic>() {}

fn of_any<N: Send + Sync + 'static>() {
    publisher::<Tagged<N>>();
}

fn main() {}
