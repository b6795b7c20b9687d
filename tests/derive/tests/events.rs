//! What the derive makes of a struct: the same bytes, topic and schema as the generated code.

use kafka_event::logical::{TimestampMicros, TimestampMillis};
use kafka_event::uuid::Uuid;
use kafka_event::{EncodedEvent, Framing, PublishedTopic, Record, Topic, decode_value, encode_value, from_avro, to_avro};
use test_derive::events::com::cosmic_horizons::events::{JobEventType, JobLifecycleEvent};
use test_derive::events::topics;
use test_derive::{JobLifecycle, Order};

fn own() -> JobLifecycle {
    JobLifecycle {
        job_id: "job-1".to_owned(),
        payload: "{}".to_owned(),
        event_type: JobEventType::Failed,
        timestamp: TimestampMillis(1_771_027_200_000),
        event_id: Uuid::from_u64_pair(1, 2),
        user_id: Some("user-7".to_owned()),
        correlation_id: None,
        schema_version: 1,
    }
}

fn generated() -> JobLifecycleEvent {
    JobLifecycleEvent::builder()
        .event_id(Uuid::from_u64_pair(1, 2))
        .event_type(JobEventType::Failed)
        .job_id("job-1")
        .timestamp(TimestampMillis(1_771_027_200_000))
        .payload("{}")
        .user_id("user-7".to_owned())
        .build()
}

fn order() -> Order {
    Order {
        id: 7,
        r#type: "express".to_owned(),
        lines: vec!["tea".to_owned(), "milk".to_owned()],
        prices: [("tea".to_owned(), 3.5)].into(),
        placed_at: TimestampMicros(1_771_027_200_000_000),
        note: Some("ring twice".to_owned()),
    }
}

#[test]
fn an_own_event_has_the_generated_events_bytes() {
    let bytes = to_avro(&own()).unwrap();
    assert_eq!(bytes, to_avro(&generated()).unwrap());
    assert_eq!(from_avro::<JobLifecycle>(&bytes).unwrap(), own());
    assert_eq!(from_avro::<JobLifecycleEvent>(&bytes).unwrap(), generated());
}

#[test]
fn an_own_event_has_the_generated_events_schema() {
    assert_eq!(JobLifecycle::SCHEMA, JobLifecycleEvent::SCHEMA);
    assert_eq!(JobLifecycle::FULL_NAME, JobLifecycleEvent::FULL_NAME);
    assert_eq!(JobLifecycle::FINGERPRINT, JobLifecycleEvent::FINGERPRINT);
    assert_eq!(JobLifecycle::LAYOUT, JobLifecycleEvent::LAYOUT);
}

#[test]
fn an_own_event_is_bound_to_its_topic() {
    let (own, generated) = (<JobLifecycle as Topic>::SPEC, topics::JobLifecycle::SPEC);
    assert_eq!(own.name, generated.name);
    assert_eq!(
        (own.key, own.partitions, own.compression),
        (generated.key, generated.partitions, generated.compression)
    );
    assert_eq!(own.records, generated.records);
    assert_eq!((own.catalog)().names().collect::<Vec<_>>(), ["job-lifecycle"]);
    let event = self::own();
    assert_eq!(key_of::<JobLifecycle>(&event), b"job-1");
    let mut value = Vec::new();
    encode_value::<JobLifecycle>(&event, &mut value).unwrap();
    let encoded = EncodedEvent::new(value.as_slice());
    assert_eq!(decode_value::<topics::JobLifecycle>(encoded).unwrap(), self::generated());
}

#[test]
fn keywords_aliases_collections_and_camel_case() {
    let bytes = to_avro(&order()).unwrap();
    assert_eq!(from_avro::<Order>(&bytes).unwrap(), order());
    assert_eq!(Order::SPEC.framing, Framing::Bare);
    assert_eq!(key_of::<Order>(&order()), 7_i64.to_be_bytes());
    // 7, "express", two lines, one price, the time and the note, as the specification writes them.
    let mut by_hand = vec![14, 14];
    by_hand.extend(b"express");
    by_hand.extend([4, 6]);
    by_hand.extend(b"tea");
    by_hand.push(8);
    by_hand.extend(b"milk");
    by_hand.extend([0, 2, 6]);
    by_hand.extend(b"tea");
    by_hand.extend(3.5_f64.to_le_bytes());
    by_hand.push(0);
    assert_eq!(bytes[..by_hand.len()], by_hand);
    assert!(bytes.ends_with(b"ring twice"));
}

fn key_of<T: PublishedTopic>(event: &T::Event) -> Vec<u8> {
    let mut key = Vec::new();
    assert_eq!(T::encode_key(event, &mut key), Ok(true));
    key
}
