//! The application's own types.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use kafka_event::KafkaEvent;
use kafka_event::uuid::Uuid;
use rust_decimal::Decimal;

/// An order's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, KafkaEvent)]
pub struct OrderId(pub Uuid);

/// A customer's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, KafkaEvent)]
pub struct Number(pub i64);

/// A page of the web.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its host.
    pub host: String,
}

/// How a page is carried.
pub mod page {
    use super::Page;

    /// The page as text.
    pub fn to_avro(page: &Page) -> String {
        format!("https://{}", page.host)
    }

    /// The page of a text.
    pub fn from_avro(text: &str) -> Result<Page, String> {
        let host = text.strip_prefix("https://").ok_or_else(|| format!("`{text}` is no page"))?;
        Ok(Page { host: host.to_owned() })
    }
}

/// Who buys.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "shop.Customer")]
pub struct Customer {
    /// Keys the orders.
    #[kafka(rename = "id")]
    pub number: Number,
    /// A name.
    pub name: Box<str>,
    /// Of old.
    pub since: Option<NaiveDate>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, KafkaEvent)]
#[kafka(enum = "OrderState", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Not begun.
    New,
    /// Begun.
    InWork,
    /// Whatever else.
    #[kafka(rename = "DONE", other)]
    Over,
}

/// What is bought.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "Line")]
pub struct Line<Name = String> {
    /// What.
    pub article: Name,
    /// How many.
    pub count: i32,
}

type Lines = Vec<Line>;

/// An order with all that it has.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "orders", rename_all = "camelCase")]
pub struct Order {
    /// Its number.
    pub order_id: OrderId,
    /// Whose.
    pub customer: Customer,
    /// How far.
    pub state: State,
    /// What.
    pub lines: Lines,
    /// When.
    pub placed_at: DateTime<Utc>,
    /// How much.
    pub total: Decimal,
    /// On paper.
    pub document: Bytes,
    /// Whatever.
    pub labels: HashMap<String, String>,
    /// Where.
    #[kafka(with = page)]
    pub homepage: Page,
    /// Not carried.
    #[kafka(skip)]
    pub seen: bool,
    /// Never there.
    #[cfg(any())]
    pub never: Never,
}

/// The same on another topic.
#[derive(KafkaEvent)]
#[kafka(topic = "orders-again", event = Order)]
pub struct OrdersAgain;

/// What a new order has.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "orders")]
pub struct NewOrder {
    /// Its number.
    pub order_id: OrderId,
    /// Whose.
    pub customer: Customer,
    /// How far.
    pub state: State,
    /// What.
    pub lines: Lines,
    /// When.
    pub placed_at: DateTime<Utc>,
    /// How much.
    pub total: Decimal,
}

/// What shipping reads of it.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "orders", consume)]
pub struct ToShip {
    /// What.
    pub lines: Lines,
    /// Its number.
    #[kafka(rename = "orderId")]
    pub number: OrderId,
}

/// The same without a copy of its text.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "orders", consume)]
pub struct ToShipRef<'a> {
    /// What.
    pub lines: Vec<Line<&'a str>>,
    /// Whose.
    pub customer: Name<'a>,
}

/// A customer's name.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "shop.Customer", consume)]
pub struct Name<'a> {
    /// The name.
    pub name: Cow<'a, str>,
}

/// A payment that came, or did not.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "payments")]
pub enum Payment {
    /// It did.
    Paid(crate::events::shop::Paid),
    /// It did not.
    #[kafka(rename = "Refused", key = of)]
    Failed(Box<Failed>),
}

/// Why a payment did not come.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "shop.Refused")]
pub struct Failed {
    /// The order.
    #[kafka(rename = "order")]
    pub of: String,
    /// The reason.
    pub why: String,
}

/// What an article costs now.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "prices", key = Article)]
pub struct Price {
    /// Cents.
    pub cents: i64,
}

/// An article.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "shop.Article")]
pub struct Article {
    /// Its number.
    pub number: Number,
}

/// Of the contract of another package.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "hits", manifest = "contract/schemas/topics.toml")]
pub struct Hit {
    /// Where.
    pub path: String,
    /// Whether it was there.
    pub status: i32,
}

/// A hasher without a secret.
pub type Hasher = BuildHasherDefault<DefaultHasher>;

/// What was sent.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "shipments")]
pub struct Shipment {
    /// Its number.
    pub id: Number,
    /// When.
    pub day: time::Date,
    /// When on that day.
    pub clock: jiff::civil::Time,
    /// When, anywhere.
    pub at: jiff::Timestamp,
    /// When it is there, on the clock of that place.
    pub there: time::PrimitiveDateTime,
    /// Whether it was opened.
    pub seal: [u8; 4],
    /// As it is printed.
    pub label: Arc<[u8]>,
    /// By whom.
    pub carrier: Arc<str>,
    /// How many of each.
    pub pieces: HashMap<Arc<str>, i32, Hasher>,
    /// To be scanned.
    pub codes: VecDeque<Box<str>>,
}

/// The same as the message has it.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "shipments", consume)]
pub struct Scanned<'a> {
    /// Whether it was opened.
    pub seal: &'a [u8; 4],
    /// As it is printed.
    pub label: &'a [u8],
    /// By whom.
    pub carrier: &'a str,
    /// How many of each.
    pub pieces: HashMap<&'a str, i32, Hasher>,
    /// To be scanned.
    pub codes: Box<[&'a str]>,
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
