#[derive(kafka_event::KafkaEvent)]
#[kafka(topic = "everything", manifest = "schemas/shop.toml")]
struct Order {
    id: i64,
    r#type: String,
    lines: Vec<String>,
    prices: std::collections::BTreeMap<String, f64>,
    placed_at: kafka_event::logical::TimestampMicros,
    note: Option<String>,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
}
