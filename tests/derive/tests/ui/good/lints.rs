//! The strictest of applications: what the derive writes is quiet under all of its lints.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unused,
    unused_qualifications,
    unused_lifetimes,
    single_use_lifetimes,
    elided_lifetimes_in_paths,
    unreachable_pub,
    trivial_casts,
    trivial_numeric_casts,
    unused_results,
    let_underscore_drop,
    nonstandard_style,
    future_incompatible,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic
)]

use std::borrow::Cow;
use std::collections::BTreeMap;

use kafka_event::logical::TimestampMicros;
use kafka_event::{KafkaEvent, Topic};

/// An order.
#[derive(Debug, KafkaEvent)]
#[kafka(topic = "orders")]
pub struct Order {
    /// Its number.
    pub id: Number,
    /// Its kind.
    pub r#type: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// Its prices.
    pub prices: BTreeMap<String, f64>,
    /// When it was placed.
    pub placed_at: TimestampMicros,
    /// A note.
    pub note: Option<String>,
}

/// A number.
#[derive(Debug, Clone, Copy, KafkaEvent)]
pub struct Number(pub i64);

/// Some of it.
#[derive(Debug, KafkaEvent)]
#[kafka(topic = "orders", consume)]
pub struct Seen<'a> {
    /// Its kind.
    pub r#type: Cow<'a, str>,
}

/// A part of one.
#[derive(Debug, KafkaEvent)]
#[kafka(topic = "shipments", consume)]
pub struct Generic<T> {
    /// Where it goes.
    pub to: T,
}

/// Who carries it.
#[derive(Debug, Clone, Copy, KafkaEvent)]
#[kafka(enum = "Carrier")]
pub enum Carrier {
    /// The post.
    Post,
    /// Somebody.
    #[kafka(other)]
    Other,
}

/// All.
#[derive(Debug, KafkaEvent)]
#[kafka(topic = "everything", consume)]
pub enum Everything {
    /// An order.
    Order(Order),
    /// Another.
    #[kafka(other)]
    Other,
}

/// The last.
#[derive(Debug, KafkaEvent)]
#[kafka(topic = "last-orders", event = Order)]
pub struct LastOrders;

fn is_event<T: Topic>() {}

fn main() {
    is_event::<Order>();
    is_event::<Seen<'static>>();
    is_event::<Everything>();
    is_event::<LastOrders>();
    is_event::<Generic<Option<test_address::Address>>>();
}

mod test_address {
    /// Where it goes.
    #[derive(Debug, kafka_event::KafkaEvent)]
    #[kafka(record = "Address")]
    pub(crate) struct Address {
        /// Its city.
        pub(crate) city: String,
    }
}
