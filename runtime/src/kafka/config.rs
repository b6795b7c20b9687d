//! How to reach the cluster, from code or from the environment.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use rdkafka::ClientConfig;

use super::defaults::{COMMON, CONSUMER, PRODUCER, QUEUE_BYTES, QUEUE_MESSAGES};
use super::error::is_secret;
use super::permits::{MOST_BYTES, MOST_MESSAGES};
use crate::framing::SchemaIds;

/// How to reach the cluster and how to publish.
///
/// ```
/// use std::time::Duration;
///
/// let config = kafka_event::Config::new("broker-1:9092,broker-2:9092").connect_timeout(Duration::from_secs(5));
/// ```
#[derive(Clone)]
pub struct Config {
    pub(super) brokers: String,
    pub(super) connect_timeout: Duration,
    pub(super) queue_messages: usize,
    pub(super) queue_bytes: usize,
    properties: BTreeMap<String, String>,
    producer_properties: BTreeMap<String, String>,
    pub(super) schema_ids: SchemaIds,
    #[cfg(feature = "embedded")]
    pub(super) embedded: Option<super::embedded::EmbeddedBroker>,
}

/// Why the environment is no configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A variable that must be there is not.
    #[error("the environment variable {0} is not set: name the brokers, as in host:9092,host:9092")]
    Missing(&'static str),
    /// A variable's value is not of its form.
    #[error("the environment variable {variable} is {value:?}: {wanted} is wanted")]
    Malformed {
        /// The variable.
        variable: String,
        /// Its value.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A variable of our prefix is not known.
    #[error("the environment variable {0} is not known; see `Config::from_env` for those that are")]
    Unknown(String),
}

const PREFIX: &str = "KAFKA_EVENT_";
const BROKERS: &str = "KAFKA_EVENT_BROKERS";
const PROPERTY: &str = "KAFKA_EVENT_PROPERTY_";

impl Config {
    /// A cluster by some of its brokers, `host:port`, joined by commas.
    #[must_use]
    pub fn new(brokers: impl Into<String>) -> Self {
        Self {
            brokers: brokers.into(),
            connect_timeout: Duration::from_secs(10),
            queue_messages: QUEUE_MESSAGES,
            queue_bytes: QUEUE_BYTES,
            properties: BTreeMap::new(),
            producer_properties: BTreeMap::new(),
            schema_ids: SchemaIds::new(),
            #[cfg(feature = "embedded")]
            embedded: None,
        }
    }

    /// From the environment.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `KAFKA_EVENT_BROKERS` | some of the brokers, `host:port`, joined by commas; required |
    /// | `KAFKA_EVENT_CLIENT_ID` | how the brokers' logs name this application |
    /// | `KAFKA_EVENT_CONNECT_TIMEOUT_MS` | how long `connect` may take; 10000 |
    /// | `KAFKA_EVENT_LINGER_MS` | how long a batch waits to fill; 5 |
    /// | `KAFKA_EVENT_MESSAGE_TIMEOUT_MS` | how long a message may be on its way; 120000 |
    /// | `KAFKA_EVENT_QUEUE_MESSAGES` | how many messages may wait for their reports; 400000 |
    /// | `KAFKA_EVENT_QUEUE_BYTES` | how many bytes may; 268435456 |
    /// | `KAFKA_EVENT_PROPERTY_X_Y` | librdkafka's property `x.y`, any of them |
    ///
    /// # Errors
    /// A variable of the prefix `KAFKA_EVENT_` is missing, malformed or not known.
    pub fn from_env() -> Result<Self, ConfigError> {
        // A variable of somebody else's need not be Unicode; one of ours that is not is malformed below, by what replaces its bytes.
        let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        let ours = std::env::vars_os()
            .map(|(name, value)| (text(name), text(value)))
            .filter(|(name, _)| name.starts_with(PREFIX));
        Self::from_variables(ours)
    }

    fn from_variables(variables: impl IntoIterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut config = Self::new("");
        for (name, value) in variables {
            let number = |wanted| {
                value.parse::<u64>().map_err(|_| ConfigError::Malformed {
                    variable: name.clone(),
                    value: value.clone(),
                    wanted,
                })
            };
            config = match name.as_str() {
                BROKERS => Self {
                    brokers: value.clone(),
                    ..config
                },
                "KAFKA_EVENT_CLIENT_ID" => config.client_id(&value),
                "KAFKA_EVENT_CONNECT_TIMEOUT_MS" => config.connect_timeout(Duration::from_millis(number("a number of milliseconds")?)),
                "KAFKA_EVENT_LINGER_MS" => config.linger(Duration::from_millis(number("a number of milliseconds")?)),
                "KAFKA_EVENT_MESSAGE_TIMEOUT_MS" => config.message_timeout(Duration::from_millis(number("a number of milliseconds")?)),
                "KAFKA_EVENT_QUEUE_MESSAGES" => {
                    config.queue_messages(usize::try_from(number("a number of messages")?).unwrap_or(usize::MAX))
                }
                "KAFKA_EVENT_QUEUE_BYTES" => config.queue_bytes(usize::try_from(number("a number of bytes")?).unwrap_or(usize::MAX)),
                // The test suites' own.
                "KAFKA_EVENT_CORPUS"
                | "KAFKA_EVENT_STRICT"
                | "KAFKA_EVENT_SEED"
                | "KAFKA_EVENT_CASES"
                | "KAFKA_EVENT_TYPES"
                | "KAFKA_EVENT_AVRO_JARS"
                | "KAFKA_EVENT_CLUSTER_LIBS"
                | "KAFKA_EVENT_CLUSTER_DATA" => config,
                _ => match name.strip_prefix(PROPERTY) {
                    Some(property) => config.property(property.to_lowercase().replace('_', "."), &value),
                    None => return Err(ConfigError::Unknown(name)),
                },
            };
        }
        if config.brokers.is_empty() {
            Err(ConfigError::Missing(BROKERS))
        } else {
            Ok(config)
        }
    }

    /// The brokers that are asked first, `host:port`, joined by commas.
    #[must_use]
    pub fn brokers(&self) -> &str {
        &self.brokers
    }

    /// How the brokers' logs name this application.
    #[must_use]
    pub fn client_id(self, id: impl Into<String>) -> Self {
        self.property("client.id", id)
    }

    /// How long [`connect`](super::Kafka::connect) may take; 10 s.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// What a schema registry calls the schemas of topics whose framing is a registry's.
    #[must_use]
    pub fn schema_ids(mut self, ids: SchemaIds) -> Self {
        self.schema_ids = ids;
        self
    }

    /// How long a batch waits to fill; 5 ms.
    #[must_use]
    pub fn linger(self, time: Duration) -> Self {
        self.producer_property("linger.ms", time.as_millis().to_string())
    }

    /// How long a message may be on its way before its end is reported; 120 s. Under idempotence a shorter time can leave gaps.
    #[must_use]
    pub fn message_timeout(self, time: Duration) -> Self {
        self.producer_property("message.timeout.ms", time.as_millis().to_string())
    }

    /// How many messages may wait for their reports, in all topics together; each topic has an equal share. At most ten million.
    #[must_use]
    pub fn queue_messages(mut self, messages: usize) -> Self {
        self.queue_messages = messages.clamp(1, MOST_MESSAGES);
        self
    }

    /// How many bytes of keys and values may wait for their reports, in all topics together; each topic has an equal share. At most 256 GiB.
    #[must_use]
    pub fn queue_bytes(mut self, bytes: usize) -> Self {
        self.queue_bytes = bytes.clamp(1, MOST_BYTES);
        self
    }

    /// Any property of librdkafka for every client, the producer and consumers alike, over what is set here.
    ///
    /// What concerns one alone is for [`producer_property`](Self::producer_property) and
    /// [`ConsumerBuilder::property`](super::ConsumerBuilder::property): librdkafka logs a warning where it has no use for a property.
    #[must_use]
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// Any property of librdkafka for the producer alone, over what is set here.
    #[must_use]
    pub fn producer_property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.producer_properties.insert(name.into(), value.into());
        self
    }

    /// Refuses a property without which no publish ends.
    pub(super) fn refuse_ours(&self) -> Result<(), String> {
        const OURS: [&str; 2] = ["delivery.report.only.error", "enabled_events"];
        let given = |name: &&&str| self.properties.contains_key(**name) || self.producer_properties.contains_key(**name);
        match OURS.iter().find(given) {
            Some(name) => Err(format!("`{name}` is set by the client itself: every event has a report")),
            None => Ok(()),
        }
    }

    /// What a client for questions and administration is made of.
    pub(super) fn client_config(&self) -> ClientConfig {
        let mut config = self.with(&[], &BTreeMap::new());
        // Nobody reads what such a client tells of itself: it would wait in its queue for ever.
        config.set("statistics.interval.ms", "0");
        config
    }

    /// What a consumer is made of.
    pub(super) fn consumer_config(&self) -> ClientConfig {
        #[cfg(feature = "embedded")]
        if self.embedded.is_some() {
            let defaults: Vec<_> = CONSUMER.iter().chain(super::defaults::EMBEDDED).copied().collect();
            return self.with(&defaults, &BTreeMap::new());
        }
        self.with(CONSUMER, &BTreeMap::new())
    }

    /// What the producer is made of.
    pub(super) fn producer_config(&self) -> ClientConfig {
        // Ours is met first; librdkafka's own makes a sender wait blindly.
        const MOST: usize = i32::MAX as usize;
        let messages = self.queue_messages.saturating_mul(2).clamp(1_000, MOST).to_string();
        let kbytes = (self.queue_bytes / 512).clamp(1 << 16, MOST).to_string();
        let limits = [
            ("queue.buffering.max.messages", messages.as_str()),
            ("queue.buffering.max.kbytes", kbytes.as_str()),
        ];
        let defaults: Vec<_> = PRODUCER.iter().copied().chain(limits).collect();
        self.with(&defaults, &self.producer_properties)
    }

    /// Our defaults, then the user's properties for all clients, then those for one kind of them.
    fn with(&self, defaults: &[(&str, &str)], more: &BTreeMap<String, String>) -> ClientConfig {
        let mut config = ClientConfig::new();
        for (name, value) in COMMON.iter().chain(defaults) {
            config.set(*name, *value);
        }
        for (name, value) in self.properties.iter().chain(more) {
            config.set(name, value);
        }
        config.set("bootstrap.servers", &self.brokers);
        config
    }
}

