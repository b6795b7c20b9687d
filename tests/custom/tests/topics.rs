//! Topics whose records and keys are held by types that were chosen.

use test_custom::events::com::acme as chosen;
use test_custom::events::topics::{Either, EitherEvent, LastUsers, Tags, UsersByDevice};
use test_custom::own::{Id, Uuid};
use test_custom_shared::events::com::acme::common::geo::Place;
use test_custom_shared::events::com::acme::common::{Currency, Money};
use test_custom_shared::kafka_event::{
    Compacted, CompactedTopic, EncodedEvent, Keyed, PublishedTopic as _, decode_message, decode_value, decode_value_ref, encode_value, uuid,
};
use test_custom_shared::lean;

fn money() -> Money {
    Money {
        account: "A1".into(),
        cents: -5,
        currency: Currency::Usd,
        proof: None,
        at: Place { x: 9 },
    }
}

fn user() -> chosen::User {
    let buffer = chosen::bytes::Bytes {
        bytes: b"buffer".as_slice().into(),
        serde: chosen::serde::Serde([3]),
    };
    let mut user = chosen::User::builder().id(Id("u1".into())).name("Ann").buffer(buffer).build();
    user.device = Uuid(7);
    user
}

/// A record of another crate is one of several, with its twin and without.
#[test]
fn one_of_several_is_of_another_crate() {
    let mut value = Vec::new();
    encode_value::<Either>(&money().into(), &mut value).unwrap();
    let encoded = EncodedEvent::new(value.as_slice());
    assert_eq!(decode_value::<Either>(encoded).unwrap(), EitherEvent::Money(money()));
    let twin = decode_value_ref::<Either>(encoded).unwrap();
    assert_eq!(EitherEvent::from(twin), money().into());
    let lean: lean::topics::EitherEvent = decode_value_ref::<lean::topics::Either>(encoded).unwrap();
    assert_eq!(lean, money().into());
}

/// Of a tombstone there is the key's plain type, whatever holds the event's field.
#[test]
fn keys_of_tombstones_are_plain() {
    let mut key = Vec::new();
    assert_eq!(LastUsers::encode_key(&user(), &mut key), Ok(true));
    let tombstone = EncodedEvent::new(None).with_key(key.as_slice());
    assert_eq!(
        decode_message::<LastUsers>(tombstone).unwrap(),
        Compacted::Tombstone("u1".to_owned())
    );
    key.clear();
    assert_eq!(UsersByDevice::encode_key(&user(), &mut key), Ok(true));
    let mut of_tombstone = Vec::new();
    UsersByDevice::encode_tombstone(&uuid::Uuid::from_u128(7), &mut of_tombstone).unwrap();
    assert_eq!(key, of_tombstone);
}

#[test]
fn a_key_of_another_crate() {
    let tag = Keyed::new(money(), chosen::Tag::default());
    let (mut key, mut value) = (Vec::new(), Vec::new());
    assert_eq!(Tags::encode_key(&tag, &mut key), Ok(true));
    encode_value::<Tags>(&tag, &mut value).unwrap();
    let encoded = EncodedEvent::new(value.as_slice()).with_key(key.as_slice());
    assert_eq!(decode_message::<Tags>(encoded).unwrap(), Compacted::Event(tag));
    let tombstone = EncodedEvent::new(None).with_key(key.as_slice());
    assert_eq!(decode_message::<Tags>(tombstone).unwrap(), Compacted::Tombstone(money()));
}
