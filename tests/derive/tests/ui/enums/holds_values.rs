use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Carrier {
    Post(String),
    Courier { name: String },
    #[kafka(other)]
    Other(String),
}

fn main() {}
