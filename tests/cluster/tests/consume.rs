//! Consuming from a real cluster: members that come and go, what the group keeps, and a network that is cut.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use kafka_event::kafka::{ConsumeError, ConsumerStats, Stopper};
use kafka_event::{Config, Consumer, Kafka, Only};
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::topic_partition_list::TopicPartitionList;
use test_cluster::events::topics::JobLifecycle;
use test_cluster::{Cluster, Network, PATIENCE, job, number_of, unique};

/// How often each number was handled.
type Handled = Arc<Mutex<BTreeMap<u64, u32>>>;

/// A member that handles, until it is stopped, the events whose key begins with a word.
struct Member {
    stopper: Stopper<Only<JobLifecycle>>,
    running: JoinHandle<Result<ConsumerStats, ConsumeError>>,
}

impl Member {
    fn start(consumer: Consumer<Only<JobLifecycle>>, word: &str, handled: &Handled) -> Self {
        let (word, handled) = (word.to_owned(), handled.clone());
        let stopper = consumer.stopper();
        let running = thread::spawn(move || {
            consumer.run_blocking(|event, _| {
                if event.job_id.starts_with(&word) {
                    // Slow enough for a rebalance to come in the middle.
                    thread::sleep(Duration::from_millis(1));
                    *handled.lock().unwrap().entry(number_of(event.event_id)).or_default() += 1;
                }
                Ok::<_, String>(())
            })
        });
        Self { stopper, running }
    }

    fn stop(self) -> ConsumerStats {
        self.stopper.stop();
        self.running.join().unwrap().unwrap()
    }
}

fn publish(kafka: &Kafka, word: &str, numbers: std::ops::Range<u64>) {
    let jobs = kafka.publisher_blocking::<JobLifecycle>().unwrap();
    // Looked at here: a callback's panic would go no further than the thread that calls it.
    let (ended, outcomes) = mpsc::channel();
    let count = usize::try_from(numbers.end - numbers.start).unwrap();
    for number in numbers {
        let event = job(&format!("{word}-{}", number % 50), number);
        let ended = ended.clone();
        jobs.enqueue(&event, move |end| _ = ended.send(end.map(drop))).unwrap();
    }
    assert!(kafka.flush_blocking(PATIENCE));
    drop(ended);
    assert_eq!(outcomes.iter().map(Result::unwrap).count(), count);
}

/// Waits until as many different events have been handled.
fn until(handled: &Handled, count: usize) {
    let end = Instant::now() + PATIENCE;
    while handled.lock().unwrap().len() < count {
        assert!(
            Instant::now() < end,
            "{} of {count} events were handled",
            handled.lock().unwrap().len()
        );
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn members_that_come_and_go_lose_nothing_and_repeat_nothing() {
    const EVENTS: u64 = 6000;
    let Some(cluster) = Cluster::from_env() else { return };
    let kafka = cluster.connect_with_topics();
    let (word, group) = (unique("sharing"), unique("group"));
    publish(&kafka, &word, 0..EVENTS);
    let handled = Handled::default();
    let join = || Member::start(kafka.consumer_of::<JobLifecycle>(&group).start_blocking().unwrap(), &word, &handled);
    let first = join();
    until(&handled, 500);
    let second = join();
    until(&handled, 2000);
    let third = join();
    until(&handled, 3000);
    // The group goes on without its first member.
    assert!(first.stop().is_settled());
    until(&handled, EVENTS as usize);
    let stats = [second.stop(), third.stop()];
    assert!(stats.iter().all(ConsumerStats::is_settled), "{stats:?}");
    assert!(stats.iter().all(|stats| stats.received > 0), "a member has read nothing");
    let handled = handled.lock().unwrap();
    assert_eq!(handled.keys().copied().collect::<Vec<_>>(), (0..EVENTS).collect::<Vec<_>>());
    let twice: Vec<_> = handled.iter().filter(|(_, times)| **times > 1).collect();
    assert!(
        twice.is_empty(),
        "handled more than once, though every member left in order: {twice:?}"
    );
}

#[test]
fn the_group_keeps_what_was_handled() {
    let Some(cluster) = Cluster::from_env() else { return };
    let kafka = cluster.connect_with_topics();
    let (word, group) = (unique("keeping"), unique("group"));
    publish(&kafka, &word, 0..200);
    let handled = Handled::default();
    let member = Member::start(kafka.consumer_of::<JobLifecycle>(&group).start_blocking().unwrap(), &word, &handled);
    until(&handled, 200);
    let stats = member.stop();
    assert!(stats.is_settled());
    let asked: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", &cluster.brokers)
        .set("group.id", &group)
        .create()
        .unwrap();
    let mut list = TopicPartitionList::new();
    list.add_partition_range("job-lifecycle", 0, 9);
    let kept = asked.committed_offsets(list, PATIENCE).unwrap();
    let mut compared = 0;
    for partition in stats.partitions.iter().filter(|partition| partition.handled.is_some()) {
        let kept = kept.find_partition("job-lifecycle", partition.partition).unwrap().offset().to_raw();
        assert_eq!(kept, partition.handled, "partition {}", partition.partition);
        compared += 1;
    }
    assert!(compared > 0);
    // Another member begins behind it.
    publish(&kafka, &word, 200..210);
    let member = Member::start(kafka.consumer_of::<JobLifecycle>(&group).start_blocking().unwrap(), &word, &handled);
    until(&handled, 210);
    member.stop();
    assert!(handled.lock().unwrap().values().all(|times| *times == 1));
}

#[test]
fn reading_goes_on_after_the_network_was_cut() {
    let Some((network, proxied)) = Network::from_env() else { return };
    let Some(direct) = Cluster::from_env() else { return };
    let kafka = direct.connect_with_topics();
    let (word, group) = (unique("cut"), unique("group"));
    publish(&kafka, &word, 0..300);
    let reading = Kafka::connect_blocking(Config::new(&proxied.brokers)).unwrap();
    let handled = Handled::default();
    let consumer = reading.consumer_of::<JobLifecycle>(&group).start_blocking().unwrap();
    let member = Member::start(consumer, &word, &handled);
    until(&handled, 100);
    network.tell("cut all");
    publish(&kafka, &word, 300..600);
    thread::sleep(Duration::from_secs(2));
    network.tell("heal all");
    until(&handled, 600);
    assert!(member.stop().is_settled());
    // The member was not away for a session's time: it kept its partitions.
    assert!(handled.lock().unwrap().values().all(|times| *times == 1));
}
