//! Consuming on the embedded broker: order, acknowledgement and commits, what cannot be read, rebalances, backpressure and closing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use kafka_event::codec::DecodeClass;
use kafka_event::kafka::embedded::Capability::{BrokerDown, Groups, Messages};
use kafka_event::kafka::{
    ConsumeError, ConsumerBuilder, ConsumerError, ConsumerStats, Failed, PartitionState, StartAt, Stopper, Undecoded,
};
use kafka_event::{
    Config, Consumer, DecodeError, EmbeddedBroker, EncodedEvent, Group, Kafka, Limits, Outgoing, Received, Subscription, Topic, TopicSpec,
};
use rdkafka::ClientConfig;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _};
use rdkafka::types::{RDKafkaApiKey, RDKafkaRespErr};
use test_embedded::events::com::cosmic_horizons::events::JobLifecycleEvent;
use test_embedded::events::groups::{self, ApiBroadcastEvent};
use test_embedded::events::topics::{JobLifecycle, Notifications};
use test_embedded::{PATIENCE, broker, connected, job, notification};

/// Publishes the events of these numbers, each for a job of its own or all for one.
fn publish(kafka: &Kafka, job_of: impl Fn(u64) -> String, numbers: std::ops::Range<u64>) {
    let jobs = kafka.publisher_blocking::<JobLifecycle>().unwrap();
    // Looked at here: a callback's panic would go no further than the thread that calls it.
    let (ended, outcomes) = mpsc::channel();
    let count = usize::try_from(numbers.end - numbers.start).unwrap();
    for number in numbers {
        let ended = ended.clone();
        let end = move |end: Result<_, _>| _ = ended.send(end.map(drop));
        jobs.enqueue(&job(&job_of(number), number), end).unwrap();
    }
    assert!(kafka.flush_blocking(PATIENCE));
    drop(ended);
    let written = outcomes.iter().map(Result::unwrap).count();
    assert_eq!(written, count);
}

/// Sends bytes that no publisher of ours would.
fn send_raw(broker: &EmbeddedBroker, topic: &str, partition: i32, value: &[u8]) {
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", broker.bootstrap_servers())
        .create()
        .unwrap();
    let record = BaseRecord::to(topic).partition(partition).key(b"raw").payload(value);
    producer.send(record).map_err(|(error, _)| error).unwrap();
    producer.flush(PATIENCE).unwrap();
}

fn number(event: &JobLifecycleEvent) -> u64 {
    event.event_id.as_u64_pair().1
}

/// Receives as many events; the test fails where they do not come.
fn receive<S: Subscription>(consumer: &Consumer<S>, count: usize) -> Vec<Received<S::Event>> {
    (0..count).map(|at| within(|| consumer.recv_blocking(), at)).collect()
}

/// The next event.
fn within<T>(receive: impl FnOnce() -> Result<T, ConsumeError>, at: usize) -> T {
    ends(&format!("event {at}"), receive).unwrap_or_else(|error| panic!("event {at}: {error}"))
}

/// What a call gives; where it does not end, the process does, since nothing interrupts a thread that waits.
fn ends<T>(what: &str, call: impl FnOnce() -> T) -> T {
    let name = what.to_owned();
    let (done, waited) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if waited.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            eprintln!("{name} does not come");
            std::process::abort();
        }
    });
    let result = call();
    drop(done);
    watch.join().unwrap();
    result
}

/// The embedded broker balances a group only after nearly a session's time.
fn quick_to_balance<S: Subscription>(builder: ConsumerBuilder<S>) -> ConsumerBuilder<S> {
    builder
        .property("session.timeout.ms", "2500")
        .property("heartbeat.interval.ms", "200")
}

