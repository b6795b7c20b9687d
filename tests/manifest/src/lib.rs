//! A contract with all that a manifest can say.
//!
//! What the compiler takes, and what it refuses by one word's difference. A compacted topic has tombstones:
//!
//! ```
//! use kafka_event::Publisher;
//! use test_manifest::events::topics::{LastEvents, OrderEvents};
//!
//! fn bury(publisher: Publisher<LastEvents>, order: kafka_event::uuid::Uuid) {
//!     _ = publisher.publish_tombstone_blocking(&order);
//! }
//! ```
//!
//! and another has none:
//!
//! ```compile_fail,E0277
//! use kafka_event::Publisher;
//! use test_manifest::events::topics::{LastEvents, OrderEvents};
//!
//! fn bury(publisher: Publisher<OrderEvents>, order: kafka_event::uuid::Uuid) {
//!     _ = publisher.publish_tombstone_blocking(&order);
//! }
//! ```
//!
//! An event whose key is a record of its own goes with it:
//!
//! ```
//! use kafka_event::{Keyed, Publisher};
//! use test_manifest::events::{shared::CustomerKey, shop::OrderPlaced, topics::CustomerOrders};
//!
//! fn publish(publisher: Publisher<CustomerOrders>, key: CustomerKey, order: OrderPlaced) {
//!     _ = publisher.publish_blocking(&Keyed::new(key, order));
//! }
//! ```
//!
//! and not without:
//!
//! ```compile_fail,E0308
//! use kafka_event::{Keyed, Publisher};
//! use test_manifest::events::{shared::CustomerKey, shop::OrderPlaced, topics::CustomerOrders};
//!
//! fn publish(publisher: Publisher<CustomerOrders>, key: CustomerKey, order: OrderPlaced) {
//!     _ = publisher.publish_blocking(&order);
//! }
//! ```
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

use kafka_event::uuid::Uuid;
use kafka_event::{EmbeddedBroker, Kafka};
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::BorrowedMessage;

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

use events::shared::{CustomerKey, Profile};
use events::shop::{OrderPaid, OrderPlaced};

/// Long enough for any machine; a test that needs it has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A broker, and a client of it with all topics made.
///
/// # Panics
/// The broker does not start or answer.
#[must_use]
pub fn connected() -> (EmbeddedBroker, Kafka) {
    let broker = EmbeddedBroker::start().expect("the embedded broker starts");
    let kafka = Kafka::connect_blocking(broker.config()).expect("the embedded broker answers");
    kafka.ensure_topics_blocking(&events::CATALOG).expect("topics are made");
    (broker, kafka)
}

/// An order by its number.
#[must_use]
pub fn placed(number: u128) -> OrderPlaced {
    OrderPlaced::builder()
        .order_id(Uuid::from_u128(number))
        .customer("Zoë")
        .total_cents(1250)
        .build()
}

/// The payment of an order by its number.
#[must_use]
pub fn paid(number: u128) -> OrderPaid {
    OrderPaid::builder().reference("thanks").order_id(Uuid::from_u128(number)).build()
}

/// A customer's key; of a tenant for whom one is given.
#[must_use]
pub fn customer(tenant: Option<&str>, customer: &str) -> CustomerKey {
    CustomerKey {
        tenant: tenant.map(str::to_owned),
        customer: customer.to_owned(),
    }
}

/// A customer's profile.
#[must_use]
pub fn profile(customer: &str, points: i32) -> Profile {
    Profile {
        customer: customer.to_owned(),
        points,
    }
}

/// Reads as many messages of a topic with a client that knows nothing of ours.
///
/// # Panics
/// They do not come.
pub fn read<R>(broker: &EmbeddedBroker, topic: &str, count: usize, mut with: impl FnMut(&BorrowedMessage<'_>) -> R) -> Vec<R> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", broker.bootstrap_servers())
        .set("group.id", format!("reader-of-{topic}"))
        .set("auto.offset.reset", "earliest")
        .create()
        .expect("a consumer");
    consumer.subscribe(&[topic]).expect("subscribed");
    let end = Instant::now() + PATIENCE;
    let mut found = Vec::new();
    while found.len() < count {
        assert!(Instant::now() < end, "only {} of {count} messages came", found.len());
        if let Some(message) = consumer.poll(Duration::from_millis(100)) {
            found.push(with(&message.expect("a message")));
        }
    }
    found
}
