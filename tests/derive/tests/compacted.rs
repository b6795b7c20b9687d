//! An event of one's own on a compacted topic.

use kafka_event::codec::{Decode, Encode, EncodeKey, Reader, Writer};
use kafka_event::logical::TimestampMicros;
use kafka_event::{
    Compacted, CompactedTopic, DecodeError, EncodedEvent, KafkaEvent, PublishedTopic as _, decode_message, encode_value, wire,
};

/// A type of the application's own, which it tells nobody.
#[derive(Debug, Clone, PartialEq)]
struct Number(i64);

impl Encode<wire::Long> for Number {
    fn size_bound(&self) -> usize {
        10
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.varint(self.0);
    }
}

impl<'de> Decode<'de, wire::Long> for Number {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.read::<wire::Long, i64>().map(Self)
    }
}

impl EncodeKey<wire::Long> for Number {
    fn encode_key(&self, out: &mut Vec<u8>) -> bool {
        EncodeKey::<wire::Long>::encode_key(&self.0, out)
    }
}

/// An event of a compacted topic, keyed by that.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "last-orders")]
pub struct LastOrder {
    id: Number,
    r#type: String,
    lines: Vec<String>,
    prices: std::collections::BTreeMap<String, f64>,
    placed_at: TimestampMicros,
    note: Option<String>,
}

/// The key of a tombstone is what everybody knows of it: the application's own type may be nobody else's.
#[test]
fn an_own_event_of_a_compacted_topic_has_tombstones() {
    let order = LastOrder {
        id: Number(7),
        r#type: "express".to_owned(),
        lines: Vec::new(),
        prices: [].into(),
        placed_at: TimestampMicros(1),
        note: None,
    };
    let mut key = Vec::new();
    LastOrder::encode_tombstone(&7, &mut key).unwrap();
    let mut key_of_event = Vec::new();
    assert_eq!(LastOrder::encode_key(&order, &mut key_of_event), Ok(true));
    assert_eq!(key, key_of_event);
    let tombstone = EncodedEvent::new(None).with_key(key.as_slice());
    assert_eq!(decode_message::<LastOrder>(tombstone).unwrap(), Compacted::Tombstone(7));
    let mut value = Vec::new();
    encode_value::<LastOrder>(&order, &mut value).unwrap();
    let encoded = EncodedEvent::new(value.as_slice()).with_key(key.as_slice());
    assert_eq!(decode_message::<LastOrder>(encoded).unwrap(), Compacted::Event(order));
}
