//! A Kafka inside of the process, for tests and first steps: librdkafka's mock cluster, with what it cannot do said plainly.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::error::KafkaError;
use rdkafka::types::RDKafkaRespErr;

use super::config::Config;
use super::error::ConnectError;
use crate::ffi::mock::Mock;
use crate::spec::TopicSpec;

/// The most messages that a partition keeps: older ones go.
pub const PARTITION_MESSAGES: usize = 100_000;

/// The most bytes that a partition keeps: older messages go.
pub const PARTITION_BYTES: usize = 5 << 20;

/// Brokers inside of the process, which listen on the loopback address.
///
/// | it can | it cannot |
/// | --- | --- |
/// | produce and fetch, keyed, compressed, with headers | admin calls: topics are made by [`Kafka::ensure_topics`](super::Kafka::ensure_topics) beside the protocol |
/// | idempotent producers: sequence numbers are checked | hide aborted transactions from readers |
/// | groups: join, rebalance, commit, resume | list or describe groups |
/// | a broker that is [down](Self::broker_down), [slow](Self::broker_delay), or [refuses](Self::refuse_writes) | elect another leader for a broker that is down |
/// | begin with a group at once | balance a group anew at once: it takes a session's time-out less a second, which is why that is 3 s here |
/// | | take a commit while it balances a group: what was acknowledged since the one before may come again after a partition has moved |
/// | | offsets by timestamp |
/// | | more than [`PARTITION_MESSAGES`] messages or [`PARTITION_BYTES`] bytes in a partition |
#[derive(Clone)]
pub struct EmbeddedBroker(Arc<Mock>);

/// What a test may need of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// Topics created, described and changed by admin calls.
    Admin,
    /// A new leader where a broker is gone.
    LeaderElection,
    /// Offsets found by timestamp.
    OffsetsByTimestamp,
    /// Groups listed and described.
    GroupDescription,
    /// Aborted transactions hidden from readers.
    Transactions,
    /// Messages produced and fetched.
    Messages,
    /// Groups with members that come and go.
    Groups,
    /// Brokers that are taken down and brought back.
    BrokerDown,
}

/// An error that the brokers can be told to answer writes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// Too few replicas are in sync: clients try again.
    NotEnoughReplicas,
    /// A message is too large: clients give it up.
    MessageTooLarge,
    /// A producer's numbers do not follow on each other: an idempotent producer has failed for good.
    OutOfOrderSequence,
}

/// The embedded broker cannot do what is asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the embedded broker cannot do this ({capability:?}): {reason}; use a real cluster")]
pub struct Unsupported {
    /// What was asked.
    pub capability: Capability,
    /// Why not.
    pub reason: &'static str,
}

impl EmbeddedBroker {
    /// Starts three brokers.
    ///
    /// # Errors
    /// librdkafka cannot start them.
    pub fn start() -> Result<Self, ConnectError> {
        Self::with_brokers(3)
    }

    /// Starts as many brokers.
    ///
    /// # Errors
    /// librdkafka cannot start them.
    pub fn with_brokers(count: u16) -> Result<Self, ConnectError> {
        Mock::start(count).map(|mock| Self(Arc::new(mock))).map_err(refused)
    }

    /// How to reach the brokers. The configuration keeps them alive.
    #[must_use]
    pub fn config(&self) -> Config {
        let mut config = Config::new(self.bootstrap_servers());
        config.embedded = Some(self.clone());
        config
    }

    /// The brokers' addresses, joined by commas.
    #[must_use]
    pub fn bootstrap_servers(&self) -> String {
        self.0.bootstrap_servers()
    }

    /// Whether the brokers can do something, and why not.
    ///
    /// # Errors
    /// They cannot.
    pub fn require(&self, capability: Capability) -> Result<(), Unsupported> {
        let reason = match capability {
            Capability::Messages | Capability::Groups | Capability::BrokerDown => return Ok(()),
            Capability::Admin => "it has no admin calls",
            Capability::LeaderElection => "a broker that is down keeps its partitions",
            Capability::OffsetsByTimestamp => "every timestamp is answered with the end",
            Capability::GroupDescription => "it has no call for it",
            Capability::Transactions => "aborted messages are visible",
        };
        Err(Unsupported { capability, reason })
    }

    /// Takes a broker, counted from 1, off the network.
    ///
    /// # Errors
    /// There is no such broker.
    pub fn broker_down(&self, broker: u16) -> Result<(), ConnectError> {
        self.0.broker_down(broker).map_err(refused)
    }

    /// Brings a broker back.
    ///
    /// # Errors
    /// There is no such broker.
    pub fn broker_up(&self, broker: u16) -> Result<(), ConnectError> {
        self.0.broker_up(broker).map_err(refused)
    }

    /// Makes every answer of a broker, counted from 1, take so long; zero is none.
    ///
    /// # Errors
    /// There is no such broker.
    pub fn broker_delay(&self, broker: u16, delay: Duration) -> Result<(), ConnectError> {
        self.0.broker_delay(broker, delay).map_err(refused)
    }

    /// Answers the next requests to write, so many, with an error, whichever broker they reach.
    pub fn refuse_writes(&self, count: usize, refusal: Refusal) {
        let error = match refusal {
            Refusal::NotEnoughReplicas => RDKafkaRespErr::RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
            Refusal::MessageTooLarge => RDKafkaRespErr::RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
            Refusal::OutOfOrderSequence => RDKafkaRespErr::RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
        };
        self.0.refuse_writes(count, error);
    }

    pub(super) fn create_topic(&self, topic: &TopicSpec) -> Result<(), String> {
        let partitions = i32::try_from(topic.partitions).map_err(|error| error.to_string())?;
        let replication = i16::try_from(topic.replication).map_err(|error| error.to_string())?;
        self.0
            .create_topic(topic.name, partitions, i32::from(replication))
            .map_err(|error| error.to_string())
    }
}

fn refused(error: KafkaError) -> ConnectError {
    ConnectError::Config(error.to_string())
}

impl fmt::Debug for EmbeddedBroker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EmbeddedBroker").field(&self.bootstrap_servers()).finish()
    }
}
