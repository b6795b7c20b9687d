//! Compacted topics: events and the ends of their keys.

use std::fmt::Debug;
use std::sync::mpsc;
use std::time::Duration;

use kafka_event::kafka::ConsumeError;
use kafka_event::kafka::embedded::Refusal;
use kafka_event::logical::{self, Date};
use kafka_event::uuid::Uuid;
use kafka_event::{
    Cleanup, Compacted, CompactedTopic, ConsumedTopic, EmbeddedBroker, EncodedEvent, Kafka, Keyed, Outgoing, PublishError, PublishedTopic,
    Retention, Topic, decode_message,
};
use rdkafka::ClientConfig;
use rdkafka::message::{Headers as _, Message as _};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _};
use test_manifest::events::groups::{Everything, EverythingEvent};
use test_manifest::events::shared::{Cell, Code};
use test_manifest::events::topics::{
    ByBytes, ByDate, ByDuration, ByFixed, ByInt, ByLong, ByUuid, ByUuidFixed, CustomerProfiles, CustomerProfilesBare, LastEvents,
    OrderEvents, Profiles, ProfilesBare,
};
use test_manifest::{PATIENCE, connected, customer, paid, placed, profile, read};

/// Publishes an event and its tombstone, and reads both.
fn there_and_back<T>(kafka: &Kafka, event: &T::Event, key: &T::Key)
where
    T: CompactedTopic + PublishedTopic + ConsumedTopic<Message = Compacted<<T as Topic>::Key, <T as Topic>::Event>>,
    T::Event: PartialEq + Debug,
    T::Key: PartialEq + Debug,
{
    let publisher = kafka.publisher_blocking::<T>().unwrap();
    let written = publisher.publish_blocking(event).unwrap();
    let buried = publisher.publish_tombstone_blocking(key).unwrap();
    assert_eq!(
        (buried.partition, buried.offset),
        (written.partition, written.offset.map(|offset| offset + 1)),
        "`{}`: a tombstone is in its event's partition",
        T::SPEC.name
    );
    // A group of its own: the embedded broker takes its time to balance one that a member has left.
    let consumer = kafka.consumer_of::<T>(T::SPEC.name).start_blocking().unwrap();
    let received = consumer.recv_blocking().unwrap();
    assert_eq!(received.event().event(), Some(event));
    received.ack();
    let received = consumer.recv_blocking().unwrap();
    assert_eq!(received.event().tombstone(), Some(key));
    received.ack();
    assert!(consumer.close_blocking(PATIENCE).is_settled());
}

#[test]
fn tombstones_of_keys_of_every_kind() {
    let (_broker, kafka) = connected();
    there_and_back::<Profiles>(&kafka, &profile("Zoë", 3), &"Zoë".to_owned());
    there_and_back::<ProfilesBare>(&kafka, &profile("", 3), &String::new());
    let cell = Cell {
        int: -7,
        long: i64::MIN,
        date: Date(19_000),
        bytes: vec![0, 255],
        fixed: Code(*b"abc"),
        uuid: Uuid::from_u128(5),
        uuid_fixed: Uuid::from_u128(6),
        duration: logical::Duration {
            months: 1,
            days: 2,
            millis: 3,
        },
    };
    there_and_back::<ByInt>(&kafka, &cell, &cell.int);
    there_and_back::<ByLong>(&kafka, &cell, &cell.long);
    there_and_back::<ByDate>(&kafka, &cell, &cell.date);
    there_and_back::<ByBytes>(&kafka, &cell, &cell.bytes);
    there_and_back::<ByFixed>(&kafka, &cell, &cell.fixed);
    there_and_back::<ByUuid>(&kafka, &cell, &cell.uuid);
    there_and_back::<ByUuidFixed>(&kafka, &cell, &cell.uuid_fixed);
    there_and_back::<ByDuration>(&kafka, &cell, &cell.duration);
    let key = customer(Some("north"), "Zoë");
    let keyed = Keyed::new(key.clone(), profile("Zoë", 3));
    there_and_back::<CustomerProfiles>(&kafka, &keyed, &key);
    there_and_back::<CustomerProfilesBare>(&kafka, &keyed, &key);
    there_and_back::<LastEvents>(&kafka, &paid(9).into(), &Uuid::from_u128(9));
}