/// Waits until something holds.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "{what} does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

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
fn what_was_acknowledged_is_not_read_again_and_what_was_not_is() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..10);
    let consumer = kafka.consumer_of::<JobLifecycle>("resuming").start_blocking().unwrap();
    let mut received = receive(&consumer, 10);
    // Acknowledged out of order: 4 is missing, so that 5 and 6 cannot be committed.
    for at in [6, 5, 3, 2, 1, 0] {
        received.remove(at).ack();
    }
    // Four are still in the application's hands at the deadline.
    let stats = consumer.close_blocking(Duration::from_millis(50));
    assert!(!stats.is_settled());
    let partition = stats.partitions.iter().find(|partition| partition.handled.is_some()).unwrap();
    assert_eq!((partition.handled, partition.committed), (Some(4), Some(4)));
    drop(received);
    let again = kafka.consumer_of::<JobLifecycle>("resuming").start_blocking().unwrap();
    let numbers: Vec<_> = receive(&again, 6)
        .into_iter()
        .map(|received| {
            let number = number(received.event());
            received.ack();
            number
        })
        .collect();
    assert_eq!(numbers, [4, 5, 6, 7, 8, 9]);
}

#[test]
fn the_longest_times_are_taken() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..3);
    let builder = kafka.consumer_of::<JobLifecycle>("patient");
    let consumer = builder
        .commit_interval(Duration::MAX)
        .drain_deadline(Duration::MAX)
        .start_blocking()
        .unwrap();
    assert_eq!(receive_each(&consumer, 3), [0, 1, 2]);
    consumer.stopper().stop();
    assert!(consumer.close_blocking(Duration::MAX).is_settled());
}

#[test]
fn a_dropped_consumer_has_committed() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..3);
    let consumer = kafka.consumer_of::<JobLifecycle>("dropped").start_blocking().unwrap();
    for received in receive(&consumer, 3) {
        received.ack();
    }
    drop(consumer);
    publish(&kafka, |_| "job-1".to_owned(), 3..4);
    let again = kafka.consumer_of::<JobLifecycle>("dropped").start_blocking().unwrap();
    assert_eq!(number(receive(&again, 1)[0].event()), 3);
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
fn a_group_that_begins_at_the_end_reads_on_from_its_first_message() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let start = || {
        let builder = kafka.consumer_of::<JobLifecycle>("late");
        builder.start_at(StartAt::Latest).start_blocking().unwrap()
    };
    let consumer = start();
    until("the assignment", || consumer.stats().partitions.len() == 10);
    // What is written before the ends are known is left out: so until one has come.
    let mut next = 0;
    until("the first event", || {
        publish(&kafka, |_| "job-1".to_owned(), next..next + 1);
        next += 1;
        std::thread::sleep(Duration::from_millis(100));
        consumer.stats().received > 0
    });
    let held = receive(&consumer, 1).remove(0);
    let first = number(held.event());
    let stats = consumer.close_blocking(Duration::ZERO);
    assert!(!stats.is_settled());
    drop(held);
    assert_eq!(number(receive(&start(), 1)[0].event()), first);
}

#[test]
fn a_group_that_begins_at_the_end_rests_at_its_first_message() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let start = || {
        let builder = kafka.consumer_of::<JobLifecycle>("late");
        builder.start_at(StartAt::Latest).start_blocking().unwrap()
    };
    let consumer = start();
    until("the assignment", || consumer.stats().partitions.len() == 10);
    until("the first message", || {
        send_raw(&broker, "job-lifecycle", 3, b"garbage");
        std::thread::sleep(Duration::from_millis(100));
        consumer.stats().undecodable > 0
    });
    let undecodable = |consumer: &Consumer<_>| match consumer.recv_blocking() {
        Err(ConsumeError::Undecodable(found)) => found.offset,
        other => panic!("{other:?}"),
    };
    let first = undecodable(&consumer);
    drop(consumer);
    assert_eq!(undecodable(&start()), first);
}

