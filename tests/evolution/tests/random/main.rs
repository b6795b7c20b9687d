//! Specification, "Schema Resolution" and "Aliases": random readers, and random versions of their schemas that write, beside a resolution of single
//! values that is written from the specification alone.

mod resolution;

use std::collections::BTreeSet;

use kafka_event::Limits;
use kafka_event::codec::DecodeClass;
use kafka_event::evolution::EvolutionError;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use resolution::{Reason, Rule, resolved};
use test_evolution::{READERS, TYPES};
use test_schemas::model::Schema;
use test_schemas::version;
use test_values::{cases, seed};

/// Values of each writer.
const VALUES: usize = 6;

#[test]
fn versions_of_random_schemas() {
    let first = seed();
    println!("KAFKA_EVENT_TYPES={TYPES} KAFKA_EVENT_SEED={first}");
    let (mut same, mut refused, mut met) = (0_usize, 0_usize, BTreeSet::new());
    for number in 0..cases().unwrap_or(1_500) {
        let seed = first.wrapping_add(number);
        let mut random = StdRng::seed_from_u64(seed);
        let reader = &READERS[random.random_range(0..READERS.len())];
        let schema = Schema::parse(reader.schema);
        let writer = version(&schema, &mut random);
        let text = writer.text().expect("a version has a text");
        let case = format!(
            "KAFKA_EVENT_TYPES={TYPES} KAFKA_EVENT_SEED={seed} KAFKA_EVENT_CASES=1\nreader: {}\nwriter: {text}",
            reader.schema
        );
        let evolution = match (reader.evolution)(&text) {
            Ok(read) => Some(read),
            Err(EvolutionError::Incompatible(_)) => None,
            Err(error) => panic!("{case}\n{error}"),
        };
        for _ in 0..VALUES {
            let value = writer.value(&mut random).expect("a version has a value");
            let mut bytes = Vec::new();
            value.encode(&mut bytes, &mut Some(&mut random));
            let case = || format!("{case}\n{value:?}\n{bytes:?}");
            match (resolved(&schema, &writer, &value, &mut met), &evolution) {
                (Ok(wanted), Some(read)) => {
                    let mut written = Vec::new();
                    wanted.encode(&mut written, &mut None);
                    let (owned, borrowed) = read(&bytes, Limits::DEFAULT).unwrap_or_else(|error| panic!("{}\n{error}", case()));
                    assert_eq!(owned, written, "{}\nwanted: {wanted:?}", case());
                    assert_eq!(borrowed, written, "{}\nwanted: {wanted:?}", case());
                    same += 1;
                }
                (Err(reasons), Some(read)) => {
                    let Err(error) = read(&bytes, Limits::DEFAULT) else {
                        panic!("{}\nit is read, and refused for {reasons:?}", case());
                    };
                    // Whatever a version writes has a schema that explains it: none of it is malformed.
                    assert_eq!(
                        error.class(),
                        DecodeClass::WriterIncompatible,
                        "{}\n{reasons:?}, and not: {error}",
                        case()
                    );
                    refused += 1;
                }
                (Err(reasons), None) => {
                    assert!(reasons.contains(&Reason::Schemas), "{}\n{reasons:?}", case());
                    refused += 1;
                }
                (Ok(wanted), None) => panic!("{}\nit has no plan, and is {wanted:?}", case()),
            }
        }
    }
    if cases().is_none() {
        let all = same + refused;
        assert!(same > all / 3 && refused > all / 10, "{same} read, {refused} refused");
        assert_eq!(met.into_iter().collect::<Vec<_>>(), Rule::ALL);
    }
}
