//! The manifest's topics on the cluster: made where they are missing, and compared where they are not.

use std::time::{Duration, Instant};

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::metadata::Metadata;

use super::Kafka;
use super::error::{TopicsError, refused};
use super::wait::{block_on, off_thread};
use crate::spec::{Catalog, Compression, Retention, TopicSpec};

/// How long the cluster may take to make topics and give them leaders.
const PATIENCE: Duration = Duration::from_secs(30);

/// What became of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TopicOutcome {
    /// It was missing, and is there now.
    Created,
    /// It was there; nothing was changed.
    Existed,
}

impl Kafka {
    /// Makes the catalog's topics that the cluster lacks, those of dead letters among them, and waits until all their partitions have a leader. Run again, it changes nothing.
    ///
    /// # Errors
    /// The cluster cannot be asked, refuses a topic, or has one with another number of partitions.
    pub async fn ensure_topics(&self, catalog: &Catalog) -> Result<Vec<(&'static str, TopicOutcome)>, TopicsError> {
        let (kafka, topics) = (self.clone(), catalog.all_topics().collect::<Vec<_>>());
        off_thread("kafka-topics", move || kafka.ensure(&topics)).await
    }

    /// Does what [`ensure_topics`](Self::ensure_topics) does, on this thread.
    ///
    /// # Errors
    /// As there.
    pub fn ensure_topics_blocking(&self, catalog: &Catalog) -> Result<Vec<(&'static str, TopicOutcome)>, TopicsError> {
        self.ensure(&catalog.all_topics().collect::<Vec<_>>())
    }

    fn ensure(&self, topics: &[&'static TopicSpec]) -> Result<Vec<(&'static str, TopicOutcome)>, TopicsError> {
        let metadata = self.lookup().all().map_err(TopicsError::Metadata)?;
        let missing: Vec<_> = topics
            .iter()
            .copied()
            .filter(|topic| partitions(&metadata, topic.name).is_none())
            .collect();
        if !missing.is_empty() {
            self.create(&missing)?;
        }
        let metadata = self.await_leaders(topics)?;
        topics.iter().try_for_each(|topic| same_partitions(&metadata, topic))?;
        let outcome = |topic: &TopicSpec| {
            let created = missing.iter().any(|missing| missing.name == topic.name);
            if created { TopicOutcome::Created } else { TopicOutcome::Existed }
        };
        Ok(topics.iter().map(|topic| (topic.name, outcome(topic))).collect())
    }

    fn create(&self, missing: &[&'static TopicSpec]) -> Result<(), TopicsError> {
        #[cfg(feature = "embedded")]
        if let Some(embedded) = &self.config().embedded {
            return missing.iter().try_for_each(|topic| {
                embedded
                    .create_topic(topic)
                    .map_err(|cause| TopicsError::Refused { topic: topic.name, cause })
            });
        }
        let admin: AdminClient<DefaultClientContext> = self
            .config()
            .client_config()
            .create()
            .map_err(|error| TopicsError::Metadata(refused(&error)))?;
        let settings: Vec<Vec<(&str, String)>> = missing.iter().map(|topic| settings(topic)).collect();
        let topics: Vec<NewTopic<'_>> = missing
            .iter()
            .zip(&settings)
            .map(|(topic, settings)| {
                let partitions = i32::try_from(topic.partitions).unwrap_or(i32::MAX);
                let replication = TopicReplication::Fixed(i32::from(topic.replication));
                settings
                    .iter()
                    .fold(NewTopic::new(topic.name, partitions, replication), |new, (name, value)| {
                        new.set(name, value)
                    })
            })
            .collect();
        let options = AdminOptions::new()
            .request_timeout(Some(PATIENCE))
            .operation_timeout(Some(PATIENCE));
        let results = block_on(admin.create_topics(&topics, &options)).map_err(|error| TopicsError::Metadata(error.to_string()))?;
        for (topic, result) in missing.iter().zip(results) {
            match result {
                // Somebody else was faster: the topic is compared with the manifest afterwards.
                Ok(_) | Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
                Err((_, code)) => {
                    return Err(TopicsError::Refused {
                        topic: topic.name,
                        cause: code.to_string(),
                    });
                }
            }
        }
        Ok(())
    }

    fn await_leaders(&self, topics: &[&'static TopicSpec]) -> Result<Metadata, TopicsError> {
        let end = Instant::now() + PATIENCE;
        loop {
            let metadata = self.lookup().all().map_err(TopicsError::Metadata)?;
            let led = |topic: &&&TopicSpec| {
                let found = metadata.topics().iter().find(|found| found.name() == topic.name);
                found.is_some_and(|found| {
                    !found.partitions().is_empty() && found.partitions().iter().all(|partition| partition.leader() >= 0)
                })
            };
            let Some(leaderless) = topics.iter().find(|topic| !led(topic)) else {
                return Ok(metadata);
            };
            if Instant::now() >= end {
                return Err(TopicsError::NoLeader {
                    topic: leaderless.name,
                    deadline: PATIENCE,
                });
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// How many partitions a topic has; `None` for a topic that is not there.
pub(super) fn partitions(metadata: &Metadata, topic: &str) -> Option<usize> {
    metadata
        .topics()
        .iter()
        .find(|found| found.name() == topic && found.error().is_none())
        .map(|found| found.partitions().len())
}

/// Whether this build can compress and decompress with a codec; else what to do, which librdkafka says only of the first message.
pub(super) fn codec_is_there(codec: Compression) -> Result<(), String> {
    if codec == Compression::Zstd && !cfg!(feature = "zstd") {
        return Err("zstd is a cargo feature of kafka-event, and it is off: depend on it with `features = [\"zstd\"]`".to_owned());
    }
    Ok(())
}

pub(super) fn same_partitions(metadata: &Metadata, topic: &'static TopicSpec) -> Result<(), TopicsError> {
    match partitions(metadata, topic.name) {
        Some(actual) if actual == topic.partitions as usize => Ok(()),
        actual => Err(TopicsError::Partitions {
            topic: topic.name,
            stated: topic.partitions,
            actual: actual.unwrap_or(0),
        }),
    }
}

/// A topic's configuration by Kafka's names.
fn settings(topic: &TopicSpec) -> Vec<(&'static str, String)> {
    let retention = match topic.retention {
        Retention::Millis(millis) => millis.to_string(),
        Retention::Forever => "-1".to_owned(),
    };
    let mut settings = vec![
        ("retention.ms", retention),
        ("min.insync.replicas", topic.min_insync_replicas.to_string()),
        ("cleanup.policy", topic.cleanup.as_str().to_owned()),
        // The producer's choice lasts: the broker must not compress again.
        ("compression.type", "producer".to_owned()),
    ];
    settings.extend(topic.config.iter().map(|(name, value)| (*name, (*value).to_owned())));
    settings
}
