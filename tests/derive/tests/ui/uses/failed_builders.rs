//! The builder of a type that fails is used, and the type's own error is the only one; so are the ways that lead through it to a key.

use kafka_event::KafkaEvent;
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
use test_derive::depot::depot as generated;

#[derive(KafkaEvent)]
#[kafka(record = "depot.Party", builder, manifest = "schemas/depot/topics.toml")]
struct Party {
    #[kafka(rename = "id")]
    number: i64,
    nam: Box<str>,
    tags: std::collections::BTreeMap<String, Vec<String>>,
    build: Option<Box<Self>>,
    r#type: Option<String>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", builder, manifest = "schemas/depot/topics.toml")]
struct Parcel {
    id: Uuid,
    sender: Party,
    state: generated::State,
    #[kafka(rename = "sealedAt")]
    sealed: TimestampMillis,
    price: Decimal<9, 2>,
    link: String,
}

fn finished(party: PartyBuilder<2>) -> Party {
    party.build()
}

fn main() {
    let other = Party::builder().number(2).nam("Bob").build();
    let party = Party::builder()
        .tags([("a".to_owned(), vec![])])
        .number(1)
        .nam("Ann")
        .build_(other)
        .r#type("a".to_owned());
    Parcel::builder()
        .id(Uuid::nil())
        .sender(party.build())
        .state(generated::State::New)
        .sealed(TimestampMillis(1))
        .price(Decimal::new(1).unwrap())
        .link("a")
        .build();
    let _ = finished;
}
