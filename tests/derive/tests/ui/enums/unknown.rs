use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carier")]
enum Near {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(enum = "shop.Address")]
enum OfRecord {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Generic<T> {
    Post(T),
}

fn main() {}
