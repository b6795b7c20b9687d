//! What comes, in which order, and how far ahead it is read.

use crate::*;

#[test]
fn events_come_with_where_they_come_from() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<JobLifecycle>().unwrap();
    let outgoing = Outgoing::new()
        .header("trace", "a")
        .header("trace", "b")
        .timestamp(1_700_000_000_000);
    let written = kafka_event_block_on(jobs.publish_with(&job("job-1", 7), outgoing));
    let consumer = kafka.consumer_of::<JobLifecycle>("alone").start_blocking().unwrap();
    let received = receive(&consumer, 1).remove(0);
    assert_eq!(*received.event(), job("job-1", 7));
    let context = received.context();
    assert_eq!(
        (context.topic, context.partition, Some(context.offset)),
        ("job-lifecycle", written.partition, written.offset)
    );
    assert_eq!(context.key.as_deref(), Some(&b"job-1"[..]));
    assert_eq!(context.timestamp, Some(1_700_000_000_000));
    assert_eq!(context.headers.len(), 2);
    assert_eq!((context.header("trace"), context.header("none")), (Some(&b"b"[..]), None));
    received.ack();
    let stats = consumer.close_blocking(PATIENCE);
    assert!(stats.is_settled(), "{stats:?}");
    assert_eq!(stats.received, 1);
}

/// Waits for a publish that is not blocking.
fn kafka_event_block_on<T, E: std::fmt::Debug>(future: impl Future<Output = Result<T, E>>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(future).unwrap()
}

#[tokio::test]
async fn a_group_reads_all_of_its_topics() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher::<JobLifecycle>().await.unwrap();
    let notifications = kafka.publisher::<Notifications>().await.unwrap();
    let consumer = kafka.consumer::<groups::ApiBroadcast>().start().await.unwrap();
    jobs.publish(&job("job-1", 1)).await.unwrap();
    notifications.publish(&notification(2)).await.unwrap();
    let mut found = BTreeSet::new();
    for _ in 0..2 {
        let received = tokio::time::timeout(PATIENCE, consumer.recv()).await.unwrap().unwrap();
        match received.event() {
            ApiBroadcastEvent::JobLifecycle(event) => assert_eq!(*event, job("job-1", 1)),
            ApiBroadcastEvent::Notifications(event) => assert_eq!(*event, notification(2)),
            other => panic!("{other:?}"),
        }
        found.insert(received.context().topic);
        received.ack();
    }
    assert_eq!(found, BTreeSet::from(["job-lifecycle", "notifications"]));
    assert!(consumer.close(PATIENCE).await.is_settled());
}

#[test]
fn a_new_group_begins_where_it_is_told() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..5);
    let consumer = kafka
        .consumer_of::<JobLifecycle>("late")
        .start_at(StartAt::Latest)
        .start_blocking()
        .unwrap();
    until("the assignment", || consumer.stats().partitions.len() == 10);
    // The end is asked for after the assignment: what is written until it is known may be left out.
    let (seen, found) = mpsc::channel();
    let stopper = consumer.stopper();
    let reading = std::thread::spawn(move || {
        consumer.run_blocking(|event, _| {
            seen.send(number(&event)).unwrap();
            Ok::<_, String>(())
        })
    });
    let end = Instant::now() + PATIENCE;
    let mut next = 5;
    let first = loop {
        assert!(Instant::now() < end, "nothing comes");
        publish(&kafka, |_| "job-1".to_owned(), next..next + 1);
        next += 1;
        if let Ok(first) = found.recv_timeout(Duration::from_millis(200)) {
            break first;
        }
    };
    assert!(first >= 5, "{first} was written before the group began");
    stopper.stop();
    assert!(reading.join().unwrap().unwrap().is_settled());
}

#[test]
fn no_more_is_read_than_there_is_room_for() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{}", number % 20), 0..2000);
    let consumer = kafka.consumer_of::<JobLifecycle>("slow").in_flight(10).start_blocking().unwrap();
    let held = receive(&consumer, 10);
    std::thread::sleep(Duration::from_millis(300));
    let in_hands: usize = consumer.stats().partitions.iter().map(|partition| partition.in_hands).sum();
    assert_eq!(in_hands, 10);
    let mut numbers: BTreeSet<u64> = held.iter().map(|received| number(received.event())).collect();
    held.into_iter().for_each(Received::ack);
    for received in receive_each(&consumer, 1990) {
        assert!(numbers.insert(received), "{received} came twice");
    }
    assert_eq!(numbers, (0..2000).collect());
    assert!(consumer.close_blocking(PATIENCE).is_settled());
}

