use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "refunds", manifest = "refunds/topics.toml")]
struct Refund {
    refund_id: i64,
    order: String,
    why: Option<String>,
}

#[derive(KafkaEvent)]
#[kafka(enum = "shop.Reason", manifest = "refunds/topics.toml", rename_all = "UPPERCASE")]
enum Reason {
    Broken,
    Late,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Refund>();
}
