//! Publishing on the embedded broker: keys, headers, the three ends, backpressure and closing.

use std::sync::mpsc;
use std::time::Duration;

use kafka_event::kafka::embedded::{Capability, Refusal};
use kafka_event::kafka::{Cause, ConnectError, TopicOutcome};
use kafka_event::{Compression, Config, EmbeddedBroker, Kafka, Outgoing, PublishError, Topic};
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use test_embedded::events::{CATALOG, topics};
use test_embedded::{PATIENCE, broker, connected, job, notification};

/// Reads as many messages of a topic with a client that knows nothing of ours.
fn read<R>(broker: &EmbeddedBroker, topic: &str, count: usize, mut with: impl FnMut(&BorrowedMessage<'_>) -> R) -> Vec<R> {
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
        let read = kafka_event::decode_value::<topics::JobLifecycle>(kafka_event::EncodedEvent::new(value));
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
        let event = kafka_event::decode_value::<topics::JobLifecycle>(kafka_event::EncodedEvent::new(value)).unwrap();
        (event.job_id.clone(), event.event_id.as_u64_pair().1)
    });
    read.sort_by(|left, right| left.0.cmp(&right.0));
    let mut numbers: Vec<_> = read.iter().map(|(_, number)| *number).collect();
    // The sort is stable: within a job the order is the one that was read.
    assert!(read.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].1 < pair[1].1));
    numbers.sort_unstable();
    assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
}

#[test]
fn what_was_not_sent_is_handed_back() {
    let broker = broker(&[Capability::Messages, Capability::BrokerDown]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    let (ended, ends) = mpsc::channel();
    for number in 0..5 {
        let ended = ended.clone();
        jobs.enqueue(&job("job-1", number), move |end| ended.send(end).unwrap()).unwrap();
    }
    let report = kafka.close_blocking(Duration::from_millis(200));
    assert_eq!(report.undelivered.len(), 5);
    assert!(
        report
            .undelivered
            .iter()
            .all(|message| message.key.as_deref() == Some(b"job-1") && message.topic == "job-lifecycle")
    );
    let mut numbers: Vec<_> = (0..5)
        .map(|_| match ends.recv_timeout(PATIENCE).unwrap() {
            Err(error @ (PublishError::NotWritten { .. } | PublishError::PossiblyWritten { .. })) => {
                error.into_event().unwrap().event_id.as_u64_pair().1
            }
            other => panic!("{other:?}"),
        })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 1, 2, 3, 4]);
    match jobs.publish_blocking(&job("job-1", 6)) {
        Err(PublishError::NotWritten {
            cause: Cause::Closed,
            event,
            ..
        }) => assert_eq!(*event, job("job-1", 6)),
        other => panic!("{other:?}"),
    }
}

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

#[test]
fn a_full_topic_starves_no_other() {
    let broker = broker(&[Capability::Messages]);
    // Two topics, each with a share of two: of a common four, the third would be one.
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(4)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let notifications = kafka.publisher_blocking::<topics::Notifications>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    for number in 0..2 {
        jobs.enqueue(&job("job-1", number), |_| ()).unwrap();
    }
    // A third waits for room.
    let mut third = Box::pin(jobs.publish(&job("job-1", 2)));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(third.as_mut().poll(&mut context).is_pending());
    assert_eq!(kafka.in_flight(), 2, "the third has not been handed over");
    // Two of the other topic are handed over all the same.
    let (ended, ends) = mpsc::channel();
    for number in 0..2 {
        let ended = ended.clone();
        notifications
            .enqueue(&notification(number), move |end| ended.send(end.is_ok()).unwrap())
            .unwrap();
    }
    for number in 1..=3 {
        broker.broker_up(number).unwrap();
    }
    assert!(ends.recv_timeout(PATIENCE).unwrap() && ends.recv_timeout(PATIENCE).unwrap());
    let third = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(third);
    assert_eq!(third.unwrap().offset, Some(2));
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

#[test]
fn every_publish_ends_while_the_client_closes() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (ended, ends) = mpsc::channel();
    for _ in 0..4 {
        let (jobs, ended) = (jobs.clone(), ended.clone());
        std::thread::spawn(move || {
            // Ends by the close; the bound is for a close that does not.
            let closed = (0..1_000_000).find_map(|number| jobs.publish_blocking(&job("job-1", number)).err());
            ended.send(closed.map(|error| error.to_string())).unwrap();
        });
    }
    std::thread::sleep(Duration::from_millis(100));
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
    for _ in 0..4 {
        let error = ends
            .recv_timeout(PATIENCE)
            .expect("a publish waits for ever")
            .expect("the client is closed");
        assert!(error.contains("closed"), "{error}");
    }
}

