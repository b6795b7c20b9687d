//! Fixed of many bytes: they are never on the stack, here in a build without optimisation.

use std::thread;

use kafka_event::evolution::Evolution;
use kafka_event::json::{from_avro_json, to_avro_json};
use kafka_event::{Record, from_avro, to_avro};
use test_constructs::large::{Large, LargeEither, LargeRef, Megabyte};

/// A quarter of one of them.
const STACK: usize = 256 << 10;

fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
}

fn megabyte(byte: u8) -> Megabyte {
    let bytes: Box<[u8]> = vec![byte; 1 << 20].into();
    Megabyte(bytes.try_into().unwrap())
}

fn large() -> Large {
    Large::builder()
        .own(megabyte(1))
        .optional(megabyte(2))
        .items(vec![megabyte(3), megabyte(4)])
        .values([("a".to_owned(), megabyte(5))])
        .either(LargeEither::Megabyte(megabyte(6)))
        .build()
}

#[test]
fn they_are_written_and_read() {
    on_a_small_stack(|| {
        let large = large();
        let bytes = to_avro(&large).unwrap();
        assert_eq!(bytes.len(), 6 * (1 << 20) + 5_000 + 8);
        assert_eq!(from_avro::<Large>(&bytes).unwrap(), large);
        let borrowed: LargeRef<'_> = from_avro(&bytes).unwrap();
        assert_eq!(to_avro(&Large::from(borrowed)).unwrap(), bytes);
        assert_eq!(*large.given.0, [1; 5_000]);
        assert_eq!(size_of::<Megabyte>(), size_of::<usize>());
    });
}

#[test]
fn another_version_is_read() {
    let writer = Large::SCHEMA.replacen(
        r#"{"name":"optional""#,
        r#"{"name":"gone","type":"Megabyte"},{"name":"optional""#,
        1,
    );
    assert_ne!(writer, Large::SCHEMA);
    on_a_small_stack(move || {
        let evolution = Evolution::<Large>::from_schema(&writer).unwrap();
        let (large, mut bytes) = (large(), Vec::new());
        let written = to_avro(&large).unwrap();
        let (before, behind) = written.split_at(1 << 20);
        bytes.extend_from_slice(before);
        bytes.extend_from_slice(before);
        bytes.extend_from_slice(behind);
        assert_eq!(evolution.decode(&bytes).unwrap(), large);
    });
}

#[test]
fn they_are_json() {
    on_a_small_stack(|| {
        let large = large();
        let text = serde_json::to_string(&large).unwrap();
        assert_eq!(serde_json::from_str::<Large>(&text).unwrap(), large);
        let text = to_avro_json(&large).unwrap();
        assert_eq!(from_avro_json::<Large>(&text).unwrap(), large);
    });
}
