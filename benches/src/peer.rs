//! The same events for serde's codecs: the same Rust types in each field as ours have, a timestamp being the integer that ours wraps.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
pub struct Plain {
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
pub struct PlainRef<'a> {
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
pub struct Typed {
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
pub struct TypedRef<'a> {
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