#[test]
fn a_failing_handler_stops_its_partition_alone() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    // `a` and `b` are in different partitions; the order among partitions is open, so each has its own events.
    publish(&kafka, |number| if number < 5 { "a".to_owned() } else { "b".to_owned() }, 0..10);
    let consumer = kafka.consumer_of::<JobLifecycle>("failing").start_blocking().unwrap();
    let handled = Arc::new(Mutex::new(Vec::new()));
    let (stopper, seen) = (consumer.stopper(), handled.clone());
    let stats = consumer
        .run_blocking(move |event, _| {
            let number = number(&event);
            if number == 2 {
                return Err("no");
            }
            let mut seen = seen.lock().unwrap();
            seen.push(number);
            if seen.len() == 7 {
                stopper.stop();
            }
            Ok(())
        })
        .unwrap();
    let mut handled = handled.lock().unwrap().clone();
    handled.sort_unstable();
    assert_eq!(handled, [0, 1, 5, 6, 7, 8, 9]);
    assert_eq!(stats.failed, 1);
    // The one that failed, and those after it, come again.
    let again = kafka.consumer_of::<JobLifecycle>("failing").start_blocking().unwrap();
    let numbers: Vec<_> = receive(&again, 3).iter().map(|received| number(received.event())).collect();
    assert_eq!(numbers, [2, 3, 4]);
}

#[tokio::test]
async fn errors_and_panics_of_a_handler_can_be_passed_over() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "a".to_owned(), 0..5);
    let consumer = kafka
        .consumer_of::<JobLifecycle>("skipping")
        .on_failed(Failed::Skip)
        .start()
        .await
        .unwrap();
    let stopper = consumer.stopper();
    let handled = Arc::new(Mutex::new(Vec::new()));
    let seen = handled.clone();
    let running = consumer.run(move |event, context| {
        let (stopper, seen) = (stopper.clone(), seen.clone());
        async move {
            tokio::task::yield_now().await;
            match number(&event) {
                1 => return Err("no".to_owned()),
                2 => panic!("on purpose"),
                number => seen.lock().unwrap().push((number, context.offset)),
            }
            if context.offset == 4 {
                stopper.stop();
            }
            Ok(())
        }
    });
    let stats = tokio::time::timeout(PATIENCE, running).await.unwrap().unwrap();
    assert_eq!(*handled.lock().unwrap(), [(0, 0), (3, 3), (4, 4)]);
    assert_eq!((stats.failed, stats.received), (2, 5));
    assert!(stats.is_settled(), "{stats:?}");
}

#[test]
fn what_cannot_be_read_stops_its_partition_and_is_told_once() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let partition = kafka
        .publisher_blocking::<JobLifecycle>()
        .unwrap()
        .publish_blocking(&job("a", 0))
        .unwrap()
        .partition;
    send_raw(&broker, "job-lifecycle", partition, b"garbage");
    publish(&kafka, |number| if number == 1 { "a".to_owned() } else { "b".to_owned() }, 1..3);
    let consumer = kafka.consumer_of::<JobLifecycle>("strict").start_blocking().unwrap();
    let mut numbers = Vec::new();
    let mut bad = Vec::new();
    while numbers.len() < 2 || bad.is_empty() {
        match consumer.recv_blocking() {
            Ok(received) => {
                numbers.push(number(received.event()));
                received.ack();
            }
            Err(ConsumeError::Undecodable(found)) => bad.push(found),
            Err(error) => panic!("{error}"),
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 2]);
    assert_eq!(bad.len(), 1);
    let found = &bad[0];
    assert_eq!((found.topic, found.partition, found.offset), ("job-lifecycle", partition, 1));
    assert_eq!(found.value.as_deref(), Some(&b"garbage"[..]));
    assert_eq!(found.error.class(), DecodeClass::Malformed);
    assert!(!format!("{found:?}").contains("garbage"));
    let stats = consumer.stats();
    let resting: Vec<_> = stats.resting().map(|resting| (resting.partition, resting.state)).collect();
    assert_eq!(resting, [(partition, PartitionState::Stopped)]);
    drop(consumer);
    // Nothing was lost: another policy reads on behind it.
    let lenient = kafka
        .consumer_of::<JobLifecycle>("strict")
        .on_undecoded(Undecoded::Skip)
        .start_blocking()
        .unwrap();
    let received = receive(&lenient, 1).remove(0);
    assert_eq!((number(received.event()), received.context().offset), (1, 2));
    received.ack();
    let stats = lenient.close_blocking(PATIENCE);
    assert_eq!(stats.undecodable, 1);
    assert!(stats.is_settled(), "{stats:?}");
}

