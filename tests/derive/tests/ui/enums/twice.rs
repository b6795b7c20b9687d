use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Carrier {
    Post,
    #[kafka(rename = "POST")]
    Mail,
    Courier,
}

fn main() {}
