use std::collections::BTreeMap;

use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    id: i64,
    r#type: String,
    liness: Vec<String>,
    prices: BTreeMap<String, f64>,
    placed_at: TimestampMicros,
    note: Option<String>,
    customer: String,
}

fn main() {}
