use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: String,
    #[kafka(rename = "city")]
    town: String,
}

fn main() {}