#[test]
fn an_unknown_writer_is_waited_for_whatever_the_policy() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    send_raw(&broker, "job-lifecycle", 3, &[0xC3, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0]);
    let consumer = kafka
        .consumer_of::<JobLifecycle>("waiting")
        .on_undecoded(Undecoded::Skip)
        .start_blocking()
        .unwrap();
    match consumer.recv_blocking() {
        Err(ConsumeError::Undecodable(found)) => {
            assert_eq!(found.error.class(), DecodeClass::WriterUnknown);
            assert!(
                found.to_string().contains("0102030405060708") || found.to_string().contains("0807060504030201"),
                "{found}"
            );
        }
        other => panic!("{other:?}"),
    }
    let stats = consumer.stats();
    let resting: Vec<_> = stats.resting().map(|resting| (resting.partition, resting.state)).collect();
    assert_eq!(resting, [(3, PartitionState::Waiting)]);
}

#[test]
fn another_record_of_the_contract_is_an_incompatible_writer() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let mut value = Vec::new();
    kafka_event::encode_value::<Notifications>(&notification(1), &mut value).unwrap();
    send_raw(&broker, "job-lifecycle", 0, &value);
    let consumer = kafka.consumer_of::<JobLifecycle>("other").start_blocking().unwrap();
    match consumer.recv_blocking() {
        Err(ConsumeError::Undecodable(found)) => {
            assert_eq!(found.error.class(), DecodeClass::WriterIncompatible);
            assert!(found.to_string().contains("NotificationEvent"), "{found}");
        }
        other => panic!("{other:?}"),
    }
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

/// Receives and acknowledges one after the other.
fn receive_each(consumer: &Consumer<kafka_event::Only<JobLifecycle>>, count: usize) -> Vec<u64> {
    (0..count)
        .map(|at| {
            let received = within(|| consumer.recv_blocking(), at);
            let number = number(received.event());
            received.ack();
            number
        })
        .collect()
}

#[test]
fn a_rebalance_waits_for_what_is_in_the_applications_hands() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..200);
    let member = || quick_to_balance(kafka.consumer_of::<JobLifecycle>("moving"));
    let first = member().drain_deadline(PATIENCE).start_blocking().unwrap();
    // All but one of each partition are acknowledged at once; those are held while another member joins.
    let mut held = BTreeMap::new();
    for received in receive(&first, 200) {
        if let Some(before) = held.insert(received.context().partition, received) {
            before.ack();
        }
    }
    assert_eq!(held.len(), 10);
    let second = member().start_blocking().unwrap();
    let moving = || {
        let partitions = first.stats().partitions.into_iter();
        partitions
            .filter(|partition| partition.state == PartitionState::Revoked)
            .map(|partition| partition.partition)
            .collect::<Vec<_>>()
    };
    until("the handover", || !moving().is_empty());
    let moving = moving();
    assert_eq!(moving.len(), 5);
    // As long as the last of them is held, they are all the first member's, and nobody else's.
    let last = held.remove(&moving[4]).unwrap();
    held.into_values().for_each(Received::ack);
    until("the acknowledgements", || {
        let in_hands: usize = first.stats().partitions.iter().map(|partition| partition.in_hands).sum();
        in_hands == 1
    });
    assert_eq!(first.stats().partitions.len(), 10);
    assert_eq!(second.stats().partitions, []);
    last.ack();
    until("the new balance", || {
        let (mine, other) = (first.stats().partitions.len(), second.stats().partitions.len());
        mine == 5 && other == 5
    });
    let gained: Vec<_> = second.stats().partitions.iter().map(|partition| partition.partition).collect();
    assert_eq!(BTreeSet::from_iter(gained), BTreeSet::from_iter(moving));
    publish(&kafka, |number| format!("job-{number}"), 200..400);
    let mut numbers = BTreeSet::new();
    let (found, arrivals) = mpsc::channel();
    let readers: Vec<_> = [first, second]
        .into_iter()
        .map(|consumer| reading(consumer, found.clone()))
        .collect();
    for _ in 0..200 {
        let number = arrivals.recv_timeout(PATIENCE).unwrap();
        assert!(numbers.insert(number), "{number} came twice");
    }
    assert_eq!(
        numbers,
        (200..400).collect(),
        "what was acknowledged before the rebalance came again, or something is missing"
    );
    for (reading, stopper) in readers {
        stopper.stop();
        assert!(reading.join().unwrap().unwrap().is_settled());
    }
    assert!(arrivals.try_recv().is_err());
}