/// A tombstone has no value at all, no header of an event's, and the key's where that is a record.
#[test]
fn tombstones_as_others_see_them() {
    let (broker, kafka) = connected();
    let profiles = kafka.publisher_blocking::<ProfilesBare>().unwrap();
    profiles.publish_tombstone_blocking(&"Ann".to_owned()).unwrap();
    read(&broker, "profiles-bare", 1, |message| {
        assert_eq!((message.key(), message.payload()), (Some(&b"Ann"[..]), None));
        assert!(message.headers().is_none());
    });
    let keyed = kafka.publisher_blocking::<CustomerProfilesBare>().unwrap();
    keyed.publish_tombstone_blocking(&customer(None, "Ann")).unwrap();
    read(&broker, "customer-profiles-bare", 1, |message| {
        assert_eq!(message.payload(), None);
        let names: Vec<_> = message.headers().unwrap().iter().map(|header| header.key).collect();
        assert_eq!(names, ["avro-key-fingerprint"]);
    });
}

/// With headers, by a callback, and in the order of what was handed over.
#[test]
fn tombstones_go_every_way_that_events_go() {
    let (broker, kafka) = connected();
    let profiles = kafka.publisher_blocking::<Profiles>().unwrap();
    let (ended, ends) = mpsc::channel();
    let told = ended.clone();
    profiles
        .enqueue(&profile("Ann", 1), move |end| told.send(end.unwrap().offset).unwrap())
        .unwrap();
    profiles
        .enqueue_tombstone(&"Ann".to_owned(), move |end| ended.send(end.unwrap().offset).unwrap())
        .unwrap();
    assert_eq!(
        [0, 1].map(|_| ends.recv_timeout(PATIENCE).unwrap()),
        [Some(0), Some(1)],
        "the tombstone is behind its event"
    );
    let outgoing = Outgoing::new().header("why", "left").timestamp(1_700_000_000_000);
    wait(profiles.publish_tombstone_with(&"Ann".to_owned(), outgoing)).unwrap();
    let found = read(&broker, "profiles", 3, |message| {
        let why = message.headers().map(|headers| headers.get(0).value.map(<[u8]>::to_vec));
        (message.payload().is_some(), why, message.timestamp().to_millis())
    });
    assert!(found[0].0 && !found[1].0);
    assert_eq!(found[2], (false, Some(Some(b"left".to_vec())), Some(1_700_000_000_000)));
}

/// A future's end, without a runtime.
fn wait<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A tombstone that was not written has its end as an event has, and is handed back as its key.
#[test]
fn tombstones_are_handed_back() {
    let (broker, kafka) = connected();
    let profiles = kafka.publisher_blocking::<Profiles>().unwrap();
    let keyed = kafka.publisher_blocking::<CustomerProfilesBare>().unwrap();
    let (ann, key) = ("Ann".to_owned(), customer(None, "Ann"));
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    assert!(matches!(
        profiles.publish_tombstone_blocking(&ann),
        Err(PublishError::NotWritten { event, .. }) if *event == ann
    ));
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    assert_eq!(
        keyed.publish_tombstone_blocking(&key).unwrap_err().into_event().as_ref(),
        Some(&key)
    );
    // What a close takes back tells a tombstone from an event without a byte.
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    profiles.enqueue_tombstone(&ann, |_| ()).unwrap();
    let report = kafka.close_blocking(Duration::from_millis(200));
    let [undelivered] = &report.undelivered[..] else {
        panic!("{report:?}")
    };
    assert_eq!(
        (undelivered.key.as_deref(), undelivered.value.as_deref()),
        (Some(&b"Ann"[..]), None)
    );
    assert_eq!(profiles.publish_tombstone_blocking(&ann).unwrap_err().into_event(), Some(ann));
}

