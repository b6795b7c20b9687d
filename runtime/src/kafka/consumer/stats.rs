//! What a consumer tells of its partitions.

/// What a consumer does with a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartitionState {
    /// It is read.
    Reading,
    /// It is read, but no further: 10,000 events that were acknowledged stand behind one that was not. Read on once they have gone.
    Held,
    /// It rests at an event whose writer's schema is not known here; nothing of it is lost.
    Waiting,
    /// It rests at an event that could not be read or handled; nothing of it is lost.
    Stopped,
    /// It is being handed over to another member: what is in the application's hands is waited for.
    Revoked,
    /// It is no longer this consumer's: what ends now is not committed.
    Over,
}

/// How far a consumer is in a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartitionStats {
    /// The topic.
    pub topic: &'static str,
    /// The partition.
    pub partition: i32,
    /// What the consumer does with it.
    pub state: PartitionState,
    /// Messages that wait for the application, or that it has not acknowledged.
    pub in_hands: usize,
    /// The offset below which all messages since the assignment are handled; `None` before the first message.
    pub handled: Option<i64>,
    /// The offset that the group keeps, as far as this consumer has committed it.
    pub committed: Option<i64>,
    /// Messages that the partition has after the handled ones, as of the last fetch. Before the first message those after what the group has
    /// committed, or after where an empty partition is read; `None` where nothing of that is known yet.
    ///
    /// A commit of another member, and a partition's end before its first message, are known after a few seconds; with librdkafka's
    /// `statistics.interval.ms` set to 0, not at all.
    pub lag: Option<i64>,
}
