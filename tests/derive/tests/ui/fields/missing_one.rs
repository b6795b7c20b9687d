use std::collections::BTreeMap;

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    id: i64,
    r#type: String,
    lines: Vec<String>,
    prices: BTreeMap<String, f64>,
}

fn publish<T: kafka_event::PublishedTopic>() {}

fn main() {
    publish::<Order>();
}
