use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order<T> {
    id: T,
}

fn main() {}
