//! The flagship's events, as the tests on the embedded broker use them.

use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

use events::com::cosmic_horizons::events::{JobEventType, JobLifecycleEvent, NotificationChannel, NotificationEvent};

/// An event of a job, told apart by a number.
#[must_use]
pub fn job(job_id: &str, number: u64) -> JobLifecycleEvent {
    JobLifecycleEvent::builder()
        .event_id(Uuid::from_u64_pair(1, number))
        .event_type(JobEventType::StatusChanged)
        .job_id(job_id)
        .timestamp(TimestampMillis(1_771_027_200_000))
        .payload(format!("{{\"number\":{number}}}"))
        .build()
}

/// A notification, told apart by a number.
#[must_use]
pub fn notification(number: u64) -> NotificationEvent {
    NotificationEvent::builder()
        .event_id(Uuid::from_u64_pair(2, number))
        .user_id("user-7")
        .channel(NotificationChannel::Email)
        .title("done")
        .body("Your job is done.")
        .timestamp(TimestampMillis(1_771_027_200_000))
        .build()
}
