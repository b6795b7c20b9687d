//! A function that takes the field's value, and not a reference to it, is told once, wherever it is called.

use kafka_event::KafkaEvent;

struct Tag(String);

mod tags {
    use super::Tag;

    pub fn to_avro(tag: Tag) -> String {
        tag.0
    }

    pub fn from_avro(tag: String) -> Result<Tag, String> {
        Ok(Tag(tag))
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    #[kafka(with = tags)]
    tag: Tag,
    number: i32,
}

mod states {
    use test_derive::depot::depot::State;

    #[derive(Clone)]
    pub struct Status(pub State);

    pub fn to_avro(status: Status) -> State {
        status.0
    }

    pub fn from_avro(state: State) -> Result<Status, String> {
        Ok(Status(state))
    }
}

/// Of what is the schema's own type that is asserted, too.
#[derive(KafkaEvent)]
#[kafka(record = "depot.Parcel", consume, manifest = "schemas/depot/topics.toml")]
struct Read {
    #[kafka(with = states)]
    state: states::Status,
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Parcel", rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
struct Parcel {
    id: kafka_event::uuid::Uuid,
    sender: test_derive::depot::depot::Party,
    #[kafka(with = states)]
    state: states::Status,
    sealed_at: kafka_event::logical::TimestampMillis,
    price: kafka_event::logical::Decimal<9, 2>,
    link: String,
}

fn main() {}
