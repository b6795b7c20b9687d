use kafka_event::{ConsumedTopic, KafkaEvent, PublishedTopic};

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged<'a> {
    tag: &'a str,
    number: i32,
}

fn publisher<T: PublishedTopic>() {}
fn consumer<T: ConsumedTopic>() {}

fn main() {
    publisher::<Tagged<'static>>();
    consumer::<Tagged<'static>>();
}
