use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", consume)]
struct Address {
    city: String,
    #[kafka(skip, rename = "town")]
    renamed: String,
    #[kafka(skip, with = town)]
    carried: String,
}

fn main() {}
