use std::collections::BTreeMap;

use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    #[kafka(key)]
    id: i64,
    #[kafka(skip_serializing_if = "String::is_empty")]
    r#type: String,
    #[kafka(topic = "orders")]
    lines: Vec<String>,
    prices: BTreeMap<String, f64>,
    placed_at: TimestampMicros,
    note: Option<String>,
}

fn main() {}
