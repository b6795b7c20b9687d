//! Where keys land, beside Java's own client.

use std::collections::BTreeMap;

use test_cluster::events::topics;
use test_cluster::{Cluster, Java, create, delete, job, notification, read, unique};

/// Keys with their hashes by Java, from the tests of its `Utils.murmur2`.
const GOLDEN: [(&str, i32); 6] = [
    ("21", -973_932_308),
    ("foobar", -790_332_482),
    ("a-little-bit-long-string", -985_981_536),
    ("a-little-bit-longer-string", -1_486_304_829),
    ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
    ("abc", 479_470_107),
];
/// Of the topic `job-lifecycle`.
const PARTITIONS: i32 = 10;

#[test]
fn keys_land_where_java_s_hash_sends_them() {
    let Some(cluster) = Cluster::from_env() else { return };
    let kafka = cluster.connect_with_topics();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for (key, hash) in GOLDEN {
        let written = jobs.publish_blocking(&job(key, 0)).unwrap();
        assert_eq!(written.partition, (hash & 0x7fff_ffff) % PARTITIONS, "{key}");
        let stored = read(&cluster, "job-lifecycle", written.partition, written.offset.unwrap());
        assert_eq!(stored[0].key.as_deref(), Some(key.as_bytes()));
    }
}

#[tokio::test]
async fn keys_land_where_java_s_own_producer_sends_them() {
    let (Some(cluster), Some(java)) = (Cluster::from_env(), Java::from_env()) else {
        return;
    };
    let kafka = cluster.connect_with_topics();
    let jobs = kafka.publisher::<topics::JobLifecycle>().await.unwrap();
    // All lengths modulo four, over which murmur2 goes, and more than ASCII.
    let keys: Vec<String> = (0..60)
        .map(|number| format!("job-{number}-{}é星", "x".repeat(number % 7)))
        .chain(GOLDEN.map(|(key, _)| key.to_owned()))
        .collect();
    let mut ours = BTreeMap::new();
    for key in &keys {
        ours.insert(key.clone().into_bytes(), jobs.publish(&job(key, 0)).await.unwrap().partition);
    }
    // A topic of its own: what Java sends here is no event.
    let topic = unique("keys-of-java");
    create(&cluster, &topic, PARTITIONS).await;
    let messages: Vec<_> = keys.iter().map(|key| (key.clone(), "value".to_owned())).collect();
    java.produce(&cluster, &topic, &messages);
    let stored = (0..PARTITIONS).flat_map(|partition| read(&cluster, &topic, partition, 0));
    let java_s: BTreeMap<_, _> = stored.map(|record| (record.key.unwrap(), record.partition)).collect();
    delete(&cluster, &[&topic]).await;
    assert_eq!(java_s.len(), keys.len());
    assert_eq!(ours, java_s);
}

#[test]
fn notifications_have_a_null_key() {
    let Some(cluster) = Cluster::from_env() else { return };
    let kafka = cluster.connect_with_topics();
    let notifications = kafka.publisher_blocking::<topics::Notifications>().unwrap();
    for number in 0..10 {
        let written = notifications.publish_blocking(&notification("user-7", number)).unwrap();
        let offset = written.offset.unwrap();
        let stored = read(&cluster, "notifications", written.partition, offset);
        assert_eq!((stored[0].offset, stored[0].key.as_deref()), (offset, None));
    }
}