#[test]
fn a_partition_that_rested_is_read_again_when_it_comes_back() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..200);
    let member = || quick_to_balance(kafka.consumer_of::<JobLifecycle>("resting"));
    let first = member().start_blocking().unwrap();
    // Dropped without an acknowledgement, each partition's first event brings it to rest.
    drop(receive(&first, 200));
    assert_eq!(first.stats().resting().count(), 10);
    // No more is asked for once something comes behind that.
    publish(&kafka, |number| format!("job-{number}"), 200..400);
    let second = member().start_blocking().unwrap();
    until("the new balance", || second.stats().partitions.len() == 5);
    drop(second.close_blocking(PATIENCE));
    // What went to the second and came back is read from where it rested; what never left rests on.
    until("the return", || first.stats().partitions.len() == 10);
    let again = receive(&first, 1).remove(0);
    let partition = again.context().partition;
    let stats = first.stats();
    let back = stats.partitions.iter().find(|found| found.partition == partition).unwrap();
    assert_eq!(back.state, PartitionState::Reading);
    assert_eq!(again.context().offset, 0);
}

/// Jobs, of which a certain one makes the decoder panic.
struct Explosive;

impl Subscription for Explosive {
    type Event = JobLifecycleEvent;
    const TOPICS: &'static [&'static TopicSpec] = &[JobLifecycle::SPEC];

    fn decode(_: usize, message: EncodedEvent<'_>) -> Result<Self::Event, DecodeError> {
        let event = kafka_event::decode_value::<JobLifecycle>(message)?;
        assert!(number(&event) != 3, "on purpose");
        Ok(event)
    }
}

impl Group for Explosive {
    const ID: &'static str = "explosive";
}

#[test]
fn a_decoder_that_panics_ends_the_consumer() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..5);
    let consumer = kafka.consumer::<Explosive>().start_blocking().unwrap();
    let error = ends("the panic", || {
        loop {
            match consumer.recv_blocking() {
                Ok(received) => received.ack(),
                Err(error) => return error,
            }
        }
    });
    assert!(matches!(error, ConsumeError::Fatal(_)), "{error}");
    let stats = ends("the close", || consumer.close_blocking(PATIENCE));
    assert!(stats.partitions.iter().all(|partition| partition.state == PartitionState::Over));
    // It has left the group, and nothing is lost.
    let again = kafka.consumer_of::<JobLifecycle>(Explosive::ID).start_blocking().unwrap();
    until("the partitions", || again.stats().partitions.len() == 10);
    assert!(receive(&again, 1).remove(0).context().offset <= 3);
}

#[test]
fn a_consumer_that_has_lost_its_group_can_be_closed() {
    let broker = broker(&[Messages, Groups, BrokerDown]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..20);
    let builder = quick_to_balance(kafka.consumer_of::<JobLifecycle>("lost"));
    let consumer = builder.commit_interval(Duration::from_millis(10)).start_blocking().unwrap();
    let received = receive(&consumer, 20);
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    // So late that their offsets are still on their way when the session is over.
    std::thread::sleep(Duration::from_millis(1500));
    received.into_iter().for_each(Received::ack);
    until("the loss", || {
        let partitions = consumer.stats().partitions;
        partitions.iter().all(|partition| partition.state == PartitionState::Over)
    });
    let stats = ends("the close", || consumer.close_blocking(Duration::ZERO));
    assert!(stats.partitions.iter().all(|partition| partition.state == PartitionState::Over));
}

