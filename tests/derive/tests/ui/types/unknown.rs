use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: CityName,
}

fn main() {}
