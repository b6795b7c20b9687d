//! Why there is no consumer, or no event of it.

use std::fmt;

use crate::codec::DecodeError;
use crate::kafka::TopicsError;

/// Why a consumer cannot start.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ConsumerError {
    /// The cluster does not have the topic.
    #[error("the cluster has no topic `{0}`: create it, as `Kafka::ensure_topics` does")]
    Missing(&'static str),
    /// The cluster did not tell its topics.
    #[error(transparent)]
    Topics(#[from] TopicsError),
    /// A schema of another version is refused.
    #[error("a writer's schema is refused: {0}")]
    WriterSchema(#[from] crate::evolution::EvolutionError),
    /// A setting is refused.
    #[error("the consumer's settings are refused: {0}")]
    Settings(String),
}

/// Why there is no next event.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ConsumeError {
    /// The consumer is closed.
    #[error("the consumer is closed")]
    Closed,
    /// The consumer has failed for good: make a new one.
    #[error("the consumer has failed for good ({0}): make a new one")]
    Fatal(String),
    /// A message is no event of its topic. Its partition rests there, others go on.
    #[error("{0}")]
    Undecodable(Box<Undecodable>),
}

/// A message that could not be read as an event.
#[derive(Clone)]
#[non_exhaustive]
pub struct Undecodable {
    /// Its topic.
    pub topic: &'static str,
    /// Its partition.
    pub partition: i32,
    /// Its offset.
    pub offset: i64,
    /// Its key, as it is.
    pub key: Option<Vec<u8>>,
    /// Its value, as it is; `None` for a tombstone.
    pub value: Option<Vec<u8>>,
    /// Why; see [`DecodeError::class`].
    pub error: DecodeError,
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            topic,
            partition,
            offset,
            error,
            ..
        } = self;
        write!(f, "the message at `{topic}` {partition}:{offset} is no event of its topic: {error}")
    }
}

/// Key and value are not shown: they may be nobody's business.
impl fmt::Debug for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Undecodable({self})")
    }
}
