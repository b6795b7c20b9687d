//! From a delivery report to the one who waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{DeliveryResult, Headers as _, Message as _};
use rdkafka::producer::ProducerContext;

use super::error::Cause;
use super::permits::Share;
use super::stats::Counters;
use crate::ffi::produce::{Persistence, persistence};
use crate::ffi::report::Pending;
use crate::spec::{FINGERPRINT_HEADER, SCHEMA_ID_HEADER};

/// Where a written event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The partition.
    pub partition: i32,
    /// The offset; unknown where the broker had the event already, from an attempt whose answer was lost.
    pub offset: Option<i64>,
    /// The message's timestamp in milliseconds, where the broker told it.
    pub timestamp: Option<i64>,
}

/// An event that was not written, or perhaps not.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) possibly: bool,
    pub(super) cause: Cause,
    /// The message's key, as it was to be sent.
    pub(super) key: Option<Vec<u8>>,
    /// The message's value, as it was to be sent; `None` of a tombstone.
    pub(super) value: Option<Vec<u8>>,
    /// The fingerprint in its headers, where its framing has one.
    pub(super) fingerprint: Option<Vec<u8>>,
    /// The same of a schema registry's GUID.
    pub(super) schema_id: Option<Vec<u8>>,
}

pub(super) type Outcome = Result<Written, Box<Failure>>;

/// What a message in flight carries: who waits for its report, and the room that it takes of its topic's share.
pub(super) type Delivery = Pending<Outcome>;

/// A message that was not sent before the producer closed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undelivered {
    /// Its topic.
    pub topic: String,
    /// Its key.
    pub key: Option<Vec<u8>>,
    /// Its value, as it was to be sent; `None` of a tombstone.
    pub value: Option<Vec<u8>>,
    /// Its headers, in order.
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    /// Whether it may have been written all the same.
    pub possibly_written: bool,
}

/// What the producer tells.
#[derive(Default)]
pub(super) struct ProducerEvents {
    pub(super) counters: Counters,
    /// While the producer closes: what is handed back.
    pub(super) undelivered: Mutex<Option<Vec<Undelivered>>>,
    /// The topics' shares, by the numbers that their deliveries carry.
    pub(super) shares: RwLock<Vec<Arc<Share>>>,
}

/// Shared by the producer and its owner.
#[derive(Clone, Default)]
pub(super) struct ProducerSide(pub(super) Arc<ProducerEvents>);

impl ProducerEvents {
    /// Adds a topic's share; its number is for its deliveries.
    pub(super) fn add(&self, share: Arc<Share>) -> usize {
        let mut shares = self.shares.write().unwrap_or_else(PoisonError::into_inner);
        shares.push(share);
        shares.len() - 1
    }

    /// Takes off what reports have given back, after some were served.
    pub(super) fn settle(&self) {
        // Not under the lock: what waited may call the application, which may make a publisher.
        let unsettled: Vec<_> = self.shares().iter().filter(|share| share.is_unsettled()).cloned().collect();
        for share in unsettled {
            share.settle();
        }
    }

    /// Messages of all topics that have room and no end yet.
    pub(super) fn waiting(&self) -> usize {
        self.settle();
        self.shares().iter().map(|share| share.held()).sum()
    }

    fn shares(&self) -> RwLockReadGuard<'_, Vec<Arc<Share>>> {
        self.shares.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ClientContext for ProducerSide {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::warn!(%error, reason, "librdkafka");
    }
}

/// librdkafka's log lines to tracing, by their level.
pub(super) fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg | RDKafkaLogLevel::Alert | RDKafkaLogLevel::Critical | RDKafkaLogLevel::Error => {
            tracing::error!(target: "librdkafka", facility, message);
        }
        RDKafkaLogLevel::Warning => tracing::warn!(target: "librdkafka", facility, message),
        RDKafkaLogLevel::Notice | RDKafkaLogLevel::Info => tracing::info!(target: "librdkafka", facility, message),
        RDKafkaLogLevel::Debug => tracing::debug!(target: "librdkafka", facility, message),
    }
}

impl ProducerContext for ProducerSide {
    type DeliveryOpaque = Delivery;

    fn delivery(&self, report: &DeliveryResult<'_>, delivery: Delivery) {
        let events = &self.0;
        let outcome = match report {
            Ok(message) => {
                events.counters.written.fetch_add(1, Ordering::Relaxed);
                Ok(Written {
                    partition: message.partition(),
                    offset: (message.offset() >= 0).then(|| message.offset()),
                    timestamp: message.timestamp().to_millis().filter(|millis| *millis >= 0),
                })
            }
            Err((error, message)) => {
                let possibly = persistence(message) != Persistence::No;
                let counter = if possibly {
                    &events.counters.possibly_written
                } else {
                    &events.counters.not_written
                };
                counter.fetch_add(1, Ordering::Relaxed);
                let key = message.key().map(<[u8]>::to_vec);
                let value = message.payload().map(<[u8]>::to_vec);
                let headers: Vec<_> = message.headers().into_iter().flat_map(|headers| headers.iter()).collect();
                let header = |name: &str| {
                    let found = headers.iter().rfind(|header| header.key == name);
                    found.and_then(|header| header.value).map(<[u8]>::to_vec)
                };
                let (fingerprint, schema_id) = (header(FINGERPRINT_HEADER), header(SCHEMA_ID_HEADER));
                if let Some(undelivered) = &mut *events.undelivered.lock().unwrap_or_else(PoisonError::into_inner) {
                    undelivered.push(Undelivered {
                        topic: message.topic().to_owned(),
                        key: key.clone(),
                        value: value.clone(),
                        headers: headers
                            .iter()
                            .map(|header| (header.key.to_owned(), header.value.map(<[u8]>::to_vec)))
                            .collect(),
                        possibly_written: possibly,
                    });
                }
                let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Unknown);
                Err(Box::new(Failure {
                    possibly,
                    cause: Cause::of(code),
                    key,
                    value,
                    fingerprint,
                    schema_id,
                }))
            }
        };
        // Before the application is told: it may well publish again.
        let unsettled = match events.shares().get(delivery.topic()) {
            Some(share) if share.give_back_later(delivery.bytes()) => Some(share.clone()),
            _ => None,
        };
        // Not under the lock, as above.
        if let Some(share) = unsettled {
            share.settle();
        }
        // A panic of the application's must not end the thread that serves all reports.
        if catch_unwind(AssertUnwindSafe(|| delivery.end(outcome))).is_err() {
            tracing::error!("a delivery callback panicked");
        }
    }
}
