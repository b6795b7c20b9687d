//! How batches are stored, by the word of Kafka's own tool.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Duration;

use kafka_event::{Config, Kafka, PublishedTopic};
use test_cluster::events::{CATALOG, topics};
use test_cluster::{Java, LocalCluster, PATIENCE, audit, health, job, metrics, notification, topics_on, unique};

/// Where a topic's events were written: partition to offsets.
type Places = BTreeMap<i32, Vec<i64>>;

/// Publishes events of one key in batches that are large enough to shrink.
fn publish<T: PublishedTopic>(kafka: &Kafka, event: impl Fn(u64) -> T::Event) -> (&'static str, Places) {
    const EVENTS: u64 = 300;
    let publisher = kafka.publisher_blocking::<T>().unwrap();
    let (ended, ends) = mpsc::channel();
    for number in 0..EVENTS {
        let ended = ended.clone();
        publisher.enqueue(&event(number), move |end| ended.send(end).unwrap()).unwrap();
    }
    assert!(kafka.flush_blocking(PATIENCE));
    let mut places = Places::new();
    for _ in 0..EVENTS {
        let written = ends.recv_timeout(PATIENCE).unwrap().unwrap();
        places.entry(written.partition).or_default().push(written.offset.unwrap());
    }
    (T::SPEC.name, places)
}

#[test]
fn stored_batches_carry_the_codec_of_the_manifest() {
    let (Some(local), Some(java)) = (LocalCluster::from_env(), Java::from_env()) else {
        return;
    };
    // A batch waits until the flush, so that it holds many events.
    let config = Config::new(&local.cluster.brokers).linger(Duration::from_secs(1));
    let kafka = Kafka::connect_blocking(config).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let key = unique("codec");
    let published = [
        publish::<topics::JobLifecycle>(&kafka, |number| job(&key, number)),
        publish::<topics::JobMetrics>(&kafka, |number| metrics(&key, number)),
        publish::<topics::Notifications>(&kafka, |number| notification(&key, number)),
        publish::<topics::AuditTrail>(&kafka, |number| audit(&key, number)),
        publish::<topics::SystemHealth>(&kafka, |number| health(&key, number)),
    ];
    let metadata = topics_on(&local.cluster);
    let mut codecs = BTreeMap::new();
    for (topic, places) in &published {
        let found = metadata.topics().iter().find(|found| found.name() == *topic).unwrap();
        for (partition, offsets) in places {
            let leader = found.partitions().iter().find(|found| found.id() == *partition).unwrap().leader();
            let batches = java.stored_batches(&local, leader, topic, *partition);
            let mut ours = Vec::new();
            for offset in offsets {
                let batch = batches.iter().find(|batch| (batch.first..=batch.last).contains(offset));
                let batch = batch.unwrap_or_else(|| panic!("{topic} {partition} has no batch of offset {offset}"));
                if !ours.contains(&batch) {
                    ours.push(batch);
                }
            }
            for batch in ours {
                codecs.entry(*topic).or_insert_with(Vec::new).push(batch.codec.clone());
            }
        }
    }
    assert_eq!(codecs.len(), 5);
    for topic in CATALOG.topics {
        let stored = &codecs[topic.name];
        assert!(
            stored.iter().all(|codec| codec == topic.compression.as_str()),
            "{}: {stored:?}",
            topic.name
        );
    }
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
}
