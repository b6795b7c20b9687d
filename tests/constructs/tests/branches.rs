//! A union of many large records, and a record of many: read on a stack that has room for few of them, here in a build without optimisation.

use std::thread;

use kafka_event::evolution::Evolution;
use kafka_event::{Record, from_avro, to_avro};
use test_constructs::branches::{Holder, HolderHeld, HolderRef, Part, Wide, WideEither, WideRef};

/// All branches together take more as they are owned.
const STACK: usize = 80 << 10;

fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(run).unwrap();
    thread.join().unwrap();
}

/// The last branch, with a text in its last field.
fn bytes() -> Vec<u8> {
    let mut bytes = vec![0xc6, 0x01];
    bytes.extend([0; 39]);
    bytes.extend([2, b'x']);
    bytes
}

#[test]
fn it_is_read_and_owned() {
    on_a_small_stack(|| {
        let holder: Box<Holder> = Box::new(from_avro(&bytes()).unwrap());
        let HolderHeld::R99(held) = &holder.held else {
            panic!("another branch")
        };
        assert_eq!(held.f39, "x");
        assert_eq!(to_avro(&*holder).unwrap(), bytes());
        let bytes = bytes();
        let borrowed: HolderRef<'_> = from_avro(&bytes).unwrap();
        assert_eq!(to_avro(&Holder::from(borrowed)).unwrap(), bytes);
    });
}

#[test]
fn another_version_is_read() {
    // A field of the first branch was an int before, which no text is read from.
    let writer = Holder::SCHEMA.replacen(r#"{"name":"f0","type":"string"}"#, r#"{"name":"f0","type":"int"}"#, 1);
    let evolution = Evolution::<Holder>::from_schema(&writer).unwrap();
    assert!(!evolution.is_alike());
    on_a_small_stack(move || {
        let holder = evolution.decode(&bytes()).unwrap();
        assert_eq!(to_avro(&holder).unwrap(), bytes());
    });
}

#[test]
fn it_is_copied_compared_and_shown() {
    let holder: Holder = from_avro(&bytes()).unwrap();
    on_a_small_stack(move || {
        let copy = Box::new(holder.clone());
        assert_eq!(*copy, holder);
        let bytes = bytes();
        let borrowed: Box<HolderRef<'_>> = Box::new(from_avro(&bytes).unwrap());
        assert_eq!(borrowed.clone(), borrowed);
        assert!(format!("{holder:?}").contains("f39: \"x\""), "{holder:?}");
    });
}

/// Its parts are held by a `Box` each.
#[test]
fn a_record_of_many_is_small() {
    assert!(30 * size_of::<Part>() > 16 << 10);
    assert!(size_of::<Wide>() < 1 << 10 && size_of::<WideRef<'_>>() < 1 << 10);
    let part = || Box::new(Part::default());
    let wide = Wide {
        p7: Some(part()),
        either: WideEither::Part(part()),
        ..from_avro(&[vec![0; 40 + 29], vec![0, 2, b'x']].concat()).unwrap()
    };
    assert_eq!(part().f39, "39");
    on_a_small_stack(move || {
        let bytes = to_avro(&wide).unwrap();
        assert_eq!(from_avro::<Wide>(&bytes).unwrap(), wide);
        assert_eq!(Wide::from(from_avro::<WideRef<'_>>(&bytes).unwrap()), wide);
    });
}

#[test]
fn a_part_that_an_older_writer_left_out_is_boxed() {
    let writer = r#"{"type": "record", "name": "Wide", "fields": [{"name": "either", "type": "int"}]}"#;
    let evolution = Evolution::<Wide>::from_schema(writer).unwrap();
    let wide = evolution.decode(&[6]).unwrap();
    assert_eq!((wide.p0.f39.as_str(), wide.either), ("39", WideEither::Int(3)));
}

/// Sixty-four records, of which each holds the one before it twice, and all are nothing.
#[test]
fn records_of_nothing_are_passed_over_at_once() {
    let held = |record: String, number| {
        format!(
            r#"{{"type": "record", "name": "N{number}", "fields": [{{"name": "a", "type": {record}}}, {{"name": "b", "type": "N{}"}}]}}"#,
            number - 1
        )
    };
    let nothing = (1..64).fold(r#"{"type": "record", "name": "N0", "fields": []}"#.to_owned(), held);
    let writer = format!(
        r#"{{"type": "record", "name": "Wide", "fields": [{{"name": "gone", "type": {nothing}}}, {{"name": "either", "type": "int"}}]}}"#
    );
    let evolution = Evolution::<Wide>::from_schema(&writer).unwrap();
    assert_eq!(evolution.decode(&[6]).unwrap().either, WideEither::Int(3));
}
