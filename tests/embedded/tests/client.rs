//! Connecting, topics, and what is refused before the first event.

use std::time::Duration;

use kafka_event::kafka::embedded::Capability;
use kafka_event::kafka::{ConnectError, TopicOutcome};
use kafka_event::{Config, ConsumedTopic, DecodeError, EncodeError, EncodedEvent, Kafka, PublishedTopic, Topic, decode_value};
use test_embedded::events::{CATALOG, topics};
use test_embedded::{Recoded, broker, connected};

#[test]
fn topics_are_made_once() {
    let broker = broker(&[]);
    let kafka = Kafka::connect_blocking(broker.config()).unwrap();
    let first = kafka.ensure_topics_blocking(&CATALOG).unwrap();
    assert!(first.iter().all(|(_, outcome)| *outcome == TopicOutcome::Created), "{first:?}");
    assert_eq!(first.len(), 5);
    let again = kafka.ensure_topics_blocking(&CATALOG).unwrap();
    assert!(again.iter().all(|(_, outcome)| *outcome == TopicOutcome::Existed), "{again:?}");
    let stats = kafka.stats_blocking().unwrap();
    assert_eq!((stats.brokers, stats.partitions), (3, 10 + 20 + 5 + 5 + 3));
}

#[test]
fn an_unreachable_broker_is_one_clear_error() {
    // A port that was free a moment ago: nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let config = Config::new(format!("127.0.0.1:{port}")).connect_timeout(Duration::from_millis(800));
    let error = Kafka::connect_blocking(config).unwrap_err();
    assert!(matches!(error, ConnectError::Unreachable { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains(&format!("127.0.0.1:{port}")) && text.contains("refused"), "{text}");
    assert_eq!(text.lines().count(), 1);
}

#[test]
fn a_wrong_property_is_named() {
    let error = Kafka::connect_blocking(Config::new("127.0.0.1:1").property("linger.msec", "5")).unwrap_err();
    assert!(error.to_string().contains("linger.msec"), "{error}");
}

#[test]
fn a_missing_topic_is_refused() {
    let broker = broker(&[Capability::Messages]);
    let kafka = Kafka::connect_blocking(broker.config()).unwrap();
    let error = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap_err();
    assert!(error.to_string().contains("no topic `job-lifecycle`"), "{error}");
}

#[test]
fn what_the_embedded_broker_cannot_do_is_refused() {
    let broker = broker(&[]);
    let error = broker.require(Capability::Transactions).unwrap_err();
    assert!(error.to_string().contains("use a real cluster"), "{error}");
    broker.require(Capability::Groups).unwrap();
}

#[test]
fn a_topic_of_another_size_is_refused() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    // The same topic by another contract, with more partitions.
    let error = kafka.publisher_blocking::<Resized>().unwrap_err().to_string();
    assert!(error.contains("has 10 partitions, and the manifest states 12"), "{error}");
}

/// `job-lifecycle` as a newer manifest might state it.
struct Resized;

impl Topic for Resized {
    type Event = <topics::JobLifecycle as Topic>::Event;
    type Key = <topics::JobLifecycle as Topic>::Key;
    const SPEC: &'static kafka_event::TopicSpec = &kafka_event::TopicSpec {
        partitions: 12,
        ..*topics::JobLifecycle::SPEC
    };
}

impl PublishedTopic for Resized {
    fn encode_key(event: &Self::Event, out: &mut Vec<u8>) -> Result<bool, EncodeError> {
        topics::JobLifecycle::encode_key(event, out)
    }
}

impl ConsumedTopic for Resized {
    type Message = <Self as Topic>::Event;

    fn decode(message: EncodedEvent<'_>) -> Result<Self::Message, DecodeError> {
        decode_value::<Self>(message)
    }
}

#[test]
fn one_topic_has_one_codec_for_the_life_of_its_client() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let _first = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let error = kafka.publisher_blocking::<Recoded<false>>().unwrap_err().to_string();
    assert!(error.contains("`job-lifecycle` is in use with other settings"), "{error}");
}

/// What is refused of a configuration says which property, and never a secret's value.
#[test]
fn a_refused_property_is_named_and_its_value_is_not() {
    for (name, value) in [
        ("sasl.pasword", "hunter2"),
        ("ssl.key.password", "hunter2"),
        ("delivery.report.only.error", "true"),
    ] {
        let broker = broker(&[Capability::Messages]);
        let error = Kafka::connect_blocking(broker.config().property(name, value))
            .unwrap_err()
            .to_string();
        assert!(error.contains(name) && !error.contains("hunter2"), "{error}");
    }
}
