//! Random schemas and values, both ways beside apache-avro (specification, "Binary Encoding", "JSON Encoding" and "Parsing Canonical Form for
//! Schemas"): thousands of cases, of another seed in each run.

use apache_avro::Schema;
use apache_avro::rabin::Rabin;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use kafka_event::json::Encoding;
use kafka_event_codegen::model::TypeId;
use kafka_event_codegen::{Contract, fingerprint, load_text};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::Value as Json;
use test_json::{cases, datum, json, plain, same, seed};
use test_values::Values;

/// Schemas of a run, unless `KAFKA_EVENT_CASES` says how many.
const SCHEMAS: u64 = 1_000;

/// Values of each.
const VALUES: u64 = 8;

/// Specification, "Binary Encoding", "JSON Encoding" and "Schema Fingerprints".
#[test]
fn of_random_schemas() {
    let (seed, count) = (seed(), cases().unwrap_or(SCHEMAS));
    println!("KAFKA_EVENT_SEED={seed}");
    let mut values = 0;
    for number in 0..count {
        // Each by itself: the number alone tells a failure's schema.
        let mut random = StdRng::seed_from_u64(seed.wrapping_add(number));
        let text = test_schemas::random(&mut random);
        let case = format!("KAFKA_EVENT_SEED={} KAFKA_EVENT_CASES=1: {text}", seed.wrapping_add(number));
        let schema = Schema::parse_str(&text).unwrap_or_else(|error| panic!("{case}\napache-avro: {error}"));
        let (contract, id) = load_text("random", &text).unwrap_or_else(|report| panic!("{case}\n{report}"));
        fingerprint_is_theirs(&schema, &contract, id, &case);
        let encoding = Encoding::from_schema(&text).unwrap_or_else(|error| panic!("{case}\n{error}"));
        let all = Values::of(&schema);
        for _ in 0..VALUES {
            let Some(value) = all.random(&schema, &mut random) else { break };
            let value = plain(value);
            both_ways(&schema, &all, &encoding, value, &mut random, &case);
            values += 1;
        }
    }
    assert!(count < SCHEMAS || values > 5 * count, "{values} values");
}

fn both_ways(schema: &Schema, all: &Values<'_>, encoding: &Encoding, value: Value, random: &mut StdRng, case: &str) {
    let bytes = datum(schema, value.clone());
    // What apache-avro writes becomes JSON that says the same as the specification's, and the same bytes again.
    let ours = encoding
        .to_json(&bytes)
        .unwrap_or_else(|error| panic!("{case}\n{bytes:?}\n{error}"));
    let theirs = json(all.resolved(), schema, &value, random);
    let parsed = |text: &str| -> Json { serde_json::from_str(text).unwrap_or_else(|error| panic!("{case}\n{text}\n{error}")) };
    assert!(same(&parsed(&ours), &parsed(&theirs)), "{case}\n{ours}\n{theirs}");
    let back = encoding.to_avro(&ours).unwrap_or_else(|error| panic!("{case}\n{ours}\n{error}"));
    assert_eq!(back, bytes, "{case}\n{ours}");
    // What others write as JSON becomes bytes that apache-avro reads as the value.
    let written = encoding
        .to_avro(&theirs)
        .unwrap_or_else(|error| panic!("{case}\n{theirs}\n{error}"));
    let reader = GenericDatumReader::builder(schema).build().expect("a reader of the schema");
    let read = reader
        .read_value(&mut written.as_slice())
        .unwrap_or_else(|error| panic!("{case}\n{theirs}\n{error}"));
    // NaN is not equal to itself, and its bytes are.
    assert_eq!(datum(schema, read), bytes, "{case}\n{theirs}");
}

#[test]
fn numbers_are_the_same_as_what_they_are() {
    let is_same = |left, right| {
        same(
            &serde_json::from_str::<Json>(left).unwrap(),
            &serde_json::from_str::<Json>(right).unwrap(),
        )
    };
    for (left, right) in [
        ("1e-45", "1.4E-45"),
        ("1.1754944e-38", "1.17549435E-38"),
        ("0.1", "0.10000000149011612"),
        ("3.0", "3"),
        ("0.1", "1e-1"),
    ] {
        assert!(is_same(left, right), "{left} {right}");
    }
    for (left, right) in [
        ("0.10000000000000002", "0.1"),
        ("1e300", "2e300"),
        ("1e-300", "2e-300"),
        ("1.0000000000000002", "1.0000000000000004"),
        ("1", "2"),
        ("0.1", "0.1000001"),
    ] {
        assert!(!is_same(left, right), "{left} {right}");
    }
}

/// Specification, "Transforming into Parsing Canonical Form" and "Schema Fingerprints".
fn fingerprint_is_theirs(schema: &Schema, contract: &Contract, id: TypeId, case: &str) {
    let model = &contract.model;
    let (canonical, ours) = (fingerprint::canonical_form(model, id), fingerprint::fingerprint(model, id));
    let parsed = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{case}\n{text}\n{error}"));
    assert_eq!(parsed(&canonical), stripped(parsed(&schema.canonical_form())), "{case}");
    // Of what is canonical already both have the same text, and the same fingerprint.
    let again = Schema::parse_str(&canonical).unwrap_or_else(|error| panic!("{case}\n{canonical}\n{error}"));
    assert_eq!(again.canonical_form(), canonical, "{case}");
    assert_eq!(again.fingerprint::<Rabin>().bytes[..], ours.to_le_bytes(), "{case}");
}

/// What apache-avro 0.22 leaves in its canonical form and the specification strips: `order`, `precision`, `scale`, and the object around a
/// primitive type that was a logical one.
fn stripped(json: Json) -> Json {
    match json {
        Json::Object(mut object) => {
            for key in ["order", "precision", "scale"] {
                object.remove(key);
            }
            match object.remove("type") {
                Some(ty) if object.is_empty() => stripped(ty),
                ty => Json::Object(
                    object
                        .into_iter()
                        .chain(ty.map(|ty| ("type".to_owned(), ty)))
                        .map(|(key, value)| (key, stripped(value)))
                        .collect(),
                ),
            }
        }
        Json::Array(items) => Json::Array(items.into_iter().map(stripped).collect()),
        other => other,
    }
}
