//! Messages of topics of every kind: what stands around an event and around a key, and which version of a schema it names.

use std::sync::LazyLock;

use kafka_event::evolution::{TopicPeek, Writers};
use kafka_event::uuid::Uuid;
use kafka_event::{
    CompactedTopic, ConsumedTopic, DecodeError, EncodeEvent as _, EncodedEvent, Fingerprint, Framing, KeySpec, Limits, PublishedTopic,
    Record, RecordSpec, SchemaIds, TopicSpec, decode_compacted, decode_message, decode_value, decode_value_ref, encode_key_with,
    encode_value_with,
};

use crate::budget::{LIMITS, within};
use crate::topics::{shared, shop, topics};

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

/// What a registry calls the record of a full name, and a version of one.
const IDS: [(&str, u32); 4] = [
    (shop::OrderPlaced::FULL_NAME, 1),
    (shop::OrderPaid::FULL_NAME, 2),
    (shared::CustomerKey::FULL_NAME, 3),
    (shared::Profile::FULL_NAME, 4),
];

/// The id of the first of [`VERSIONS`], and those behind it.
pub(crate) const VERSION_ID: u32 = 100;

pub(crate) fn guid(id: u32) -> Uuid {
    Uuid::from_u128(u128::from(id) << 64 | 0xfe)
}

static SCHEMA_IDS: LazyLock<SchemaIds> = LazyLock::new(|| {
    fn both<R: Record>(ids: SchemaIds) -> SchemaIds {
        let id = id_of(R::FULL_NAME);
        ids.of::<R>(id).of::<R>(guid(id))
    }
    let own = both::<shared::Profile>(both::<shared::CustomerKey>(both::<shop::OrderPaid>(both::<shop::OrderPlaced>(
        SchemaIds::new(),
    ))));
    (VERSION_ID..)
        .zip(VERSIONS)
        .fold(own, |ids, (id, version)| ids.of_schema(version, id).of_schema(version, guid(id)))
});

/// Of records that a registry knows none of, one that it has not.
fn id_of(full_name: &str) -> u32 {
    IDS.iter().find(|(name, _)| *name == full_name).map_or(0, |(_, id)| *id)
}

/// What an input says of a message.
struct Message<'a> {
    value: Option<&'a [u8]>,
    key: Option<&'a [u8]>,
    header: Option<&'a [u8]>,
    key_header: Option<&'a [u8]>,
    id: Option<&'a [u8]>,
    key_id: Option<&'a [u8]>,
    knows_writers: bool,
}

