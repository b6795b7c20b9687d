//! Topics of dead letters: part of the catalog, and made with the others.

use kafka_event::kafka::TopicOutcome;
use kafka_event::{Compression, Group, KeySpec, Retention};
use test_manifest::connected;
use test_manifest::events::CATALOG;
use test_manifest::events::groups::{Billing, Everything};

#[test]
fn they_are_in_the_catalog() {
    let (billing, everything) = (Billing::DEAD_LETTER.unwrap(), Everything::DEAD_LETTER.unwrap());
    assert_eq!((billing.name, everything.name), ("billing-dead-letter", "lost-of-everything"));
    assert_eq!((billing.partitions, everything.partitions), (2, 1));
    assert_eq!(billing.retention.days(), Some(30));
    assert_eq!(everything.retention.days(), Some(90));
    assert_eq!(
        (billing.compression, everything.compression),
        (Compression::Gzip, Compression::None)
    );
    assert_eq!(everything.key, KeySpec::Original);
    assert!(everything.records.is_empty());
    assert_eq!(CATALOG.group("billing").unwrap().dead_letter.unwrap().name, billing.name);
    assert_eq!(CATALOG.topic("billing-dead-letter").unwrap().partitions, 2);
    assert_eq!(CATALOG.retention("lost-of-everything"), Some(Retention::Millis(90 * 86_400_000)));
    assert!(CATALOG.is_valid("lost-of-everything") && !CATALOG.is_valid("lost"));
    // Behind all others, of which they are none.
    assert!(CATALOG.topics.iter().all(|topic| !topic.records.is_empty()));
    assert_eq!(
        CATALOG.names().skip(CATALOG.topics.len()).collect::<Vec<_>>(),
        ["lost-of-everything", "billing-dead-letter"]
    );
}

#[test]
fn they_are_made_with_the_topics() {
    let (_broker, kafka) = connected();
    let outcomes = kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let made: Vec<_> = outcomes.iter().map(|(name, _)| *name).collect();
    assert_eq!(made, CATALOG.names().collect::<Vec<_>>());
    assert!(outcomes.iter().all(|(_, outcome)| *outcome == TopicOutcome::Existed));
    assert_eq!(kafka.stats_blocking().unwrap().topics, made.len());
}
