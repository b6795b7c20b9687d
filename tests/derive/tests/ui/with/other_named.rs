//! Told where the functions are named, whether the event is used or not.

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "depot.State", manifest = "schemas/depot/topics.toml", rename_all = "SCREAMING_SNAKE_CASE")]
enum State {
    New,
    InTransit,
    Delivered,
}

#[derive(KafkaEvent)]
#[kafka(enum = "shop.Carrier", rename_all = "UPPERCASE")]
enum Carrier {
    Post,
    Courier,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: String,
}

mod crossed {
    use super::{Carrier, State};

    pub(crate) fn to_avro(_: &u8) -> State {
        State::Delivered
    }

    pub(crate) fn from_avro(_: Carrier) -> Result<u8, String> {
        Ok(0)
    }
}

mod turned {
    use super::{Carrier, State};

    pub(crate) fn to_avro(_: &u8) -> Carrier {
        Carrier::Post
    }

    pub(crate) fn from_avro(_: State) -> Result<u8, String> {
        Ok(0)
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Seen {
    #[kafka(with = turned)]
    carrier: u8,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment {
    id: i64,
    #[kafka(with = crossed)]
    carrier: u8,
    before: Vec<Carrier>,
    to: Option<Address>,
}

fn main() {}
