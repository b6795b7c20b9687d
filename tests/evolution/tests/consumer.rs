//! A consumer with the new version of a contract on topics that have events of the old one (specification, "Schema Resolution" and "Single-object
//! encoding").

use std::time::Duration;

use kafka_event::codec::DecodeClass;
use kafka_event::evolution::{EvolutionError, Writers};
use kafka_event::kafka::{ConsumeError, ConsumerError, Undecodable, Undecoded};
use kafka_event::{
    EmbeddedBroker, EncodedEvent, Kafka, Keyed, Record, SchemaIds, Topic, decode_value, decode_value_ref, encode_key_with,
    encode_record_key, encode_value, encode_value_with,
};
use test_evolution::{new, old};

const PATIENCE: Duration = Duration::from_secs(60);

fn connected() -> (EmbeddedBroker, Kafka) {
    let broker = EmbeddedBroker::start().unwrap();
    let kafka = Kafka::connect_blocking(broker.config()).unwrap();
    kafka.ensure_topics_blocking(&new::CATALOG).unwrap();
    (broker, kafka)
}

/// All schemas of the contract as it was.
fn schemas() -> [&'static str; 4] {
    [
        old::shop::Refunded::SCHEMA,
        old::shop::Order::SCHEMA,
        old::shop::OrderKey::SCHEMA,
        old::shop::Paid::SCHEMA,
    ]
}

fn old_order(number: i32, state: old::shop::State) -> Keyed<old::shop::OrderKey, old::shop::Order> {
    let order = old::shop::Order {
        note: "left at the door".to_owned(),
        customer: "Ann".to_owned(),
        cents: 100 * number,
        state,
    };
    Keyed::new(old::shop::OrderKey { number }, order)
}

fn new_order(number: i64, state: new::shop::State) -> Keyed<new::shop::OrderKey, new::shop::Order> {
    let order = new::shop::Order {
        customer: "Ann".to_owned(),
        cents: 100 * number,
        state,
        coupon: None,
    };
    let region = "eu".to_owned();
    Keyed::new(new::shop::OrderKey { number, region }, order)
}

#[test]
fn events_and_keys_of_both_versions_are_read() {
    let (_broker, kafka) = connected();
    let before = kafka.publisher_blocking::<old::topics::Orders>().unwrap();
    for (number, state) in [(1, old::shop::State::New), (2, old::shop::State::Held), (3, old::shop::State::Sent)] {
        before.publish_blocking(&old_order(number, state)).unwrap();
    }
    // One client has one producer, and it one set of settings for a topic: both versions share them.
    let now = kafka.publisher_blocking::<new::topics::Orders>().unwrap();
    now.publish_blocking(&new_order(4, new::shop::State::New)).unwrap();
    let consumer = kafka
        .consumer_of::<new::topics::Orders>("both")
        .writer_schemas(schemas())
        .start_blocking()
        .unwrap();
    let mut received: Vec<_> = (0..4)
        .map(|_| {
            let (order, _, ack) = consumer.recv_blocking().unwrap().into_parts();
            ack.ack();
            order
        })
        .collect();
    received.sort_by_key(|order| order.key.number);
    let wanted = [
        new_order(1, new::shop::State::New),
        // Its symbol is gone: the enum's default stands in.
        new_order(2, new::shop::State::Other),
        new_order(3, new::shop::State::Sent),
        new_order(4, new::shop::State::New),
    ];
    assert_eq!(received, wanted);
    _ = consumer.close_blocking(PATIENCE);
}

fn undecodable(error: ConsumeError) -> Undecodable {
    match error {
        ConsumeError::Undecodable(undecodable) => *undecodable,
        error => panic!("{error}"),
    }
}

#[test]
fn a_version_that_is_not_known_makes_its_partition_wait() {
    let (_broker, kafka) = connected();
    let before = kafka.publisher_blocking::<old::topics::Orders>().unwrap();
    before.publish_blocking(&old_order(1, old::shop::State::New)).unwrap();
    let consumer = kafka.consumer_of::<new::topics::Orders>("unknown").start_blocking().unwrap();
    let found = undecodable(consumer.recv_blocking().unwrap_err());
    assert_eq!(found.error.class(), DecodeClass::WriterUnknown);
    _ = consumer.close_blocking(PATIENCE);
    // With the event's version and not the key's, it is the key that cannot be read.
    let schemas = [old::shop::Order::SCHEMA];
    let consumer = kafka
        .consumer_of::<new::topics::Orders>("unknown")
        .writer_schemas(schemas)
        .start_blocking()
        .unwrap();
    let found = undecodable(consumer.recv_blocking().unwrap_err());
    assert!(
        found.error.is_of_key() && found.error.class() == DecodeClass::WriterUnknown,
        "{}",
        found.error
    );
    _ = consumer.close_blocking(PATIENCE);
}

