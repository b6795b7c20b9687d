//! What a client has done, and what the cluster has.

use std::sync::atomic::AtomicU64;

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) written: AtomicU64,
    pub(super) not_written: AtomicU64,
    pub(super) possibly_written: AtomicU64,
}

/// What the cluster has, and what this client has done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// How many brokers the cluster has.
    pub brokers: usize,
    /// How many topics, internal ones among them.
    pub topics: usize,
    /// How many partitions, in all topics.
    pub partitions: usize,
    /// Events that wait for their reports.
    pub in_flight: u64,
    /// Events that were written.
    pub written: u64,
    /// Events that were not.
    pub not_written: u64,
    /// Events of which nobody can say.
    pub possibly_written: u64,
}
