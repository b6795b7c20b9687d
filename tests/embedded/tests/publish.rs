//! Publishing on the embedded broker: keys, headers, the three ends, backpressure and closing.

use std::sync::mpsc;
use std::time::Duration;

use kafka_event::kafka::embedded::Capability;
use kafka_event::kafka::{Cause, ConnectError, TopicOutcome};
use kafka_event::{Config, EmbeddedBroker, Kafka, Outgoing, PublishError, Topic};
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
        assert_eq!(value[2..10], topics::JobLifecycle::SPEC.record.fingerprint.to_bytes());
        let read = kafka_event::decode_value::<topics::JobLifecycle>(kafka_event::EncodedEvent { value, fingerprint: None });
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
            ended.send(end.is_ok()).unwrap()
        })
        .unwrap();
    }
    assert!(kafka.flush_blocking(PATIENCE));
    assert!((0..1000).all(|_| ends.recv_timeout(PATIENCE).unwrap()));
    let mut read = read(&broker, "job-lifecycle", 1000, |message| {
        let value = message.payload().unwrap();
        let event = kafka_event::decode_value::<topics::JobLifecycle>(kafka_event::EncodedEvent { value, fingerprint: None }).unwrap();
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
        }) => assert_eq!(*event, job("job-1", 9)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_full_topic_starves_no_other() {
    let broker = broker(&[Capability::Messages]);
    // Two topics, each with a share of two.
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(4).linger(Duration::from_secs(2))).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let notifications = kafka.publisher_blocking::<topics::Notifications>().unwrap();
    for number in 0..2 {
        jobs.enqueue(&job("job-1", number), |_| ()).unwrap();
    }
    // A third waits for room; it is taken up again once the batch has gone.
    let waiting = std::thread::spawn({
        let jobs = jobs.clone();
        move || jobs.publish_blocking(&job("job-1", 2)).map(|written| written.offset)
    });
    let (ended, ends) = mpsc::channel();
    notifications
        .enqueue(&notification(1), move |end| ended.send(end.is_ok()).unwrap())
        .unwrap();
    assert!(ends.recv_timeout(PATIENCE).unwrap());
    assert_eq!(waiting.join().unwrap().unwrap(), Some(2));
}

#[tokio::test]
async fn a_dropped_future_leaves_the_event_on_its_way() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher::<topics::JobLifecycle>().await.unwrap();
    drop(jobs.publish(&job("job-1", 1)));
    assert!(kafka.close(PATIENCE).await.undelivered.is_empty());
    read(&broker, "job-lifecycle", 1, |message| {
        assert_eq!(message.key(), Some(&b"job-1"[..]))
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
                .unwrap()
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
