//! The application's own events, on a broker within the process and beside the generated ones.

use std::time::Duration;

use chrono::{NaiveDate, TimeZone as _, Utc};
use kafka_event::evolution::Evolution;
use kafka_event::uuid::Uuid;
use kafka_event::{
    Compacted, Consumer, EmbeddedBroker, EncodedEvent, Kafka, Keyed, Subscription, Topic, decode_value_ref, encode_value, from_avro,
    to_avro,
};
use rust_decimal::Decimal;
use shop::events::{CATALOG, topics};
use shop::own::{
    Article, Customer, Failed, Hit, Line, NewOrder, Number, Order, OrderId, OrdersAgain, Page, Payment, Price, State, ToShip, ToShipRef,
};
use shop::{events, replaced};

fn order() -> Order {
    Order {
        order_id: OrderId(Uuid::from_u64_pair(7, 7)),
        customer: Customer {
            id: Number(3),
            name: "Ann".into(),
            since: NaiveDate::from_ymd_opt(2019, 5, 1),
        },
        state: State::InWork,
        lines: vec![Line {
            article: "tea".to_owned(),
            count: 2,
        }],
        placed_at: Utc.timestamp_micros(1_771_027_200_000_001).unwrap(),
        total: Decimal::new(1999, 2),
        document: vec![1, 2, 3].into(),
        labels: [("gift".to_owned(), "yes".to_owned())].into(),
        homepage: Page {
            host: "shop.example".to_owned(),
        },
        seen: false,
    }
}

fn connected() -> (EmbeddedBroker, Kafka) {
    let broker = EmbeddedBroker::start().unwrap();
    let kafka = Kafka::connect_blocking(broker.config()).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    (broker, kafka)
}

/// The next event, taken and acknowledged.
fn next<S: Subscription>(consumer: &Consumer<S>) -> S::Event {
    let (event, _, ack) = consumer.recv_blocking().unwrap().into_parts();
    ack.ack();
    event
}

#[test]
fn own_events_go_and_come() {
    let (_broker, kafka) = connected();
    let publisher = kafka.publisher_blocking::<Order>().unwrap();
    publisher.publish_blocking(&order()).unwrap();
    let whole = kafka.consumer_of::<Order>("whole").start_blocking().unwrap();
    assert_eq!(next(&whole), order());
    let some = kafka.consumer_of::<ToShip>("some").start_blocking().unwrap();
    let read = next(&some);
    assert_eq!((read.lines, read.number), (order().lines, order().order_id));
    let generated = kafka.consumer_of::<topics::Orders>("generated").start_blocking().unwrap();
    assert_eq!(next(&generated).customer.name, "Ann");
    assert!(whole.close_blocking(Duration::from_secs(10)).is_settled());

    let again = kafka.publisher_blocking::<OrdersAgain>().unwrap();
    again.publish_blocking(&order()).unwrap();
    let consumer = kafka.consumer_of::<OrdersAgain>("again").start_blocking().unwrap();
    assert_eq!(next(&consumer), order());
}

#[test]
fn several_records_and_a_key_of_its_own() {
    let (_broker, kafka) = connected();
    let payments = kafka.publisher_blocking::<Payment>().unwrap();
    let failed = Payment::Failed(Failed {
        of: "o1".to_owned(),
        why: "no money".to_owned(),
    });
    payments.publish_blocking(&failed).unwrap();
    let consumer = kafka.consumer_of::<Payment>("payments").start_blocking().unwrap();
    assert_eq!(next(&consumer), failed);

    let prices = kafka.publisher_blocking::<Price>().unwrap();
    let price = Keyed::new(Article { number: Number(4) }, Price { cents: 250 });
    prices.publish_blocking(&price).unwrap();
    prices.publish_tombstone_blocking(&price.key).unwrap();
    let consumer = kafka.consumer_of::<Price>("prices").start_blocking().unwrap();
    assert_eq!(next(&consumer), Compacted::Event(price.clone()));
    assert_eq!(next(&consumer), Compacted::Tombstone(price.key));
}

#[test]
fn the_bytes_are_the_generated_events() {
    let bytes = to_avro(&order()).unwrap();
    let generated = from_avro::<events::shop::Order>(&bytes).unwrap();
    assert_eq!(to_avro(&generated).unwrap(), bytes);
    let Order {
        order_id,
        customer,
        state,
        lines,
        placed_at,
        total,
        ..
    } = order();
    let new = NewOrder {
        order_id,
        customer,
        state,
        lines,
        placed_at,
        total,
    };
    let generated = from_avro::<events::shop::Order>(&to_avro(&new).unwrap()).unwrap();
    assert_eq!((&*generated.homepage, generated.labels.len()), ("https://shop.example", 0));
}

#[test]
fn some_fields_are_borrowed() {
    let mut value = Vec::new();
    encode_value::<Order>(&order(), &mut value).unwrap();
    let read = decode_value_ref::<ToShipRef<'static>>(EncodedEvent::new(value.as_slice())).unwrap();
    assert_eq!((read.lines[0].article, &*read.customer.name), ("tea", "Ann"));
}

/// One type of the contract is the application's own, in code that is generated all the same; and nothing else has changed.
#[test]
fn going_over_from_generated_types_one_by_one() {
    let bytes = to_avro(&order()).unwrap();
    let generated = from_avro::<events::shop::Order>(&bytes).unwrap();
    let replaced = from_avro::<replaced::shop::Order>(&bytes).unwrap();
    assert_eq!(replaced.customer, order().customer);
    assert_eq!(replaced.placed_at, generated.placed_at);
    assert_eq!(to_avro(&replaced).unwrap(), bytes);
    assert_eq!(
        <replaced::topics::Orders as Topic>::SPEC.records,
        <topics::Orders as Topic>::SPEC.records
    );
}

#[test]
fn another_package_and_another_version() {
    let hit = Hit {
        path: "/".to_owned(),
        status: 200,
    };
    assert_eq!(from_avro::<Hit>(&to_avro(&hit).unwrap()).unwrap(), hit);
    let older = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
        {"name": "orderId", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
            {"name": "count", "type": "int"}, {"name": "article", "type": "string"}]}}}
    ]}"#;
    let evolution = Evolution::<ToShip>::from_schema(older).unwrap();
    let mut bytes = vec![72];
    bytes.extend(b"00000000-0000-0007-0000-000000000007");
    bytes.extend([2, 4, 6, b't', b'e', b'a', 0]);
    let read = evolution.decode(&bytes).unwrap();
    assert_eq!((read.lines, read.number), (order().lines, order().order_id));
}
