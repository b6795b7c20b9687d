use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier", rename_all = "snake_case")]
enum Cased {
    Post,
    Courier,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Renamed {
    #[kafka(rename = "post")]
    Post,
    Courier,
}

fn main() {}
