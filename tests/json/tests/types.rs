//! Generated types of random schemas: the static codec beside apache-avro, and the forms of text beside what walks the schema.

use apache_avro::Schema;
use kafka_event::json::Encoding;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_json::table::TYPES;
use test_json::{Carried, cases, datum, plain, seed};
use test_values::Values;

/// Specification, "Binary Encoding" and "JSON Encoding". The schemas are those of `KAFKA_EVENT_TYPES`, the values others in each run.
#[test]
fn of_random_schemas() {
    let seed = seed();
    println!("KAFKA_EVENT_SEED={seed}");
    let mut values = 0;
    for ty in TYPES {
        let mut random = StdRng::seed_from_u64(seed);
        let schema = Schema::parse_str(ty.schema).unwrap();
        let encoding = Encoding::from_schema(ty.schema).unwrap();
        let all = Values::of(&schema);
        for _ in 0..cases().unwrap_or(60) {
            let Some(value) = all.random(&schema, &mut random) else { break };
            let bytes = datum(&schema, plain(value));
            let carried = (ty.carried)(&bytes).unwrap_or_else(|error| panic!("KAFKA_EVENT_SEED={seed}: {}\n{bytes:?}\n{error}", ty.schema));
            let wanted = Carried {
                owned: bytes.clone(),
                borrowed: bytes.clone(),
                json: encoding.to_json(&bytes).unwrap(),
                of_json: bytes.clone(),
                serde_of_twin: carried.serde.clone(),
                of_serde: bytes.clone(),
                serde: carried.serde.clone(),
            };
            assert_eq!(carried, wanted, "KAFKA_EVENT_SEED={seed}: {}", ty.schema);
            values += 1;
        }
    }
    assert!(values > 20 * TYPES.len() || cases().is_some(), "{values}");
}
