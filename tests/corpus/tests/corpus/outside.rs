//! Bytes from outside never panic, and mean one thing.

use apache_avro::Schema;
use rand::RngExt as _;
use rand::rngs::StdRng;
use test_corpus::Case;
use test_values::Values;

use crate::reading::Codec;

/// Decodes what a value's bytes have become.
pub(crate) fn compare(case: &Case, schema: &Schema, values: &Values<'_>, random: &mut StdRng) {
    let place = case.name;
    let Some(value) = values.random(schema, random) else { return };
    let Ok(mut bytes) = Codec::of(schema, values).write(&value) else {
        return;
    };
    for _ in 0..random.random_range(0..4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.random_range(0..bytes.len());
        match random.random_range(0..3) {
            0 => bytes[at] = random.random(),
            1 => bytes.truncate(at),
            _ => bytes.insert(at, random.random()),
        }
    }
    match ((case.owned)(&bytes), (case.borrowed)(&bytes)) {
        (Ok(owned), Ok(borrowed)) => {
            assert_eq!(owned, borrowed, "{place}");
            // What is written of it reads as the same again, though the bytes need not have been the shortest.
            assert_eq!((case.owned)(&owned).unwrap(), owned, "{place}");
        }
        (Err(owned), Err(borrowed)) => assert_eq!(owned.class(), borrowed.class(), "{place}"),
        (owned, borrowed) => panic!("{place}: owned {owned:?}, borrowed {borrowed:?}"),
    }
}
