use std::collections::BTreeMap;

use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Likely {
    number: i64,
    typ: String,
    order_lines: Vec<String>,
    costs: BTreeMap<String, f64>,
    placed: TimestampMicros,
    note: Option<String>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Open {
    id: i64,
    lines: Vec<String>,
    costs: Costs,
    sort: Costs,
    comment: Costs,
    placed_at: TimestampMicros,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
struct Read {
    what_kind: String,
    whatever: u8,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume, rename_all = "snake_case")]
struct Spelled {
    placed_at: TimestampMicros,
}

struct Costs;

fn main() {}
