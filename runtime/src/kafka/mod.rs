//! Publishers, consumers and topics over librdkafka.
//!
//! ```text
//!  event ── encode ──► Publisher ──► permits ──► librdkafka ──► broker
//!                         ▲                          │
//!                         └── one of three ends ◄── report
//! ```

mod client;
mod config;
mod defaults;
mod delivery;
#[cfg(feature = "embedded")]
pub mod embedded;
mod error;
mod lookup;
mod permits;
mod publisher;
mod stats;
mod topics;
mod wait;

pub use client::{CloseReport, Kafka};
pub use config::{Config, ConfigError};
pub use delivery::{Undelivered, Written};
pub use error::{Cause, ConnectError, PublishError, PublisherError, TopicsError};
pub use publisher::{Outgoing, Publisher};
pub use stats::Stats;
pub use topics::TopicOutcome;
