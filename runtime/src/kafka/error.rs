//! What can go wrong with the cluster.

use std::fmt;
use std::time::Duration;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::codec::{DecodeError, EncodeError};

/// Why librdkafka refuses a configuration, without the value: it may be a secret.
pub(super) fn refused(error: &KafkaError) -> String {
    match error {
        KafkaError::ClientConfig(_, _, name, _) if is_secret(name) => format!("the property `{name}` is refused"),
        KafkaError::ClientConfig(_, description, ..) => description.clone(),
        other => other.to_string(),
    }
}

/// Whether a property of librdkafka may hold a secret.
pub(super) fn is_secret(name: &str) -> bool {
    const WORDS: [&str; 6] = ["password", "secret", "key", "jaas", "oauthbearer", "token"];
    WORDS.iter().any(|word| name.contains(word))
}

/// Why the cluster could not be reached.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// No broker answered within the deadline.
    #[error("no broker of {brokers} answered within {deadline:?}: {cause}")]
    Unreachable {
        /// The brokers that were tried.
        brokers: String,
        /// How long.
        deadline: Duration,
        /// What the last attempts said.
        cause: String,
    },
    /// librdkafka does not take the configuration.
    #[error("the configuration is refused: {0}")]
    Config(String),
}

/// Why topics could not be made as the manifest states them.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum TopicsError {
    /// The cluster did not answer.
    #[error("the cluster does not tell its topics: {0}")]
    Metadata(String),
    /// The cluster refused a topic.
    #[error("the topic `{topic}` cannot be created: {cause}")]
    Refused {
        /// The topic.
        topic: &'static str,
        /// What the cluster says.
        cause: String,
    },
    /// A topic has another number of partitions than the manifest states.
    #[error(
        "the topic `{topic}` has {actual} partitions, and the manifest states {stated}: keys would land elsewhere; \
         change the manifest, or the topic by a plan of its own"
    )]
    Partitions {
        /// The topic.
        topic: &'static str,
        /// As the manifest states.
        stated: u32,
        /// As the cluster has.
        actual: usize,
    },
    /// Partitions had no leader within the deadline.
    #[error("the topic `{topic}` has partitions without a leader after {deadline:?}")]
    NoLeader {
        /// The topic.
        topic: &'static str,
        /// How long was waited.
        deadline: Duration,
    },
}

