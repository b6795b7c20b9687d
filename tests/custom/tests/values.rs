//! Chosen types carry what the types that are taken by default carry: the same bytes, both ways.

use std::sync::Arc;

use bytes::Bytes;
use test_custom::events::com::acme as chosen;
use test_custom::events::{self, Bare, BareOf};
use test_custom::own::{Email, Id, Instant, Raw, Scores, Uuid};
use test_custom_shared::events as plain_events;
use test_custom_shared::events::com::acme as plain;
use test_custom_shared::events::com::acme::common::geo::Place;
use test_custom_shared::events::com::acme::common::{Currency, Money, Proof};
use test_custom_shared::kafka_event::codec::{DecodeOwned, Encode};
use test_custom_shared::kafka_event::logical::{Date, Decimal, TimestampMillis};
use test_custom_shared::kafka_event::{PublishedTopic, Record, Topic, from_avro, to_avro, uuid, wire};
use test_custom_shared::lean::com::acme as lean;

fn money() -> Money {
    Money {
        account: "A1".into(),
        cents: -5,
        currency: Currency::Usd,
        proof: Some(Proof([1, 2, 3, 4])),
        at: Place { x: 9 },
    }
}

fn chosen_user() -> chosen::User {
    chosen::User {
        former_id: Some(Id("u0".into())),
        labels: [("a".into(), "b".into())].into(),
        scores: [("math".into(), 7)].into_iter().collect(),
        counts: Scores([("two".to_owned(), 2)].into_iter().collect()),
        pages: vec![None, Some(Bytes::from_static(b"page"))],
        raw: Some(Raw::Number(8)),
        born: chrono::NaiveDate::from_ymd_opt(1970, 1, 3),
        fee: rust_decimal::Decimal::new(-12345, 2),
        debts: [("d".into(), money())].into(),
        seal: Some(Proof([9; 4])),
        contact: Some(chosen::UserContact::String("call".into())),
        contact_too: Some(chosen::UserContactToo::Array(vec!["x".into(), "y".into()])),
        friend: Some(Box::new(defaults())),
        ..defaults()
    }
}

/// All that has no default, and nothing else.
fn defaults() -> chosen::User {
    let buffer = chosen::bytes::Bytes {
        bytes: Bytes::from_static(b"buffer"),
        serde: chosen::serde::Serde([3]),
    };
    chosen::User::builder().id(Id("u1".into())).name("Ann").buffer(buffer).build()
}

fn plain_defaults() -> plain::User {
    let buffer = plain::bytes::Bytes {
        bytes: b"buffer".to_vec(),
        serde: plain::serde::Serde([3]),
    };
    plain::User::builder().id("u1").name("Ann").buffer(buffer).build()
}

fn plain_user() -> plain::User {
    plain::User {
        former_id: Some("u0".into()),
        labels: [("a".into(), "b".into())].into(),
        scores: [("math".into(), 7)].into(),
        counts: [("two".into(), 2)].into(),
        pages: vec![None, Some(b"page".to_vec())],
        raw: Some(plain::UserRaw::Long(8)),
        born: Some(Date(2)),
        fee: Decimal::from_unscaled(-12345),
        debts: [("d".into(), money())].into(),
        seal: Some(Proof([9; 4])),
        contact: Some(plain::UserContact::String("call".into())),
        contact_too: Some(plain::UserContactToo::Array(vec!["x".into(), "y".into()])),
        friend: Some(Box::new(plain_defaults())),
        ..plain_defaults()
    }
}

/// Written alike, and read as the same, owned and through the borrowed twin.
#[track_caller]
fn as_well_as<T, U>(value: &T, other: &U)
where
    T: Record + Encode<wire::Record> + DecodeOwned<wire::Record> + PartialEq + std::fmt::Debug + for<'de> From<T::Ref<'de>>,
    U: Record + Encode<wire::Record> + DecodeOwned<wire::Record> + PartialEq + std::fmt::Debug,
{
    let bytes = to_avro(value).unwrap();
    assert_eq!(bytes, to_avro(other).unwrap());
    assert_eq!(from_avro::<T>(&bytes).unwrap(), *value);
    assert_eq!(from_avro::<U>(&bytes).unwrap(), *other);
    let twin: T::Ref<'_> = from_avro(&bytes).unwrap();
    assert_eq!(T::from(twin), *value);
    assert_eq!(<T as Record>::LAYOUT, <U as Record>::LAYOUT);
    assert_eq!((T::FULL_NAME, T::SCHEMA, T::FINGERPRINT), (U::FULL_NAME, U::SCHEMA, U::FINGERPRINT));
}

#[test]
fn bytes_are_those_of_the_types_that_are_taken_by_default() {
    as_well_as(&chosen_user(), &plain_user());
    as_well_as(
        &Bare {
            text: "t".into(),
            of: BareOf::String("s".into()),
        },
        &plain_events::Bare {
            text: "t".into(),
            of: plain_events::BareOf::String("s".into()),
        },
    );
    let contacts = [
        (
            chosen::UserContact::Bytes(Bytes::from_static(b"b")),
            plain::UserContact::Bytes(b"b".to_vec()),
        ),
        (chosen::UserContact::Money(money()), plain::UserContact::Money(money())),
    ];
    for (contact, plain_contact) in contacts {
        as_well_as(
            &chosen::User {
                contact: Some(contact),
                ..defaults()
            },
            &plain::User {
                contact: Some(plain_contact),
                ..plain_defaults()
            },
        );
    }
}

