use std::collections::BTreeMap;

use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", key = number)]
struct Order<'a> {
    #[kafka(rename = "id")]
    number: i64,
    r#type: &'a str,
    lines: Vec<&'a str>,
    prices: BTreeMap<&'a str, f64>,
    placed_at: TimestampMicros,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", key = id)]
struct Placed<'de> {
    id: i64,
    r#type: &'de str,
    lines: Vec<String>,
    prices: BTreeMap<String, f64>,
    placed_at: TimestampMicros,
}

fn main() {}
