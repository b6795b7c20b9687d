//! What librdkafka tells a consumer, kept for the poll thread: it acts outside of the callbacks, where it may take its time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rdkafka::ClientContext;
use rdkafka::TopicPartitionList;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer as _, ConsumerContext};
use rdkafka::error::KafkaError;
use rdkafka::statistics::{Partition, Statistics};
use rdkafka::types::RDKafkaRespErr;

use crate::ffi::consume::is_cooperative;
use crate::kafka::delivery::log;

/// Topics with their partitions.
pub(super) type Partitions = Vec<(String, i32)>;

/// What a consumer was told by its group.
pub(super) enum Told {
    Assigned(Partitions),
    Revoked(Partitions),
}

/// Where reading of a partition begins.
pub(super) struct Start {
    pub(super) topic: String,
    pub(super) partition: i32,
    pub(super) offset: i64,
}

/// The consumer's context.
#[derive(Default)]
pub(super) struct Side {
    told: Mutex<Vec<Told>>,
    starts: Mutex<Vec<Start>>,
    leaving: AtomicBool,
}

impl Side {
    fn tell(&self, told: Told) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    }

    /// What was told since the last call, in order.
    pub(super) fn listen(&self) -> Vec<Told> {
        std::mem::take(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where reading begins in the partitions of which that was told since the last call.
    pub(super) fn starts(&self) -> Vec<Start> {
        std::mem::take(&mut *self.starts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on nobody listens: partitions are given up at once, or the consumer could not be dropped.
    pub(super) fn leave(&self) {
        self.leaving.store(true, Ordering::Release);
    }

    /// Answers an assignment by taking none, and a revocation by giving all of it up.
    ///
    /// librdkafka closes a consumer only after all that it told has been answered.
    pub(super) fn decline(consumer: &BaseConsumer<Self>, assigned: bool, list: &TopicPartitionList) {
        let result = match (assigned, is_cooperative(consumer)) {
            (true, true) => consumer.incremental_assign(&TopicPartitionList::new()),
            (false, true) => consumer.incremental_unassign(list),
            (_, false) => consumer.unassign(),
        };
        if let Err(error) = result {
            tracing::warn!(%error, "partitions could not be given up");
        }
    }
}

impl ClientContext for Side {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log(level, facility, message);
    }

    fn stats(&self, statistics: Statistics) {
        let topics = statistics.topics.into_values();
        let starts = topics.flat_map(|topic| {
            let name = topic.topic;
            topic.partitions.into_values().filter_map(move |partition| {
                Some(Start {
                    topic: name.clone(),
                    partition: partition.partition,
                    offset: start(&partition)?,
                })
            })
        });
        *self.starts.lock().unwrap_or_else(PoisonError::into_inner) = starts.collect();
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::warn!(%error, reason, "librdkafka");
    }
}

/// What the group has committed; without that, where the fetching is while nothing that was fetched waits.
fn start(partition: &Partition) -> Option<i64> {
    let fetched = (partition.fetchq_cnt == 0).then_some(partition.next_offset);
    [Some(partition.committed_offset), fetched]
        .into_iter()
        .flatten()
        .find(|offset| *offset >= 0)
}

impl ConsumerContext for Side {
    fn rebalance(&self, consumer: &BaseConsumer<Self>, kind: RDKafkaRespErr, list: &mut TopicPartitionList) {
        let assigned = kind == RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
        if self.leaving.load(Ordering::Acquire) {
            return Self::decline(consumer, assigned, list);
        }
        let list = list
            .elements()
            .iter()
            .map(|entry| (entry.topic().to_owned(), entry.partition()))
            .collect();
        self.tell(if assigned { Told::Assigned(list) } else { Told::Revoked(list) });
    }
}
