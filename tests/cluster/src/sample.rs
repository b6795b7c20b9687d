//! Events that can be told from those of any other test and run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;

use crate::events::com::cosmic_horizons::events::{
    AuditAction, AuditTrailEvent, HealthStatus, JobEventType, JobLifecycleEvent, JobMetricsEvent, NotificationChannel, NotificationEvent,
    SystemHealthEvent,
};

const NOW: TimestampMillis = TimestampMillis(1_771_027_200_000);

/// A name that no other call has given, in this run or another.
///
/// # Panics
/// The clock stands before 1970.
#[must_use]
pub fn unique(what: &str) -> String {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_nanos();
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    format!("{what}-{nanos}-{}-{call}", std::process::id())
}

fn id(number: u64) -> Uuid {
    Uuid::from_u64_pair(1, number)
}

/// Text that shrinks.
fn details(number: u64) -> String {
    format!("{{\"number\":{number},\"step\":\"{}\"}}", "fringe fitting, ".repeat(20))
}

/// The number that an event was made with.
#[must_use]
pub fn number_of(event_id: Uuid) -> u64 {
    event_id.as_u64_pair().1
}

/// An event of a job, told apart by a number.
#[must_use]
pub fn job(job_id: &str, number: u64) -> JobLifecycleEvent {
    JobLifecycleEvent::builder()
        .event_id(id(number))
        .event_type(JobEventType::StatusChanged)
        .job_id(job_id)
        .timestamp(NOW)
        .payload(details(number))
        .build()
}

/// A sample of a job, told apart by a number.
#[must_use]
pub fn metrics(job_id: &str, number: u64) -> JobMetricsEvent {
    JobMetricsEvent::builder()
        .event_id(id(number))
        .job_id(job_id)
        .node("node-7.cosmic-horizons.example")
        .cpu_percent(93.5)
        .memory_bytes(7_340_032)
        .timestamp(NOW)
        .payload(details(number))
        .build()
}

/// A notification of a user, told apart by a number.
#[must_use]
pub fn notification(user_id: &str, number: u64) -> NotificationEvent {
    NotificationEvent::builder()
        .event_id(id(number))
        .user_id(user_id)
        .channel(NotificationChannel::Email)
        .title("done")
        .body(details(number))
        .timestamp(NOW)
        .build()
}

/// What was done to a resource, told apart by a number.
#[must_use]
pub fn audit(resource_id: &str, number: u64) -> AuditTrailEvent {
    AuditTrailEvent::builder()
        .event_id(id(number))
        .resource_id(resource_id)
        .resource_type("dataset")
        .action(AuditAction::Updated)
        .actor("user-7")
        .timestamp(NOW)
        .payload(details(number))
        .build()
}

/// How a component is, told apart by a number.
#[must_use]
pub fn health(component_id: &str, number: u64) -> SystemHealthEvent {
    SystemHealthEvent::builder()
        .event_id(id(number))
        .component_id(component_id)
        .status(HealthStatus::Degraded)
        .message(details(number))
        .uptime_seconds(86_400)
        .timestamp(NOW)
        .build()
}
