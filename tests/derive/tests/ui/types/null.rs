use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Nulls", manifest = "schemas/types/topics.toml")]
struct Nulls {
    maybe: i32,
    never: Option<i32>,
    twice: Option<Option<i32>>,
    last: String,
}

fn main() {}
