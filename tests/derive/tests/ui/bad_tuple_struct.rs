#[derive(kafka_event::KafkaEvent)]
#[kafka(topic = "orders", manifest = "schemas/shop.toml")]
struct Order(i64, String);

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
}
