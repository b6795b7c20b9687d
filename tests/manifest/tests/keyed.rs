//! Keys that are records of their own.

use std::time::Duration;

use kafka_event::codec::DecodeClass;
use kafka_event::kafka::ConsumeError;
use kafka_event::kafka::embedded::Refusal;
use kafka_event::{EncodedEvent, KeySpec, Keyed, Record, Topic, decode_message, decode_value_ref, encode_value, to_avro};
use rdkafka::ClientConfig;
use rdkafka::message::{Headers as _, Message as _};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _};
use test_manifest::events::shared::CustomerKey;
use test_manifest::events::shop::OrderPlaced;
use test_manifest::events::topics::{CustomerEvents, CustomerEventsEvent, CustomerOrders, CustomerOrdersBare};
use test_manifest::{PATIENCE, connected, customer, paid, placed, read};

/// A key's bytes as a single-object message has them.
fn single_object(key: &CustomerKey) -> Vec<u8> {
    let mut bytes = vec![0xC3, 0x01];
    bytes.extend(CustomerKey::FINGERPRINT.to_bytes());
    bytes.extend(to_avro(key).unwrap());
    bytes
}

#[test]
fn key_and_event_travel_together() {
    let (broker, kafka) = connected();
    let orders = kafka.publisher_blocking::<CustomerOrders>().unwrap();
    let sent = [
        Keyed::new(customer(None, "Ann"), placed(1)),
        Keyed::new(customer(Some("north"), "Ann"), placed(2)),
        Keyed::new(customer(None, "Ann"), placed(3)),
    ];
    let partitions = sent.clone().map(|order| orders.publish_blocking(&order).unwrap().partition);
    assert_eq!(partitions[0], partitions[2]);
    let mut found = read(&broker, "customer-orders", 3, |message| {
        assert!(message.headers().is_none());
        (message.key().unwrap().to_vec(), message.payload().unwrap().to_vec())
    });
    found.sort();
    let mut wanted = sent.clone().map(|order| {
        let mut value = Vec::new();
        encode_value::<CustomerOrders>(&order, &mut value).unwrap();
        assert_eq!(value[2..10], OrderPlaced::FINGERPRINT.to_bytes());
        (single_object(&order.key), value)
    });
    wanted.sort();
    assert_eq!(found, wanted);
    let consumer = kafka.consumer_of::<CustomerOrders>("keyed").start_blocking().unwrap();
    let mut received: Vec<_> = sent
        .iter()
        .map(|_| {
            let (order, _, ack) = consumer.recv_blocking().unwrap().into_parts();
            ack.ack();
            order
        })
        .collect();
    received.sort_by_key(|order| order.event.order_id);
    assert_eq!(received, sent);
}

#[test]
fn bare_keys_name_their_schema_in_a_header_of_their_own() {
    let (broker, kafka) = connected();
    let orders = kafka.publisher_blocking::<CustomerOrdersBare>().unwrap();
    let order = Keyed::new(customer(Some("north"), "Ann"), placed(1));
    orders.publish_blocking(&order).unwrap();
    read(&broker, "customer-orders-bare", 1, |message| {
        assert_eq!(message.key(), Some(&to_avro(&order.key).unwrap()[..]));
        assert_eq!(message.payload(), Some(&to_avro(&order.event).unwrap()[..]));
        let headers: Vec<_> = message.headers().unwrap().iter().map(|header| (header.key, header.value)).collect();
        assert_eq!(
            headers,
            [
                ("avro-fingerprint", Some(&OrderPlaced::FINGERPRINT.to_bytes()[..])),
                ("avro-key-fingerprint", Some(&CustomerKey::FINGERPRINT.to_bytes()[..])),
            ]
        );
    });
    let consumer = kafka.consumer_of::<CustomerOrdersBare>("keyed").start_blocking().unwrap();
    let received = consumer.recv_blocking().unwrap();
    assert_eq!(*received.event(), order);
    received.ack();
}

#[test]
fn several_records_under_one_key() {
    let (_broker, kafka) = connected();
    let events = kafka.publisher_blocking::<CustomerEvents>().unwrap();
    let consumer = kafka.consumer_of::<CustomerEvents>("keyed").start_blocking().unwrap();
    for event in [CustomerEventsEvent::from(placed(1)), paid(1).into()] {
        let sent = Keyed::new(customer(None, "Ann"), event);
        events.publish_blocking(&sent).unwrap();
        let received = consumer.recv_blocking().unwrap();
        assert_eq!(*received.event(), sent);
        received.ack();
    }
}

