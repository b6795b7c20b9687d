use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(record = "Choices", manifest = "schemas/types/topics.toml")]
struct Choices {
    choice: i32,
    perhaps: Option<generated::ParcelSize>,
}

fn main() {}
