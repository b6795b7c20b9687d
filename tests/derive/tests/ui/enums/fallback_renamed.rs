use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Carrier {
    Post,
    #[kafka(other, rename = "COURIR")]
    Other,
}

fn main() {}
