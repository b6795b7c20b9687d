//! A real cluster and the flagship's events, as the tests use them.
//!
//! | variable | meaning |
//! | --- | --- |
//! | `KAFKA_EVENT_BROKERS` | the cluster's brokers; without it the tests say that they are skipped, and pass |
//! | `KAFKA_EVENT_STRICT` | where it is set, and not to `corpus`, a missing cluster is a failure |
//! | `KAFKA_EVENT_CLUSTER_LIBS` | Kafka's jars, for the tests that run Kafka's own tools |
//! | `KAFKA_EVENT_CLUSTER_DATA` | the folder of the cluster that `cargo xtask cluster` made: ours to read, and to delete topics in |
//!
//! `cargo xtask cluster test` sets them all. Tests share the cluster and run side by side: each knows its own events by a key or an id that
//! no other run has.

mod client;
mod java;
mod network;
mod sample;

pub use client::{Record, create, delete, describe, read, topics_on};
pub use java::{Batch, Java};
pub use network::Network;
pub use sample::{audit, health, job, metrics, notification, number_of, unique};

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use kafka_event::{Config, Kafka};

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

/// Long enough for any machine; a test that needs it has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The cluster under test.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Its brokers, `host:port`, joined by commas.
    pub brokers: String,
}

/// A cluster that `cargo xtask cluster` made on this machine.
#[derive(Debug, Clone)]
pub struct LocalCluster {
    /// Its folder.
    pub data: PathBuf,
    /// The cluster.
    pub cluster: Cluster,
}

impl Cluster {
    /// The cluster of the environment; `None`, said on standard error, where there is none.
    ///
    /// # Panics
    /// There is none, and the environment is strict.
    #[must_use]
    pub fn from_env() -> Option<Self> {
        let brokers = variable("KAFKA_EVENT_BROKERS")?;
        let brokers = brokers.into_string().expect("KAFKA_EVENT_BROKERS is text");
        Some(Self { brokers })
    }

    /// A client of it.
    ///
    /// # Panics
    /// The cluster does not answer.
    #[must_use]
    pub fn connect(&self) -> Kafka {
        Kafka::connect_blocking(Config::new(&self.brokers)).expect("the cluster answers")
    }

    /// A client of it, with the flagship's topics there.
    ///
    /// # Panics
    /// The cluster does not answer, or has topics of these names that are not the manifest's.
    #[must_use]
    pub fn connect_with_topics(&self) -> Kafka {
        let kafka = self.connect();
        kafka.ensure_topics_blocking(&events::CATALOG).expect("topics are made");
        kafka
    }
}

impl LocalCluster {
    /// The cluster of the environment, where it is one of this machine.
    ///
    /// # Panics
    /// There is none, and the environment is strict.
    #[must_use]
    pub fn from_env() -> Option<Self> {
        let cluster = Cluster::from_env()?;
        let data = PathBuf::from(variable("KAFKA_EVENT_CLUSTER_DATA")?);
        Some(Self { data, cluster })
    }
}

fn variable(name: &str) -> Option<std::ffi::OsString> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let found = set(name);
    if found.is_none() {
        assert!(
            set("KAFKA_EVENT_STRICT").is_none_or(|strict| strict == "corpus"),
            "{name} is not set, and KAFKA_EVENT_STRICT is: run this by `cargo xtask cluster test`"
        );
        eprintln!("skipped, since {name} is not set: `cargo xtask cluster test` runs this");
    }
    found
}