#[test]
fn a_value_that_cannot_be_read_may_be_passed_over() {
    let (_broker, kafka) = connected();
    let before = kafka.publisher_blocking::<old::topics::Payments>().unwrap();
    let paid = |cents| old::shop::Paid {
        order: "7".to_owned(),
        cents,
    };
    let refunded = old::shop::Refunded {
        order: "7".to_owned(),
        reason: "late".to_owned(),
    };
    before.publish_blocking(&paid(None).into()).unwrap();
    before.publish_blocking(&refunded.into()).unwrap();
    before.publish_blocking(&paid(Some(250)).into()).unwrap();
    let consumer = kafka
        .consumer::<new::groups::Billing>()
        .writer_schemas(schemas())
        .on_undecoded(Undecoded::Skip)
        .start_blocking()
        .unwrap();
    let (event, _, ack) = consumer.recv_blocking().unwrap().into_parts();
    let new::groups::BillingEvent::Payments(new::topics::PaymentsEvent::Paid(paid)) = event else {
        panic!("{event:?}")
    };
    assert_eq!(
        paid,
        new::shop::Paid {
            order: "7".to_owned(),
            cents: 250
        }
    );
    ack.ack();
    _ = consumer.close_blocking(PATIENCE);
    // Without passing over, the first is where its partition rests, and the words say why.
    let consumer = kafka
        .consumer_of::<new::topics::Payments>("resting")
        .writer_schemas(schemas())
        .start_blocking()
        .unwrap();
    let found = undecodable(consumer.recv_blocking().unwrap_err());
    assert_eq!(
        (found.error.path().as_str(), found.error.class()),
        ("cents", DecodeClass::WriterIncompatible)
    );
    _ = consumer.close_blocking(PATIENCE);
}

#[test]
fn a_message_is_read_with_the_writers_that_are_given() {
    let order = old_order(5, old::shop::State::Sent);
    let (mut value, mut key) = (Vec::new(), Vec::new());
    encode_value::<old::topics::Orders>(&order, &mut value).unwrap();
    encode_record_key(old::topics::Orders::SPEC, &order.key, &mut key).unwrap();
    let writers = Writers::new(&[new::topics::Orders::SPEC], schemas()).unwrap();
    let message = EncodedEvent::new(value.as_slice()).with_key(key.as_slice());
    assert_eq!(
        decode_value::<new::topics::Orders>(message).unwrap_err().class(),
        DecodeClass::WriterUnknown
    );
    let message = message.with_writers(&writers);
    let read = decode_value::<new::topics::Orders>(message).unwrap();
    assert_eq!(read, new_order(5, new::shop::State::Sent));
    // Borrowed: text from the message, and from the default of the plan.
    let borrowed = decode_value_ref::<new::topics::Orders>(message).unwrap();
    assert!(value.as_ptr_range().contains(&borrowed.event.customer.as_ptr()));
    assert_eq!((borrowed.event.customer, borrowed.key.region), ("Ann", "eu"));
    // Nothing of it can be read: it lacks a field that has no default.
    let refunded = old::shop::Refunded {
        order: "7".to_owned(),
        reason: "late".to_owned(),
    };
    let mut value = Vec::new();
    encode_value::<old::topics::Payments>(&refunded.into(), &mut value).unwrap();
    let writers = Writers::new(&[new::topics::Payments::SPEC], schemas()).unwrap();
    let fingerprint = old::shop::Refunded::FINGERPRINT.to_bytes();
    let message = EncodedEvent::new(value.as_slice())
        .with_fingerprint(&fingerprint[..])
        .with_writers(&writers);
    let error = decode_value::<new::topics::Payments>(message).unwrap_err();
    assert_eq!(error.class(), DecodeClass::WriterIncompatible);
    assert_eq!(
        error.to_string(),
        "written with another version of the schema: `Refunded.by` is not written, and has no default"
    );
}

