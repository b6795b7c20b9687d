//! Builders of own records, where they ask for one: as the generated ones are, with the fields and types of one's own.

use std::collections::BTreeMap;

use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
use kafka_event::{KafkaEvent, to_avro};
use test_derive::depot::depot as generated;

/// A link, of a crate that knows nothing of Avro; it has neither `Debug` nor `Clone`.
#[derive(PartialEq)]
struct Link(String);

mod link {
    use super::Link;

    pub(crate) fn to_avro(link: &Link) -> &str {
        &link.0
    }

    pub(crate) fn from_avro(link: String) -> Result<Link, String> {
        Ok(Link(link))
    }
}

#[derive(PartialEq, KafkaEvent)]
#[kafka(topic = "parcels", rename_all = "camelCase", builder, manifest = "schemas/depot/topics.toml")]
struct Parcel {
    #[kafka(with = link)]
    link: Link,
    weight_grams: i32,
    /// From whom.
    sender: Party,
    receiver: Option<Party>,
    history: Box<[generated::State]>,
    size: Option<generated::ParcelSize>,
    price: Decimal<9, 2>,
    sealed_at: TimestampMillis,
    state: generated::State,
    id: Uuid,
    #[kafka(skip)]
    seen: u32,
}

#[derive(PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", builder, manifest = "schemas/depot/topics.toml")]
struct Party {
    id: i64,
    name: Box<str>,
    tags: BTreeMap<String, Vec<String>>,
}

#[derive(PartialEq, KafkaEvent)]
#[kafka(record = "depot.Leg", builder, manifest = "schemas/depot/topics.toml")]
struct Hop {
    to: String,
    next: Option<Box<Hop>>,
}

/// One whose field says `Self` for it.
#[derive(PartialEq, KafkaEvent)]
#[kafka(record = "depot.Leg", builder, manifest = "schemas/depot/topics.toml")]
struct Stage {
    to: String,
    next: Option<Box<Self>>,
    #[kafka(skip)]
    before: Vec<Self>,
}

/// All of it by default.
#[derive(PartialEq, KafkaEvent)]
#[kafka(record = "depot.Lost", builder, manifest = "schemas/depot/topics.toml")]
struct Lost {
    parcel: String,
    #[kafka(with = link)]
    why: Link,
}

/// The steps are the schema's required fields, in its order, and what is not set is the schema's default.
#[test]
fn it_is_built_as_the_generated_one_is() {
    let own = Parcel::builder()
        .id(Uuid::from_u128(1))
        .sender(Party::builder().id(258).name("Ann").build())
        .state(generated::State::New)
        .sealed_at(TimestampMillis(7))
        .price(Decimal::new(1999).unwrap())
        .link(Link("https://depot.example".to_owned()))
        .build();
    let of_generated = || {
        generated::Parcel::builder()
            .id(Uuid::from_u128(1))
            .sender(generated::Party::builder().id(258).name("Ann").build())
            .state(generated::State::New)
            .sealed_at(TimestampMillis(7))
            .price(Decimal::new(1999).unwrap())
            .link("https://depot.example")
    };
    assert_eq!(own.weight_grams, 500);
    assert_eq!(to_avro(&own).unwrap(), to_avro(&of_generated().build()).unwrap());

    let own = Parcel::builder()
        .id(own.id)
        .sender(own.sender)
        .state(own.state)
        .sealed_at(own.sealed_at)
        .price(own.price)
        .link(own.link)
        .seen(9_u32)
        .weight_grams(20)
        .history([generated::State::New, generated::State::Delivered])
        .size(generated::ParcelSize::Int(3))
        .receiver(Party::builder().id(2).name("Bob").tags([("a".to_owned(), vec![])]).build())
        .build();
    let generated = of_generated()
        .weight_grams(20)
        .history([generated::State::New, generated::State::Delivered])
        .size(generated::ParcelSize::Int(3))
        .receiver(
            generated::Party::builder()
                .id(2)
                .name("Bob")
                .tags([("a".to_owned(), vec![])])
                .build(),
        )
        .build();
    assert_eq!(own.seen, 9);
    assert_eq!(to_avro(&own).unwrap(), to_avro(&generated).unwrap());

    // What may be null takes the value itself.
    let hop = Hop::builder().to("Zug").next(Hop::builder().to("Bern").build()).build();
    assert_eq!(hop.next.map(|next| next.to), Some("Bern".to_owned()));

    let first = Stage::builder().to("Bern").build();
    let stage = Stage::builder()
        .to("Zug")
        .next(Stage::builder().to("Chur").build())
        .before([first])
        .build();
    assert_eq!(stage.next.map(|next| next.to), Some("Chur".to_owned()));
    assert_eq!(stage.before[0].to, "Bern");

    let lost = Lost::builder().parcel("p").build();
    assert_eq!(lost.why.0, "nobody knows");
}

/// A type may be more public than what its fields hold.
mod shown {
    use kafka_event::KafkaEvent;

    #[derive(Debug, PartialEq, KafkaEvent)]
    struct Number(i64);

    #[allow(unreachable_pub, reason = "so that the compiler takes it for more public than what it holds")]
    #[derive(Debug, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", builder, manifest = "schemas/depot/topics.toml")]
    pub struct Party {
        id: Number,
        name: String,
    }

    pub(super) fn built() -> Party {
        Party::builder().id(Number(7)).name("Ann").build()
    }
}

#[test]
fn a_builder_may_hold_what_is_private() {
    assert_eq!(to_avro(&shown::built()).unwrap()[0], 14);
}

/// The application's own, by the name that generated builders have for their parameter.
const STEP: usize = 3;

#[derive(KafkaEvent)]
#[kafka(record = "depot.Box3", builder, manifest = "schemas/depot/topics.toml")]
struct Sizes {
    cm: [u8; STEP],
    #[kafka(skip)]
    seen: [u8; STEP],
}

#[test]
fn a_builder_takes_no_constant_for_its_own() {
    let sizes = Sizes::builder().cm([1, 2, 3]).seen([4; STEP]).build();
    assert_eq!(to_avro(&sizes).unwrap(), sizes.cm);
    assert_eq!(sizes.seen, [4; STEP]);
}
