use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
enum Order {
    Placed,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
}
