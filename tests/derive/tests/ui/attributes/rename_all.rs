use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", rename_all = "camelcase")]
struct Near {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", rename_all = "kebab-case")]
struct Far {
    city: String,
}

fn main() {}
