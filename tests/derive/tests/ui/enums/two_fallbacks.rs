use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Carrier {
    Post,
    #[kafka(other)]
    Unknown,
    #[kafka(other)]
    Other,
}

fn main() {}
