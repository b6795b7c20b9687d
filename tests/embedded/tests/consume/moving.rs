//! Commits, and partitions that move.

use crate::*;

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

/// The partitions that a member is handing over.
fn moving<S: Subscription>(consumer: &Consumer<S>) -> Vec<i32> {
    let partitions = consumer.stats().partitions.into_iter();
    partitions
        .filter(|partition| partition.state == PartitionState::Revoked)
        .map(|partition| partition.partition)
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
    until("the handover", || moving(&first).len() == 5);
    let moving = moving(&first);
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
    publish(&kafka, |number| format!("job-{number}"), 200..400);
    let mut missing: BTreeSet<u64> = (200..400).collect();
    let (found, arrivals) = mpsc::channel();
    let readers: Vec<_> = [first, second]
        .into_iter()
        .map(|consumer| reading(consumer, found.clone()))
        .collect();
    // Some may come twice: the embedded broker takes no commit while it balances. That nothing does is asserted on a cluster.
    all_come(&mut missing, &arrivals);
    for (reading, stopper) in readers {
        stopper.stop();
        reading.join().unwrap().unwrap();
    }
}

/// Waits until each of the numbers has come at least once.
fn all_come(missing: &mut BTreeSet<u64>, arrivals: &mpsc::Receiver<u64>) {
    while !missing.is_empty() {
        let number = arrivals.recv_timeout(PATIENCE);
        missing.remove(&number.unwrap_or_else(|_| panic!("never read: {missing:?}")));
    }
}

/// Has the commit of a handover refused; told what was read of the partitions that move, `wanted` says what is to come after it.
fn refused_while_it_hands_over(group: &str, refusal: RDKafkaRespErr, wanted: fn(BTreeSet<u64>) -> BTreeSet<u64>) {
    // The embedded broker cannot be told to refuse commits.
    let brokers = MockCluster::new(3).unwrap();
    brokers.create_topic("job-lifecycle", 10, 3).unwrap();
    let kafka = Kafka::connect_blocking(Config::new(brokers.bootstrap_servers())).unwrap();
    publish(&kafka, |number| format!("job-{number}"), 0..200);
    let member = || {
        let builder = quick_to_balance(kafka.consumer_of::<JobLifecycle>(group));
        // The only commit is that of the handover.
        builder.commit_interval(Duration::MAX).drain_deadline(PATIENCE)
    };
    let first = member().start_blocking().unwrap();
    let held = receive(&first, 200);
    let second = member().start_blocking().unwrap();
    until("the handover", || moving(&first).len() == 5);
    let moves = moving(&first);
    let moving = held
        .iter()
        .filter(|received| moves.contains(&received.context().partition))
        .map(|received| number(received.event()))
        .collect();
    brokers.request_errors(RDKafkaApiKey::OffsetCommit, &[refusal]);
    held.into_iter().for_each(Received::ack);
    publish(&kafka, |number| format!("job-{number}"), 200..400);
    let (found, arrivals) = mpsc::channel();
    let readers: Vec<_> = [first, second]
        .into_iter()
        .map(|consumer| reading(consumer, found.clone()))
        .collect();
    all_come(&mut wanted(moving), &arrivals);
    for (reading, stopper) in readers {
        stopper.stop();
        reading.join().unwrap().unwrap();
    }
}

#[test]
fn a_member_that_is_thrown_out_while_it_hands_over_reads_on() {
    let refusal = RDKafkaRespErr::RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID;
    refused_while_it_hands_over("thrown-out", refusal, |_| (200..400).collect());
}

/// Another try would be refused too, since there is no other generation before the handover is over: the commit is given up.
#[test]
fn a_member_of_an_old_generation_hands_over_without_its_commit() {
    let refusal = RDKafkaRespErr::RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION;
    refused_while_it_hands_over("outdated", refusal, |moved| moved.into_iter().chain(200..400).collect());
}
