use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "/schemas/topics.toml")]
struct Address {
    city: String,
}

fn main() {}
