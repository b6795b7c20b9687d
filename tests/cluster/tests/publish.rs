//! Publishing to a real cluster: once, and in order.

use std::sync::mpsc;

use kafka_event::{EncodedEvent, decode_value};
use test_cluster::events::topics;
use test_cluster::{Cluster, PATIENCE, job, number_of, read, unique};

#[test]
fn a_thousand_events_of_one_key_arrive_once_and_in_order() {
    const EVENTS: u64 = 1000;
    let Some(cluster) = Cluster::from_env() else { return };
    let kafka = cluster.connect_with_topics();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let key = unique("job");
    let (ended, ends) = mpsc::channel();
    for number in 0..EVENTS {
        let ended = ended.clone();
        jobs.enqueue(&job(&key, number), move |end| ended.send(end).unwrap()).unwrap();
    }
    assert!(kafka.flush_blocking(PATIENCE));
    let written: Vec<_> = (0..EVENTS).map(|_| ends.recv_timeout(PATIENCE).unwrap().unwrap()).collect();
    let partition = written[0].partition;
    assert!(written.iter().all(|written| written.partition == partition));
    let first = written.iter().filter_map(|written| written.offset).min().unwrap();
    let numbers: Vec<_> = read(&cluster, "job-lifecycle", partition, first)
        .into_iter()
        .filter(|record| record.key.as_deref() == Some(key.as_bytes()))
        .map(|record| {
            let encoded = EncodedEvent::new(record.value.as_slice());
            number_of(decode_value::<topics::JobLifecycle>(encoded).unwrap().event_id)
        })
        .collect();
    assert_eq!(numbers, (0..EVENTS).collect::<Vec<_>>());
    let stats = kafka.stats_blocking().unwrap();
    assert_eq!(
        (stats.written, stats.not_written, stats.possibly_written, stats.in_flight),
        (EVENTS, 0, 0, 0)
    );
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
}
