//! Encodings that a writer may choose, and those that none may (specification, "Binary Encoding"): the bytes are written by hand.

use std::collections::BTreeMap;

use kafka_event::evolution::Evolution;
use kafka_event::json::Encoding;
use kafka_event::uuid::Uuid;
use kafka_event::{DecodeError, Record as _, from_avro, to_avro};
use test_constructs::events::constructs::{Datum, DatumRef, Empty, Letter};

/// A number as Avro writes it.
fn varint(value: i64) -> Vec<u8> {
    let mut zigzag = ((value << 1) ^ (value >> 63)).cast_unsigned();
    let mut bytes = Vec::new();
    while zigzag >= 0x80 {
        bytes.push(zigzag as u8 | 0x80);
        zigzag >>= 7;
    }
    bytes.push(zigzag as u8);
    bytes
}

const ID: &str = "7F1D3C5E-9a20-4b61-8c3d-0e5f6a7b8c9d";

/// A datum of these parts; each collection with its end.
fn datum(letter: i64, numbers: &[u8], words: &[u8], nulls: &[u8], empties: &[u8]) -> Vec<u8> {
    let id = [&varint(36)[..], ID.as_bytes()].concat();
    [&varint(letter)[..], numbers, words, nulls, empties, &id].concat()
}

/// The same error of the owned type and of its twin.
#[track_caller]
fn refused(bytes: &[u8]) -> String {
    let owned: DecodeError = from_avro::<Datum>(bytes).unwrap_err();
    let borrowed = from_avro::<DatumRef<'_>>(bytes).unwrap_err();
    assert_eq!(owned.to_string(), borrowed.to_string());
    owned.to_string()
}

/// A block with its size in bytes, as a writer may state it for readers that skip.
fn sized(count: i64, items: &[u8]) -> Vec<u8> {
    [&varint(-count)[..], &varint(items.len() as i64), items].concat()
}

/// Specification, "Complex Types": arrays and maps in blocks, those with a negative count followed by their size.
#[test]
fn collections_of_several_blocks() {
    let word = |word: &str, number: i64| [&varint(word.len() as i64)[..], word.as_bytes(), &varint(number)].concat();
    let numbers = [
        &varint(2)[..],
        &varint(1),
        &varint(-1),
        &sized(1, &varint(i64::MIN)),
        &varint(1),
        &varint(7),
        &[0],
    ]
    .concat();
    let words = [
        &sized(1, &word("a", 1))[..],
        &varint(1),
        &word("b", 2),
        &sized(1, &word("a", 3)),
        &[0],
    ]
    .concat();
    let nulls = [&varint(2)[..], &sized(3, &[]), &[0]].concat();
    let empties = [&sized(1, &[])[..], &varint(1), &[0]].concat();
    let read: Datum = from_avro(&datum(1, &numbers, &words, &nulls, &empties)).unwrap();
    let wanted = Datum {
        letter: Letter::B,
        numbers: vec![1, -1, i64::MIN, 7],
        // Of a key that comes again the last value counts.
        words: BTreeMap::from([("a".into(), 3), ("b".into(), 2)]),
        nulls: vec![(); 5],
        empties: vec![Empty {}, Empty {}],
        id: Uuid::parse_str(ID).unwrap(),
    };
    assert_eq!(read, wanted);
    // They are written in one, without a size, and the UUID in lower case.
    let number = |value: i64| varint(value);
    let written = datum(
        1,
        &[&varint(4)[..], &number(1), &number(-1), &number(i64::MIN), &number(7), &[0]].concat(),
        &[&varint(2)[..], &word("a", 3), &word("b", 2), &[0]].concat(),
        &[&varint(5)[..], &[0]].concat(),
        &[&varint(2)[..], &[0]].concat(),
    );
    let end = written.len() - ID.len();
    let bytes = to_avro(&wanted).unwrap();
    assert_eq!(bytes[..end], written[..end]);
    assert_eq!(bytes[end..], *ID.to_lowercase().as_bytes());
}

/// Specification, "Complex Types": a block's size is for readers that skip it, who would read something else behind a wrong one.
#[test]
fn a_block_of_another_size_than_it_says() {
    // As they are, and as what another version wrote.
    let older = Datum::SCHEMA.replace(r#""items":"long""#, r#""items":"int""#);
    let evolution = Evolution::<Datum>::from_schema(&older).unwrap();
    assert!(!evolution.is_alike());
    let json = Encoding::from_schema(Datum::SCHEMA).unwrap();
    let numbers = |size: i64| [&varint(-2)[..], &varint(size), &[2, 4], &[0]].concat();
    let words = |size: i64| [&varint(-1)[..], &varint(size), &[2, b'k', 2], &[0]].concat();
    let nulls = |size: i64| [&varint(-3)[..], &varint(size), &[0]].concat();
    for (size, field, bytes) in [
        (
            2,
            "numbers",
            &(|size| datum(0, &numbers(size), &[0], &[0], &[0])) as &dyn Fn(i64) -> Vec<u8>,
        ),
        (3, "words", &|size| datum(0, &[0], &words(size), &[0], &[0])),
        (0, "nulls", &|size| datum(0, &[0], &[0], &nulls(size), &[0])),
    ] {
        let right = bytes(size);
        let wanted: Datum = from_avro(&right).unwrap();
        assert_eq!(evolution.decode(&right).unwrap(), wanted);
        json.to_json(&right).unwrap();
        for wrong in [size - 1, size + 1, 10_000, i64::MAX, i64::MIN] {
            let bytes = bytes(wrong);
            let error = refused(&bytes);
            let words = if wrong < 0 {
                "a negative length"
            } else {
                "a block of another size than it says"
            };
            assert!(error.contains(field) && error.contains(words), "{field} of {wrong} bytes: {error}");
            assert_eq!(evolution.decode(&bytes).unwrap_err().to_string(), error);
            assert_eq!(evolution.decode_ref(&bytes).unwrap_err().to_string(), error);
            let error = json.to_json(&bytes).unwrap_err().to_string();
            assert!(error.contains(words), "{field} of {wrong} bytes: {error}");
        }
    }
}

/// Specification, "Complex Types": a block says how many items it has, and a null or an empty record has no bytes.
#[test]
fn ten_bytes_that_claim_billions_of_items() {
    for claimed in [1 << 40, i64::MAX, -(1 << 40), -i64::MAX, i64::MIN] {
        let mut block = varint(claimed);
        if claimed < 0 {
            block.push(0);
        }
        let block = [block, vec![0]].concat();
        for (field, bytes) in [
            ("numbers", datum(0, &block, &[0], &[0], &[0])),
            ("words", datum(0, &[0], &block, &[0], &[0])),
            ("nulls", datum(0, &[0], &[0], &block, &[0])),
            ("empties", datum(0, &[0], &[0], &[0], &block)),
        ] {
            let error = refused(&bytes);
            assert!(error.contains(field), "{claimed}: {error}");
        }
    }
}

/// The default of an enum is for a reader's resolution: an index that is none is corruption.
#[test]
fn an_enums_default_is_for_no_index() {
    assert!(from_avro::<Datum>(&datum(0, &[0], &[0], &[0], &[0])).is_ok());
    for index in [2, 9, -1, i64::MAX, i64::MIN] {
        let error = refused(&datum(index, &[0], &[0], &[0], &[0]));
        assert!(error.contains("letter"), "{index}: {error}");
    }
}
