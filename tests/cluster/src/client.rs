//! A client that knows nothing of ours: what stands in the cluster by another's word.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::message::Message as _;
use rdkafka::metadata::Metadata;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use crate::{Cluster, PATIENCE};

/// A stored message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its partition.
    pub partition: i32,
    /// Its offset there.
    pub offset: i64,
    /// Its key.
    pub key: Option<Vec<u8>>,
    /// Its value.
    pub value: Vec<u8>,
}

fn config(cluster: &Cluster) -> ClientConfig {
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", &cluster.brokers)
        .set("allow.auto.create.topics", "false");
    config
}

fn admin(cluster: &Cluster) -> AdminClient<DefaultClientContext> {
    config(cluster).create().expect("an administrator")
}

fn options() -> AdminOptions {
    AdminOptions::new()
        .request_timeout(Some(PATIENCE))
        .operation_timeout(Some(PATIENCE))
}

fn consumer(cluster: &Cluster) -> BaseConsumer {
    config(cluster)
        .set("group.id", "reader-without-a-group")
        .set("enable.auto.commit", "false")
        .create()
        .expect("a consumer")
}

/// The cluster's topics and who leads them.
///
/// # Panics
/// The cluster does not answer.
#[must_use]
pub fn topics_on(cluster: &Cluster) -> Metadata {
    consumer(cluster)
        .client()
        .fetch_metadata(None, PATIENCE)
        .expect("the cluster's topics")
}

/// All messages of one partition, from an offset to what is its end when this is called.
///
/// # Panics
/// They do not come.
#[must_use]
pub fn read(cluster: &Cluster, topic: &str, partition: i32, from: i64) -> Vec<Record> {
    let consumer = consumer(cluster);
    let (_, end) = consumer.fetch_watermarks(topic, partition, PATIENCE).expect("the partition's end");
    let mut list = TopicPartitionList::new();
    list.add_partition_offset(topic, partition, Offset::Offset(from))
        .expect("an offset");
    consumer.assign(&list).expect("assigned");
    let patience = Instant::now() + PATIENCE;
    let mut records = Vec::new();
    let mut next = from;
    while next < end {
        assert!(
            Instant::now() < patience,
            "{topic} {partition} ends at {end}, and was read to {next}"
        );
        let Some(message) = consumer.poll(Duration::from_millis(100)) else {
            continue;
        };
        let message = message.expect("a message");
        next = message.offset() + 1;
        records.push(Record {
            partition: message.partition(),
            offset: message.offset(),
            key: message.key().map(<[u8]>::to_vec),
            value: message.payload().expect("a value").to_vec(),
        });
    }
    records
}

/// Makes a topic of three replicas, and waits until all brokers know its leaders.
///
/// # Panics
/// The cluster refuses.
pub async fn create(cluster: &Cluster, topic: &str, partitions: i32) {
    let new = NewTopic::new(topic, partitions, TopicReplication::Fixed(3));
    let results = admin(cluster).create_topics(&[new], &options()).await.expect("an answer");
    results[0].as_ref().expect("the topic is made");
    let patience = Instant::now() + PATIENCE;
    for one in each(cluster) {
        let led = || {
            let metadata = topics_on(&one);
            let found = metadata.topics().iter().find(|found| found.name() == topic);
            found.is_some_and(|found| {
                found.partitions().len() == partitions as usize && found.partitions().iter().all(|partition| partition.leader() >= 0)
            })
        };
        while !led() {
            assert!(Instant::now() < patience, "{} knows no leader of {topic}", one.brokers);
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// The brokers one by one: any of them may be asked next.
fn each(cluster: &Cluster) -> impl Iterator<Item = Cluster> {
    cluster.brokers.split(',').map(|broker| Cluster {
        brokers: broker.to_owned(),
    })
}

/// A topic's configuration by Kafka's names.
///
/// # Panics
/// The cluster does not tell it.
pub async fn describe(cluster: &Cluster, topic: &str) -> BTreeMap<String, String> {
    let described = admin(cluster)
        .describe_configs(&[ResourceSpecifier::Topic(topic)], &options())
        .await;
    let mut resources = described.expect("an answer");
    let resource = resources.remove(0).expect("the topic's configuration");
    let entries = resource.entries.into_iter();
    entries.filter_map(|entry| Some((entry.name, entry.value?))).collect()
}

/// Deletes topics, whether or not they are there, and waits until no broker knows them.
///
/// # Panics
/// The cluster refuses, or goes on knowing them.
pub async fn delete(cluster: &Cluster, topics: &[&str]) {
    let results = admin(cluster).delete_topics(topics, &options()).await.expect("an answer");
    for result in results {
        match result {
            Ok(_) | Err((_, RDKafkaErrorCode::UnknownTopicOrPartition | RDKafkaErrorCode::UnknownTopic)) => {}
            Err((topic, code)) => panic!("{topic} is not deleted: {code}"),
        }
    }
    let patience = Instant::now() + PATIENCE;
    for one in each(cluster) {
        while topics_on(&one).topics().iter().any(|topic| topics.contains(&topic.name())) {
            assert!(Instant::now() < patience, "{} still knows deleted topics", one.brokers);
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}
