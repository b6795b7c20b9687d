//! A runtime at a path that is known in one module alone, or in one function.
#![deny(warnings)]

use platform::events::{KafkaEvent, to_avro};

mod platform {
    pub(super) use kafka_event as events;
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", crate = platform::events)]
struct Shipment<C> {
    id: i64,
    carrier: C,
    before: Vec<C>,
    to: Option<Address>,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier", rename_all = "UPPERCASE", crate = platform::events)]
enum Carrier {
    Post,
    Courier,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", crate = self::platform::events)]
struct Address {
    city: String,
}

fn main() {
    use platform::events as here;

    #[derive(here::KafkaEvent)]
    #[kafka(topic = "tagged", manifest = "schemas/types/topics.toml", crate = here)]
    struct Tagged {
        tag: String,
        number: i32,
    }

    let shipment = Shipment {
        id: 1,
        carrier: Carrier::Post,
        before: vec![Carrier::Courier],
        to: Some(Address { city: "Ghent".to_owned() }),
    };
    to_avro(&shipment).unwrap();
    let tagged = Tagged {
        tag: "a".to_owned(),
        number: 1,
    };
    to_avro(&tagged).unwrap();
}
