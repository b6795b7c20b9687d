use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Everlasting {
    city: &'static str,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Elided {
    city: &str,
}

fn main() {}
