#[derive(kafka_event::KafkaEvent)]
#[kafka(topic = "orders", manifest = "schemas/shop.toml")]
struct Order<T> {
    id: T,
}

fn main() {}
