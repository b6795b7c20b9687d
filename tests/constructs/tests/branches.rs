//! A union of many large records, read on a stack that has room for few of them, here in a build without optimisation.

use std::thread;

use kafka_event::evolution::Evolution;
use kafka_event::{Record, from_avro, to_avro};
use test_constructs::branches::{Holder, HolderHeld, HolderRef};

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
