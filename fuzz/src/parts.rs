//! Some of an event: types of one's own that name a few of its fields, and one field by itself. What is between is passed over.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::LazyLock;

use kafka_event::evolution::{Evolution, Peek, Peeked};
use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::{DecodeError, KafkaEvent, Limits, Record as _, from_avro_within};

use crate::budget::{LIMITS, within};
use crate::depot::depot::Parcel;

/// Other versions of the record: its fields in another order, of other types and beside others, and without some of them.
pub(crate) const VERSIONS: [&str; 2] = [
    r#"{"type": "record", "name": "Parcel", "namespace": "depot", "fields": [
        {"name": "marks", "type": {"type": "array", "items": {"type": "map", "values": ["null", "bytes", "Parcel"]}}},
        {"name": "link", "type": ["null", "string"]}, {"name": "weightGrams", "type": "int"},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "sender", "type": ["null", {"type": "record", "name": "Party", "fields": [
            {"name": "code", "type": {"type": "fixed", "name": "Code", "size": 5}}, {"name": "name", "type": "string"}, {"name": "id", "type": "int"}]}]},
        {"name": "last", "type": {"type": "array", "items": "null"}}]}"#,
    r#"{"type": "record", "name": "Parcel", "namespace": "depot", "fields": [
        {"name": "link", "type": "bytes"}, {"name": "route", "type": ["null", {"type": "record", "name": "Leg", "fields": [
            {"name": "to", "type": "string"}, {"name": "next", "type": ["null", "Leg"]}]}]}]}"#,
];

/// Skipped are a union, a recursive record, maps and what nests.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Parcel", consume, manifest = "../tests/derive/schemas/depot/topics.toml")]
struct Seen<'a> {
    link: &'a str,
    sender: SenderName<'a>,
    weight_grams: i32,
}

#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Party", consume, manifest = "../tests/derive/schemas/depot/topics.toml")]
struct SenderName<'a> {
    name: Cow<'a, str>,
}

/// The last field alone, owned.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Parcel", consume, manifest = "../tests/derive/schemas/depot/topics.toml")]
struct Linked {
    link: String,
}

/// None at all: all is passed over.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(record = "depot.Parcel", consume, manifest = "../tests/derive/schemas/depot/topics.toml")]
struct Counted;

/// Reads a part of bytes, within limits; beside the whole event, where that is read.
type Part = Box<dyn Fn(&[u8], Limits, Option<&Parcel>) -> bool + Send + Sync>;

/// The parts of the record's own bytes; then those of each other version.
static PARTS: LazyLock<Vec<Vec<Part>>> = LazyLock::new(|| {
    let schemas = [Parcel::SCHEMA].into_iter().chain(VERSIONS);
    schemas
        .map(|writer| types(writer).into_iter().chain(fields(writer)).collect())
        .collect()
});

/// Reads parts of an event, by the first byte of an input: of the record's own bytes, or of another version's.
///
/// # Panics
/// Something is not as it must be.
#[must_use]
pub fn parts(bytes: &[u8]) -> bool {
    let Some((which, bytes)) = bytes.split_first() else { return false };
    let which = usize::from(*which) % PARTS.len();
    let mut read = false;
    for limits in LIMITS {
        // What a part of it takes, the whole takes as well.
        let whole = (which == 0).then(|| from_avro_within::<Parcel>(bytes, limits).ok()).flatten();
        for part in &PARTS[which] {
            read |= part(bytes, limits, whole.as_ref());
        }
    }
    read
}

/// Inputs of the target.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let named = [&[8][..], b"Anne"].concat();
    let parcel = crate::seeds::parcel();
    let link = [&[10][..], b"a/b/c"].concat();
    let marks = [&[2, 2, 2, b'k', 2, 4, 7, 7, 0, 0][..]].concat();
    let party = [&[2][..], b"code!", &named, &[2]].concat();
    let other = [&marks[..], &[2], &link, &[10, 4, 4, 0xe2], &party, &[6, 0]].concat();
    // In blocks that say their sizes.
    let sized = [
        &[1, 14, 1, 10, 2, b'k', 2, 4, 7, 0, 0][..],
        &[2],
        &link,
        &[10, 4, 4, 0xe2],
        &party,
        &[0],
    ]
    .concat();
    let routed = [&link[..], &[2, 2, b'x', 2, 2, b'y', 0]].concat();
    let inputs = [(0, parcel), (1, other), (1, sized), (2, routed)];
    inputs.map(|(which, bytes)| [&[which][..], &bytes].concat()).to_vec()
}

