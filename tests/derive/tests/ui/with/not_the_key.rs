//! Of functions that give another type than the key's it is said what the schema has, and that they lead to no key.

use kafka_event::KafkaEvent;

mod tags {
    pub fn to_avro(tag: &u8) -> i64 {
        i64::from(*tag)
    }

    pub fn from_avro(tag: String) -> Result<u8, String> {
        tag.parse().map_err(|error| format!("{error}"))
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    #[kafka(with = tags)]
    tag: u8,
    number: i32,
}

fn main() {}
