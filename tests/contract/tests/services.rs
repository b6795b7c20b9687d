//! From one service to others, by the contract that they share.

use std::time::Duration;

use contract_billing::Billing;
use contract_shipping::Shipping;
use contract_warehouse::Home;
use kafka_event::{Compacted, EmbeddedBroker, Group, Kafka, Record, Topic};

fn connected() -> (EmbeddedBroker, Kafka) {
    let broker = EmbeddedBroker::start().unwrap();
    let kafka = Kafka::connect_blocking(broker.config()).unwrap();
    kafka.ensure_topics_blocking(&contract_events::CATALOG).unwrap();
    (broker, kafka)
}

#[test]
fn what_one_service_sends_another_understands() {
    let (broker, kafka) = connected();
    let shipping = Shipping::new(&kafka).unwrap();
    shipping.send(1, "Ann", 500).unwrap();
    shipping.send(2, "Bob", 800).unwrap();
    shipping.lose(1).unwrap();
    shipping.moved("Ann", "Oslo").unwrap();
    shipping.moved("Bob", "Rome").unwrap();
    shipping.forget("Bob").unwrap();
    // Another process would have a client of its own.
    let elsewhere = Kafka::connect_blocking(broker.config()).unwrap();
    let mut billing = Billing::new(&elsewhere).unwrap();
    billing.book(6).unwrap();
    assert_eq!(billing.owed, [(2, 400)].into());
    assert_eq!(billing.cities, [("Ann".to_owned(), "Oslo".to_owned())].into());
    assert!(kafka.close_blocking(Duration::from_secs(30)).undelivered.is_empty());
}

#[test]
fn a_service_with_a_type_of_its_own_takes_part() {
    let (_broker, kafka) = connected();
    let shipping = Shipping::new(&kafka).unwrap();
    shipping.moved("Ann", "Oslo").unwrap();
    shipping.forget("Ann").unwrap();
    let warehouse = kafka.consumer_of::<Home>("warehouse").start_blocking().unwrap();
    let received = warehouse.recv_blocking().unwrap();
    let ann = Home {
        city: "Oslo".to_owned(),
        customer: "Ann".to_owned(),
    };
    assert_eq!(*received.event(), Compacted::Event(ann.clone()));
    received.ack();
    let received = warehouse.recv_blocking().unwrap();
    assert_eq!(*received.event(), Compacted::Tombstone("Ann".to_owned()));
    received.ack();
    // And the other way.
    kafka.publisher_blocking::<Home>().unwrap().publish_blocking(&ann).unwrap();
    let mut billing = Billing::new(&kafka).unwrap();
    billing.book(3).unwrap();
    assert_eq!(billing.cities["Ann"], "Oslo");
}

#[test]
fn the_contract_is_one_for_generated_types_and_others() {
    use contract_events::{groups, post, topics};

    assert_eq!(Home::FINGERPRINT, post::Address::FINGERPRINT);
    assert_eq!(Home::LAYOUT, post::Address::LAYOUT);
    assert_eq!(Home::SPEC.name, topics::Addresses::SPEC.name);
    assert_eq!(groups::Billing::DEAD_LETTER.unwrap().name, "billing-lost");
}