/// The same by a schema registry's ids, of events and of keys.
#[test]
fn events_of_both_versions_are_read_by_their_ids() {
    let (broker, _) = connected();
    let ids = SchemaIds::new().of::<old::shop::Order>(1).of::<old::shop::OrderKey>(2);
    let before = Kafka::connect_blocking(broker.config().schema_ids(ids)).unwrap();
    let before = before.publisher_blocking::<old::topics::OrdersById>().unwrap();
    before.publish_blocking(&old_order(1, old::shop::State::Sent)).unwrap();
    let ids = SchemaIds::new()
        .of::<new::shop::Order>(3)
        .of::<new::shop::OrderKey>(4)
        .of_schema(old::shop::Order::SCHEMA, 1)
        .of_schema(old::shop::OrderKey::SCHEMA, 2);
    let kafka = Kafka::connect_blocking(broker.config().schema_ids(ids)).unwrap();
    let now = kafka.publisher_blocking::<new::topics::OrdersById>().unwrap();
    now.publish_blocking(&new_order(2, new::shop::State::New)).unwrap();
    let consumer = kafka.consumer_of::<new::topics::OrdersById>("by-id").start_blocking().unwrap();
    for wanted in [new_order(1, new::shop::State::Sent), new_order(2, new::shop::State::New)] {
        let (order, _, ack) = consumer.recv_blocking().unwrap().into_parts();
        assert_eq!(order, wanted);
        ack.ack();
    }
}

