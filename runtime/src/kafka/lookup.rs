//! What the cluster has: asked by a client that is not the producer, since naming a topic there would fix its settings.

use std::sync::atomic::{AtomicBool, Ordering};
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
struct LookupSide {
    reasons: Mutex<Vec<String>>,
    connected: AtomicBool,
}

impl LookupSide {
    fn remember(&self, reason: &str) {
        const KEPT: usize = 4;
        // `[thrd:host:port/bootstrap]: host:port/bootstrap: Connect to … failed: …`: the rest of the line says it all.
        let reason = reason.split_once("]: ").map_or(reason, |(_, reason)| reason);
        // How long it took, and how often it was not told: the same reason otherwise.
        let reason = match reason.rsplit_once(" (after ") {
            Some((reason, rest)) if rest.ends_with(')') => reason.to_owned(),
            _ => reason.to_owned(),
        };
        let mut reasons = self.reasons.lock().unwrap_or_else(PoisonError::into_inner);
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
        if self.connected.load(Ordering::Relaxed) {
            log(level, facility, message);
        } else {
            // The error of the whole attempt says it, once.
            tracing::debug!(target: "librdkafka", facility, message);
        }
    }

    fn error(&self, _: KafkaError, reason: &str) {
        self.remember(reason);
    }
}

impl ConsumerContext for LookupSide {}

impl Lookup {
    /// Reaches the cluster within the deadline.
    pub(super) fn connect(config: &Config) -> Result<Self, ConnectError> {
        brokers_are_well_formed(&config.brokers).map_err(ConnectError::Config)?;
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
                Ok(_) => {
                    lookup.0.context().connected.store(true, Ordering::Relaxed);
                    return Ok(lookup);
                }
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
            reasons = self.0.context().reasons.lock().unwrap_or_else(PoisonError::into_inner).join("; ");
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

/// Refuses what librdkafka would try until the deadline, or take for another name.
fn brokers_are_well_formed(brokers: &str) -> Result<(), String> {
    const WANTED: &str = "host:port is wanted, more of them joined by commas";
    let mut named = brokers.split(',').map(str::trim).filter(|broker| !broker.is_empty()).peekable();
    if named.peek().is_none() {
        return Err(format!("no broker is named: {WANTED}"));
    }
    match named.find(|broker| !is_well_formed(broker)) {
        Some(broker) => Err(format!("{broker:?} is no broker: {WANTED}")),
        None => Ok(()),
    }
}

/// `host`, `host:port`, or either behind a protocol, as in `SASL_SSL://host:port`; an address of IPv6 stands in brackets.
fn is_well_formed(broker: &str) -> bool {
    let address = broker.split_once("://").map_or(broker, |(_, address)| address);
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, "")) => (host, None),
            Some((host, rest)) => match rest.strip_prefix(':') {
                Some(port) => (host, Some(port)),
                None => return false,
            },
            None => return false,
        },
        None => match address.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (address, None),
        },
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0);
    let is_of_host = |char: char| !char.is_whitespace() && !char.is_control() && !"/[]".contains(char);
    !host.is_empty() && host.chars().all(is_of_host) && port.is_none_or(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brokers_are_refused_before_anything_is_tried() {
        for good in [
            "a",
            "a:1",
            " a:1 , b:65535,",
            "SASL_SSL://a:9093",
            "[::1]:9092",
            "[fe80::1]",
            "SSL://[::1]:9092",
        ] {
            assert_eq!(brokers_are_well_formed(good), Ok(()), "{good:?}");
        }
        for none in ["", " ", ",", " , "] {
            assert!(
                brokers_are_well_formed(none).unwrap_err().starts_with("no broker is named: "),
                "{none:?}"
            );
        }
        for bad in [
            ":1",
            "a:",
            "a:0",
            "a:65536",
            "a:+1",
            "a:b",
            "a b:1",
            "a;b:1:2",
            "::1",
            "[::1",
            "[::1]9092",
            "http://",
            "a:1/x",
            "a/b",
        ] {
            let error = brokers_are_well_formed(&format!("good:1,{bad}")).unwrap_err();
            assert!(error.starts_with(&format!("{bad:?} is no broker")), "{error}");
        }
    }

    #[test]
    fn one_reason_is_remembered_once() {
        let side = LookupSide::default();
        side.remember("[thrd:a:1/bootstrap]: a:1/bootstrap: Connect failed: refused (after 0ms in state CONNECT)");
        side.remember("a:1/bootstrap: Connect failed: refused (after 7ms in state CONNECT, 1 identical error(s) suppressed)");
        side.remember("a:1/bootstrap: Failed (really)");
        let reasons = side.reasons.lock().unwrap();
        assert_eq!(
            *reasons,
            ["a:1/bootstrap: Connect failed: refused", "a:1/bootstrap: Failed (really)"]
        );
    }
}
