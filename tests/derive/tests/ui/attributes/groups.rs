use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(event = [1], topic = "orders", key = (1 + 1), record = {})]
struct Order;

fn main() {}
