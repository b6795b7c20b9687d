//! Several records on one topic.

use kafka_event::kafka::embedded::Refusal;
use kafka_event::uuid::Uuid;
use kafka_event::{ConsumedTopic, DecodeError, EncodedEvent, Event, Only, PublishedTopic as _, Record, Subscription as _, encode_value};
use rdkafka::message::Message as _;
use test_manifest::events::shared::Head;
use test_manifest::events::shop::audit;
use test_manifest::events::shop::{Note, OrderArchived, OrderPlaced, OrderPurged};
use test_manifest::events::topics::{
    Archived, ArchivedEvent, Notes, NotesEvent, OrderEvents, OrderEventsBare, OrderEventsBareEvent, OrderEventsEvent, OrderEventsEventRef,
};
use test_manifest::{connected, paid, placed, read};

#[test]
fn each_arrives_as_what_it_was_in_the_order_of_its_key() {
    let (_broker, kafka) = connected();
    let publisher = kafka.publisher_blocking::<OrderEvents>().unwrap();
    // By its enum, or by any of its records.
    let sent: Vec<OrderEventsEvent> = vec![
        OrderEventsEvent::OrderPlaced(placed(7)),
        paid(7).into(),
        OrderArchived {
            order_id: Uuid::from_u128(7),
        }
        .into(),
    ];
    let partitions: Vec<_> = sent
        .iter()
        .map(|event| publisher.publish_blocking(event).unwrap().partition)
        .collect();
    assert!(partitions.iter().all(|partition| *partition == partitions[0]), "{partitions:?}");
    let consumer = kafka.consumer_of::<OrderEvents>("several").start_blocking().unwrap();
    for event in &sent {
        let received = consumer.recv_blocking().unwrap();
        assert_eq!(received.event(), event);
        assert_eq!(
            received.context().key.as_deref(),
            Some(&b"00000000-0000-0000-0000-000000000007"[..])
        );
        received.ack();
    }
}

#[test]
fn bare_ones_are_told_apart_by_the_header() {
    let (broker, kafka) = connected();
    let publisher = kafka.publisher_blocking::<OrderEventsBare>().unwrap();
    let sent = [OrderEventsBareEvent::from(paid(1)), placed(1).into()];
    for event in &sent {
        publisher.publish_blocking(event).unwrap();
    }
    let values = read(&broker, "order-events-bare", 2, |message| message.payload().unwrap().to_vec());
    assert_eq!(values[0], kafka_event::to_avro(&paid(1)).unwrap());
    let consumer = kafka.consumer_of::<OrderEventsBare>("several").start_blocking().unwrap();
    for event in &sent {
        let received = consumer.recv_blocking().unwrap();
        assert_eq!(received.event(), event);
        received.ack();
    }
}

/// What was not written comes back as what it was.
#[test]
fn it_is_handed_back() {
    let (broker, kafka) = connected();
    for event in [OrderEventsBareEvent::from(paid(1)), placed(1).into()] {
        broker.refuse_writes(1, Refusal::MessageTooLarge);
        let publisher = kafka.publisher_blocking::<OrderEventsBare>().unwrap();
        assert_eq!(publisher.publish_blocking(&event).unwrap_err().into_event(), Some(event));
    }
}

#[test]
fn the_twin_borrows_what_can_be() {
    let mut value = Vec::new();
    encode_value::<OrderEvents>(&placed(3).into(), &mut value).unwrap();
    let twin = kafka_event::decode_value_ref::<OrderEvents>(EncodedEvent::new(value.as_slice())).unwrap();
    match &twin {
        OrderEventsEventRef::OrderPlaced(order) => assert!(value.as_ptr_range().contains(&order.customer.as_ptr())),
        other => panic!("{other:?}"),
    }
    assert_eq!(OrderEventsEvent::from(twin), placed(3).into());
    // A record without text, and a topic of such records, has none of its own.
    value.clear();
    let archived = OrderArchived {
        order_id: Uuid::from_u128(3),
    };
    encode_value::<OrderEvents>(&archived.clone().into(), &mut value).unwrap();
    let twin = kafka_event::decode_value_ref::<OrderEvents>(EncodedEvent::new(value.as_slice())).unwrap();
    assert_eq!(twin, OrderEventsEventRef::OrderArchived(archived));
    value.clear();
    let purged = ArchivedEvent::from(OrderPurged {
        order_id: Uuid::from_u128(3),
        year: 2020,
    });
    encode_value::<Archived>(&purged, &mut value).unwrap();
    let twin: ArchivedEvent = kafka_event::decode_value_ref::<Archived>(EncodedEvent::new(value.as_slice())).unwrap();
    assert_eq!(twin, purged);
}

/// Two records of one simple name have variants of their own, and one key wherever it stands in each.
#[test]
fn one_simple_name_and_a_nested_key() {
    let head = Head {
        customer: "Ann".to_owned(),
    };
    let notes = [
        NotesEvent::Note(Note {
            head: head.clone(),
            text: "hm".to_owned(),
        }),
        NotesEvent::from(audit::Note { level: 3, head }),
    ];
    for note in notes {
        let mut key = Vec::new();
        assert_eq!(Notes::encode_key(&note, &mut key), Ok(true));
        assert_eq!(key, b"Ann");
        let mut value = Vec::new();
        encode_value::<Notes>(&note, &mut value).unwrap();
        assert_eq!(decoded::<Notes>(&value).unwrap(), note);
    }
}

#[test]
fn a_record_of_another_topic_is_known_as_such() {
    assert_eq!(
        OrderEventsEvent::RECORDS.iter().map(|record| record.full_name).collect::<Vec<_>>(),
        ["shop.OrderPlaced", "shop.OrderPaid", "shop.OrderArchived"]
    );
    let mut value = Vec::new();
    encode_value::<OrderEvents>(&placed(1).into(), &mut value).unwrap();
    assert_eq!(value[2..10], OrderPlaced::FINGERPRINT.to_bytes());
    let error = decoded::<Archived>(&value).unwrap_err();
    assert_eq!(
        error.to_string(),
        "written as `shop.OrderPlaced`, which cannot be read as `shop.OrderArchived`"
    );
    value[2] ^= 1;
    let error = decoded::<OrderEvents>(&value).unwrap_err();
    assert_eq!(error.class(), kafka_event::codec::DecodeClass::WriterUnknown);
    // Cut short within its text, it is found in its field.
    value[2] ^= 1;
    let error = decoded::<OrderEvents>(&value[..20]).unwrap_err();
    assert_eq!(error.path(), "order_id");
}

fn decoded<T: ConsumedTopic>(value: &[u8]) -> Result<T::Message, DecodeError> {
    Only::<T>::decode(0, EncodedEvent::new(value))
}