#[test]
fn a_share_of_one_passes_from_hand_to_hand() {
    let broker = broker(&[Capability::Messages]);
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(1).linger(Duration::ZERO)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (ended, ends) = mpsc::channel();
    for _ in 0..4 {
        let (jobs, ended) = (jobs.clone(), ended.clone());
        std::thread::spawn(move || {
            ended
                .send((0..50).all(|number| jobs.publish_blocking(&job("job-1", number)).is_ok()))
                .unwrap();
        });
    }
    assert!((0..4).all(|_| ends.recv_timeout(PATIENCE).expect("a publish waits for ever")));
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
fn the_last_handle_may_be_dropped_by_a_callback() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (ended, ends) = mpsc::channel();
    let last = jobs.clone();
    let done = ended.clone();
    // What is queued behind must still be written, and the callback's thread is the one that serves its report.
    jobs.enqueue(&job("job-1", 0), move |end| {
        std::thread::sleep(Duration::from_millis(100));
        drop(last);
        done.send(end.is_ok()).unwrap();
    })
    .unwrap();
    jobs.enqueue(&job("job-2", 1), move |end| ended.send(end.is_ok()).unwrap()).unwrap();
    drop(jobs);
    drop(kafka);
    assert!((0..2).all(|_| ends.recv_timeout(PATIENCE).unwrap()));
    assert_eq!(read(&broker, "job-lifecycle", 2, |message| message.partition()).len(), 2);
}

#[test]
fn whoever_closes_second_takes_nothing_from_the_first() {
    let broker = broker(&[Capability::Messages, Capability::BrokerDown]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    for number in 0..5 {
        jobs.enqueue(&job("job-1", number), |_| ()).unwrap();
    }
    let other = kafka.clone();
    let second = std::thread::spawn(move || other.close_blocking(Duration::from_millis(300)).undelivered.len());
    let first = kafka.close_blocking(Duration::from_millis(300)).undelivered.len();
    assert_eq!(first + second.join().unwrap(), 5);
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
    const SPEC: &'static kafka_event::TopicSpec = &kafka_event::TopicSpec {
        partitions: 12,
        ..*topics::JobLifecycle::SPEC
    };

    fn encode_key(event: &Self::Event, out: &mut Vec<u8>) -> bool {
        topics::JobLifecycle::encode_key(event, out)
    }
}

/// `notifications` with its schema's fingerprint in a header.
struct BareNotifications;

impl Topic for BareNotifications {
    type Event = <topics::Notifications as Topic>::Event;
    const SPEC: &'static kafka_event::TopicSpec = &kafka_event::TopicSpec {
        framing: kafka_event::Framing::Bare,
        ..*topics::Notifications::SPEC
    };

    fn encode_key(_: &Self::Event, _: &mut Vec<u8>) -> bool {
        false
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

#[test]
fn one_topic_has_one_codec_for_the_life_of_its_client() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let _first = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let error = kafka.publisher_blocking::<Recoded<{ NONE }>>().unwrap_err().to_string();
    assert!(error.contains("`job-lifecycle` is in use with other settings"), "{error}");
}

/// While the queue is full, what one thread publishes is written in its order all the same.
#[tokio::test]
async fn a_full_queue_keeps_the_order() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = Kafka::connect(broker.config().queue_messages(1)).await.unwrap();
    kafka.ensure_topics(&CATALOG).await.unwrap();
    let jobs = kafka.publisher::<topics::JobLifecycle>().await.unwrap();
    let mut ends = Vec::new();
    for number in 0..30 {
        ends.push(tokio::spawn(jobs.publish(&job("job-1", number))));
        // Some find room at once, and would pass those that wait for theirs.
        tokio::task::yield_now().await;
    }
    let mut offsets = Vec::new();
    for end in ends {
        offsets.push(end.await.unwrap().unwrap().offset.unwrap());
    }
    assert!(offsets.is_sorted(), "{offsets:?}");
}

