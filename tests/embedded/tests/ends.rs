//! The three ends of a publish, and what brings each about.

use std::time::Duration;

use kafka_event::kafka::Cause;
use kafka_event::kafka::embedded::{Capability, Refusal};
use kafka_event::{ConsumedTopic, DecodeError, EncodeError, EncodedEvent, Kafka, PublishError, PublishedTopic, Topic, decode_value};
use rdkafka::message::Message as _;
use test_embedded::events::{CATALOG, topics};
use test_embedded::{PATIENCE, broker, connected, job, read};

#[test]
fn an_event_that_times_out_is_handed_back() {
    let broker = broker(&[Capability::Messages, Capability::BrokerDown]);
    let kafka = Kafka::connect_blocking(broker.config().message_timeout(Duration::from_millis(400))).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    match jobs.publish_blocking(&job("job-1", 9)) {
        Err(PublishError::NotWritten {
            cause: Cause::TimedOut,
            event,
            ..
        }) => assert_eq!(*event, job("job-1", 9)),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_dropped_future_leaves_the_event_on_its_way() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher::<topics::JobLifecycle>().await.unwrap();
    drop(jobs.publish(&job("job-1", 1)));
    assert!(kafka.close(PATIENCE).await.undelivered.is_empty());
    read(&broker, "job-lifecycle", 1, |message| {
        assert_eq!(message.key(), Some(&b"job-1"[..]));
    });
}

/// An event whose type does not read what it wrote has its end as any other, with its bytes.
#[test]
fn an_event_that_cannot_be_read_back_has_its_end() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let pings = kafka.publisher_blocking::<Ping>().unwrap();
    pings.publish_blocking(&Ping).unwrap();
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    match pings.publish_blocking(&Ping).unwrap_err() {
        error @ PublishError::Unreadable { .. } => {
            assert!(
                !error.is_possibly_written() && error.to_string().contains("cannot be handed back"),
                "{error}"
            );
        }
        other => panic!("{other:?}"),
    }
}

/// Writes a byte that it does not take back.
#[derive(Debug, Clone, PartialEq)]
struct Ping;

impl kafka_event::codec::Encode<kafka_event::wire::Record> for Ping {
    fn size_bound(&self) -> usize {
        1
    }

    fn encode(&self, writer: &mut kafka_event::codec::Writer<'_>) {
        writer.raw(&[7]);
    }
}

impl<'de> kafka_event::codec::Decode<'de, kafka_event::wire::Record> for Ping {
    fn decode(reader: &mut kafka_event::codec::Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<kafka_event::wire::Boolean, bool>().map(|_| Self)
    }
}

impl kafka_event::Record for Ping {
    type Ref<'de> = Self;
    const FULL_NAME: &'static str = "Ping";
    const SCHEMA: &'static str = r#"{"type":"record","name":"Ping","fields":[{"name":"on","type":"boolean"}]}"#;
    const FINGERPRINT: kafka_event::Fingerprint = kafka_event::Fingerprint(7);
    const LAYOUT: u64 = 7;
}

impl Topic for Ping {
    type Event = Self;
    type Key = ();
    const SPEC: &'static kafka_event::TopicSpec = &kafka_event::TopicSpec {
        records: <Self as kafka_event::Event>::RECORDS,
        ..*topics::JobLifecycle::SPEC
    };
}

impl PublishedTopic for Ping {
    fn encode_key(_: &Self, _: &mut Vec<u8>) -> Result<bool, EncodeError> {
        Ok(false)
    }
}

impl ConsumedTopic for Ping {
    type Message = Self;

    fn decode(message: EncodedEvent<'_>) -> Result<Self::Message, DecodeError> {
        decode_value::<Self>(message)
    }
}

/// What a broker refuses for a while is written in the end, and once.
#[test]
fn what_can_be_tried_again_is() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    broker.refuse_writes(3, Refusal::NotEnoughReplicas);
    for run in 1..=20 {
        jobs.publish_blocking(&job("job-1", run)).unwrap();
    }
    let offsets = read(&broker, "job-lifecycle", 20, |message| message.offset());
    assert_eq!(offsets, (0..20).collect::<Vec<_>>());
}

/// What a broker refuses for good is not written, and handed back.
#[test]
fn what_is_refused_for_good_is_handed_back() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    let event = job("job-1", 1);
    let error = jobs.publish_blocking(&event).unwrap_err();
    assert!(
        matches!(&error, PublishError::NotWritten { event: back, .. } if **back == event),
        "{error}"
    );
    // The next is no worse for it.
    jobs.publish_blocking(&event).unwrap();
}

/// A producer that has failed for good says so of every event, and hands it back.
#[test]
fn a_fatal_error_is_told_of_every_event() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    jobs.publish_blocking(&job("job-1", 1)).unwrap();
    broker.refuse_writes(20, Refusal::OutOfOrderSequence);
    let end = std::time::Instant::now() + PATIENCE;
    let mut run = 2;
    let fatal = loop {
        assert!(std::time::Instant::now() < end, "it has not failed");
        if let Err(error) = jobs.publish_blocking(&job("job-1", run)) {
            break error;
        }
        run += 1;
    };
    assert!(!matches!(fatal, PublishError::Encode(_)), "{fatal}");
    let event = job("job-2", 1);
    let after = jobs.publish_blocking(&event).unwrap_err();
    let PublishError::NotWritten {
        cause: Cause::Fatal(why),
        event: back,
        ..
    } = after
    else {
        panic!("{after}");
    };
    assert_eq!(*back, event);
    assert!(!why.is_empty());
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
}

/// A slow broker is waited for.
#[test]
fn a_slow_broker_is_waited_for() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_delay(number, Duration::from_millis(200)).unwrap();
    }
    jobs.publish_blocking(&job("job-1", 1)).unwrap();
    broker.broker_delay(4, Duration::ZERO).unwrap_err();
}
