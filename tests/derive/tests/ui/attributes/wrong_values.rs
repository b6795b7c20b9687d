use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = 3, record = Address, rename_all = camelCase, manifest = b"schemas/shop.toml", consume = true)]
struct Numbers {
    #[kafka(rename = city, skip = true)]
    city: String,
    #[kafka(with = "town")]
    town: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", key = "id", event = "Order")]
struct Texts;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", key = "", event = "", crate = "")]
struct Empty {
    #[kafka(with = "")]
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", key = "customer..id", event = "a b", crate = 3)]
struct NoPaths {
    #[kafka(with = 3)]
    city: String,
    #[kafka(with = "a town")]
    town: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", crate = "platform::kafka_event")]
struct Elsewhere {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(topic, key, event)]
struct Bare;

#[derive(KafkaEvent)]
#[kafka(enum = 'c')]
enum Carrier {
    #[kafka(other = "yes")]
    Post,
    #[kafka(rename)]
    Courier,
}

#[derive(KafkaEvent)]
#[kafka(record = app::events::shop::Address, rename_all = concat!("camel", "Case"))]
struct Paths {
    #[kafka(rename = r#type)]
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = Vec<Address>, manifest = schemas/shop.toml)]
struct NoPath {
    city: String,
}

fn main() {}
