//! Words of the language mean to the derive what they always do, whatever the application calls so.
#![allow(non_camel_case_types, dead_code, unused_macros)]

use kafka_event::KafkaEvent;

type u8 = ();
type i64 = ::core::primitive::i64;
struct str;
struct usize;
struct u64;
struct bool;
struct String;
struct Vec;
struct Box;
struct Result;
struct Ok;
struct Err;
struct Some;
struct None;
trait Sized {}
trait Send {}
trait Sync {}
trait Default {}
trait Decode {}
trait Encode {}
trait Topic {}
mod std {}
mod core {}
mod alloc {}
mod diagnostic {}

type Option<T> = ::core::option::Option<T>;
type Text = ::std::string::String;

macro_rules! concat {
    ($($any:tt)*) => {};
}

macro_rules! assert {
    ($($any:tt)*) => {};
}

macro_rules! matches {
    ($($any:tt)*) => {};
}

macro_rules! include_bytes {
    ($($any:tt)*) => {};
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    id: i64,
    r#type: Text,
    lines: ::std::vec::Vec<Text>,
    prices: ::std::collections::BTreeMap<Text, f64>,
    placed_at: kafka_event::logical::TimestampMicros,
    note: Option<Text>,
    #[kafka(skip)]
    beside: ::core::primitive::bool,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment {
    id: i64,
    carrier: Carrier,
    before: ::std::vec::Vec<Carrier>,
    to: Option<Address>,
}

#[derive(Clone, Copy, KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Carrier {
    Post,
    #[kafka(other)]
    Err,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: Text,
}

#[derive(KafkaEvent)]
struct Number(i64);

#[derive(KafkaEvent)]
#[kafka(topic = "everything")]
enum Everything {
    Order(Order),
    Shipment(Shipment),
}

#[derive(KafkaEvent)]
#[kafka(topic = "last-orders", event = Order)]
struct LastOrders;

#[derive(KafkaEvent)]
#[kafka(topic = "orders-by-address", event = Order, key = Address)]
struct OrdersByAddress;

fn is_event<T: kafka_event::PublishedTopic + kafka_event::ConsumedTopic>() {}

fn main() {
    is_event::<Order>();
    is_event::<Everything>();
    is_event::<LastOrders>();
    is_event::<OrdersByAddress>();
}