/// Without a twin, each field is read into what holds it.
#[test]
fn without_twins_they_are_the_same() {
    let plain = plain_user();
    let bytes = to_avro(&plain).unwrap();
    let lean: lean::User = from_avro(&bytes).unwrap();
    assert_eq!(to_avro(&lean).unwrap(), bytes);
    assert_eq!(lean.labels["a"], Arc::from("b"));
    assert_eq!(lean.balance, plain.balance);
    assert_eq!(lean.contact, Some(lean::UserContact::String("call".into())));
    assert_eq!(lean.seen_at.timestamp_millis(), 5);
}

/// Whatever makes them: an expression of ours, or the type's own codec.
#[test]
fn defaults_are_the_schemas() {
    as_well_as(&defaults(), &plain_defaults());
    let defaults = defaults();
    assert_eq!(defaults.team_id, Some(Id("none".into())));
    assert_eq!(defaults.country, Arc::from("NL"));
    assert_eq!(defaults.email, Email("a@b.example".into()));
    assert_eq!(defaults.counts.0["one"], 1);
    assert_eq!(&defaults.picture[..], [0xff]);
    assert_eq!(defaults.seen_at, Instant { millis: 5 });
    assert_eq!(defaults.seen_before, [Some(Instant { millis: 6 })]);
    assert_eq!(defaults.device, Uuid(7));
    assert_eq!(defaults.joined, chrono::NaiveDate::from_ymd_opt(2022, 1, 8).unwrap());
    assert_eq!(defaults.fee, rust_decimal::Decimal::new(0x0102, 2));
    assert_eq!(defaults.share, rust_decimal::Decimal::new(0x0102, 4));
    assert_eq!(defaults.session, Uuid(u128::from_be_bytes(*b"0123456789abcdef")));
    let raw = Raw::Text {
        branch: 0,
        text: "x".into(),
    };
    assert_eq!(defaults.raw_too, Some(raw));
    assert_eq!((defaults.balance.account.as_str(), defaults.currency), ("none", Currency::Usd));
    assert_eq!(defaults.color, chosen::Color::Green);
    assert_eq!(
        defaults.tag,
        chosen::Tag {
            id: Id("t".into()),
            weight: 1
        }
    );
    // What is taken by default, of the same schema.
    assert_eq!(plain_defaults().seen_at, TimestampMillis(5));
    assert_eq!(plain_defaults().device, uuid::Uuid::from_u128(7));
}

#[test]
fn derives_and_attributes_are_there() {
    let tag = chosen::Tag {
        id: Id("t".into()),
        weight: 4,
    };
    assert_eq!(serde_json::to_string(&tag).unwrap(), r#"{"id":"t","w":4}"#);
    assert_eq!(serde_json::from_str::<chosen::Tag>(r#"{"id":"t","w":4}"#).unwrap(), tag);
    assert!(serde_json::from_str::<chosen::Tag>(r#"{"id":"t","other":4}"#).is_err());
    // A schema's own defaults stand above the derive.
    assert_eq!(chosen::Settings::default().level, 3);
    assert_eq!(chosen::Tag::default().weight, 0);
    assert_eq!(chosen::Color::default(), chosen::Color::Red);

    fn is_eq<T: Eq>() {}
    fn is_hash<T: std::hash::Hash>() {}
    is_eq::<chosen::User>();
    is_eq::<chosen::UserRef<'_>>();
    is_hash::<chosen::Tag>();
    is_hash::<chosen::UserContactToo>();
    is_hash::<chosen::UserContactRef<'_>>();
}

/// Twins borrow what is text and bytes, whatever holds them elsewhere, and hold a field's own type.
#[test]
fn twins_borrow_what_they_can() {
    let bytes = to_avro(&chosen_user()).unwrap();
    let twin: chosen::UserRef<'_> = from_avro(&bytes).unwrap();
    let (id, name, country, picture): (&Id, &str, &str, &[u8]) = (&twin.id, twin.name, twin.country, twin.picture);
    assert_eq!((id.0.as_str(), name, country, picture), ("u1", "Ann", "NL", &[0xff][..]));
    assert_eq!(twin.emails, ["a@b.example"]);
    assert_eq!(twin.labels["a"], "b");
    assert_eq!(twin.balance.account, "none");
    for borrowed in [name.as_bytes(), country.as_bytes(), picture, twin.balance.account.as_bytes()] {
        assert!(bytes.as_ptr_range().contains(&borrowed.as_ptr()));
    }
}

/// A type of one's own keys a topic, and a record of another crate is a topic's event.
#[test]
fn topics_take_them() {
    let mut key = Vec::new();
    assert!(<events::topics::Users as PublishedTopic>::encode_key(&chosen_user(), &mut key).unwrap());
    assert_eq!(key, b"u1");
    key.clear();
    let payment: <events::topics::Payments as Topic>::Event = money();
    assert!(<events::topics::Payments as PublishedTopic>::encode_key(&payment, &mut key).unwrap());
    assert_eq!(key, b"A1");
    let records = <events::topics::Payments as Topic>::SPEC.records;
    assert_eq!(records[0].fingerprint, Money::FINGERPRINT);
}

/// What a type does not take ends where the default is used, and says which.
#[test]
fn a_default_that_a_type_refuses_is_told() {
    use test_custom_shared::kafka_event::{__private, wire};

    let refused = std::panic::catch_unwind(|| __private::default::<wire::UuidFixed, Uuid>(b"short"));
    let reason = *refused.unwrap_err().downcast::<String>().unwrap();
    assert!(reason.contains("own::Uuid` refuses the schema's default"), "{reason}");
}
