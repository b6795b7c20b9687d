//! The consuming side: the manifest's five groups, and a reader of the one topic that none of them reads.

use std::future::ready;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use kafka_event::kafka::{ConsumeError, ConsumerStats, Stopper};
use kafka_event::uuid::Uuid;
use kafka_event::{Consumer, Kafka, Subscription};
use tokio::task::JoinHandle;

use crate::events::com::cosmic_horizons::events::AuditTrailEvent;
use crate::events::groups::{
    ApiBroadcast, ApiBroadcastEvent, AuditArchiver, AuditArchiverEvent, EventProcessor, EventProcessorEvent, HealthMonitor,
    HealthMonitorEvent, MetricsAggregator, MetricsAggregatorEvent,
};
use crate::events::topics::AuditTrail;
use crate::tally::{AUDITOR, Tally};

/// How long a group may take to give out its partitions.
const JOINING: Duration = Duration::from_secs(60);

/// A group that is being read.
pub(crate) struct Reader {
    stop: Box<dyn Fn() + Send>,
    running: JoinHandle<Result<ConsumerStats, ConsumeError>>,
}

impl Reader {
    /// Leaves the group, once what is in hand is handled and committed.
    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        (self.stop)();
        let stats = self.running.await??;
        anyhow::ensure!(stats.is_settled(), "a group could not commit what it has handled: {stats:?}");
        Ok(())
    }
}

/// An event's own id, whatever the event.
trait Identified {
    fn event_id(&self) -> Uuid;
}

impl Identified for EventProcessorEvent {
    fn event_id(&self) -> Uuid {
        let Self::JobLifecycle(event) = self;
        event.event_id
    }
}

impl Identified for MetricsAggregatorEvent {
    fn event_id(&self) -> Uuid {
        let Self::JobMetrics(event) = self;
        event.event_id
    }
}

impl Identified for HealthMonitorEvent {
    fn event_id(&self) -> Uuid {
        let Self::SystemHealth(event) = self;
        event.event_id
    }
}

impl Identified for ApiBroadcastEvent {
    fn event_id(&self) -> Uuid {
        match self {
            Self::JobLifecycle(event) => event.event_id,
            Self::Notifications(event) => event.event_id,
            Self::SystemHealth(event) => event.event_id,
        }
    }
}

impl Identified for AuditArchiverEvent {
    fn event_id(&self) -> Uuid {
        match self {
            Self::JobLifecycle(event) => event.event_id,
            Self::JobMetrics(event) => event.event_id,
            Self::Notifications(event) => event.event_id,
            Self::SystemHealth(event) => event.event_id,
        }
    }
}

impl Identified for AuditTrailEvent {
    fn event_id(&self) -> Uuid {
        self.event_id
    }
}

/// Starts all readers, and waits until each has its partitions: a latency should not count the joining.
pub(crate) async fn start(kafka: &Kafka, tally: &Arc<Tally>) -> anyhow::Result<Vec<Reader>> {
    let (one, two, three, four, five, audit) = tokio::try_join!(
        kafka.consumer::<EventProcessor>().start(),
        kafka.consumer::<ApiBroadcast>().start(),
        kafka.consumer::<MetricsAggregator>().start(),
        kafka.consumer::<AuditArchiver>().start(),
        kafka.consumer::<HealthMonitor>().start(),
        kafka.consumer_of::<AuditTrail>(AUDITOR).start(),
    )?;
    Ok(vec![
        reader(one, tally).await?,
        reader(two, tally).await?,
        reader(three, tally).await?,
        reader(four, tally).await?,
        reader(five, tally).await?,
        reader(audit, tally).await?,
    ])
}

async fn reader<S: Subscription>(consumer: Consumer<S>, tally: &Arc<Tally>) -> anyhow::Result<Reader>
where
    S::Event: Identified,
{
    let wanted: usize = S::TOPICS.iter().map(|topic| topic.partitions as usize).sum();
    let end = Instant::now() + JOINING;
    while consumer.stats().partitions.len() < wanted {
        let late = || {
            format!(
                "the group `{}` has no partitions after {JOINING:?}; is another member in it?",
                consumer.group()
            )
        };
        (Instant::now() < end).then_some(()).with_context(late)?;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let stopper: Stopper<S> = consumer.stopper();
    let (tally, group) = (tally.clone(), consumer.group().to_owned());
    let running = tokio::spawn(consumer.run(move |event, context| {
        tally.read(&group, context.topic, event.event_id(), context.key.as_deref());
        ready(Ok::<_, std::convert::Infallible>(()))
    }));
    Ok(Reader {
        stop: Box::new(move || stopper.stop()),
        running,
    })
}