fn types(writer: &str) -> Vec<Part> {
    let own = writer == Parcel::SCHEMA;
    let mut parts: Vec<Part> = Vec::new();
    if let Ok(evolution) = Evolution::<Seen<'static>>::from_schema(writer) {
        parts.push(Box::new(move |bytes, limits, whole| {
            let evolved = within(limits, bytes.len(), || evolution.decode_ref_within(bytes, limits));
            let direct = own.then(|| within(limits, bytes.len(), || from_avro_within::<Seen<'_>>(bytes, limits)));
            let wanted = whole.map(|whole| Seen {
                link: &whole.link,
                sender: SenderName {
                    name: Cow::Borrowed(&whole.sender.name),
                },
                weight_grams: whole.weight_grams,
            });
            alike(evolved, direct, wanted)
        }));
    }
    if let Ok(evolution) = Evolution::<Linked>::from_schema(writer) {
        parts.push(Box::new(move |bytes, limits, whole| {
            let evolved = within(limits, bytes.len(), || evolution.decode_within(bytes, limits));
            let direct = own.then(|| within(limits, bytes.len(), || from_avro_within::<Linked>(bytes, limits)));
            let wanted = whole.map(|whole| Linked { link: whole.link.clone() });
            alike(evolved, direct, wanted)
        }));
    }
    if let Ok(evolution) = Evolution::<Counted>::from_schema(writer) {
        parts.push(Box::new(move |bytes, limits, whole| {
            let evolved = within(limits, bytes.len(), || evolution.decode_within(bytes, limits));
            let direct = own.then(|| within(limits, bytes.len(), || from_avro_within::<Counted>(bytes, limits)));
            alike(evolved, direct, whole.map(|_| Counted))
        }));
    }
    parts
}

/// Whether a part was read: by a plan as without one, and with the whole's fields.
fn alike<T: PartialEq + Debug>(evolved: Result<T, DecodeError>, direct: Option<Result<T, DecodeError>>, wanted: Option<T>) -> bool {
    if let Some(direct) = direct {
        assert_eq!(evolved.as_ref().map_err(told), direct.as_ref().map_err(told));
    }
    if let Some(wanted) = wanted {
        assert_eq!(evolved.as_ref().map_err(told), Ok(&wanted));
    }
    evolved.is_ok()
}

fn told(error: &DecodeError) -> String {
    error.to_string()
}

fn fields(writer: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    field(&mut parts, writer, "link", |whole| whole.link.clone());
    field(&mut parts, writer, "sender.name", |whole| whole.sender.name.clone());
    field(&mut parts, writer, "sender.id", |whole| whole.sender.id);
    field(&mut parts, writer, "receiver.name", |whole| {
        whole.receiver.as_ref().map(|receiver| receiver.name.clone())
    });
    field(&mut parts, writer, "route.next.next.to", |whole| {
        let legs = whole.route.as_ref().and_then(|leg| leg.next.as_ref()?.next.as_ref());
        legs.map(|leg| leg.to.clone())
    });
    field::<TimestampMillis>(&mut parts, writer, "sealedAt", |whole| whole.sealed_at);
    field::<Decimal<9, 2>>(&mut parts, writer, "price", |whole| whole.price);
    field(&mut parts, writer, "weightGrams", |whole| f64::from(whole.weight_grams));
    parts
}

/// One field, owned as borrowed; nothing where the writer's cannot be read as it.
fn field<T: Peeked + PartialEq + Debug + 'static>(parts: &mut Vec<Part>, writer: &str, path: &'static str, of: fn(&Parcel) -> T) {
    let Ok(peek) = Peek::<T>::of_version::<Parcel>(path, writer) else {
        return;
    };
    parts.push(Box::new(move |bytes, limits, whole| {
        let owned = within(limits, bytes.len(), || peek.of_within(bytes, limits));
        let borrowed = within(limits, bytes.len(), || peek.of_ref_within(bytes, limits).map(drop));
        assert_eq!(
            owned.as_ref().map(drop).map_err(told),
            borrowed.as_ref().map(drop).map_err(told),
            "{path}"
        );
        if let Some(whole) = whole {
            assert_eq!(owned.as_ref().map_err(told), Ok(&of(whole)), "{path}");
        }
        owned.is_ok()
    }));
}
