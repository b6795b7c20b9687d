//! What decoding takes of memory for text and bytes in collections, in boxes and within one another: owned and borrowed, held as the user chooses.

use kafka_event::codec::{Decode, Encode, Reader, Writer};
use kafka_event::evolution::Evolution;
use kafka_event::json::{from_avro_json_within, to_avro_json};
use kafka_event::{Complete, DecodeError, Limits, from_avro, from_avro_within, wire};

use crate::budget::within;
use crate::testing::{block, least_of};
use crate::types::held as plain;

/// In `Arc`s and hash tables.
mod shared {
    include!(concat!(env!("OUT_DIR"), "/shared/kafka_events.rs"));
}

/// Text in a type that takes more than any of the standard library.
mod wide {
    include!(concat!(env!("OUT_DIR"), "/wide/kafka_events.rs"));
}

/// Text with much beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wide {
    text: String,
    beside: [u64; 12],
}

impl From<&str> for Wide {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            beside: [0; 12],
        }
    }
}

impl Encode<wire::Str> for Wide {
    fn size_bound(&self) -> usize {
        self.text.size_bound()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write::<wire::Str, _>(&self.text);
    }
}

impl<'de> Decode<'de, wire::Str> for Wide {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.text().map(Self::from)
    }
}

/// How many items a collection has that is read at once: no more than are reserved, so that nothing grows.
const ITEMS: usize = 200;

/// So many that room for them is made while they are read.
const MANY: usize = 5_000;

/// Levels of records in boxes.
const LEVELS: usize = 60;

/// The fields of `Held`, in their order.
const FIELDS: usize = 12;

fn text(number: usize) -> Vec<u8> {
    [&[8][..], format!("{:04x}", number & 0xffff).as_bytes()].concat()
}

/// An array of as many of the shortest texts.
fn empties(items: usize) -> Vec<u8> {
    block(items, |_| vec![0])
}

fn line(number: usize) -> Vec<u8> {
    [&text(number)[..], &[2, 0, 2, 0], &empties(3)].concat()
}

fn entries(items: usize, value: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    block(items, |number| [text(number), value(number)].concat())
}

/// Values of the fields, each by its place, with so many items.
fn values(items: usize) -> Vec<(usize, Vec<u8>)> {
    let chain = [&[2, 0].repeat(LEVELS)[..], &[0]].concat();
    vec![
        (0, empties(items)),
        (0, block(items, text)),
        (1, empties(items)),
        (1, block(items, text)),
        (2, entries(items, |_| vec![0])),
        (2, entries(items, text)),
        (2, entries(1, text)),
        (3, entries(items, |_| vec![2])),
        (4, block(items, |_| empties(1))),
        (4, block(8, |_| empties(items / 8))),
        (5, block(items, |number| entries(1, |_| text(number)))),
        (6, block(items, |_| vec![2, 0])),
        (6, block(items, |_| vec![0])),
        (7, block(items, line)),
        (8, block(items, |_| vec![2, 0])),
        (8, block(items, |number| [&[6], &line(number)[..]].concat())),
        (9, entries(items, |_| [&[4][..], &empties(2)].concat())),
        (10, chain),
        (11, text(0)),
    ]
}

/// A datum in which all fields but one are empty, which all of them are as a byte of 0.
fn datum(place: usize, value: &[u8]) -> Vec<u8> {
    [&vec![0; place][..], value, &vec![0; FIELDS - 1 - place]].concat()
}

/// A version of the schema whose values are written alike, and read item by item: bytes that become text, and ints that become longs.
fn version() -> String {
    let schema = <plain::Held as kafka_event::Record>::SCHEMA;
    let changes = [
        (r#""items":"string""#, r#""items":"bytes""#),
        (r#""values":"string""#, r#""values":"bytes""#),
        (r#""values":"long""#, r#""values":"int""#),
        (r#""name":"at","type":"long""#, r#""name":"at","type":"int""#),
    ];
    changes.iter().fold(schema.to_owned(), |schema, (from, to)| {
        assert!(schema.contains(from), "{schema}");
        schema.replace(from, to)
    })
}

/// Decodes within the least memory that suffices: nothing is taken beyond that but the text and bytes themselves, where nothing grows.
fn takes_no_more_than_its_limit<T>(what: &str, bytes: &[u8], items: usize, decode: impl Fn(Limits) -> Result<T, DecodeError>) {
    // Here what grows may be there twice.
    let memory = least_of(bytes.len(), &decode);
    let limits = Limits { memory, ..Limits::DEFAULT };
    let taken = allocation_counter::measure(|| drop(decode(limits).expect("it suffices")));
    if items == ITEMS {
        let most = memory + bytes.len();
        assert!(
            taken.bytes_max <= most as u64,
            "{what}: {} bytes taken, of {most}, in {}",
            taken.bytes_max,
            std::any::type_name::<T>()
        );
    }
}

fn all_that_decode<T: Complete>() {
    let evolution = Evolution::<T>::from_schema(&version()).expect("it is read");
    for items in [ITEMS, MANY] {
        for (place, value) in values(items) {
            let bytes = datum(place, &value);
            let told = |way| format!("{way} of {items} in field {place}");
            takes_no_more_than_its_limit(&told("owned"), &bytes, items, |limits| from_avro_within::<T>(&bytes, limits));
            takes_no_more_than_its_limit(&told("borrowed"), &bytes, items, |limits| {
                from_avro_within::<T::Ref<'_>>(&bytes, limits)
            });
            takes_no_more_than_its_limit(&told("evolved"), &bytes, items, |limits| evolution.decode_within(&bytes, limits));
        }
    }
}

#[test]
fn what_is_owned_takes_no_more_than_its_limit() {
    all_that_decode::<plain::Held>();
}

#[test]
fn what_is_shared_takes_no_more_than_its_limit() {
    all_that_decode::<shared::held::Held>();
}

#[test]
fn what_is_held_by_a_type_of_ones_own_takes_no_more_than_its_limit() {
    all_that_decode::<wide::held::Held>();
}

/// What a type of one's own holds that names generated ones.
#[test]
fn lists_of_what_is_owned_take_no_more_than_their_limit() {
    let lines = block(ITEMS, line);
    takes_no_more_than_its_limit("lines", &lines, ITEMS, |limits| {
        Reader::new(&lines, limits).read::<wire::Array<wire::Record>, Vec<plain::Line>>()
    });
}

/// The bytes that JSON becomes may take as much as the value that they become.
fn all_that_read_json<T: Complete>() {
    // What is made once for the type is none of the text's.
    _ = from_avro_json_within::<T>("", Limits::DEFAULT);
    for (place, value) in values(ITEMS) {
        let held: T = from_avro(&datum(place, &value)).expect("a datum");
        let text = to_avro_json(&held).expect("a value");
        let decode = |memory: usize| {
            let limits = Limits { memory, ..Limits::DEFAULT };
            let twice = Limits {
                memory: 2 * memory,
                ..limits
            };
            within(twice, text.len(), || from_avro_json_within::<T>(&text, limits).map(drop))
        };
        for shift in 6..20 {
            _ = decode(1 << shift);
        }
        decode(1 << 20).expect("there is enough");
    }
}

#[test]
fn what_is_read_of_json_takes_no_more_than_twice_its_limit() {
    all_that_read_json::<plain::Held>();
    all_that_read_json::<wide::held::Held>();
}
