use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier", rename_all = "UPPERCASE")]
enum Carrier {
    #[kafka(skip)]
    Post,
    #[kafka(default)]
    Courier,
}

fn main() {}