/// In a group's enum a topic's variant holds what the topic's consumer is given.
#[test]
fn a_group_reads_topics_of_every_kind() {
    let (_broker, kafka) = connected();
    let ann = customer(None, "Ann");
    kafka
        .publisher_blocking::<OrderEvents>()
        .unwrap()
        .publish_blocking(&placed(1).into())
        .unwrap();
    kafka
        .publisher_blocking::<Profiles>()
        .unwrap()
        .publish_tombstone_blocking(&"Ann".to_owned())
        .unwrap();
    let keyed = kafka.publisher_blocking::<CustomerProfiles>().unwrap();
    keyed.publish_blocking(&Keyed::new(ann.clone(), profile("Ann", 1))).unwrap();
    let consumer = kafka.consumer::<Everything>().start_blocking().unwrap();
    let mut seen = [false; 3];
    while seen != [true; 3] {
        let received = consumer.recv_blocking().unwrap();
        match received.event() {
            EverythingEvent::OrderEvents(event) => {
                assert_eq!(*event, placed(1).into());
                seen[0] = true;
            }
            EverythingEvent::Profiles(Compacted::Tombstone(key)) => {
                assert_eq!(key, "Ann");
                seen[1] = true;
            }
            EverythingEvent::CustomerProfiles(Compacted::Event(Keyed { key, event })) => {
                assert_eq!((key, event), (&ann, &profile("Ann", 1)));
                seen[2] = true;
            }
            other => panic!("{other:?}"),
        }
        received.ack();
    }
}

fn send(broker: &EmbeddedBroker, topic: &str, key: Option<&str>, value: Option<&[u8]>) {
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", broker.bootstrap_servers())
        .create()
        .unwrap();
    let mut record = BaseRecord::<str, [u8]>::to(topic);
    record.key = key;
    record.payload = value;
    producer.send(record).unwrap();
    producer.flush(Duration::from_secs(30)).unwrap();
}

/// A null value is a tombstone where the manifest says so, and no message of ours elsewhere; an empty one is neither.
#[test]
fn null_values_elsewhere_stay_malformed() {
    let (broker, kafka) = connected();
    let told = |topic: &str, key: Option<&str>, value: Option<&[u8]>| send(&broker, topic, key, value);
    told("order-events", Some("Ann"), None);
    let orders = kafka.consumer_of::<OrderEvents>("null").start_blocking().unwrap();
    let reason = |error: ConsumeError| match error {
        ConsumeError::Undecodable(found) => (found.value.is_none(), found.error.to_string()),
        other => panic!("{other}"),
    };
    assert_eq!(
        reason(orders.recv_blocking().unwrap_err()),
        (true, "a message without a value".to_owned())
    );
    told("profiles", None, None);
    let profiles = kafka.consumer_of::<Profiles>("null").start_blocking().unwrap();
    assert_eq!(
        reason(profiles.recv_blocking().unwrap_err()),
        (true, "a tombstone without a key".to_owned())
    );
    told("by-int", Some("Ann"), None);
    let cells = kafka.consumer_of::<ByInt>("null").start_blocking().unwrap();
    assert_eq!(
        reason(cells.recv_blocking().unwrap_err()),
        (true, "the key: 3 bytes, where the key's type has 4".to_owned())
    );
    told("by-long", Some("12345678"), Some(b""));
    let cells = kafka.consumer_of::<ByLong>("null").start_blocking().unwrap();
    let (is_null, error) = reason(cells.recv_blocking().unwrap_err());
    assert!(!is_null && error.starts_with("not a single-object message"), "{error}");
}

#[test]
fn what_the_manifest_says_of_them() {
    assert_eq!(
        (Profiles::SPEC.cleanup, Profiles::SPEC.retention),
        (Cleanup::Compact, Retention::Forever)
    );
    assert_eq!(
        (ProfilesBare::SPEC.cleanup.as_str(), ProfilesBare::SPEC.retention.days()),
        ("compact,delete", Some(7))
    );
    assert!(!OrderEvents::SPEC.cleanup.is_compacted());
    assert_eq!(
        Profiles::SPEC.config,
        [
            ("max.message.bytes", "1000000"),
            ("delete.retention.ms", "60000"),
            ("min.cleanable.dirty.ratio", "0.1")
        ]
    );
    let message = EncodedEvent::new(None).with_key(&b"Ann"[..]);
    assert_eq!(decode_message::<Profiles>(message).unwrap().tombstone().unwrap(), "Ann");
}
