//! The framings of a schema registry: its id before the event and the key, or its GUID in their headers.

use kafka_event::codec::DecodeClass;
use kafka_event::kafka::embedded::Refusal;
use kafka_event::kafka::{ConsumeError, PublisherError};
use kafka_event::uuid::{Uuid, uuid};
use kafka_event::{
    Compacted, ConsumedTopic, EmbeddedBroker, EncodedEvent, Framing, Kafka, Keyed, Record, SchemaId, SchemaIds, Topic, decode_message,
    encode_key_with, encode_value, encode_value_with, to_avro,
};
use rdkafka::ClientConfig;
use rdkafka::message::{Header, Headers as _, Message as _, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _};
use test_manifest::events::shared::{CustomerKey, Profile};
use test_manifest::events::shop::{OrderPaid, OrderPlaced};
use test_manifest::events::topics::{
    CustomerOrders, CustomerOrdersBare, CustomerOrdersConfluent, CustomerOrdersGuid, CustomerProfilesConfluent,
};
use test_manifest::{PATIENCE, connected, customer, paid, placed, profile, read};

const ORDER: Uuid = uuid!("89791762-2336-4186-9674-299b90a802e2");
const KEY: Uuid = uuid!("00112233-4455-6677-8899-aabbccddeeff");

fn ids() -> SchemaIds {
    SchemaIds::new()
        .of::<OrderPlaced>(0x0102_0304)
        .of::<OrderPlaced>(ORDER)
        .of::<CustomerKey>(8)
        .of::<CustomerKey>(KEY)
        .of::<Profile>(9)
        .of::<OrderPaid>(10)
}

/// A broker with all topics, and a client that knows the ids.
fn registered() -> (EmbeddedBroker, Kafka) {
    let (broker, _) = connected();
    let kafka = Kafka::connect_blocking(broker.config().schema_ids(ids())).unwrap();
    (broker, kafka)
}

fn order() -> Keyed<CustomerKey, OrderPlaced> {
    Keyed::new(customer(Some("north"), "Ann"), placed(1))
}

/// A version, a GUID.
fn guid(guid: Uuid) -> Vec<u8> {
    [&[1][..], guid.as_bytes()].concat()
}

#[test]
fn an_id_before_event_and_key() {
    let (broker, kafka) = registered();
    let order = order();
    let orders = kafka.publisher_blocking::<CustomerOrdersConfluent>().unwrap();
    orders.publish_blocking(&order).unwrap();
    read(&broker, "customer-orders-confluent", 1, |message| {
        assert!(message.headers().is_none());
        let key = [&[0, 0, 0, 0, 8][..], &to_avro(&order.key).unwrap()].concat();
        let value = [&[0, 1, 2, 3, 4][..], &to_avro(&order.event).unwrap()].concat();
        assert_eq!((message.key().unwrap(), message.payload().unwrap()), (&key[..], &value[..]));
    });
    let consumer = kafka.consumer_of::<CustomerOrdersConfluent>("ids").start_blocking().unwrap();
    let received = consumer.recv_blocking().unwrap();
    assert_eq!(*received.event(), order);
    received.ack();
}

#[test]
fn a_guid_in_the_headers() {
    let (broker, kafka) = registered();
    let order = order();
    let orders = kafka.publisher_blocking::<CustomerOrdersGuid>().unwrap();
    orders.publish_blocking(&order).unwrap();
    read(&broker, "customer-orders-guid", 1, |message| {
        let headers: Vec<_> = message.headers().unwrap().iter().map(|header| (header.key, header.value)).collect();
        assert_eq!(
            headers,
            [
                ("__value_schema_id", Some(&guid(ORDER)[..])),
                ("__key_schema_id", Some(&guid(KEY)[..]))
            ]
        );
        assert_eq!(message.key(), Some(&to_avro(&order.key).unwrap()[..]));
        assert_eq!(message.payload(), Some(&to_avro(&order.event).unwrap()[..]));
    });
    assert_eq!(ids().header_of::<OrderPlaced>().unwrap()[..], guid(ORDER));
    let consumer = kafka.consumer_of::<CustomerOrdersGuid>("ids").start_blocking().unwrap();
    let received = consumer.recv_blocking().unwrap();
    assert_eq!(*received.event(), order);
    received.ack();
}

