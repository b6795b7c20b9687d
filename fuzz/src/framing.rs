//! Messages of topics of every kind: what stands around an event and around a key, and which version of a schema it names.

use std::sync::LazyLock;

use kafka_event::evolution::Writers;
use kafka_event::{
    CompactedTopic, ConsumedTopic, DecodeError, EncodeEvent as _, EncodedEvent, Fingerprint, KeySpec, Limits, PublishedTopic, RecordSpec,
    TopicSpec, decode_compacted, decode_message, decode_value, decode_value_ref, encode_value,
};

use crate::budget::{LIMITS, within};
use crate::topics::topics;

/// Versions of the topics' records beside their own: read in part, read not at all, and known by nobody.
pub(crate) const VERSIONS: [&str; 4] = [
    r#"{"type": "record", "name": "shop.OrderPlaced", "fields": [
        {"name": "total_cents", "type": "int"}, {"name": "customer", "type": ["null", "string"]}, {"name": "order_id", "type": "string"},
        {"name": "order_id_again", "type": {"type": "string", "logicalType": "uuid"}}]}"#,
    r#"{"type": "record", "name": "shop.OrderArchived", "fields": [
        {"name": "order_id", "type": {"type": "string", "logicalType": "uuid"}}, {"name": "why", "type": {"type": "map", "values": "bytes"}}]}"#,
    r#"{"type": "record", "name": "shared.CustomerKey", "fields": [{"name": "customer", "type": "string"}]}"#,
    r#"{"type": "record", "name": "shared.Profile", "fields": [{"name": "customer", "type": "long"}, {"name": "points", "type": "string"}]}"#,
];

/// What an input says of a message.
struct Message<'a> {
    value: Option<&'a [u8]>,
    key: Option<&'a [u8]>,
    header: Option<&'a [u8]>,
    key_header: Option<&'a [u8]>,
    knows_writers: bool,
}

/// A topic, by what is done with it.
struct Kind {
    spec: &'static TopicSpec,
    read: fn(&Message<'_>) -> bool,
}

const fn kind<T: PublishedTopic + ConsumedTopic>() -> Kind {
    Kind {
        spec: T::SPEC,
        read: read::<T>,
    }
}

const fn compacted<T: CompactedTopic + PublishedTopic + ConsumedTopic>() -> Kind {
    Kind {
        spec: T::SPEC,
        read: read_compacted::<T>,
    }
}

static KINDS: &[Kind] = &[
    kind::<topics::OrderEvents>(),
    kind::<topics::OrderEventsBare>(),
    kind::<topics::Notes>(),
    kind::<topics::Archived>(),
    kind::<topics::CustomerOrders>(),
    kind::<topics::CustomerOrdersBare>(),
    kind::<topics::CustomerEvents>(),
    compacted::<topics::Profiles>(),
    compacted::<topics::ProfilesBare>(),
    compacted::<topics::CustomerProfiles>(),
    compacted::<topics::CustomerProfilesBare>(),
    compacted::<topics::LastEvents>(),
    compacted::<topics::ByInt>(),
    compacted::<topics::ByLong>(),
    compacted::<topics::ByDate>(),
    compacted::<topics::ByBytes>(),
    compacted::<topics::ByFixed>(),
    compacted::<topics::ByUuid>(),
    compacted::<topics::ByUuidFixed>(),
    compacted::<topics::ByDuration>(),
];

static WRITERS: LazyLock<Writers> = LazyLock::new(|| {
    let specs: Vec<_> = KINDS.iter().map(|kind| kind.spec).collect();
    Writers::new(&specs, VERSIONS).expect("versions of the topics' records")
});

/// Reads a message of one of the topics. The first bytes of an input say which, which parts it has, and how long its key is; then come two
/// headers, the key and the value.
///
/// # Panics
/// Something is not as it must be.
#[must_use]
pub fn framing(bytes: &[u8]) -> bool {
    let Some((&[which, parts, key], rest)) = bytes.split_first_chunk() else {
        return false;
    };
    let has = |bit: u8| parts & (1 << bit) != 0;
    // A header has eight bytes, or any number of them.
    let length = if has(4) { usize::from(parts >> 5) } else { 8 };
    let Some((header, rest)) = rest.split_at_checked(length) else {
        return false;
    };
    let Some((key_header, rest)) = rest.split_at_checked(length) else {
        return false;
    };
    let (key, value) = rest.split_at(rest.len().min(usize::from(key)));
    (KINDS[usize::from(which) % KINDS.len()].read)(&Message {
        value: has(0).then_some(value),
        key: has(1).then_some(key),
        header: has(2).then_some(header),
        key_header: has(3).then_some(key_header),
        knows_writers: !has(4) && has(5),
    })
}

impl<'a> Message<'a> {
    fn length(&self) -> usize {
        self.value.map_or(0, <[u8]>::len) + self.key.map_or(0, <[u8]>::len)
    }

