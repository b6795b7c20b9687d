//! Whatever holds an array or a fixed: the generated type's bytes, and what another version of the schema wrote.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Debug;
use std::sync::Arc;

use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::evolution::Evolution;
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
use kafka_event::{KafkaEvent, Record, from_avro, to_avro, wire};
use test_derive::depot::depot as generated;

/// A party whose tags something else holds.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
struct Party<Tags> {
    id: i64,
    name: String,
    tags: BTreeMap<String, Tags>,
}

/// What is read of a parcel.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Parcel", consume, manifest = "schemas/depot/topics.toml")]
struct Parcel<History> {
    history: History,
}

fn parcel(history: Vec<generated::State>) -> generated::Parcel {
    generated::Parcel {
        id: Uuid::from_u128(1),
        sender: party(&[]),
        receiver: None,
        state: generated::State::New,
        history,
        route: None,
        size: None,
        weight_grams: 1,
        sealed_at: TimestampMillis(1),
        price: Decimal::new(1).unwrap(),
        photo: Vec::new(),
        link: String::new(),
    }
}

fn party(tags: &[&str]) -> generated::Party {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    generated::Party {
        id: 1,
        name: "Ann".to_owned(),
        tags: BTreeMap::from([("of".to_owned(), tags)]),
    }
}

/// A list as the generated type has it is this one here, both ways.
fn is_written_alike<Tags: From<Vec<String>>>()
where
    Party<Tags>: Record + Encode<wire::Record> + DecodeOwned<wire::Record> + PartialEq + Debug,
{
    for tags in [&[][..], &["a"], &["a", "b", "c"]] {
        let generated = party(tags);
        let own = Party {
            id: generated.id,
            name: generated.name.clone(),
            tags: generated
                .tags
                .iter()
                .map(|(key, tags)| (key.clone(), Tags::from(tags.clone())))
                .collect(),
        };
        let bytes = to_avro(&generated).unwrap();
        assert_eq!(to_avro(&own).unwrap(), bytes);
        assert_eq!(from_avro::<Party<Tags>>(&bytes).unwrap(), own);
    }
}

#[test]
fn whatever_holds_an_array_is_written_and_read() {
    is_written_alike::<Vec<String>>();
    is_written_alike::<Box<[String]>>();
    is_written_alike::<Arc<[String]>>();
    is_written_alike::<VecDeque<String>>();
    is_written_alike::<Cow<'static, [String]>>();
}

/// The symbols of the writer are in another order, so that each item is read by a step of its own.
fn is_evolved<History>()
where
    History: From<Vec<generated::State>> + PartialEq + Debug,
    Parcel<History>: Record + DecodeOwned<wire::Record>,
{
    let schema = generated::Parcel::SCHEMA.replace(r#"["NEW","IN_TRANSIT","DELIVERED"]"#, r#"["DELIVERED","NEW","IN_TRANSIT"]"#);
    assert_ne!(schema, generated::Parcel::SCHEMA);
    let evolution = Evolution::<Parcel<History>>::from_schema(&schema).unwrap();
    let written = [generated::State::New, generated::State::Delivered, generated::State::InTransit];
    let bytes = to_avro(&parcel(written.to_vec())).unwrap();
    let meant = [generated::State::Delivered, generated::State::InTransit, generated::State::New];
    assert_eq!(evolution.decode(&bytes).unwrap().history, History::from(meant.to_vec()));
    assert_eq!(
        from_avro::<generated::Parcel>(&bytes).unwrap().history,
        written,
        "as the reader has them they are others"
    );
}

#[test]
fn whatever_holds_an_array_is_read_from_other_versions() {
    is_evolved::<Vec<generated::State>>();
    is_evolved::<Box<[generated::State]>>();
    is_evolved::<Arc<[generated::State]>>();
    is_evolved::<VecDeque<generated::State>>();
    is_evolved::<Cow<'static, [generated::State]>>();
}

/// Types that are known, for which the derive asks otherwise.
#[test]
fn fields_have_them() {
    #[derive(Debug, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Parcel", consume, manifest = "schemas/depot/topics.toml")]
    struct Known {
        history: Cow<'static, [generated::State]>,
    }

    #[derive(Debug, PartialEq, KafkaEvent)]
    #[kafka(record = "Box3", manifest = "schemas/depot/topics.toml")]
    struct Sides<'a> {
        cm: &'a [u8; 3],
    }

    let states = [generated::State::Delivered, generated::State::New];
    let bytes = to_avro(&parcel(states.to_vec())).unwrap();
    assert_eq!(*from_avro::<Known>(&bytes).unwrap().history, states);

    let bytes = to_avro(&generated::Box3 { cm: [1, 2, 3].into() }).unwrap();
    let sides: Sides<'_> = from_avro(&bytes).unwrap();
    assert!(std::ptr::eq(sides.cm.as_slice(), bytes.as_slice()), "they are the message's own");
    assert_eq!(to_avro(&sides).unwrap(), bytes);
}
