use std::collections::BTreeMap;

use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    id: String,
    r#type: char,
    lines: Vec<i64>,
    prices: BTreeMap<String, f32>,
    placed_at: TimestampMicros,
    note: String,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
}
