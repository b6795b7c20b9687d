//! Commits: what has been handled goes to the group, and its answers come back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::error::RDKafkaErrorCode;
use rdkafka::{Offset, TopicPartitionList};

use super::group::Membership;
use super::partition::Assigned;
use super::stats::PartitionState;
use crate::ffi::consume::Committed;
use crate::kafka::wait::until;
use crate::topic::Subscription;

impl<S: Subscription> Membership<S> {
    pub(super) fn commit_in_time(&mut self) {
        let now = Instant::now();
        if now < self.next_commit || self.sent.is_some() {
            return;
        }
        self.next_commit = until(self.shared.settings.commit_interval);
        let all = self.assigned.clone();
        self.commit(&all);
    }

    /// Sends what the group does not know yet; the answer comes in time.
    fn commit(&mut self, partitions: &[Arc<Assigned>]) {
        let mut list = TopicPartitionList::new();
        for partition in partitions {
            if let Some(offset) = partition.to_commit() {
                // Only an offset that is no offset is refused.
                _ = list.add_partition_offset(partition.spec.name, partition.partition, Offset::Offset(offset));
            }
        }
        if list.count() == 0 {
            return;
        }
        match self.answers.commit(&list) {
            Ok(()) => self.sent = Some(self.assigned.clone()),
            Err(error) => tracing::warn!(%error, "offsets could not be committed"),
        }
    }

    /// Whether the group knows how far these partitions are handled; sends what it does not know, again where that failed.
    pub(super) fn is_saved(&mut self, partitions: &[Arc<Assigned>], commit_at: &mut Instant) -> bool {
        /// A group that is being balanced takes no commits for a moment.
        const AGAIN: Duration = Duration::from_millis(50);
        if self.sent.is_some() {
            return false;
        }
        let saved = partitions.iter().all(|partition| partition.to_commit().is_none());
        if !saved && Instant::now() >= *commit_at {
            *commit_at = Instant::now() + AGAIN;
            self.commit(partitions);
        }
        saved
    }

    pub(super) fn committed(&mut self, answer: Result<Committed, RDKafkaErrorCode>) {
        // Not those that are assigned by now: the same partition may have been lost and come back meanwhile.
        let sent = self.sent.take().unwrap_or_default();
        match answer {
            Ok(offsets) => {
                for (topic, number, offset) in offsets {
                    if let Some(partition) = sent.iter().find(|partition| partition.is(topic.as_bytes(), number)) {
                        partition.committed(offset);
                    }
                }
            }
            // A member gets no other generation before it has given its partitions up: each further try would be refused too.
            Err(code @ RDKafkaErrorCode::IllegalGeneration) if self.handover.is_some() => {
                tracing::warn!(
                    error = %code,
                    "partitions are handed over without their last commit: what was acknowledged since the one before is read again"
                );
                if let Some(handover) = &mut self.handover {
                    handover.lost = true;
                }
            }
            // Sent again in time: the member keeps its partitions while the group is balanced.
            Err(
                code @ (RDKafkaErrorCode::RebalanceInProgress | RDKafkaErrorCode::IllegalGeneration | RDKafkaErrorCode::StaleMemberEpoch),
            ) => {
                tracing::debug!(error = %code, "offsets are committed after the rebalance");
            }
            Err(code) => {
                let partitions: Vec<_> = sent
                    .iter()
                    .filter(|partition| partition.to_commit().is_some())
                    .map(|partition| (partition.spec.name, partition.partition))
                    .collect();
                tracing::warn!(error = %code, ?partitions, "offsets could not be committed");
                // The group has gone on without this member: its partitions may have new owners. They are revoked as lost, or, where a
                // rebalance is under way, begun anew after it.
                if is_fenced(code) {
                    for partition in &sent {
                        partition.end(PartitionState::Over);
                    }
                    self.shared.take_back();
                }
            }
        }
    }
}

/// Whether a commit failed because the member is none any more.
fn is_fenced(code: RDKafkaErrorCode) -> bool {
    matches!(
        code,
        RDKafkaErrorCode::UnknownMemberId | RDKafkaErrorCode::FencedInstanceId | RDKafkaErrorCode::FencedMemberEpoch
    )
}