    fn within(&self, limits: Limits) -> EncodedEvent<'a> {
        let message = EncodedEvent::new(self.value).with_key(self.key).within(limits);
        let message = message.with_fingerprint(self.header).with_key_fingerprint(self.key_header);
        if self.knows_writers {
            message.with_writers(&WRITERS)
        } else {
            message
        }
    }
}

fn read<T: PublishedTopic + ConsumedTopic>(message: &Message<'_>) -> bool {
    let mut taken = false;
    for limits in LIMITS {
        let encoded = message.within(limits);
        let read = within(limits, message.length(), || decode_value::<T>(encoded));
        let borrowed = within(limits, message.length(), || decode_value_ref::<T>(encoded).map(drop));
        told(&borrowed);
        assert_eq!(read.is_ok(), borrowed.is_ok());
        let whole = within(limits, message.length(), || decode_message::<T>(encoded).map(drop));
        told(&whole);
        taken |= whole.is_ok();
        if let Ok(event) = read {
            // A compacted topic's message is of its event, where it has one.
            whole.expect("its event has been read");
            there_and_back::<T>(&event);
        }
    }
    taken
}

fn read_compacted<T: CompactedTopic + PublishedTopic + ConsumedTopic>(message: &Message<'_>) -> bool {
    let taken = read::<T>(message);
    for limits in LIMITS {
        let encoded = message.within(limits);
        let read = within(limits, message.length(), || decode_compacted::<T>(encoded));
        let key = within(limits, message.length(), || T::decode_key(encoded));
        match read {
            Ok(message) => assert_eq!(message.tombstone().is_some(), encoded.value.is_none()),
            Err(error) => told::<()>(&Err(error)),
        }
        if let Ok(key) = key {
            let mut bytes = Vec::new();
            T::encode_tombstone(&key, &mut bytes).expect("a key that was read is written");
            let fingerprint = key_record(T::SPEC).map(|record| record.fingerprint.to_bytes());
            let again = EncodedEvent::new(None)
                .with_key(&*bytes)
                .with_key_fingerprint(fingerprint.as_ref().map(<[u8; 8]>::as_slice));
            let again = T::decode_key(again).expect("what was written is read");
            let mut written = Vec::new();
            T::encode_tombstone(&again, &mut written).expect("it was written before");
            assert_eq!(written, bytes);
        }
    }
    taken
}

/// An input of which this becomes: a message of the topic in all its parts, and a tombstone of its key.
pub(crate) fn seeds<T: PublishedTopic + ConsumedTopic>(event: &T::Event) -> [Vec<u8>; 2] {
    let (mut value, mut key) = (Vec::new(), Vec::new());
    encode_value::<T>(event, &mut value).expect("a value");
    T::encode_key(event, &mut key).expect("a key");
    [0b10_1111, 0b10_1110].map(|parts| seed(T::SPEC, parts, event.record().fingerprint, &key, &value))
}

/// An input for a topic, of these parts.
pub(crate) fn seed(spec: &TopicSpec, parts: u8, writer: Fingerprint, key: &[u8], value: &[u8]) -> Vec<u8> {
    let which = KINDS.iter().position(|kind| kind.spec.name == spec.name).expect("a topic");
    let key_header = key_record(spec).map_or(writer, |record| record.fingerprint);
    let beginning = [which, usize::from(parts), key.len()].map(|byte| u8::try_from(byte).expect("less than a byte"));
    [&beginning[..], &writer.to_bytes(), &key_header.to_bytes(), key, value].concat()
}

/// An event that was read is written, and read again, as the same.
fn there_and_back<T: PublishedTopic + ConsumedTopic>(event: &T::Event) {
    let (mut value, mut key) = (Vec::new(), Vec::new());
    encode_value::<T>(event, &mut value).expect("an event that was read is written");
    let has_key = T::encode_key(event, &mut key).expect("so is its key");
    assert_eq!(has_key, T::SPEC.key.is_some());
    let header = event.record().fingerprint.to_bytes();
    let key_header = key_record(T::SPEC).map(|record| record.fingerprint.to_bytes());
    let message = EncodedEvent::new(&*value)
        .with_key(has_key.then_some(&*key))
        .with_fingerprint(&header[..])
        .with_key_fingerprint(key_header.as_ref().map(<[u8; 8]>::as_slice));
    let again = decode_value::<T>(message).expect("what was written is read");
    let (mut written, mut written_key) = (Vec::new(), Vec::new());
    encode_value::<T>(&again, &mut written).expect("it was written before");
    T::encode_key(&again, &mut written_key).expect("so was its key");
    assert_eq!((written, written_key), (value, key));
}

fn key_record(spec: &TopicSpec) -> Option<&RecordSpec> {
    match &spec.key {
        KeySpec::Record(record) => Some(record),
        _ => None,
    }
}

/// Every reason can be shown.
fn told<T>(read: &Result<T, DecodeError>) {
    if let Err(error) = read {
        assert!(!error.to_string().is_empty());
    }
}