/// Ids tell apart what fingerprints do not: these two are refused where messages are known by them.
#[test]
fn ids_tell_schemas_apart_that_share_a_fingerprint() {
    let order = |logical: &str| {
        new::shop::Order::SCHEMA.replace(
            r#""name":"cents","type":"long""#,
            &format!(r#""name":"cents","type":{{"type":"long","logicalType":"{logical}"}}"#),
        )
    };
    let topic = [new::topics::OrdersById::SPEC];
    let schemas = [order("timestamp-millis"), order("timestamp-micros")];
    assert_ne!(schemas[0], new::shop::Order::SCHEMA);
    let ids = SchemaIds::new()
        .of::<new::shop::Order>(1)
        .of::<new::shop::OrderKey>(2)
        .of_schema(&schemas[0], 3)
        .of_schema(&schemas[1], 4);
    let writers = Writers::default().with_ids(&topic, &ids).unwrap();
    let (mut value, mut key) = (Vec::new(), Vec::new());
    let sent = new_order(5, new::shop::State::New);
    encode_value_with::<new::topics::OrdersById>(&sent, &ids, &mut value).unwrap();
    encode_key_with::<new::topics::OrdersById>(&sent, &ids, &mut key).unwrap();
    for id in [1, 3, 4] {
        value[4] = id;
        let message = EncodedEvent::new(value.as_slice()).with_key(key.as_slice()).with_writers(&writers);
        assert_eq!(decode_value::<new::topics::OrdersById>(message).unwrap(), sent, "{id}");
    }
    assert_eq!(
        Writers::default()
            .with_ids(&topic, &ids.clone().of_schema(&schemas[0], 4))
            .unwrap_err(),
        EvolutionError::IdTwice(4.into())
    );
    // Told twice of the same is told once.
    assert!(Writers::default().with_ids(&topic, &ids.clone().of_schema(&schemas[1], 4)).is_ok());
    assert!(matches!(
        Writers::default().with_ids(&topic, &ids.of_schema("{", 5)).unwrap_err(),
        EvolutionError::Schema(error) if error.contains("the schema of id 5:1:")
    ));
}

/// What is known, and is another record's, is no version that may become known later.
#[test]
fn a_writer_of_another_record_is_named() {
    let order = new_order(5, new::shop::State::New);
    let (mut value, mut key) = (Vec::new(), Vec::new());
    encode_value::<new::topics::Orders>(&order, &mut value).unwrap();
    encode_record_key(new::topics::Orders::SPEC, &order.key, &mut key).unwrap();
    let writers = Writers::new(&[new::topics::Orders::SPEC], schemas()).unwrap();
    let read = |value: &[u8], key: &[u8], writers: &Writers| {
        let message = EncodedEvent::new(value).with_key(key).with_writers(writers);
        let error = decode_value::<new::topics::Orders>(message).unwrap_err();
        (error.class(), error.to_string())
    };
    // Versions of other records, by fingerprint.
    assert_ne!(old::shop::Paid::FINGERPRINT, new::shop::Paid::FINGERPRINT);
    let of = |bytes: &[u8], writer: [u8; 8]| [&bytes[..2], &writer, &bytes[10..]].concat();
    let paid = old::shop::Paid::FINGERPRINT.to_bytes();
    assert_eq!(
        read(&of(&value, paid), &key, &writers),
        (
            DecodeClass::WriterIncompatible,
            "written as `shop.Paid`, which cannot be read as `shop.Order`".to_owned()
        )
    );
    assert_eq!(
        read(&value, &of(&key, paid), &writers),
        (
            DecodeClass::WriterIncompatible,
            "the key: written as `shop.Paid`, which cannot be read as `shop.OrderKey`".to_owned()
        )
    );
    assert_eq!(read(&of(&value, [7; 8]), &key, &writers).0, DecodeClass::WriterUnknown);
    // Other records of one's own and versions of them, by a registry's ids.
    let ids = SchemaIds::new()
        .of::<new::shop::Order>(1)
        .of::<new::shop::OrderKey>(2)
        .of::<new::shop::Refunded>(3)
        .of_schema(old::shop::Paid::SCHEMA, 4);
    let writers = Writers::default().with_ids(&[new::topics::OrdersById::SPEC], &ids).unwrap();
    let (mut value, mut key) = (Vec::new(), Vec::new());
    encode_value_with::<new::topics::OrdersById>(&order, &ids, &mut value).unwrap();
    encode_key_with::<new::topics::OrdersById>(&order, &ids, &mut key).unwrap();
    for (id, class, words) in [
        (
            3,
            DecodeClass::WriterIncompatible,
            "written as `shop.Refunded`, which cannot be read as `shop.Order",
        ),
        (
            4,
            DecodeClass::WriterIncompatible,
            "written as `shop.Paid`, which cannot be read as `shop.Order",
        ),
        (5, DecodeClass::WriterUnknown, "written with a schema that is not known here, id 5"),
    ] {
        for (of_value, of_key) in [(id, 2), (1, id)] {
            (value[4], key[4]) = (of_value, of_key);
            let message = EncodedEvent::new(value.as_slice()).with_key(key.as_slice()).with_writers(&writers);
            let error = decode_value::<new::topics::OrdersById>(message).unwrap_err();
            assert!(error.class() == class && error.to_string().contains(words), "{error}");
            assert_eq!(error.is_of_key(), of_value == 1);
        }
    }
}

#[test]
fn of_several_records_a_writer_is_a_version_of_the_one_that_it_is_called_as() {
    let writers = Writers::new(&[new::topics::Placed::SPEC], [old::phone::Placed::SCHEMA]).unwrap();
    let placed = old::phone::Placed {
        id: "7".to_owned(),
        was: 1,
    };
    let mut value = Vec::new();
    encode_value::<old::topics::Placed>(&placed.into(), &mut value).unwrap();
    // The other record could be read from it as well.
    let read = decode_value::<new::topics::Placed>(EncodedEvent::new(value.as_slice()).with_writers(&writers)).unwrap();
    let wanted = new::phone::Placed { id: "7".to_owned(), is: 0 };
    assert_eq!(read, wanted.into());
}

#[test]
fn schemas_that_no_message_tells_apart_are_refused() {
    let payments = [new::topics::Payments::SPEC];
    let paid = |logical: &str| {
        format!(
            r#"{{"type": "record", "name": "Paid", "namespace": "shop", "fields": [{{"name": "at", "type": {{"type": "long", "logicalType": "{logical}"}}}}]}}"#
        )
    };
    let refused = |schemas: &[String]| Writers::new(&payments, schemas).unwrap_err();
    let error = refused(&[paid("timestamp-millis"), paid("timestamp-micros")]);
    assert_eq!(error, EvolutionError::Ambiguous("shop.Paid".to_owned()));
    // One twice is one, and the topic's own is none; nor does a logical type that only one has change anything.
    let plain = paid("none of Avro's");
    Writers::new(
        &payments,
        [plain.clone(), plain, paid("timestamp-millis"), new::shop::Paid::SCHEMA.to_owned()],
    )
    .unwrap();
    assert_eq!(
        refused(&[r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#.to_owned()]),
        EvolutionError::NotARecord("E".to_owned())
    );
    let error = refused(&["{".to_owned()]).to_string();
    assert!(error.contains("writer's schema 1:1:"), "{error}");
    let (_broker, kafka) = connected();
    let refused = kafka
        .consumer_of::<new::topics::Payments>("refused")
        .writer_schemas(["{"])
        .start_blocking();
    assert!(matches!(refused, Err(ConsumerError::WriterSchema(_))));
}