#[test]
fn a_member_that_is_thrown_out_while_it_hands_over_reads_on() {
    // The embedded broker cannot be told to refuse commits.
    let brokers = MockCluster::new(3).unwrap();
    brokers.create_topic("job-lifecycle", 10, 3).unwrap();
    let kafka = Kafka::connect_blocking(Config::new(brokers.bootstrap_servers())).unwrap();
    publish(&kafka, |number| format!("job-{number}"), 0..200);
    let member = || {
        let builder = quick_to_balance(kafka.consumer_of::<JobLifecycle>("thrown-out"));
        // The only commit is that of the handover.
        builder.commit_interval(Duration::MAX).drain_deadline(PATIENCE)
    };
    let first = member().start_blocking().unwrap();
    let held = receive(&first, 200);
    let second = member().start_blocking().unwrap();
    until("the handover", || {
        let partitions = first.stats().partitions;
        partitions.iter().any(|partition| partition.state == PartitionState::Revoked)
    });
    brokers.request_errors(RDKafkaApiKey::OffsetCommit, &[RDKafkaRespErr::RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID]);
    held.into_iter().for_each(Received::ack);
    publish(&kafka, |number| format!("job-{number}"), 200..400);
    let (found, arrivals) = mpsc::channel();
    let readers: Vec<_> = [first, second]
        .into_iter()
        .map(|consumer| reading(consumer, found.clone()))
        .collect();
    let mut missing: BTreeSet<u64> = (200..400).collect();
    while !missing.is_empty() {
        let number = arrivals.recv_timeout(PATIENCE);
        missing.remove(&number.unwrap_or_else(|_| panic!("never read: {missing:?}")));
    }
    for (reading, stopper) in readers {
        stopper.stop();
        assert!(reading.join().unwrap().unwrap().is_settled());
    }
}

/// Reads on another thread, and tells the numbers.
fn reading<S: Subscription<Event = JobLifecycleEvent>>(
    consumer: Consumer<S>,
    found: mpsc::Sender<u64>,
) -> (JoinHandle<Result<ConsumerStats, ConsumeError>>, Stopper<S>) {
    let stopper = consumer.stopper();
    let reading = std::thread::spawn(move || {
        consumer.run_blocking(|event, _| {
            _ = found.send(number(&event));
            Ok::<_, String>(())
        })
    });
    (reading, stopper)
}

#[test]
fn a_message_in_the_middle_is_waited_for_at_the_close() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..2);
    let consumer = kafka.consumer_of::<JobLifecycle>("closing").start_blocking().unwrap();
    let received = receive(&consumer, 1).remove(0);
    let handling = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        received.ack();
    });
    let stats = consumer.close_blocking(PATIENCE);
    handling.join().unwrap();
    let partition = stats.partitions.iter().find(|partition| partition.handled.is_some()).unwrap();
    assert_eq!((partition.handled, partition.committed), (Some(1), Some(1)));
    let again = kafka.consumer_of::<JobLifecycle>("closing").start_blocking().unwrap();
    assert_eq!(number(receive(&again, 1)[0].event()), 1);
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
        stats.partitions.iter().any(|partition| partition.lag.is_some()) && stats.lag() == 0
    });
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

/// What an event may cost is the consumer's to say: one beyond it is no event to it, and its partition rests.
#[tokio::test]
async fn an_event_beyond_the_limits_is_refused() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let notifications = kafka.publisher::<Notifications>().await.unwrap();
    let mut event = notification(1);
    event.labels = [("a".to_owned(), "b".to_owned())].into();
    notifications.publish(&event).await.unwrap();
    for (limits, group, is_taken) in [(Limits::DEFAULT, "ample", true), (Limits { depth: 0, memory: 0 }, "scant", false)] {
        let consumer = kafka.consumer_of::<Notifications>(group).limits(limits).start().await.unwrap();
        let received = tokio::time::timeout(PATIENCE, consumer.recv()).await.unwrap();
        assert_eq!(received.is_ok(), is_taken, "{group}");
    }
}
