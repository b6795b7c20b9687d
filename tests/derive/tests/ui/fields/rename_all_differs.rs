use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume, rename_all = "SCREAMING_SNAKE_CASE")]
struct Order {
    id: i64,
    placed_at: TimestampMicros,
}

fn main() {}
