use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
struct Order {
    id: i64,
}

#[derive(KafkaEvent)]
enum Carrier {
    Post,
}

#[derive(KafkaEvent)]
struct Unit;

#[derive(KafkaEvent)]
#[kafka(consume)]
struct Seen {
    id: i64,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
    is_event::<Carrier>();
    is_event::<Unit>();
    is_event::<Seen>();
}
