//! The flagship's job-lifecycle event: with strings and integers alone, and with its UUIDs and timestamp.

use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;
use serde::{Deserialize, Serialize};

use super::{Shape, rsgen};
use crate::events::bench::{plain, typed};

const EVENT_ID: Uuid = Uuid::from_u128(0x7f1d_3c5e_9a20_4b61_8c3d_0e5f_6a7b_8c9d);
const CORRELATION_ID: Uuid = Uuid::from_u128(0x0b9a_8c7d_6e5f_4a3b_9c2d_1e0f_2a3b_4c5d);
const JOB_ID: &str = "job-2026-000123";
const USER_ID: &str = "user-4711";
const PAYLOAD: &str = r#"{"from":"QUEUED","to":"STARTED","node":"gpu-node-17","attempt":1}"#;
const TIMESTAMP: i64 = 1_771_027_200_000;

/// Strings and integers.
pub enum Plain {}

impl Shape for Plain {
    type Event = plain::JobLifecycleEvent;
    type Peer = PlainEvent;
    type PeerRef = PlainEventRef<'static>;
    type Generated = rsgen::plain::JobLifecycleEvent;

    const NAME: &'static str = "strings and integers";
    const SCHEMA: &'static str = "plain";

    fn event() -> plain::JobLifecycleEvent {
        plain::JobLifecycleEvent::builder()
            .event_id(EVENT_ID.to_string())
            .event_type(plain::JobEventType::Started)
            .job_id(JOB_ID)
            .timestamp(TIMESTAMP)
            .payload(PAYLOAD)
            .user_id(USER_ID.to_owned())
            .correlation_id(CORRELATION_ID.to_string())
            .build()
    }
}

/// UUIDs and a timestamp.
pub enum Typed {}

impl Shape for Typed {
    type Event = typed::JobLifecycleEvent;
    type Peer = TypedEvent;
    type PeerRef = TypedEventRef<'static>;
    type Generated = rsgen::typed::JobLifecycleEvent;

    const NAME: &'static str = "UUIDs and a timestamp";
    const SCHEMA: &'static str = "typed";

    fn event() -> typed::JobLifecycleEvent {
        typed::JobLifecycleEvent::builder()
            .event_id(EVENT_ID)
            .event_type(typed::JobEventType::Started)
            .job_id(JOB_ID)
            .timestamp(TimestampMillis(TIMESTAMP))
            .payload(PAYLOAD)
            .user_id(USER_ID.to_owned())
            .correlation_id(CORRELATION_ID)
            .build()
    }
}

/// What happened to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum JobEventType {
    Submitted,
    Queued,
    Started,
    StatusChanged,
    Completed,
    Failed,
    Cancelled,
}

/// Strings and integers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "JobLifecycleEvent")]
#[allow(missing_docs)]
pub struct PlainEvent {
    pub event_id: String,
    pub event_type: JobEventType,
    pub job_id: String,
    pub user_id: Option<String>,
    pub timestamp: i64,
    pub payload: String,
    pub correlation_id: Option<String>,
    pub schema_version: i32,
}

/// The same, borrowed from the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct PlainEventRef<'a> {
    pub event_id: &'a str,
    pub event_type: JobEventType,
    pub job_id: &'a str,
    #[serde(borrow)]
    pub user_id: Option<&'a str>,
    pub timestamp: i64,
    pub payload: &'a str,
    #[serde(borrow)]
    pub correlation_id: Option<&'a str>,
    pub schema_version: i32,
}

/// With UUIDs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "JobLifecycleEvent")]
#[allow(missing_docs)]
pub struct TypedEvent {
    pub event_id: Uuid,
    pub event_type: JobEventType,
    pub job_id: String,
    pub user_id: Option<String>,
    pub timestamp: i64,
    pub payload: String,
    pub correlation_id: Option<Uuid>,
    pub schema_version: i32,
}

/// The same, borrowed from the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct TypedEventRef<'a> {
    pub event_id: Uuid,
    pub event_type: JobEventType,
    pub job_id: &'a str,
    #[serde(borrow)]
    pub user_id: Option<&'a str>,
    pub timestamp: i64,
    pub payload: &'a str,
    pub correlation_id: Option<Uuid>,
    pub schema_version: i32,
}
