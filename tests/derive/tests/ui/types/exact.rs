use kafka_event::KafkaEvent;
use kafka_event::logical::Decimal;
use kafka_event::uuid::Uuid;

#[derive(KafkaEvent)]
#[kafka(record = "Exact", manifest = "schemas/types/topics.toml")]
struct Exact {
    price: Decimal<9, 3>,
    weight: f64,
    id: String,
    hash: [u8; 8],
    span: i64,
    blob: Vec<i8>,
    number: Uuid,
    mark: [u8; 16],
}

fn main() {}
