//! What is deprecated is told where it is used, and not where it derives.
#![deny(warnings)]

use kafka_event::KafkaEvent;
use kafka_event::logical::TimestampMicros;
use std::collections::BTreeMap;

/// With a builder, and a field of its own that is deprecated.
#[deprecated]
#[derive(KafkaEvent)]
#[kafka(topic = "orders", builder)]
pub struct Order {
    pub id: i64,
    pub r#type: String,
    pub lines: Vec<String>,
    pub prices: BTreeMap<String, f64>,
    #[deprecated]
    pub placed_at: TimestampMicros,
    pub note: Option<String>,
}

#[deprecated]
#[derive(KafkaEvent)]
#[kafka(record = "Address", builder)]
pub struct Address {
    pub city: String,
}

#[deprecated]
#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
pub struct Seen<'a> {
    pub r#type: &'a str,
    pub note: Option<&'a str>,
}

#[deprecated]
#[derive(Clone, Copy, KafkaEvent)]
pub struct Number(pub i64);

#[deprecated]
#[derive(Clone, Copy, KafkaEvent)]
#[kafka(enum = "Carrier")]
pub enum Carrier {
    #[deprecated]
    Post,
    #[kafka(other)]
    Other,
}

#[deprecated]
#[derive(KafkaEvent)]
#[kafka(topic = "everything", consume)]
pub enum Everything {
    #[deprecated]
    Order(Current),
    #[kafka(other)]
    Other,
}

#[deprecated]
#[derive(KafkaEvent)]
#[kafka(topic = "last-orders", event = Current, consume)]
pub struct LastOrders;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
pub struct Current {
    pub id: i64,
}

mod old {
    #[deprecated]
    pub fn to_avro(city: &str) -> &str {
        city
    }

    #[deprecated]
    pub fn from_avro(city: String) -> Result<String, String> {
        Ok(city)
    }
}

/// Of what a field may use nothing is said.
#[derive(KafkaEvent)]
#[kafka(record = "Address")]
pub struct Allowed {
    #[allow(deprecated)]
    #[kafka(with = old)]
    pub city: String,
}

fn is_event<T: kafka_event::Topic>() {}

#[allow(deprecated)]
fn main() {
    let order = Order::builder().id(1).r#type("a").lines([]).prices([]).placed_at(TimestampMicros(1)).build();
    kafka_event::to_avro(&order).unwrap();
    let _ = Address::builder().city("Bern").build();
    is_event::<Everything>();
    is_event::<Seen<'static>>();
    is_event::<LastOrders>();
    is_event::<Current>();
    let _ = (Number(1), Carrier::Post);
}
