use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
struct Order {
    plaed_at: i64,
    #[kafka(rename = "placed_at")]
    placed: i64,
}

fn main() {}
