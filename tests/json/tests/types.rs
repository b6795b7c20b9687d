//! Generated types of random schemas (specification, "Binary Encoding" and "JSON Encoding"): the static codec beside apache-avro, and the forms of
//! text beside what walks the schema.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use kafka_event::json::Encoding;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_json::table::{DRAWN_FROM, TYPES};
use test_json::{Carried, cases, datum, plain, seed};
use test_values::Values;

/// Specification, "Binary Encoding" and "JSON Encoding". The schemas are those of `KAFKA_EVENT_TYPES`, the values others in each run: of those that
/// have only one encoding, ours is apache-avro's.
#[test]
fn of_random_schemas() {
    let seed = seed();
    println!("KAFKA_EVENT_TYPES={DRAWN_FROM} KAFKA_EVENT_SEED={seed}");
    let mut values = 0;
    for ty in TYPES {
        let case = format!("KAFKA_EVENT_TYPES={DRAWN_FROM} KAFKA_EVENT_SEED={seed}: {}", ty.schema);
        let mut random = StdRng::seed_from_u64(seed);
        let schema = Schema::parse_str(ty.schema).unwrap();
        let encoding = Encoding::from_schema(ty.schema).unwrap();
        let all = Values::of(&schema);
        for _ in 0..cases().unwrap_or(60) {
            let Some(value) = all.random(&schema, &mut random) else { break };
            let bytes = datum(&schema, plain(value));
            let carried = (ty.carried)(&bytes).unwrap_or_else(|error| panic!("{case}\n{bytes:?}\n{error}"));
            let wanted = Carried {
                owned: bytes.clone(),
                borrowed: bytes.clone(),
                json: encoding.to_json(&bytes).unwrap(),
                of_json: bytes.clone(),
                serde_of_twin: carried.serde.clone(),
                of_serde: bytes.clone(),
                serde: carried.serde.clone(),
            };
            assert_eq!(carried, wanted, "{case}");
            values += 1;
        }
    }
    assert!(values > 20 * TYPES.len() || cases().is_some(), "{values}");
}

/// The same of what has many encodings: collections in blocks with and without a size, maps in any order, decimals with more bytes than they need,
/// UUIDs in capitals. Each is written in one, which apache-avro reads as the value that was there.
#[test]
fn of_bytes_that_nobody_of_ours_writes() {
    let seed = seed();
    println!("KAFKA_EVENT_TYPES={DRAWN_FROM} KAFKA_EVENT_SEED={seed}");
    let (mut values, mut otherwise) = (0, 0);
    for ty in TYPES {
        let case = format!("KAFKA_EVENT_TYPES={DRAWN_FROM} KAFKA_EVENT_SEED={seed}: {}", ty.schema);
        let mut random = StdRng::seed_from_u64(seed);
        let (schema, drawn) = (Schema::parse_str(ty.schema).unwrap(), test_schemas::model::Schema::parse(ty.schema));
        let reader = GenericDatumReader::builder(&schema).build().unwrap();
        let theirs = |bytes: &[u8]| {
            let value = reader.read_value(&mut &*bytes);
            number(value.unwrap_or_else(|error| panic!("{case}\n{bytes:?}\napache-avro: {error}")))
        };
        for _ in 0..cases().unwrap_or(60) {
            let Some(value) = drawn.value(&mut random) else { break };
            let mut bytes = Vec::new();
            value.encode(&mut bytes, &mut Some(&mut random));
            let carried = (ty.carried)(&bytes).unwrap_or_else(|error| panic!("{case}\n{bytes:?}\n{error}"));
            assert_eq!(theirs(&carried.owned), theirs(&bytes), "{case}\n{bytes:?}");
            for again in [&carried.borrowed, &carried.of_json, &carried.of_serde] {
                assert_eq!(*again, carried.owned, "{case}\n{bytes:?}");
            }
            values += 1;
            otherwise += usize::from(carried.owned != bytes);
        }
    }
    assert!(cases().is_some() || otherwise > values / 8, "{otherwise} of {values}");
}

/// A decimal is the number that it is: apache-avro keeps how many bytes it had.
fn number(value: Value) -> Value {
    match value {
        Value::Decimal(decimal) => {
            // One of no bytes is 0, and apache-avro has no bytes of it.
            let bytes: Vec<u8> = (&decimal).try_into().unwrap_or_default();
            let sign = bytes.first().map_or(0, |first| if *first < 0x80 { 0 } else { 0xff });
            Value::Bytes(bytes.into_iter().skip_while(|byte| *byte == sign).chain([sign]).collect())
        }
        Value::Union(branch, value) => Value::Union(branch, Box::new(number(*value))),
        Value::Array(items) => Value::Array(items.into_iter().map(number).collect()),
        Value::Map(entries) => Value::Map(entries.into_iter().map(|(key, value)| (key, number(value))).collect()),
        Value::Record(fields) => Value::Record(fields.into_iter().map(|(name, value)| (name, number(value))).collect()),
        other => other,
    }
}