/// Records are told apart by their ids, and a tombstone's key has its own.
#[test]
fn several_records_and_tombstones() {
    let (broker, kafka) = registered();
    let profiles = kafka.publisher_blocking::<CustomerProfilesConfluent>().unwrap();
    let key = customer(None, "Ann");
    profiles
        .publish_blocking(&Keyed::new(key.clone(), profile("Ann", 3).into()))
        .unwrap();
    profiles.publish_blocking(&Keyed::new(key.clone(), paid(1).into())).unwrap();
    profiles.publish_tombstone_blocking(&key).unwrap();
    let bytes = [&[0, 0, 0, 0, 8][..], &to_avro(&key).unwrap()].concat();
    let found = read(&broker, "customer-profiles-confluent", 3, |message| {
        assert_eq!(message.key(), Some(&bytes[..]));
        message.payload().map(|value| value[..5].to_vec())
    });
    assert_eq!(found, [Some(vec![0, 0, 0, 0, 9]), Some(vec![0, 0, 0, 0, 10]), None]);
    let consumer = kafka.consumer_of::<CustomerProfilesConfluent>("ids").start_blocking().unwrap();
    let received: Vec<_> = (0..3)
        .map(|_| {
            let (message, _, ack) = consumer.recv_blocking().unwrap().into_parts();
            ack.ack();
            message
        })
        .collect();
    assert_eq!(
        received,
        [
            Compacted::Event(Keyed::new(key.clone(), profile("Ann", 3).into())),
            Compacted::Event(Keyed::new(key.clone(), paid(1).into())),
            Compacted::Tombstone(key),
        ]
    );
}

