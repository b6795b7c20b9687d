//! A topic whose events are another's: what was written in place of `event = …`.

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
#[kafka(topic = "last-orders")]
struct Order {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(topic = "last-orders")]
struct LastOrders;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", topic = 1)]
struct Orders;

fn main() {}
