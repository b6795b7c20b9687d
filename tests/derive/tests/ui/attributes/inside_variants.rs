use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "everything", consume)]
enum Everything {
    Order(#[kafka(with = order)] Order),
    #[kafka(other)]
    Other,
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Order", consume)]
struct Order {
    #[kafka(rename)]
    id: i64,
}

fn main() {}
