//! The application's own events, on a broker within the process and beside the generated ones.

use std::time::Duration;

use chrono::{NaiveDate, TimeZone as _, Utc};
use kafka_event::evolution::Evolution;
use kafka_event::uuid::Uuid;
use kafka_event::{
    Compacted, Consumer, EmbeddedBroker, EncodedEvent, Kafka, Keyed, PublishedTopic, Subscription, Topic, decode_value, decode_value_ref,
    encode_value, from_avro, to_avro,
};
use rust_decimal::Decimal;
use shop::events::{CATALOG, topics};
use shop::own::{
    Article, Customer, Failed, Hit, Line, NewOrder, Number, Order, OrderId, OrdersAgain, Page, Payment, Price, Scanned, Shipment,
    State, ToShip, ToShipRef,
};
use shop::{events, replaced, replaced_whole};

fn order() -> Order {
    Order {
        order_id: OrderId(Uuid::from_u64_pair(7, 7)),
        customer: Customer {
            number: Number(3),
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

/// The bytes of the key that an event is published with.
fn key_of<T: PublishedTopic>(event: &T::Event) -> Vec<u8> {
    let mut key = Vec::new();
    assert!(T::encode_key(event, &mut key).unwrap());
    key
}

/// An order as it once was: fewer fields in another order, and a customer with a field that is gone.
const OLDER: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
    {"name": "customer", "type": {"type": "record", "name": "Customer", "fields": [
        {"name": "city", "type": "string"}, {"name": "name", "type": "string"}, {"name": "id", "type": "int"}]}},
    {"name": "orderId", "type": {"type": "string", "logicalType": "uuid"}},
    {"name": "state", "type": {"type": "enum", "name": "OrderState", "symbols": ["NEW", "IN_WORK", "DONE"]}},
    {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
        {"name": "article", "type": "string"}, {"name": "count", "type": "int"}]}}},
    {"name": "placedAt", "type": {"type": "long", "logicalType": "timestamp-micros"}},
    {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}}
]}"#;

fn older() -> Vec<u8> {
    let mut bytes = vec![4, b'N', b'L', 6, b'A', b'n', b'n', 6, 72];
    bytes.extend(b"00000000-0000-0007-0000-000000000007");
    bytes.extend([2, 0, 0, 4, 0x07, 0xCF]);
    bytes
}

