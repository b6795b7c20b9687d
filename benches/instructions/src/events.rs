//! The events, and older versions of them.

use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;

kafka_event::include_events!();

const EVENT_ID: Uuid = Uuid::from_u128(0x7f1d_3c5e_9a20_4b61_8c3d_0e5f_6a7b_8c9d);
const CORRELATION_ID: Uuid = Uuid::from_u128(0x0b9a_8c7d_6e5f_4a3b_9c2d_1e0f_2a3b_4c5d);
const JOB_ID: &str = "job-2026-000123";
const USER_ID: &str = "user-4711";
const NODE: &str = "gpu-node-17";
const PAYLOAD: &str = r#"{"from":"QUEUED","to":"STARTED","node":"gpu-node-17","attempt":1}"#;
const TIMESTAMP: i64 = 1_771_027_200_000;

/// Strings and integers.
pub(crate) fn plain() -> bench::plain::JobLifecycleEvent {
    bench::plain::JobLifecycleEvent::builder()
        .event_id(EVENT_ID.to_string())
        .event_type(bench::plain::JobEventType::Started)
        .job_id(JOB_ID)
        .timestamp(TIMESTAMP)
        .payload(PAYLOAD)
        .user_id(USER_ID.to_owned())
        .correlation_id(CORRELATION_ID.to_string())
        .build()
}

/// The same as a type of an application's own, which takes no more than the generated one.
#[derive(kafka_event::KafkaEvent)]
#[kafka(record = "bench.plain.JobLifecycleEvent", manifest = "../topics.toml")]
pub(crate) struct Own {
    event_id: String,
    event_type: bench::plain::JobEventType,
    job_id: String,
    user_id: Option<String>,
    timestamp: i64,
    payload: String,
    correlation_id: Option<String>,
    schema_version: i32,
}

pub(crate) fn own() -> Own {
    Own {
        event_id: EVENT_ID.to_string(),
        event_type: bench::plain::JobEventType::Started,
        job_id: JOB_ID.to_owned(),
        user_id: Some(USER_ID.to_owned()),
        timestamp: TIMESTAMP,
        payload: PAYLOAD.to_owned(),
        correlation_id: Some(CORRELATION_ID.to_string()),
        schema_version: 1,
    }
}

pub(crate) fn older_plain() -> older::plain::JobLifecycleEvent {
    older::plain::JobLifecycleEvent {
        event_id: EVENT_ID.to_string(),
        event_type: older::plain::JobEventType::Started,
        job_id: JOB_ID.to_owned(),
        node: NODE.to_owned(),
        user_id: Some(USER_ID.to_owned()),
        timestamp: TIMESTAMP,
        payload: PAYLOAD.to_owned(),
        correlation_id: Some(CORRELATION_ID.to_string()),
    }
}

/// With the fields in the opposite order.
pub(crate) fn turned_plain() -> turned::plain::JobLifecycleEvent {
    turned::plain::JobLifecycleEvent {
        schema_version: 1,
        correlation_id: Some(CORRELATION_ID.to_string()),
        payload: PAYLOAD.to_owned(),
        timestamp: TIMESTAMP,
        user_id: Some(USER_ID.to_owned()),
        job_id: JOB_ID.to_owned(),
        event_type: turned::plain::JobEventType::Started,
        event_id: EVENT_ID.to_string(),
    }
}

/// With UUIDs and a timestamp, as the flagship's.
pub(crate) fn typed() -> bench::typed::JobLifecycleEvent {
    bench::typed::JobLifecycleEvent::builder()
        .event_id(EVENT_ID)
        .event_type(bench::typed::JobEventType::Started)
        .job_id(JOB_ID)
        .timestamp(TimestampMillis(TIMESTAMP))
        .payload(PAYLOAD)
        .user_id(USER_ID.to_owned())
        .correlation_id(CORRELATION_ID)
        .build()
}

pub(crate) fn older_typed() -> older::typed::JobLifecycleEvent {
    older::typed::JobLifecycleEvent {
        event_id: EVENT_ID,
        event_type: older::typed::JobEventType::Started,
        job_id: JOB_ID.to_owned(),
        node: NODE.to_owned(),
        user_id: Some(USER_ID.to_owned()),
        timestamp: TimestampMillis(TIMESTAMP),
        payload: PAYLOAD.to_owned(),
        correlation_id: Some(CORRELATION_ID),
    }
}

/// An order with eight lines, and labels.
pub(crate) fn nested() -> bench::nested::Order {
    let line = |number: u8| bench::nested::Line {
        product: product(number),
        count: number.into(),
        price: 9.5 * f64::from(number),
        note: number.is_multiple_of(2).then(|| "a gift".to_owned()),
    };
    bench::nested::Order {
        id: JOB_ID.to_owned(),
        lines: (1..=8).map(line).collect(),
        labels: [("channel".to_owned(), "web".to_owned())].into(),
    }
}

pub(crate) fn older_nested() -> older::nested::Order {
    let line = |number: u8| older::nested::Line {
        product: product(number),
        count: number.into(),
        price: 9.5 * f64::from(number),
    };
    older::nested::Order {
        id: JOB_ID.to_owned(),
        lines: (1..=8).map(line).collect(),
        labels: [("channel".to_owned(), "web".to_owned())].into(),
    }
}

fn product(number: u8) -> String {
    format!("product-{number:04}")
}
