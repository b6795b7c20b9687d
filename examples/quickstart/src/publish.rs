//! The producing side: events of five types, each to its topic.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use kafka_event::logical::TimestampMillis;
use kafka_event::{Kafka, PublishError, PublishedTopic, Publisher, Topic as _, Written};
use tokio::task::JoinHandle;

use crate::events::com::cosmic_horizons::events::{
    AuditAction, AuditTrailEvent, HealthStatus, JobEventType, JobLifecycleEvent, JobMetricsEvent, NotificationChannel, NotificationEvent,
    SystemHealthEvent,
};
use crate::events::topics::{
    AuditTrail, AuditTrailPublisher, JobLifecycle, JobLifecyclePublisher, JobMetrics, JobMetricsPublisher, Notifications,
    NotificationsPublisher, SystemHealth, SystemHealthPublisher,
};
use crate::tally::{Tally, topic_of};

/// How long the last events may take to be acknowledged.
const PATIENCE: Duration = Duration::from_secs(60);

struct Publishers {
    jobs: JobLifecyclePublisher,
    metrics: JobMetricsPublisher,
    notifications: NotificationsPublisher,
    audit: AuditTrailPublisher,
    health: SystemHealthPublisher,
}

/// Publishes all events, on a thread of its own.
pub(crate) async fn start(kafka: &Kafka, tally: &Arc<Tally>, rate: u64) -> anyhow::Result<JoinHandle<anyhow::Result<()>>> {
    let publishers = Publishers {
        jobs: kafka.publisher::<JobLifecycle>().await?,
        metrics: kafka.publisher::<JobMetrics>().await?,
        notifications: kafka.publisher::<Notifications>().await?,
        audit: kafka.publisher::<AuditTrail>().await?,
        health: kafka.publisher::<SystemHealth>().await?,
    };
    let (kafka, tally) = (kafka.clone(), tally.clone());
    Ok(tokio::task::spawn_blocking(move || {
        let begun = Instant::now();
        for number in 0..tally.events() {
            if tally.is_interrupted() {
                break;
            }
            if rate > 0 {
                let due = begun + Duration::from_secs_f64(number as f64 / rate as f64);
                let early = due.saturating_duration_since(Instant::now());
                // Shorter sleeps cost more than they are worth.
                if early > Duration::from_millis(2) {
                    thread::sleep(early);
                }
            }
            publishers.publish(&tally, number)?;
        }
        anyhow::ensure!(kafka.flush_blocking(PATIENCE), "events are still on their way after {PATIENCE:?}");
        Ok(())
    }))
}

impl Publishers {
    fn publish(&self, tally: &Arc<Tally>, number: u64) -> anyhow::Result<()> {
        let topic = topic_of(number).name;
        let (job, resource) = (format!("job-{}", number % 97), format!("resource-{}", number % 53));
        let event_id = tally.id(number);
        let timestamp = now();
        tally.sending(number);
        if topic == JobLifecycle::SPEC.name {
            let event = JobLifecycleEvent::builder()
                .event_id(event_id)
                .event_type(JobEventType::StatusChanged)
                .job_id(job)
                .timestamp(timestamp)
                .payload(format!("{{\"step\":{number}}}"))
                .build();
            enqueue(&self.jobs, tally, &event)
        } else if topic == JobMetrics::SPEC.name {
            let event = JobMetricsEvent::builder()
                .event_id(event_id)
                .job_id(job)
                .node("node-3")
                .cpu_percent(42.5)
                .memory_bytes(1 << 30)
                .timestamp(timestamp)
                .build();
            enqueue(&self.metrics, tally, &event)
        } else if topic == Notifications::SPEC.name {
            let event = NotificationEvent::builder()
                .event_id(event_id)
                .user_id("user-7")
                .channel(NotificationChannel::InApp)
                .title("Progress")
                .body(format!("{job} has reached step {number}."))
                .timestamp(timestamp)
                .build();
            enqueue(&self.notifications, tally, &event)
        } else if topic == AuditTrail::SPEC.name {
            let event = AuditTrailEvent::builder()
                .event_id(event_id)
                .resource_id(resource)
                .resource_type("job")
                .action(AuditAction::Updated)
                .actor("scheduler")
                .timestamp(timestamp)
                .build();
            enqueue(&self.audit, tally, &event)
        } else {
            let event = SystemHealthEvent::builder()
                .event_id(event_id)
                .component_id(format!("component-{}", number % 11))
                .status(HealthStatus::Healthy)
                .timestamp(timestamp)
                .build();
            enqueue(&self.health, tally, &event)
        }
    }
}

/// Hands an event over; its end is counted when the broker has told it.
fn enqueue<T: PublishedTopic>(publisher: &Publisher<T>, tally: &Arc<Tally>, event: &T::Event) -> anyhow::Result<()> {
    let tally = tally.clone();
    let ended = move |end: Result<Written, PublishError<T::Event>>| tally.ended(T::SPEC, end.err().map(|error| error.to_string()));
    publisher.enqueue(event, ended).map_err(|error| anyhow::anyhow!("{error}"))
}

fn now() -> TimestampMillis {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    TimestampMillis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