/// Why there is no publisher of a topic.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum PublisherError {
    /// The cluster does not have the topic.
    #[error("the cluster has no topic `{0}`: create it, as `Kafka::ensure_topics` does")]
    Missing(&'static str),
    /// The topic is not as the manifest states it, or the cluster did not tell.
    #[error(transparent)]
    Topics(#[from] TopicsError),
    /// The producer has named the topic before with other settings, which stay.
    #[error("the topic `{0}` is in use with other settings: its codec cannot be changed while this client lives")]
    TooLate(&'static str),
    /// librdkafka refuses the topic's settings.
    #[error("the settings of `{topic}` are refused: {cause}")]
    Settings {
        /// The topic.
        topic: &'static str,
        /// What librdkafka says.
        cause: String,
    },
    /// The topic's messages name their schemas as a schema registry does, and what it calls one of them is not known.
    #[error("{0}, and `Config::schema_ids` hands it over")]
    Unnamed(#[from] crate::Unnamed),
    /// A schema registry's id is told of two schemas.
    #[error(transparent)]
    Ids(#[from] crate::evolution::EvolutionError),
    /// The client has been closed.
    #[error("the client is closed")]
    Closed,
}

/// Why an event was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// It was not acknowledged in time.
    TimedOut,
    /// It is larger than the topic takes.
    TooLarge,
    /// It was taken back while the client closed.
    Purged,
    /// The client was closed before it was handed over.
    Closed,
    /// The client has failed for good: make a new one.
    Fatal(String),
    /// A delivery callback asked for what it would have to wait for: all reports wait behind it.
    WouldBlock,
    /// Anything else that librdkafka or the broker says.
    Other(String),
}

impl Cause {
    pub(super) fn of(code: RDKafkaErrorCode) -> Self {
        match code {
            RDKafkaErrorCode::MessageTimedOut | RDKafkaErrorCode::OperationTimedOut => Self::TimedOut,
            RDKafkaErrorCode::MessageSizeTooLarge => Self::TooLarge,
            RDKafkaErrorCode::PurgeQueue | RDKafkaErrorCode::PurgeInflight => Self::Purged,
            RDKafkaErrorCode::Fatal => Self::Fatal(code.to_string()),
            other => Self::Other(other.to_string()),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut => f.write_str("it was not acknowledged in time"),
            Self::TooLarge => f.write_str("it is larger than the topic takes"),
            Self::Purged => f.write_str("it was taken back while the client closed"),
            Self::Closed => f.write_str("the client is closed"),
            Self::Fatal(reason) => write!(f, "the client has failed for good ({reason}): make a new one"),
            Self::WouldBlock => f.write_str("a delivery callback cannot wait, neither for room in the queue nor for a report"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

/// The two ends of an event that was not, or not surely, written; the third is [`Written`](super::Written). Of a tombstone, the event is
/// its key.
///
/// | end | the log has it | sending it again |
/// | --- | --- | --- |
/// | `NotWritten` | no | makes no duplicate; later events of its key may stand before it |
/// | `PossiblyWritten` | perhaps | may make a duplicate |
/// | `Unreadable` | as it says | as it says |
/// | `Encode` | no | fails again |
#[non_exhaustive]
pub enum PublishError<E> {
    /// The event is not in the log.
    #[non_exhaustive]
    NotWritten {
        /// Why.
        cause: Cause,
        /// The event, handed back.
        event: Box<E>,
    },
    /// Nobody can say whether the event is in the log.
    #[non_exhaustive]
    PossiblyWritten {
        /// Why.
        cause: Cause,
        /// The event, handed back.
        event: Box<E>,
    },
    /// The event was not written, or possibly, and cannot be handed back: its type does not read what it wrote, or it nests deeper than 512 levels.
    #[non_exhaustive]
    Unreadable {
        /// Whether the event may be in the log.
        possibly_written: bool,
        /// Why it was not written.
        cause: Cause,
        /// The message's key, as it was to be sent.
        key: Option<Vec<u8>>,
        /// The message's value, as it was to be sent; `None` of a tombstone.
        value: Option<Vec<u8>>,
        /// Why it is no event.
        error: DecodeError,
    },
    /// A type of one's own refused its value, or a decimal does not fit its fixed; nothing else is refused.
    Encode(EncodeError),
}

impl<E> PublishError<E> {
    /// The event, handed back; `None` where it could not be encoded, so that it never left, or cannot be read.
    #[must_use]
    pub fn into_event(self) -> Option<E> {
        match self {
            Self::NotWritten { event, .. } | Self::PossiblyWritten { event, .. } => Some(*event),
            Self::Unreadable { .. } | Self::Encode(_) => None,
        }
    }

    /// Whether the event may be in the log.
    #[must_use]
    pub fn is_possibly_written(&self) -> bool {
        matches!(
            self,
            Self::PossiblyWritten { .. }
                | Self::Unreadable {
                    possibly_written: true,
                    ..
                }
        )
    }
}

impl<E> fmt::Display for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWritten { cause, .. } => write!(f, "the event was not written: {cause}"),
            Self::PossiblyWritten { cause, .. } => write!(f, "the event may or may not have been written: {cause}"),
            Self::Unreadable {
                possibly_written,
                cause,
                error,
                ..
            } => {
                let written = if *possibly_written { "may or may not have been" } else { "was not" };
                write!(f, "the event {written} written: {cause}; and it cannot be handed back: {error}")
            }
            Self::Encode(error) => write!(f, "{error}"),
        }
    }
}

/// The event's own fields are not shown: they may be nobody's business.
impl<E> fmt::Debug for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublishError({self})")
    }
}

impl<E> std::error::Error for PublishError<E> {}
