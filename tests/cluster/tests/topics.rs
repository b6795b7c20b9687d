//! The manifest's topics on a real cluster, read back by another client.

use std::collections::BTreeMap;

use kafka_event::kafka::TopicOutcome;
use kafka_event::{Retention, TopicSpec};
use test_cluster::events::CATALOG;
use test_cluster::{Cluster, LocalCluster, delete, describe, topics_on};

/// What the cluster has of a topic: partitions, the numbers of their replicas, configuration.
async fn state_of(cluster: &Cluster, topic: &TopicSpec) -> (usize, Vec<usize>, BTreeMap<String, String>) {
    let metadata = topics_on(cluster);
    let found = metadata
        .topics()
        .iter()
        .find(|found| found.name() == topic.name)
        .expect("the topic is there");
    let replicas = found.partitions().iter().map(|partition| partition.replicas().len()).collect();
    (found.partitions().len(), replicas, describe(cluster, topic.name).await)
}

#[tokio::test]
async fn the_manifest_s_topics_are_made_once_and_then_left_alone() {
    let Some(local) = LocalCluster::from_env() else { return };
    let cluster = &local.cluster;
    let names: Vec<_> = CATALOG.names().collect();
    // Ours to delete: the folder says that this cluster was made for tests.
    delete(cluster, &names).await;
    let kafka = cluster.connect();
    let made = kafka.ensure_topics(&CATALOG).await.unwrap();
    assert_eq!(made, names.iter().map(|name| (*name, TopicOutcome::Created)).collect::<Vec<_>>());

    let mut states = Vec::new();
    for topic in CATALOG.topics {
        let (partitions, replicas, configuration) = state_of(cluster, topic).await;
        assert_eq!(partitions, topic.partitions as usize, "{}", topic.name);
        assert!(replicas.iter().all(|replicas| *replicas == 3), "{}: {replicas:?}", topic.name);
        let Retention::Millis(retention) = topic.retention else {
            panic!("{} has no end of its retention", topic.name)
        };
        for (name, value) in [
            ("retention.ms", retention.to_string()),
            ("min.insync.replicas", "2".to_owned()),
            ("compression.type", "producer".to_owned()),
            ("cleanup.policy", "delete".to_owned()),
        ] {
            assert_eq!(configuration.get(name), Some(&value), "{}: {name}", topic.name);
        }
        states.push((partitions, replicas, configuration));
    }
    let job_lifecycle = &states[0].2;
    assert_eq!(job_lifecycle["retention.ms"], (30_u64 * 24 * 3600 * 1000).to_string());

    let again = kafka.ensure_topics(&CATALOG).await.unwrap();
    assert!(again.iter().all(|(_, outcome)| *outcome == TopicOutcome::Existed), "{again:?}");
    for (topic, before) in CATALOG.topics.iter().zip(&states) {
        assert_eq!(&state_of(cluster, topic).await, before, "{}", topic.name);
    }
}

#[test]
fn the_cluster_has_three_brokers() {
    let Some(cluster) = Cluster::from_env() else { return };
    let stats = cluster.connect().stats_blocking().unwrap();
    assert_eq!(stats.brokers, 3);
}
