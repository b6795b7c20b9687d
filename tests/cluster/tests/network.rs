//! Publishing over a network that is cut, or slow.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use kafka_event::kafka::Cause;
use kafka_event::{Config, Kafka, PublishError, Publisher};
use test_cluster::events::com::cosmic_horizons::events::JobLifecycleEvent;
use test_cluster::events::topics;
use test_cluster::{Cluster, Network, PATIENCE, job, read, unique};

/// A client that soon gives a message up, and soon tries a broker again.
fn impatient(cluster: &Cluster) -> Kafka {
    let config = Config::new(&cluster.brokers)
        .message_timeout(Duration::from_secs(3))
        .property("reconnect.backoff.ms", "50")
        .property("reconnect.backoff.max.ms", "500");
    Kafka::connect_blocking(config).expect("the cluster answers through the proxy")
}

type Jobs = Publisher<topics::JobLifecycle>;

/// Publishes until it is written: what the client still holds of the time before may make it fail at first.
/// How many of the failed attempts may have been written.
fn publish_again(jobs: &Jobs, mut event: JobLifecycleEvent) -> usize {
    let end = Instant::now() + PATIENCE;
    let mut possibly = 0;
    loop {
        let error = match jobs.publish_blocking(&event) {
            Ok(_) => return possibly,
            Err(error) => error,
        };
        assert!(Instant::now() < end, "after healing: {error}");
        possibly += usize::from(error.is_possibly_written());
        event = error.into_event().expect("the event is handed back");
    }
}

/// How often an event stands in the topic.
fn copies(direct: &Cluster, event: &JobLifecycleEvent, partition: i32, from: i64) -> usize {
    let key = Some(event.job_id.as_bytes());
    let stored = read(direct, "job-lifecycle", partition, from);
    stored.iter().filter(|record| record.key.as_deref() == key).count()
}

#[test]
fn an_event_published_over_a_cut_network_is_handed_back_and_passes_after_healing() {
    let Some((network, proxied)) = Network::from_env() else { return };
    let Some(direct) = Cluster::from_env() else { return };
    drop(direct.connect_with_topics());
    for cut in ["cut all", "cut all blackhole"] {
        let kafka = impatient(&proxied);
        let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
        let event = job(&unique("cut"), 7);
        let before = jobs.publish_blocking(&event).unwrap();
        network.tell(cut);
        let error = jobs.publish_blocking(&event).unwrap_err();
        let mut possibly = usize::from(error.is_possibly_written());
        let handed_back = match error {
            PublishError::NotWritten { cause, event, .. } | PublishError::PossiblyWritten { cause, event, .. } => {
                assert_eq!(cause, Cause::TimedOut, "{cut}");
                event
            }
            error => panic!("{cut}: {error}"),
        };
        assert_eq!(*handed_back, event, "{cut}");
        network.tell("heal all");
        possibly += publish_again(&jobs, *handed_back);
        let copies = copies(&direct, &event, before.partition, before.offset.unwrap());
        // Once before the cut, once after it; what was not written is not there.
        assert!(
            (2..=2 + possibly).contains(&copies),
            "{cut}: {copies} copies, of which {possibly} may be of attempts that failed"
        );
        assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
    }
}

#[test]
fn an_event_whose_acknowledgement_comes_too_late_is_possibly_written() {
    let Some((network, proxied)) = Network::from_env() else { return };
    let Some(direct) = Cluster::from_env() else { return };
    drop(direct.connect_with_topics());
    let kafka = impatient(&proxied);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let event = job(&unique("late"), 7);
    let before = jobs.publish_blocking(&event).unwrap();
    network.tell("delay all 0 30000");
    let error = jobs.publish_blocking(&event).unwrap_err();
    assert!(error.is_possibly_written(), "{error}");
    assert_eq!(error.into_event(), Some(event.clone()));
    network.tell("heal all");
    assert_eq!(kafka.stats_blocking().unwrap().possibly_written, 1);
    // It is there: the delay was on the way back alone.
    assert_eq!(copies(&direct, &event, before.partition, before.offset.unwrap()), 2);
}

#[test]
fn an_event_whose_acknowledgement_is_lost_is_written_once_by_the_next_attempt() {
    let Some((network, proxied)) = Network::from_env() else { return };
    let Some(direct) = Cluster::from_env() else { return };
    drop(direct.connect_with_topics());
    let config = Config::new(&proxied.brokers)
        .message_timeout(PATIENCE)
        .property("reconnect.backoff.ms", "50")
        .property("reconnect.backoff.max.ms", "500");
    let kafka = Kafka::connect_blocking(config).expect("the cluster answers through the proxy");
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let event = job(&unique("lost"), 7);
    let before = jobs.publish_blocking(&event).unwrap();
    let from = before.offset.unwrap();
    // The answer takes longer than anyone waits here.
    network.tell("delay all 0 600000");
    let (ended, end) = mpsc::channel();
    jobs.enqueue(&event, move |outcome| ended.send(outcome).unwrap()).unwrap();
    let patience = Instant::now() + PATIENCE / 2;
    while copies(&direct, &event, before.partition, from) < 2 {
        assert!(Instant::now() < patience, "it has reached the broker");
    }
    assert!(end.try_recv().is_err(), "and nobody has been told");
    // The answer is lost with its connection.
    network.tell("cut all");
    network.tell("heal all");
    let written = end.recv_timeout(PATIENCE).unwrap().expect("the next attempt is answered");
    assert_eq!(written.partition, before.partition);
    // The broker knows the attempt before by its number, and writes nothing again; where the event stands it may not say.
    assert_eq!(copies(&direct, &event, before.partition, from), 2);
    let stats = kafka.stats_blocking().unwrap();
    assert_eq!((stats.written, stats.not_written, stats.possibly_written), (2, 0, 0));
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
}

#[test]
fn one_broker_cut_off_leaves_the_others_partitions_written() {
    let Some((network, proxied)) = Network::from_env() else { return };
    let Some(direct) = Cluster::from_env() else { return };
    drop(direct.connect_with_topics());
    let kafka = impatient(&proxied);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let metadata = test_cluster::topics_on(&direct);
    let found = metadata.topics().iter().find(|found| found.name() == "job-lifecycle").unwrap();
    network.tell("cut 2");
    let mut ends = std::collections::BTreeMap::new();
    // Keys until both a partition that broker 2 leads and another were met.
    for number in 0..200 {
        let key = unique("one-cut");
        let (partition, end) = match jobs.publish_blocking(&job(&key, number)) {
            Ok(written) => (Some(written.partition), true),
            Err(_) => (None, false),
        };
        if let Some(partition) = partition {
            let leader = found.partitions().iter().find(|found| found.id() == partition).unwrap().leader();
            assert_ne!(leader, 2, "written past the cut");
        }
        ends.insert(end, key);
        if ends.len() == 2 {
            break;
        }
    }
    assert_eq!(ends.len(), 2, "{ends:?}");
}
