//! Consuming on the embedded broker; what the themes share is here.

mod closing;
mod moving;
mod reading;
mod resting;

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