/// A topic, by what is done with it.
struct Kind {
    spec: &'static TopicSpec,
    read: fn(&Message<'_>, Option<&TopicPeek<Vec<u8>>>) -> bool,
    peek: fn(&Writers) -> Option<TopicPeek<Vec<u8>>>,
}

const fn kind<T: PublishedTopic + ConsumedTopic>() -> Kind {
    Kind {
        spec: T::SPEC,
        read: read::<T>,
        peek: peek::<T>,
    }
}

const fn compacted<T: CompactedTopic + PublishedTopic + ConsumedTopic>() -> Kind {
    Kind {
        spec: T::SPEC,
        read: read_compacted::<T>,
        peek: peek::<T>,
    }
}

/// A field of text or of bytes that all of a topic's records have, where they have one.
fn peek<T: PublishedTopic>(writers: &Writers) -> Option<TopicPeek<Vec<u8>>> {
    let paths = ["customer", "order_id", "head.customer", "bytes"];
    paths.into_iter().find_map(|path| TopicPeek::new::<T>(path, writers).ok())
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
    kind::<topics::CustomerOrdersConfluent>(),
    kind::<topics::CustomerOrdersGuid>(),
    compacted::<topics::CustomerProfilesConfluent>(),
];

static WRITERS: LazyLock<Writers> = LazyLock::new(|| {
    let specs: Vec<_> = KINDS.iter().map(|kind| kind.spec).collect();
    let writers = Writers::new(&specs, VERSIONS).expect("versions of the topics' records");
    writers.with_ids(&specs, &SCHEMA_IDS).expect("ids of the same")
});

static PEEKS: LazyLock<Vec<Option<TopicPeek<Vec<u8>>>>> = LazyLock::new(|| KINDS.iter().map(|kind| (kind.peek)(&WRITERS)).collect());

/// Reads a message of one of the topics, and one field of it. The first bytes of an input say which topic, which parts the message has, which ids,
/// and how long its key is; then come two headers with fingerprints, those with ids, the key and the value.
///
/// # Panics
/// Something is not as it must be.
#[must_use]
pub fn framing(bytes: &[u8]) -> bool {
    let Some((&[which, parts, ids, key], rest)) = bytes.split_first_chunk() else {
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
    // An id has the length of a version and a GUID, or any.
    let length = if ids & 0b100 == 0 { 17 } else { usize::from(ids >> 3) };
    let of_id = |bit: u8| if ids & bit == 0 { 0 } else { length };
    let Some((id, rest)) = rest.split_at_checked(of_id(0b01)) else {
        return false;
    };
    let Some((key_id, rest)) = rest.split_at_checked(of_id(0b10)) else {
        return false;
    };
    let (key, value) = rest.split_at(rest.len().min(usize::from(key)));
    let which = usize::from(which) % KINDS.len();
    let message = Message {
        value: has(0).then_some(value),
        key: has(1).then_some(key),
        header: has(2).then_some(header),
        key_header: has(3).then_some(key_header),
        id: (ids & 0b01 != 0).then_some(id),
        key_id: (ids & 0b10 != 0).then_some(key_id),
        knows_writers: !has(4) && has(5),
    };
    (KINDS[which].read)(&message, PEEKS[which].as_ref())
}

impl<'a> Message<'a> {
    fn length(&self) -> usize {
        self.value.map_or(0, <[u8]>::len) + self.key.map_or(0, <[u8]>::len)
    }

    fn within(&self, limits: Limits) -> EncodedEvent<'a> {
        let message = EncodedEvent::new(self.value).with_key(self.key).within(limits);
        let message = message.with_fingerprint(self.header).with_key_fingerprint(self.key_header);
        let message = message.with_schema_id(self.id).with_key_schema_id(self.key_id);
        if self.knows_writers {
            message.with_writers(&WRITERS)
        } else {
            message
        }
    }
}

fn read<T: PublishedTopic + ConsumedTopic>(message: &Message<'_>, peek: Option<&TopicPeek<Vec<u8>>>) -> bool {
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
        let field = peek.and_then(|peek| peeked(peek, encoded, message.length(), limits));
        if let Ok(event) = read {
            assert!(field.is_some() || peek.is_none(), "a field of an event that is read");
            // A compacted topic's message is of its event, where it has one.
            whole.expect("its event has been read");
            let again = there_and_back::<T>(&event, peek);
            // A UUID's text has either case, and one when it is written.
            assert_eq!(
                again.map(|field| field.to_ascii_lowercase()),
                field.map(|field| field.to_ascii_lowercase())
            );
        }
    }
    taken
}

/// A field of a message, owned and borrowed the same. Its messages' versions are known to it, whatever the message says.
fn peeked(peek: &TopicPeek<Vec<u8>>, message: EncodedEvent<'_>, length: usize, limits: Limits) -> Option<Vec<u8>> {
    // Made once for each version, and not of the message.
    _ = peek.of_ref(message);
    let owned = within(limits, length, || peek.of(message));
    let borrowed = within(limits, length, || peek.of_ref(message));
    told(&borrowed);
    assert_eq!(owned.as_deref().ok(), borrowed.ok());
    owned.ok()
}

fn read_compacted<T: CompactedTopic + PublishedTopic + ConsumedTopic>(message: &Message<'_>, peek: Option<&TopicPeek<Vec<u8>>>) -> bool {
    let taken = read::<T>(message, peek);
    for limits in LIMITS {
        let encoded = message.within(limits);
        let read = within(limits, message.length(), || decode_compacted::<T>(encoded));
        let key = within(limits, message.length(), || T::decode_key(encoded));
        match read {
            Ok(message) => assert_eq!(message.tombstone().is_some(), encoded.value.is_none()),
            Err(error) => told::<()>(&Err(error)),
        }
        if let Ok(key) = key {
            let tombstone = |key| {
                let mut bytes = begun(T::SPEC);
                T::encode_tombstone(key, &mut bytes).expect("a key that was read is written");
                bytes
            };
            let bytes = tombstone(&key);
            let names = Names::of(T::SPEC, None);
            let again = T::decode_key(names.on(EncodedEvent::new(None).with_key(&*bytes))).expect("what was written is read");
            assert_eq!(tombstone(&again), bytes);
        }
    }
    taken
}