/// The key comes back with the event, whether librdkafka or the broker refused it.
#[test]
fn both_are_handed_back() {
    let (broker, kafka) = connected();
    let order = Keyed::new(customer(Some("north"), "Ann"), placed(1));
    let single = kafka.publisher_blocking::<CustomerOrders>().unwrap();
    let bare = kafka.publisher_blocking::<CustomerOrdersBare>().unwrap();
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    assert_eq!(single.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    assert_eq!(bare.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
    assert_eq!(single.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
    assert_eq!(bare.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
}

#[test]
fn the_manifest_says_what_keys_a_topic() {
    let KeySpec::Record(key) = CustomerOrders::SPEC.key else {
        panic!("{:?}", CustomerOrders::SPEC.key)
    };
    assert_eq!(
        (key.full_name, key.fingerprint, CustomerOrders::SPEC.key.name()),
        ("shared.CustomerKey", CustomerKey::FINGERPRINT, Some("shared.CustomerKey"))
    );
}

/// A key that is none is told as such, and by what is wrong with it.
#[test]
fn wrong_keys_are_found() {
    let order = Keyed::new(customer(None, "Ann"), placed(1));
    let (key, mut value) = (single_object(&order.key), Vec::new());
    encode_value::<CustomerOrders>(&order, &mut value).unwrap();
    let error = |key: Option<&[u8]>| {
        let message = EncodedEvent::new(value.as_slice()).with_key(key);
        let error = decode_message::<CustomerOrders>(message).unwrap_err();
        assert_eq!(
            decode_value_ref::<CustomerOrders>(message).unwrap_err().to_string(),
            error.to_string()
        );
        (error.to_string(), error.class())
    };
    let malformed = |reason: &str| (reason.to_owned(), DecodeClass::Malformed);
    assert_eq!(
        error(None),
        malformed("a message without a key, on a topic that is keyed by a record")
    );
    assert_eq!(
        error(Some(b"Ann")),
        malformed("not a single-object key: it does not begin with C3 01")
    );
    assert_eq!(
        error(Some(&key[..9])),
        malformed("a single-object key that ends within its fingerprint")
    );
    assert_eq!(
        error(Some(&key[..key.len() - 1])),
        malformed("the key: field `customer`: the bytes end: 3 wanted, 2 left (at byte 2)")
    );
    let mut foreign = key.clone();
    foreign[2] ^= 1;
    assert_eq!(error(Some(&foreign)).1, DecodeClass::WriterUnknown);
    foreign[2..10].copy_from_slice(&OrderPlaced::FINGERPRINT.to_bytes());
    assert_eq!(
        error(Some(&foreign)),
        (
            "the key: written as `shop.OrderPlaced`, which cannot be read as `shared.CustomerKey`".to_owned(),
            DecodeClass::WriterIncompatible
        )
    );
    let message = EncodedEvent::new(value.as_slice()).with_key(key.as_slice());
    assert_eq!(decode_value_ref::<CustomerOrders>(message).unwrap().key.customer, "Ann");
    assert_eq!(decode_message::<CustomerOrders>(message).unwrap(), order);
}

/// On the way through a broker as well: its partition rests there.
#[test]
fn a_message_with_another_key_is_undecodable() {
    let (broker, kafka) = connected();
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", broker.bootstrap_servers())
        .create()
        .unwrap();
    let mut value = Vec::new();
    encode_value::<CustomerOrders>(&Keyed::new(customer(None, "Ann"), placed(1)), &mut value).unwrap();
    producer.send(BaseRecord::to("customer-orders").key("Ann").payload(&value)).unwrap();
    producer.flush(Duration::from_secs(30)).unwrap();
    let consumer = kafka.consumer_of::<CustomerOrders>("keyed").start_blocking().unwrap();
    match consumer.recv_blocking().unwrap_err() {
        ConsumeError::Undecodable(found) => {
            assert_eq!(found.key.as_deref(), Some(&b"Ann"[..]));
            assert_eq!(found.value.as_deref(), Some(value.as_slice()));
            assert_eq!(found.error.class(), DecodeClass::Malformed);
        }
        other => panic!("{other}"),
    }
}
