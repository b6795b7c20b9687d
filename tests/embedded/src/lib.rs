//! The flagship's events, as the tests on the embedded broker use them.

use std::time::Duration;

use kafka_event::kafka::embedded::Capability;
use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;
use kafka_event::{
    Compression, ConsumedTopic, DecodeError, EmbeddedBroker, EncodeError, EncodedEvent, Kafka, PublishedTopic, Topic, TopicSpec,
    decode_value,
};
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::BorrowedMessage;

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

use events::com::cosmic_horizons::events::{JobEventType, JobLifecycleEvent, NotificationChannel, NotificationEvent};
use events::topics;

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

/// Reads as many messages of a topic with a client that knows nothing of ours.
///
/// # Panics
/// They do not come.
pub fn read<R>(broker: &EmbeddedBroker, topic: &str, count: usize, mut with: impl FnMut(&BorrowedMessage<'_>) -> R) -> Vec<R> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", broker.bootstrap_servers())
        .set("group.id", format!("reader-of-{topic}"))
        .set("auto.offset.reset", "earliest")
        .create()
        .expect("a consumer");
    consumer.subscribe(&[topic]).expect("subscribed");
    let end = std::time::Instant::now() + PATIENCE;
    let mut found = Vec::new();
    while found.len() < count {
        assert!(std::time::Instant::now() < end, "only {} of {count} messages came", found.len());
        if let Some(message) = consumer.poll(Duration::from_millis(100)) {
            found.push(with(&message.expect("a message")));
        }
    }
    found
}

/// `job-lifecycle` with another codec: zstd, or none.
#[derive(Debug)]
pub struct Recoded<const IS_ZSTD: bool>;

impl<const IS_ZSTD: bool> Topic for Recoded<IS_ZSTD> {
    type Event = <topics::JobLifecycle as Topic>::Event;
    type Key = <topics::JobLifecycle as Topic>::Key;
    const SPEC: &'static TopicSpec = &TopicSpec {
        compression: if IS_ZSTD { Compression::Zstd } else { Compression::None },
        ..*topics::JobLifecycle::SPEC
    };
}

impl<const IS_ZSTD: bool> PublishedTopic for Recoded<IS_ZSTD> {
    fn encode_key(event: &Self::Event, out: &mut Vec<u8>) -> Result<bool, EncodeError> {
        topics::JobLifecycle::encode_key(event, out)
    }
}

impl<const IS_ZSTD: bool> ConsumedTopic for Recoded<IS_ZSTD> {
    type Message = <Self as Topic>::Event;

    fn decode(message: EncodedEvent<'_>) -> Result<Self::Message, DecodeError> {
        decode_value::<Self>(message)
    }
}