#[test]
fn a_partition_is_read_so_far_behind_an_event_that_is_held() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..15_000);
    let consumer = kafka.consumer_of::<JobLifecycle>("held").start_blocking().unwrap();
    let held = receive(&consumer, 1).remove(0);
    let is_held = || {
        let mut partitions = consumer.stats().partitions.into_iter();
        partitions.any(|partition| partition.state == PartitionState::Held)
    };
    let mut numbers = vec![number(held.event())];
    while !is_held() {
        numbers.extend(receive_each(&consumer, 1));
    }
    // Others are read, each after what was fetched before it.
    for other in 15_000..15_005 {
        publish(&kafka, |_| "job-2".to_owned(), other..other + 1);
        while numbers.last() != Some(&other) {
            numbers.extend(receive_each(&consumer, 1));
        }
    }
    assert!((10_000..12_000).contains(&numbers.len()), "{}", numbers.len());
    held.ack();
    while numbers.len() < 15_005 {
        numbers.extend(receive_each(&consumer, 1));
    }
    assert!(!is_held());
    numbers.retain(|number| *number < 15_000);
    assert!(numbers.is_sorted() && numbers.len() == 15_000);
    assert!(consumer.close_blocking(PATIENCE).is_settled());
}

#[test]
fn reading_goes_on_after_the_brokers_were_gone() {
    let broker = broker(&[Messages, Groups, BrokerDown]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..20);
    let consumer = kafka.consumer_of::<JobLifecycle>("patient").start_blocking().unwrap();
    assert_eq!(receive_each(&consumer, 20).len(), 20);
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    std::thread::sleep(Duration::from_millis(300));
    for number in 1..=3 {
        broker.broker_up(number).unwrap();
    }
    publish(&kafka, |number| format!("job-{number}"), 20..40);
    let numbers: BTreeSet<_> = receive_each(&consumer, 20).into_iter().collect();
    assert_eq!(numbers, (20..40).collect());
}

#[test]
fn order_is_kept_within_each_key() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{}", number % 7), 0..1000);
    let consumer = kafka.consumer_of::<JobLifecycle>("ordered").start_blocking().unwrap();
    let mut last: BTreeMap<u64, u64> = BTreeMap::new();
    for number in receive_each(&consumer, 1000) {
        let before = last.insert(number % 7, number);
        assert!(before.is_none_or(|before| before < number), "{number} after {before:?}");
    }
    until("the lag", || {
        let stats = consumer.stats();
        stats.partitions.iter().any(|partition| partition.handled.is_some()) && stats.lag() == Some(0)
    });
}

/// A group that is stuck before it has read anything of most partitions, and that commits nothing.
#[test]
fn a_stuck_group_has_a_lag() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..200);
    let before = kafka.consumer_of::<JobLifecycle>("stuck").start_blocking().unwrap();
    assert_eq!(receive_each(&before, 200).len(), 200);
    assert!(ends("the close", || before.close_blocking(PATIENCE)).is_settled());
    publish(&kafka, |number| format!("job-{number}"), 200..400);
    let builder = kafka.consumer_of::<JobLifecycle>("stuck");
    let consumer = builder.in_flight(1).commit_interval(Duration::MAX).start_blocking().unwrap();
    let held = receive(&consumer, 1);
    until("the lag", || {
        let lag = consumer.stats().lag();
        // What is not known is not taken for nothing.
        assert!(lag.is_none_or(|lag| lag == 200), "{lag:?}");
        lag.is_some()
    });
    let read = consumer
        .stats()
        .partitions
        .iter()
        .filter(|partition| partition.handled.is_some())
        .count();
    assert_eq!(read, 1);
    drop(held);
}

#[tokio::test]
async fn a_dropped_receive_takes_nothing() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let consumer = kafka.consumer_of::<JobLifecycle>("impatient").start().await.unwrap();
    for _ in 0..20 {
        assert!(tokio::time::timeout(Duration::from_millis(5), consumer.recv()).await.is_err());
    }
    publish(&kafka, |_| "job-1".to_owned(), 0..1);
    let received = tokio::time::timeout(PATIENCE, consumer.recv()).await.unwrap().unwrap();
    assert_eq!(number(received.event()), 0);
    received.ack();
    let stopper = consumer.stopper();
    stopper.stop();
    assert!(matches!(consumer.recv().await, Err(ConsumeError::Closed)));
}

#[test]
fn a_missing_topic_and_a_setting_of_ours_are_refused() {
    let broker = broker(&[Groups]);
    let kafka = Kafka::connect_blocking(broker.config()).unwrap();
    let error = kafka.consumer::<groups::ApiBroadcast>().start_blocking().unwrap_err();
    assert!(matches!(error, ConsumerError::Missing("job-lifecycle")), "{error}");
    let kafka = connected(&broker);
    let refused = |name: &str, value: &str| {
        let builder = kafka.consumer_of::<JobLifecycle>("g").property(name, value);
        builder.start_blocking().unwrap_err().to_string()
    };
    assert!(refused("enable.auto.commit", "true").contains("enable.auto.commit"));
    assert!(refused("fetch.min.bites", "1").contains("fetch.min.bites"));
    let error = kafka.consumer_of::<JobLifecycle>("").start_blocking().unwrap_err();
    assert!(error.to_string().contains("not empty"), "{error}");
    assert_eq!(JobLifecycle::SPEC.partitions, 10);
}
