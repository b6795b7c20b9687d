//! Messages as others see them: keys, values, headers, codecs and framing.

use std::sync::mpsc;

use kafka_event::kafka::embedded::Capability;
use kafka_event::{ConsumedTopic, DecodeError, EncodeError, EncodedEvent, Outgoing, PublishedTopic, Topic, decode_value};
use rdkafka::message::{Headers as _, Message as _};
use test_embedded::events::topics;
use test_embedded::{PATIENCE, Recoded, broker, connected, job, notification, read};

#[tokio::test]
async fn keys_values_headers_and_timestamps_arrive() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher::<topics::JobLifecycle>().await.unwrap();
    let event = job("job-1", 1);
    let outgoing = Outgoing::new()
        .header("trace", "a")
        .header("trace", "b")
        .timestamp(1_700_000_000_000);
    let written = jobs.publish_with(&event, outgoing).await.unwrap();
    assert_eq!(written.offset, Some(0));
    read(&broker, "job-lifecycle", 1, |message| {
        assert_eq!(message.key(), Some(&b"job-1"[..]));
        assert_eq!(message.timestamp().to_millis(), Some(1_700_000_000_000));
        assert_eq!(message.partition(), written.partition);
        let headers: Vec<_> = message.headers().unwrap().iter().map(|header| (header.key, header.value)).collect();
        assert_eq!(headers, [("trace", Some(&b"a"[..])), ("trace", Some(&b"b"[..]))]);
        let value = message.payload().unwrap();
        assert_eq!(&value[..2], [0xC3, 0x01]);
        assert_eq!(value[2..10], topics::JobLifecycle::SPEC.records[0].fingerprint.to_bytes());
        let read = decode_value::<topics::JobLifecycle>(EncodedEvent::new(value));
        assert_eq!(read.unwrap(), event);
    });
}

#[test]
fn notifications_have_a_null_key_and_are_spread() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let notifications = kafka.publisher_blocking::<topics::Notifications>().unwrap();
    // One partition is kept for some milliseconds, so that batches fill: waiting for each end outlasts that.
    let partitions: std::collections::BTreeSet<_> = (0..40)
        .map(|number| notifications.publish_blocking(&notification(number)).unwrap().partition)
        .collect();
    assert!(partitions.len() > 1, "all went to {partitions:?}");
    read(&broker, "notifications", 40, |message| assert_eq!(message.key(), None));
}

#[test]
fn a_key_goes_where_java_sends_it() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    // Hashes of Kafka's own Java client, from the tests of its `Utils.murmur2`.
    for (key, hash) in [
        ("21", -973_932_308_i32),
        ("foobar", -790_332_482),
        ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
        ("abc", 479_470_107),
    ] {
        let written = jobs.publish_blocking(&job(key, 0)).unwrap();
        assert_eq!(written.partition, (hash & 0x7fff_ffff) % 10, "{key}");
    }
}

#[test]
fn a_thousand_events_arrive_once_and_in_order() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (ended, ends) = mpsc::channel();
    for number in 0..1000 {
        let ended = ended.clone();
        jobs.enqueue(&job(&format!("job-{}", number % 7), number), move |end| {
            ended.send(end.is_ok()).unwrap();
        })
        .unwrap();
    }
    assert!(kafka.flush_blocking(PATIENCE));
    assert!((0..1000).all(|_| ends.recv_timeout(PATIENCE).unwrap()));
    let mut read = read(&broker, "job-lifecycle", 1000, |message| {
        let value = message.payload().unwrap();
        let event = decode_value::<topics::JobLifecycle>(EncodedEvent::new(value)).unwrap();
        (event.job_id.clone(), event.event_id.as_u64_pair().1)
    });
    read.sort_by(|left, right| left.0.cmp(&right.0));
    let mut numbers: Vec<_> = read.iter().map(|(_, number)| *number).collect();
    // The sort is stable: within a job the order is the one that was read.
    assert!(read.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].1 < pair[1].1));
    numbers.sort_unstable();
    assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
}

/// `notifications` with its schema's fingerprint in a header.
struct BareNotifications;

impl Topic for BareNotifications {
    type Event = <topics::Notifications as Topic>::Event;
    type Key = ();
    const SPEC: &'static kafka_event::TopicSpec = &kafka_event::TopicSpec {
        framing: kafka_event::Framing::Bare,
        ..*topics::Notifications::SPEC
    };
}

impl PublishedTopic for BareNotifications {
    fn encode_key(_: &Self::Event, _: &mut Vec<u8>) -> Result<bool, EncodeError> {
        Ok(false)
    }
}

impl ConsumedTopic for BareNotifications {
    type Message = <Self as Topic>::Event;

    fn decode(message: EncodedEvent<'_>) -> Result<Self::Message, DecodeError> {
        decode_value::<Self>(message)
    }
}

#[test]
fn a_bare_event_names_its_schema_in_a_header() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let notifications = kafka.publisher_blocking::<BareNotifications>().unwrap();
    let written = notifications.publish_blocking(&notification(5)).unwrap();
    read(&broker, "notifications", 1, |message| {
        let headers: Vec<_> = message.headers().unwrap().iter().map(|header| (header.key, header.value)).collect();
        let fingerprint = BareNotifications::SPEC.records[0].fingerprint.to_bytes();
        assert_eq!(headers, [("avro-fingerprint", Some(&fingerprint[..]))]);
        assert_eq!(message.payload().unwrap(), kafka_event::to_avro(&notification(5)).unwrap());
    });
    let consumer = kafka.consumer_of::<BareNotifications>("bare").start_blocking().unwrap();
    let received = consumer.recv_blocking().unwrap();
    assert_eq!(
        (received.event(), received.context().partition),
        (&notification(5), written.partition)
    );
    received.ack();
}

/// The feature is on here; where it is off, publishers and consumers of such topics say so before the first message.
#[tokio::test]
async fn zstd_is_a_feature() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher::<Recoded<true>>().await.unwrap();
    let event = job("job-1", 1);
    jobs.publish(&event).await.unwrap();
    let consumer = kafka.consumer_of::<Recoded<true>>("zstd").start().await.unwrap();
    let received = tokio::time::timeout(PATIENCE, consumer.recv()).await.unwrap().unwrap();
    assert_eq!(*received.event(), event);
}
