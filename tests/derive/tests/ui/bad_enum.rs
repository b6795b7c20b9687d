#[derive(kafka_event::KafkaEvent)]
#[kafka(topic = "orders", manifest = "schemas/shop.toml")]
enum Order {
    Placed,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
}
