//! Publishers, consumers and topics over librdkafka.
//!
//! ```text
//!  event ── encode ──► Publisher ──► permits ──► librdkafka ──► broker
//!                         ▲                          │
//!                         └── one of three ends ◄── report
//!
//!  handler ◄── Consumer ◄── inbox ◄── decode ◄── librdkafka ◄── broker
//!     └── ack ──► progress of the partition ──► commit
//! ```

mod client;
mod config;
mod consumer;
mod defaults;
mod delivery;
#[cfg(feature = "embedded")]
pub mod embedded;
mod encoded;
mod error;
mod lookup;
mod permits;
mod publisher;
mod row;
mod stats;
mod tombstones;
mod topics;
mod unsent;
mod wait;

pub use client::{CloseReport, Kafka};
pub use config::{Config, ConfigError};
pub use consumer::{
    Ack, ConsumeError, Consumer, ConsumerBuilder, ConsumerError, ConsumerStats, Context, Failed, PartitionState, PartitionStats, Received,
    StartAt, Stopper, Undecodable, Undecoded,
};
pub use delivery::{Undelivered, Written};
pub use error::{Cause, ConnectError, PublishError, PublisherError, TopicsError};
pub use publisher::{Outgoing, Publisher};
pub use stats::Stats;
pub use topics::TopicOutcome;