#[test]
fn what_was_not_written_is_handed_back() {
    let (broker, kafka) = registered();
    let order = order();
    let id = kafka.publisher_blocking::<CustomerOrdersConfluent>().unwrap();
    let guid = kafka.publisher_blocking::<CustomerOrdersGuid>().unwrap();
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    assert_eq!(id.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
    broker.refuse_writes(1, Refusal::MessageTooLarge);
    assert_eq!(guid.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
    assert_eq!(id.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
    assert_eq!(guid.publish_blocking(&order).unwrap_err().into_event().as_ref(), Some(&order));
}

#[test]
fn nothing_is_published_without_an_id() {
    let (broker, kafka) = connected();
    let words = |error: PublisherError| match error {
        PublisherError::Unnamed(unnamed) => unnamed.to_string(),
        error => panic!("{error}"),
    };
    assert_eq!(
        words(kafka.publisher_blocking::<CustomerOrdersConfluent>().unwrap_err()),
        "the messages of `customer-orders-confluent` say a schema registry's id of `shop.OrderPlaced`, and none is known: \
         `SchemaIds::of::<…>` tells it"
    );
    // A GUID is no id, nor is an id of the event one of the key.
    for (ids, record) in [
        (SchemaIds::new().of::<OrderPlaced>(ORDER).of::<CustomerKey>(8), "shop.OrderPlaced"),
        (SchemaIds::new().of::<OrderPlaced>(7), "shared.CustomerKey"),
    ] {
        let kafka = Kafka::connect_blocking(broker.config().schema_ids(ids.clone())).unwrap();
        let error = words(kafka.publisher_blocking::<CustomerOrdersConfluent>().unwrap_err());
        assert!(error.contains(record), "{error}");
        let mut buffer = vec![1];
        let encoded = match record {
            "shop.OrderPlaced" => encode_value_with::<CustomerOrdersConfluent>(&order(), &ids, &mut buffer).map(|()| true),
            _ => encode_key_with::<CustomerOrdersConfluent>(&order(), &ids, &mut buffer),
        };
        assert_eq!((encoded.unwrap_err().reason, buffer), (error, vec![1]));
    }
    assert!(encode_value::<CustomerOrdersConfluent>(&order(), &mut Vec::new()).is_err());
    encode_value::<CustomerOrdersGuid>(&order(), &mut Vec::new()).unwrap();
}

/// One that is not known may be tomorrow: nothing is passed over.
#[test]
fn an_id_that_is_not_known_makes_its_partition_wait() {
    let (broker, kafka) = registered();
    let orders = kafka.publisher_blocking::<CustomerOrdersConfluent>().unwrap();
    orders.publish_blocking(&order()).unwrap();
    let others = SchemaIds::new().of::<OrderPlaced>(7).of::<CustomerKey>(8);
    let kafka = Kafka::connect_blocking(broker.config().schema_ids(others)).unwrap();
    let consumer = kafka.consumer_of::<CustomerOrdersConfluent>("ids").start_blocking().unwrap();
    let ConsumeError::Undecodable(found) = consumer.recv_blocking().unwrap_err() else {
        panic!("no message was read")
    };
    assert_eq!(
        (found.error.class(), found.error.to_string()),
        (
            DecodeClass::WriterUnknown,
            "written with a schema that is not known here, id 16909060".to_owned()
        )
    );
}

/// What a message of each framing says to a topic of each other, with its headers and without.
#[test]
fn another_framing_is_named_and_never_read() {
    let order = order();
    let (mut single, mut confluent, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    encode_value::<CustomerOrders>(&order, &mut single).unwrap();
    encode_value_with::<CustomerOrdersConfluent>(&order, &ids(), &mut confluent).unwrap();
    encode_value::<CustomerOrdersBare>(&order, &mut bare).unwrap();
    let (fingerprint, id) = (OrderPlaced::FINGERPRINT.to_bytes(), guid(ORDER));
    let single = EncodedEvent::new(single.as_slice());
    let confluent = EncodedEvent::new(confluent.as_slice());
    let with_fingerprint = EncodedEvent::new(bare.as_slice()).with_fingerprint(&fingerprint[..]);
    let with_guid = EncodedEvent::new(bare.as_slice()).with_schema_id(&id[..]);
    fn words<T: ConsumedTopic<Message: std::fmt::Debug>>(message: EncodedEvent<'_>, seems: Option<Framing>) -> String {
        let error = decode_message::<T>(message).unwrap_err();
        assert_eq!(error.class(), DecodeClass::Malformed, "{error}");
        let words = error.to_string();
        let (what, cure) = match words.split_once(": where all of the topic's messages are so, its manifest says ") {
            Some((what, cure)) => (what.to_owned(), Some(cure.to_owned())),
            None => (words, None),
        };
        assert_eq!(cure, seems.map(|framing| format!("`framing = \"{}\"`", framing.as_str())), "{what}");
        what
    }
    use Framing::{Bare, Confluent, ConfluentHeader, SingleObject};
    let not_single = "not a single-object message: it does not begin with C3 01";
    let not_bare = "no header `avro-fingerprint` says which schema wrote the event";
    let not_confluent = "not a message in Confluent's framing: it does not begin with 00 and an id";
    let not_header = "no header `__value_schema_id` says which schema wrote the event";
    let as_single = "it begins as the single-object encoding does";
    let as_confluent = "it begins as Confluent's framing does, with the id 16909060";
    let as_header = "the message has the header `__value_schema_id` of a schema registry";
    let as_bare = "the message has the header `avro-fingerprint`, as bare ones do";
    for (words, not, seems) in [
        (words::<CustomerOrders>(confluent, Some(Confluent)), not_single, as_confluent),
        (words::<CustomerOrders>(with_guid, Some(ConfluentHeader)), not_single, as_header),
        (words::<CustomerOrders>(with_fingerprint, Some(Bare)), not_single, as_bare),
        (words::<CustomerOrdersBare>(confluent, Some(Confluent)), not_bare, as_confluent),
        (words::<CustomerOrdersBare>(with_guid, Some(ConfluentHeader)), not_bare, as_header),
        (words::<CustomerOrdersBare>(single, Some(SingleObject)), not_bare, as_single),
        (
            words::<CustomerOrdersConfluent>(single, Some(SingleObject)),
            not_confluent,
            as_single,
        ),
        (
            words::<CustomerOrdersConfluent>(with_guid, Some(ConfluentHeader)),
            not_confluent,
            as_header,
        ),
        (
            words::<CustomerOrdersConfluent>(with_fingerprint, Some(Bare)),
            not_confluent,
            as_bare,
        ),
        (words::<CustomerOrdersGuid>(single, Some(SingleObject)), not_header, as_single),
        (words::<CustomerOrdersGuid>(confluent, Some(Confluent)), not_header, as_confluent),
        (words::<CustomerOrdersGuid>(with_fingerprint, Some(Bare)), not_header, as_bare),
    ] {
        assert_eq!(words, format!("{not}; {seems}"));
    }
    // A bare event may begin as an id does: one that is not known is not taken for an id where a header says more, and a known one is.
    let by_chance = [&[0, 0x02, 0x61, 0x62, 0x63][..], &bare].concat();
    for (message, seems, words_of_it) in [
        (
            EncodedEvent::new(by_chance.as_slice()).with_schema_id(&id[..]),
            ConfluentHeader,
            as_header,
        ),
        (
            EncodedEvent::new(by_chance.as_slice()).with_fingerprint(&fingerprint[..]),
            Bare,
            as_bare,
        ),
    ] {
        assert_eq!(
            words::<CustomerOrdersConfluent>(message, Some(seems)),
            format!("what begins the message as an id of Confluent's framing is not known here; {words_of_it}")
        );
    }
    // Damaged ones are not taken for others.
    let ends_early = EncodedEvent::new(&[0, 0, 0, 0][..]).with_schema_id(&id[..]);
    assert_eq!(
        words::<CustomerOrdersConfluent>(ends_early, None),
        "a message in Confluent's framing that ends within its schema's id"
    );
    for header in [&id[..16], &[&id[..], &[0]].concat(), &[2; 17], &[]] {
        let damaged = EncodedEvent::new(bare.as_slice()).with_schema_id(header);
        assert_eq!(
            words::<CustomerOrdersGuid>(damaged, None),
            "the header `__value_schema_id` is not 01 and a GUID"
        );
    }
    // The key is framed as the event is.
    let key = to_avro(&order.key).unwrap();
    let words = |message| decode_message::<CustomerOrdersConfluent>(message).unwrap_err();
    let writers = kafka_event::evolution::Writers::default()
        .with_ids(&[CustomerOrdersConfluent::SPEC], &ids())
        .unwrap();
    let message = confluent.with_writers(&writers).with_key(key.as_slice());
    assert_eq!(
        words(message).to_string(),
        "not a key in Confluent's framing: it does not begin with 00 and an id"
    );
    let mut key = Vec::new();
    assert_eq!(encode_key_with::<CustomerOrdersConfluent>(&order, &ids(), &mut key), Ok(true));
    let message = confluent.with_writers(&writers).with_key(key.as_slice());
    assert_eq!(decode_message::<CustomerOrdersConfluent>(message).unwrap(), order);
    let forwarded = message.with_schema_id(&id[..]).with_fingerprint(&fingerprint[..]);
    assert_eq!(decode_message::<CustomerOrdersConfluent>(forwarded).unwrap(), order);
    // A GUID before the event is of the same framing: its first byte says so.
    let guids = SchemaIds::new().of::<OrderPlaced>(ORDER).of::<CustomerKey>(8);
    let writers = kafka_event::evolution::Writers::default()
        .with_ids(&[CustomerOrdersConfluent::SPEC], &guids)
        .unwrap();
    let value = [guid(ORDER), bare.clone()].concat();
    let message = EncodedEvent::new(value.as_slice()).with_writers(&writers).with_key(key.as_slice());
    assert_eq!(decode_message::<CustomerOrdersConfluent>(message).unwrap(), order);
}

/// A consumer says so too, by headers that it would not look for.
#[test]
fn a_consumer_names_another_framing() {
    let (id, bare) = (guid(ORDER), to_avro(&order().event).unwrap());
    let by_chance = [&[0, 0x02, 0x61, 0x62, 0x63][..], &bare].concat();
    for (group, payload) in [("as-it-is", &bare), ("by-chance", &by_chance)] {
        let headers = OwnedHeaders::new().insert(Header {
            key: "__value_schema_id",
            value: Some(&id),
        });
        let (broker, kafka) = registered();
        let producer: BaseProducer = ClientConfig::new()
            .set("bootstrap.servers", broker.bootstrap_servers())
            .create()
            .unwrap();
        let message = BaseRecord::to("customer-orders-confluent")
            .key("Ann")
            .payload(payload)
            .headers(headers);
        producer.send(message).map_err(|(error, _)| error).unwrap();
        producer.flush(PATIENCE).unwrap();
        let consumer = kafka.consumer_of::<CustomerOrdersConfluent>(group).start_blocking().unwrap();
        let ConsumeError::Undecodable(found) = consumer.recv_blocking().unwrap_err() else {
            panic!("no message was read")
        };
        let error = found.error.to_string();
        assert!(error.ends_with(r#"its manifest says `framing = "confluent-header"`"#), "{error}");
    }
}

/// What is forwarded with its headers has the old ones before its own.
#[test]
fn of_several_headers_the_last_is_the_writers() {
    let (broker, kafka) = registered();
    let order = order();
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", broker.bootstrap_servers())
        .create()
        .unwrap();
    let (key, value) = (to_avro(&order.key).unwrap(), to_avro(&order.event).unwrap());
    let stale = guid(uuid!("ffffffff-4455-6677-8899-aabbccddeeff"));
    let mut headers = OwnedHeaders::new();
    for (of_event, of_key) in [(&stale, &stale), (&guid(ORDER), &guid(KEY))] {
        for (name, id) in [("__value_schema_id", of_event), ("__key_schema_id", of_key)] {
            headers = headers.insert(Header {
                key: name,
                value: Some(id),
            });
        }
    }
    let message = BaseRecord::to("customer-orders-guid").key(&key).payload(&value).headers(headers);
    producer.send(message).map_err(|(error, _)| error).unwrap();
    producer.flush(PATIENCE).unwrap();
    let consumer = kafka.consumer_of::<CustomerOrdersGuid>("forwarded").start_blocking().unwrap();
    assert_eq!(*consumer.recv_blocking().unwrap().event(), order);
}

#[test]
fn an_id_is_of_one_schema() {
    let twice = ids().of::<Profile>(10);
    let error = kafka_event::evolution::Writers::default()
        .with_ids(&[CustomerProfilesConfluent::SPEC], &twice)
        .unwrap_err();
    assert_eq!(error, kafka_event::evolution::EvolutionError::IdTwice(SchemaId::Id(10)));
    // The same twice is said twice, and of a topic that does not carry them nothing is asked.
    for topic in [CustomerProfilesConfluent::SPEC, CustomerOrdersGuid::SPEC] {
        kafka_event::evolution::Writers::default()
            .with_ids(&[topic], &ids().of::<Profile>(9))
            .unwrap();
    }
}
