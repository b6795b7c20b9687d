use std::collections::BTreeMap;

use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;

#[derive(KafkaEvent)]
#[kafka(topic = "everything")]
struct Order {
    id: i64,
    r#type: String,
    lines: Vec<String>,
    prices: BTreeMap<String, f64>,
    placed_at: TimestampMicros,
    note: Option<String>,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
}