/// A callback is told where it would have to wait: nobody else serves the report that it would wait for.
#[test]
fn a_callback_does_not_wait() {
    let broker = broker(&[Capability::Messages]);
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(1)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (told, tells) = mpsc::channel();
    let again = jobs.clone();
    jobs.enqueue(&job("job-1", 1), move |_| {
        let blocking = again.publish_blocking(&job("job-1", 2));
        // The room that was freed is taken again, and then there is none.
        let first = told.clone();
        again
            .enqueue(&job("job-1", 3), move |end| first.send(end.map(drop)).unwrap())
            .unwrap();
        let second = told.clone();
        again
            .enqueue(&job("job-1", 4), move |end| second.send(end.map(drop)).unwrap())
            .unwrap();
        told.send(blocking.map(drop)).unwrap();
    })
    .unwrap();
    for number in [4, 2] {
        match tells.recv_timeout(PATIENCE).unwrap() {
            Err(PublishError::NotWritten {
                cause: Cause::WouldBlock,
                event,
                ..
            }) => assert_eq!(*event, job("job-1", number)),
            other => panic!("{other:?}"),
        }
    }
    tells.recv_timeout(PATIENCE).unwrap().expect("the one with room is written");
}

/// A close within a callback, while another close waits for that callback, is the second of the two.
#[test]
fn a_callback_may_close_while_another_closes() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (begun, begins) = mpsc::channel();
    let (closing, closes) = mpsc::channel::<()>();
    let inner = kafka.clone();
    jobs.enqueue(&job("job-1", 1), move |_| {
        begun.send(()).unwrap();
        closes.recv_timeout(PATIENCE).unwrap();
        // The other one holds the close by now, or soon.
        std::thread::sleep(Duration::from_millis(200));
        assert!(inner.close_blocking(Duration::MAX).undelivered.is_empty());
    })
    .unwrap();
    begins.recv_timeout(PATIENCE).unwrap();
    let other = std::thread::spawn(move || {
        closing.send(()).unwrap();
        kafka.close_blocking(Duration::MAX).undelivered.len()
    });
    assert_eq!(other.join().unwrap(), 0);
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
    fn decode(reader: &mut kafka_event::codec::Reader<'de>) -> Result<Self, kafka_event::DecodeError> {
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
    const SPEC: &'static kafka_event::TopicSpec = &kafka_event::TopicSpec {
        records: <Self as kafka_event::Event>::RECORDS,
        ..*topics::JobLifecycle::SPEC
    };

    fn encode_key(_: &Self, _: &mut Vec<u8>) -> bool {
        false
    }
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

/// The feature is on here; where it is off, publishers and consumers of such topics say so before the first message.
#[tokio::test]
async fn zstd_is_a_feature() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher::<Recoded<{ ZSTD }>>().await.unwrap();
    let event = job("job-1", 1);
    jobs.publish(&event).await.unwrap();
    let consumer = kafka.consumer_of::<Recoded<{ ZSTD }>>("zstd").start().await.unwrap();
    let received = tokio::time::timeout(PATIENCE, consumer.recv()).await.unwrap().unwrap();
    assert_eq!(*received.event(), event);
}

/// `job-lifecycle` with another codec.
struct Recoded<const CODEC: u8>;

const NONE: u8 = 0;
const ZSTD: u8 = 1;

impl<const CODEC: u8> Topic for Recoded<CODEC> {
    type Event = <topics::JobLifecycle as Topic>::Event;
    const SPEC: &'static kafka_event::TopicSpec = &kafka_event::TopicSpec {
        compression: if CODEC == ZSTD { Compression::Zstd } else { Compression::None },
        ..*topics::JobLifecycle::SPEC
    };

    fn encode_key(event: &Self::Event, out: &mut Vec<u8>) -> bool {
        topics::JobLifecycle::encode_key(event, out)
    }
}
