//! Types whose contract `kafka-event schema --from-rust` began: `started` has what it prints for this file, and they are its events.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use kafka_event::logical::{
    BigDecimal, Date, Decimal, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis, TimestampMicros,
    TimestampMillis, TimestampNanos, WideDecimal,
};
use kafka_event::uuid::Uuid;
use kafka_event::{KafkaEvent, Topic, from_avro, to_avro};

/// Which sensor it is.
#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
struct SensorId(Uuid);

/// What all of the bytes add up to.
#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
struct Checksum([u8; 4]);

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
#[kafka(enum = "Health", rename_all = "SCREAMING_SNAKE_CASE", manifest = "started/topics.toml")]
enum Health {
    Good,
    NearlyGood,
    #[kafka(other)]
    Unknown,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "places.Place", manifest = "started/topics.toml")]
struct Place {
    name: Box<str>,
    within: Option<Box<Place>>,
}

/// What a sensor has read.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "readings", rename_all = "camelCase", manifest = "started/topics.toml")]
struct Reading {
    /// Which sensor has read it.
    sensor_id: SensorId,
    /// Whether it was asked to.
    is_asked: bool,
    number: i32,
    r#type: String,
    level: f32,
    exact: f64,
    shared: Arc<str>,
    raw: Vec<u8>,
    boxed: Box<[u8]>,
    digest: [u8; 16],
    #[kafka(rename = "CRC")]
    crc: Checksum,
    crc_before: Option<Checksum>,
    health: Health,
    before: Vec<Health>,
    place: Place,
    places: BTreeMap<String, Option<Place>>,
    counts: HashMap<Box<str>, Vec<i64>>,
    day: Date,
    clock: TimeMillis,
    clock_micros: TimeMicros,
    millis: TimestampMillis,
    micros: TimestampMicros,
    nanos: TimestampNanos,
    local_millis: LocalTimestampMillis,
    local_micros: LocalTimestampMicros,
    local_nanos: LocalTimestampNanos,
    lasts: kafka_event::logical::Duration,
    price: Decimal<9, 2>,
    wide: WideDecimal<60, 40>,
    big: BigDecimal,
    nothing: (),
    #[kafka(skip)]
    cached: u64,
}

/// Somebody is to be woken.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "alarms", key = text, manifest = "started/topics.toml")]
struct Alarm {
    text: String,
    by: Option<SensorId>,
}

/// What is read of text and bytes without a copy.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "Excerpt", manifest = "started/topics.toml")]
struct Excerpt<'a> {
    line: &'a str,
    cow: Cow<'a, str>,
    bytes: &'a [u8],
    cow_bytes: Cow<'a, [u8]>,
}

fn reading() -> Reading {
    let place = Place {
        name: "room".into(),
        within: Some(Box::new(Place {
            name: "house".into(),
            within: None,
        })),
    };
    Reading {
        sensor_id: SensorId(Uuid::from_u128(7)),
        is_asked: true,
        number: -3,
        r#type: "heat".to_owned(),
        level: 0.5,
        exact: -0.25,
        shared: "all".into(),
        raw: vec![1, 2],
        boxed: [3].into(),
        digest: [9; 16],
        crc: Checksum([1, 2, 3, 4]),
        crc_before: Some(Checksum([4, 3, 2, 1])),
        health: Health::NearlyGood,
        before: vec![Health::Good],
        place: place.clone(),
        places: BTreeMap::from([("a".to_owned(), Some(place)), ("b".to_owned(), None)]),
        counts: HashMap::from([("c".into(), vec![1, -1])]),
        day: Date(1),
        clock: TimeMillis(2),
        clock_micros: TimeMicros(3),
        millis: TimestampMillis(4),
        micros: TimestampMicros(5),
        nanos: TimestampNanos(6),
        local_millis: LocalTimestampMillis(7),
        local_micros: LocalTimestampMicros(8),
        local_nanos: LocalTimestampNanos(9),
        lasts: kafka_event::logical::Duration {
            months: 1,
            days: 2,
            millis: 3,
        },
        price: Decimal::new(-125).unwrap(),
        wide: WideDecimal::new(125).unwrap(),
        big: BigDecimal::new(-125, 1),
        nothing: (),
        cached: 0,
    }
}

#[test]
fn they_are_events_of_what_was_begun() {
    let reading = reading();
    assert_eq!(from_avro::<Reading>(&to_avro(&reading).unwrap()).unwrap(), reading);
    // It stands for symbols of other versions.
    assert!(
        to_avro(&Reading {
            health: Health::Unknown,
            ..reading
        })
        .is_err()
    );
    assert_eq!(Reading::SPEC.name, "readings");
    let alarm = Alarm {
        text: "fire".to_owned(),
        by: None,
    };
    assert_eq!(to_avro(&alarm).unwrap(), b"\x08fire\0");
    assert_eq!(from_avro::<Alarm>(b"\x08fire\0").unwrap(), alarm);
    let excerpt = Excerpt {
        line: "a",
        cow: "b".into(),
        bytes: b"c",
        cow_bytes: b"d".into(),
    };
    assert_eq!(to_avro(&excerpt).unwrap(), b"\x02a\x02b\x02c\x02d");
}
