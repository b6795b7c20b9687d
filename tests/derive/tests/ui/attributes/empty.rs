use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka]
struct Nothing {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka()]
struct Less {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "")]
struct Address {
    #[kafka(rename = "")]
    city: String,
    #[kafka()]
    beside: String,
}

fn main() {}