/// Who bought it.
fn of_old() -> Customer {
    Customer {
        since: None,
        ..order().customer
    }
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
    let failed = Payment::Failed(Box::new(Failed {
        of: "o1".to_owned(),
        why: "no money".to_owned(),
    }));
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

/// The event that has an own type in a field is built, borrowed, keyed and read of another version as it was before.
#[test]
fn what_is_generated_around_an_own_type_works_alike() {
    let bytes = to_avro(&order()).unwrap();
    let read = from_avro::<replaced::shop::Order>(&bytes).unwrap();
    let built = replaced::shop::Order::builder()
        .order_id(read.order_id)
        .customer(order().customer)
        .state(read.state)
        .lines(read.lines.clone())
        .placed_at(read.placed_at)
        .total(read.total)
        .document(read.document.clone())
        .labels(read.labels.clone())
        .homepage(read.homepage.clone())
        .build();
    assert_eq!(built, read);

    let mut value = Vec::new();
    encode_value::<replaced::topics::Orders>(&built, &mut value).unwrap();
    let borrowed = decode_value_ref::<replaced::topics::Orders>(EncodedEvent::new(value.as_slice())).unwrap();
    assert_eq!((borrowed.homepage, &borrowed.customer), ("https://shop.example", &order().customer));
    assert_eq!(replaced::shop::Order::from(borrowed), built);

    let generated = from_avro::<events::shop::Order>(&bytes).unwrap();
    let key = key_of::<topics::Orders>(&generated);
    assert_eq!(key, 3_i64.to_be_bytes());
    assert_eq!(key_of::<replaced::topics::Orders>(&built), key);

    let read = Evolution::<replaced::shop::Order>::from_schema(OLDER)
        .unwrap()
        .decode(&older())
        .unwrap();
    assert_eq!(read.customer, of_old());
    assert_eq!((read.order_id, read.labels.len()), (built.order_id, 0));
}

/// The event of a topic is an own type, and so are a topic's key and event that are two records.
#[test]
fn a_topics_own_record_is_replaced() {
    let (mut value, mut of_own) = (Vec::new(), Vec::new());
    encode_value::<replaced_whole::topics::Orders>(&order(), &mut value).unwrap();
    encode_value::<Order>(&order(), &mut of_own).unwrap();
    assert_eq!(value, of_own);
    let encoded = EncodedEvent::new(value.as_slice());
    assert_eq!(decode_value::<replaced_whole::topics::Orders>(encoded).unwrap(), order());
    assert_eq!(decode_value_ref::<replaced_whole::topics::Orders>(encoded).unwrap(), order());
    assert_eq!(key_of::<replaced_whole::topics::Orders>(&order()), 3_i64.to_be_bytes());
    assert_eq!(
        <replaced_whole::topics::Orders as Topic>::SPEC.records,
        <topics::Orders as Topic>::SPEC.records
    );
    let read = Evolution::<<replaced_whole::topics::Orders as Topic>::Event>::from_schema(OLDER).unwrap();
    assert_eq!(read.decode(&older()).unwrap().customer, of_old());

    let price = Keyed::new(Article { number: Number(4) }, Price { cents: 250 });
    assert_eq!(key_of::<replaced_whole::topics::Prices>(&price), key_of::<Price>(&price));
    let (_broker, kafka) = connected();
    kafka
        .publisher_blocking::<replaced_whole::topics::Prices>()
        .unwrap()
        .publish_blocking(&price)
        .unwrap();
    let consumer = kafka
        .consumer_of::<replaced_whole::topics::Prices>("prices")
        .start_blocking()
        .unwrap();
    assert_eq!(next(&consumer), Compacted::Event(price));
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

/// Types of every crate, and what borrows: the generated type's bytes, there and back.
#[test]
fn types_of_every_crate() {
    let shipment = Shipment {
        id: Number(7),
        day: time::Date::from_ordinal_date(2024, 366).unwrap(),
        clock: jiff::civil::time(23, 59, 59, 1_000),
        at: "2024-12-31T23:59:59.001Z".parse().unwrap(),
        there: time::PrimitiveDateTime::new(
            time::Date::from_ordinal_date(1969, 365).unwrap(),
            time::Time::from_hms_micro(1, 2, 3, 4).unwrap(),
        ),
        seal: *b"\x00\x01\xfe\xff",
        label: [0_u8, 255].as_slice().into(),
        carrier: "post".into(),
        pieces: [("tea".into(), 2)].into_iter().collect(),
        codes: ["a".into(), "b".into()].into(),
    };
    let bytes = to_avro(&shipment).unwrap();
    assert_eq!(from_avro::<Shipment>(&bytes).unwrap(), shipment);
    let generated: events::shop::Shipment = from_avro(&bytes).unwrap();
    assert_eq!(to_avro(&generated).unwrap(), bytes);
    assert_eq!((generated.day.0, generated.clock.0), (20_088, 86_399_000_001));
    assert_eq!((generated.at.0, generated.there.0), (1_735_689_599_001, -82_676_999_996));
    assert_eq!(key_of::<Shipment>(&shipment), key_of::<topics::Shipments>(&generated));

    let mut message = Vec::new();
    encode_value::<Shipment>(&shipment, &mut message).unwrap();
    let scanned = decode_value_ref::<Scanned<'static>>(EncodedEvent::new(message.as_slice())).unwrap();
    assert_eq!((scanned.seal, scanned.label, scanned.carrier), (&shipment.seal, &*shipment.label, "post"));
    assert_eq!((scanned.pieces["tea"], &*scanned.codes), (2, ["a", "b"].as_slice()));
    assert!(message.as_ptr_range().contains(&scanned.seal.as_ptr()), "it is the message's own");
}
