//! The flagship's events, as the tests on the embedded broker use them.

use std::time::Duration;

use kafka_event::kafka::embedded::Capability;
use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;
use kafka_event::{EmbeddedBroker, Kafka};

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

use events::com::cosmic_horizons::events::{JobEventType, JobLifecycleEvent, NotificationChannel, NotificationEvent};

/// Long enough for any machine; a test that needs it has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A broker that can do what the test needs.
///
/// # Panics
/// It cannot: the test is one for a real cluster.
#[must_use]
pub fn broker(needs: &[Capability]) -> EmbeddedBroker {
    let broker = EmbeddedBroker::start().expect("the embedded broker starts");
    for need in needs {
        broker.require(*need).unwrap();
    }
    broker
}

/// A client of the broker, with the flagship's topics made.
///
/// # Panics
/// The broker does not answer.
#[must_use]
pub fn connected(broker: &EmbeddedBroker) -> Kafka {
    let kafka = Kafka::connect_blocking(broker.config()).expect("the embedded broker answers");
    kafka.ensure_topics_blocking(&events::CATALOG).expect("topics are made");
    kafka
}

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
