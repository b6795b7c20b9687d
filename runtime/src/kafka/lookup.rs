//! What the cluster has: asked by a client that is not the producer, since naming a topic there would fix its settings.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer as _, ConsumerContext};
use rdkafka::error::KafkaError;
use rdkafka::metadata::Metadata;

use super::config::Config;
use super::delivery::log;
use super::error::{ConnectError, refused};
use super::wait::until;

/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client for questions.
pub(super) struct Lookup(BaseConsumer<LookupSide>);

/// Keeps what went wrong last, since a time-out alone says nothing.
#[derive(Default)]
struct LookupSide(Mutex<Vec<String>>);

impl LookupSide {
    fn remember(&self, reason: &str) {
        const KEPT: usize = 4;
        // `[thrd:host:port/bootstrap]: host:port/bootstrap: Connect to … failed: …`: the rest of the line says it all.
        let reason = reason.split_once("]: ").map_or(reason, |(_, reason)| reason).to_owned();
        let mut reasons = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !reasons.contains(&reason) && reasons.len() < KEPT {
            reasons.push(reason);
        }
    }
}

impl ClientContext for LookupSide {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        if (level as i32) <= (RDKafkaLogLevel::Error as i32) {
            self.remember(message);
        }
        log(level, facility, message);
    }

    fn error(&self, _: KafkaError, reason: &str) {
        self.remember(reason);
    }
}

impl ConsumerContext for LookupSide {}

impl Lookup {
    /// Reaches the cluster within the deadline.
    pub(super) fn connect(config: &Config) -> Result<Self, ConnectError> {
        let deadline = config.connect_timeout;
        let client = config
            .client_config()
            .set("allow.auto.create.topics", "false")
            .create_with_context(LookupSide::default())
            .map_err(|error| ConnectError::Config(refused(&error)))?;
        let lookup = Self(client);
        let end = until(deadline);
        loop {
            // In steps: an attempt that hangs must not hide that another broker has come back.
            let left = end.saturating_duration_since(Instant::now());
            let error = match lookup.metadata(None, left.min(Duration::from_secs(2))) {
                Ok(_) => return Ok(lookup),
                Err(error) => error,
            };
            if Instant::now() >= end {
                let reasons = lookup.reasons();
                let cause = if reasons.is_empty() { error.to_string() } else { reasons };
                return Err(ConnectError::Unreachable {
                    brokers: config.brokers.clone(),
                    deadline,
                    cause,
                });
            }
            std::thread::sleep(Duration::from_millis(50).min(end.saturating_duration_since(Instant::now())));
        }
    }

    /// What went wrong, by the client's own log lines, which wait on its queue until they are served.
    fn reasons(&self) -> String {
        const STEP: Duration = Duration::from_millis(10);
        const STEPS: usize = 50;
        let mut reasons = String::new();
        for _ in 0..STEPS {
            reasons = self.0.context().0.lock().unwrap_or_else(PoisonError::into_inner).join("; ");
            if !reasons.is_empty() {
                break;
            }
            _ = self.0.poll(STEP);
        }
        reasons
    }

    fn metadata(&self, topic: Option<&str>, patience: Duration) -> Result<Metadata, KafkaError> {
        // Events of the client are served by polling it; there are no messages to come.
        _ = self.0.poll(Duration::ZERO);
        self.0.fetch_metadata(topic, patience)
    }

    /// All topics of the cluster.
    pub(super) fn all(&self) -> Result<Metadata, String> {
        self.metadata(None, PATIENCE).map_err(|error| error.to_string())
    }
}
