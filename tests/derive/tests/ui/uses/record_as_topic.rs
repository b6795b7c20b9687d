use kafka_event::{ConsumedTopic, KafkaEvent, PublishedTopic, Topic};

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: String,
}

fn topic<T: Topic>() {}
fn publisher<T: PublishedTopic>() {}
fn consumer<T: ConsumedTopic>() {}

fn main() {
    topic::<Address>();
    publisher::<Address>();
    consumer::<Address>();
}
