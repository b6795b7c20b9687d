use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Adress")]
struct Near {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "warehouse.Shelf")]
struct Far {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Carrier")]
struct OfEnum {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Cm", manifest = "schemas/depot/topics.toml")]
struct OfFixed {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "State", manifest = "schemas/depot/topics.toml")]
struct OfAnEnum {
    id: i64,
}

fn main() {}
