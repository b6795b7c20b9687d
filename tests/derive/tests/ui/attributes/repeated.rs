use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", record = "Address", consume, consume)]
#[kafka(record = "Address")]
struct Address {
    #[kafka(rename = "city", rename = "town")]
    #[kafka(skip, skip)]
    city: String,
}

fn main() {}
