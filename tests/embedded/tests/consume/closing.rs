//! How a consumer ends, and what it leaves.

use crate::*;

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

/// What waits for the end of the session waits for longer than the test; the only commit is the last one.
fn with_a_long_session<S: Subscription>(builder: ConsumerBuilder<S>) -> Consumer<S> {
    builder
        .commit_interval(Duration::MAX)
        .drain_deadline(Duration::from_secs(1))
        .property("session.timeout.ms", "300000")
        .property("max.poll.interval.ms", "600000")
        .start_blocking()
        .unwrap()
}

/// A consumer with a commit that no broker answers is closed all the same, long before its session's time is over.
fn closes_without_an_answer(group: &str, cut: impl Fn(&EmbeddedBroker), mend: impl Fn(&EmbeddedBroker)) {
    let broker = broker(&[Messages, Groups, BrokerDown]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..20);
    let consumer = with_a_long_session(kafka.consumer_of::<JobLifecycle>(group));
    let received = receive(&consumer, 20);
    cut(&broker);
    received.into_iter().for_each(Received::ack);
    let stats = ends("the close", || consumer.close_blocking(Duration::from_secs(1)));
    assert!(!stats.is_settled());
    mend(&broker);
}

#[test]
fn a_close_does_not_wait_for_brokers_that_are_down() {
    let each = |does: fn(&EmbeddedBroker, u16)| move |broker: &EmbeddedBroker| (1..=3).for_each(|number| does(broker, number));
    let down = each(|broker, number| broker.broker_down(number).unwrap());
    closes_without_an_answer("without-brokers", down, each(|broker, number| broker.broker_up(number).unwrap()));
}

#[test]
fn a_close_does_not_wait_for_a_network_that_is_slow() {
    let delayed = |delay| move |broker: &EmbeddedBroker| (1..=3).for_each(|number| broker.broker_delay(number, delay).unwrap());
    closes_without_an_answer("without-answers", delayed(Duration::from_secs(300)), delayed(Duration::ZERO));
}

#[test]
fn a_run_that_is_stopped_does_not_wait_for_brokers_that_are_down() {
    let broker = broker(&[Messages, Groups, BrokerDown]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..20);
    let consumer = with_a_long_session(kafka.consumer_of::<JobLifecycle>("running-without-brokers"));
    let (found, arrivals) = mpsc::channel();
    let (reading, stopper) = reading(consumer, found);
    for _ in 0..20 {
        arrivals.recv_timeout(PATIENCE).unwrap();
    }
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    stopper.stop();
    let stats = ends("the run", || reading.join().unwrap().unwrap());
    assert!(!stats.is_settled());
    for number in 1..=3 {
        broker.broker_up(number).unwrap();
    }
}

#[test]
fn an_earlier_deadline_counts_while_a_consumer_is_stopping() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "job-1".to_owned(), 0..1);
    let builder = kafka.consumer_of::<JobLifecycle>("hurried");
    let consumer = builder.drain_deadline(Duration::MAX).start_blocking().unwrap();
    let held = receive(&consumer, 1);
    consumer.stopper().stop();
    // It has begun to wait for what is held.
    assert!(matches!(ends("the stop", || consumer.recv_blocking()), Err(ConsumeError::Closed)));
    std::thread::sleep(Duration::from_millis(50));
    let stats = ends("the close", || consumer.close_blocking(Duration::ZERO));
    assert!(!stats.is_settled());
    drop(held);
}