/// An input of which this becomes: a message of the topic in all its parts, and a tombstone of its key.
pub(crate) fn seeds<T: PublishedTopic + ConsumedTopic>(event: &T::Event) -> [Vec<u8>; 2] {
    let (value, key, _) = written::<T>(event);
    let record = event.record();
    [0b10_1111, 0b10_1110].map(|parts| seed(T::SPEC, parts, record.fingerprint, id_of(record.full_name), &key, &value))
}

/// An input for a topic, of these parts, and of these names of its writer.
pub(crate) fn seed(spec: &TopicSpec, parts: u8, writer: Fingerprint, id: u32, key: &[u8], value: &[u8]) -> Vec<u8> {
    let which = KINDS.iter().position(|kind| kind.spec.name == spec.name).expect("a topic");
    let key_header = key_record(spec).map_or(writer, |record| record.fingerprint);
    let ids = match spec.framing {
        Framing::ConfluentHeader => 0b11,
        _ => 0,
    };
    let beginning = [which, usize::from(parts), ids, key.len()].map(|byte| u8::try_from(byte).expect("less than a byte"));
    let key_id = key_record(spec).map_or(0, |record| id_of(record.full_name));
    let headers = if ids == 0 {
        Vec::new()
    } else {
        [header(id), header(key_id)].concat()
    };
    [&beginning[..], &writer.to_bytes(), &key_header.to_bytes(), &headers, key, value].concat()
}

/// What a header says of a schema: a version, and its GUID.
fn header(id: u32) -> [u8; 17] {
    let mut header = [1; 17];
    header[1..].copy_from_slice(guid(id).as_bytes());
    header
}

/// What a key that is a record begins with in a registry's framing.
fn begun(spec: &TopicSpec) -> Vec<u8> {
    match (spec.framing, key_record(spec)) {
        (Framing::Confluent, Some(record)) => [&[0][..], &id_of(record.full_name).to_be_bytes()].concat(),
        _ => Vec::new(),
    }
}

/// All that names the writers of a message of ours, in its headers.
struct Names {
    event: Option<([u8; 8], [u8; 17])>,
    key: Option<([u8; 8], [u8; 17])>,
}

impl Names {
    fn of(spec: &TopicSpec, event: Option<&RecordSpec>) -> Self {
        let names = |record: &RecordSpec| (record.fingerprint.to_bytes(), header(id_of(record.full_name)));
        Self {
            event: event.map(names),
            key: key_record(spec).map(names),
        }
    }

    fn on<'a>(&'a self, message: EncodedEvent<'a>) -> EncodedEvent<'a> {
        fn fingerprint(names: &Option<([u8; 8], [u8; 17])>) -> Option<&[u8]> {
            names.as_ref().map(|(fingerprint, _)| fingerprint.as_slice())
        }
        fn id(names: &Option<([u8; 8], [u8; 17])>) -> Option<&[u8]> {
            names.as_ref().map(|(_, id)| id.as_slice())
        }
        let message = message.with_fingerprint(fingerprint(&self.event)).with_schema_id(id(&self.event));
        let message = message
            .with_key_fingerprint(fingerprint(&self.key))
            .with_key_schema_id(id(&self.key));
        message.with_writers(&WRITERS)
    }
}

/// An event's value and key, and whether it has one.
fn written<T: PublishedTopic>(event: &T::Event) -> (Vec<u8>, Vec<u8>, bool) {
    let (mut value, mut key) = (Vec::new(), Vec::new());
    encode_value_with::<T>(event, &SCHEMA_IDS, &mut value).expect("an event that was read is written");
    let has_key = encode_key_with::<T>(event, &SCHEMA_IDS, &mut key).expect("so is its key");
    (value, key, has_key)
}

/// An event that was read is written, and read again, as the same; the field of it that is peeked.
fn there_and_back<T: PublishedTopic + ConsumedTopic>(event: &T::Event, peek: Option<&TopicPeek<Vec<u8>>>) -> Option<Vec<u8>> {
    let (value, key, has_key) = written::<T>(event);
    assert_eq!(has_key, T::SPEC.key.is_some());
    let names = Names::of(T::SPEC, Some(event.record()));
    let message = names.on(EncodedEvent::new(&*value).with_key(has_key.then_some(&*key)));
    let again = decode_value::<T>(message).expect("what was written is read");
    assert_eq!(written::<T>(&again), (value.clone(), key.clone(), has_key));
    peek.map(|peek| peek.of(message).expect("a field of what was written"))
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