/// Properties that may hold a secret show their names alone.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: BTreeMap<_, _> = self
            .properties
            .iter()
            .chain(&self.producer_properties)
            .map(|(name, value)| (name, if is_secret(name) { "…" } else { value.as_str() }))
            .collect();
        f.debug_struct("Config")
            .field("brokers", &self.brokers)
            .field("connect_timeout", &self.connect_timeout)
            .field("queue_messages", &self.queue_messages)
            .field("queue_bytes", &self.queue_bytes)
            .field("properties", &shown)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_variables(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_environment() {
        let config = from(&[
            (BROKERS, "a:1"),
            ("KAFKA_EVENT_LINGER_MS", "7"),
            ("KAFKA_EVENT_PROPERTY_SSL_CA_LOCATION", "/ca"),
        ])
        .unwrap();
        assert_eq!(config.producer_config().get("linger.ms"), Some("7"));
        assert_eq!(config.consumer_config().get("linger.ms"), None);
        assert_eq!(config.client_config().get("ssl.ca.location"), Some("/ca"));
        assert_eq!(from(&[]).unwrap_err(), ConfigError::Missing(BROKERS));
        assert!(
            from(&[(BROKERS, "a:1"), ("KAFKA_EVENT_LINGER", "7")])
                .unwrap_err()
                .to_string()
                .contains("KAFKA_EVENT_LINGER")
        );
        let error = from(&[(BROKERS, "a:1"), ("KAFKA_EVENT_LINGER_MS", "soon")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("KAFKA_EVENT_LINGER_MS") && error.contains("soon"), "{error}");
    }

    #[test]
    fn secrets_are_not_shown() {
        let config = Config::new("a:1")
            .property("sasl.password", "hunter2")
            .property("ssl.key.pem", "BEGIN");
        let shown = format!("{config:?}");
        assert!(
            shown.contains("sasl.password") && !shown.contains("hunter2") && !shown.contains("BEGIN"),
            "{shown}"
        );
    }
}
