use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    #[kafka(skip)]
    id: i64,
    r#type: String,
    lines: Vec<String>,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    #[kafka(skip)]
    city: String,
    #[kafka(skip)]
    street: String,
}

fn main() {}
