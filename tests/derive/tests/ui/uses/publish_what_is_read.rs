use kafka_event::{KafkaEvent, PublishedTopic, to_avro};

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
struct Seen {
    id: i64,
}

fn publisher<T: PublishedTopic>() {}

fn main() {
    publisher::<Seen>();
    to_avro(&Seen { id: 1 }).unwrap();
}
