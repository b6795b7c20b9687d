//! Bytes from outside.

use apache_avro::Schema;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use test_corpus::{Case, GENERATED, Generated};
use test_values::Values;

use crate::reading::{self, Codec, Source};

#[test]
fn bytes_from_outside_never_panic_and_mean_one_thing() {
    reading::on_a_large_stack(|| {
        let mut random = StdRng::seed_from_u64(7);
        for generated in GENERATED {
            Source::of(generated).each(|case, schema, values| {
                for _ in 0..10 {
                    mutate(generated, case, schema, values, &mut random);
                }
            });
        }
    });
}

fn mutate(generated: &Generated, case: &Case, schema: &Schema, values: &Values<'_>, random: &mut StdRng) {
    let place = || format!("{} {}", generated.file, case.name);
    let Some(value) = values.random(schema, random) else { return };
    let Ok(mut bytes) = Codec::of(schema, values).write(&value) else { return };
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
            assert_eq!(owned, borrowed, "{}", place());
            // What is written of it reads as the same again, though the bytes need not have been the shortest.
            assert_eq!((case.owned)(&owned).unwrap(), owned, "{}", place());
        }
        (Err(owned), Err(borrowed)) => assert_eq!(owned.class(), borrowed.class(), "{}", place()),
        (owned, borrowed) => panic!("{}: owned {owned:?}, borrowed {borrowed:?}", place()),
    }
}
