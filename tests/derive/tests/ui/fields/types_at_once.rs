//! What is wrong with the types of fields is told beside names that the schema does not have, and fields that are missing.

use std::rc::Rc;

use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged<'a> {
    tga: &'a str,
    number: i64,
}

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = generated::Party, manifest = "schemas/depot/topics.toml")]
struct Place {
    open: String,
    #[kafka(skip)]
    seen: Rc<u8>,
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Party<T> {
    id: T,
    #[kafka(with = upper)]
    name: String,
    nickname: String,
}

mod upper {
    pub(crate) fn to_avro(name: &String) -> i64 {
        name.parse().unwrap_or_default()
    }

    pub(crate) fn from_avro(name: &str) -> String {
        name.to_uppercase()
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
enum Move {
    Loaded(generated::Lost),
    Unloded(generated::Unloaded),
    Lost(generated::Lost),
}

fn main() {}
