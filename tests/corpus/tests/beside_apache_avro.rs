//! Random values both ways beside apache-avro: the same bytes, and the same value out of ours.

use std::collections::{BTreeMap, BTreeSet};

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use test_corpus::{CASES, Case, GENERATED, PEERS, REFUSED, has_corpus, random};

/// Values of each record.
const VALUES: u64 = 100;

/// The schema that apache-avro works by: as it was written for a file's own record, as we generated it for one inside of it.
fn schema(case: &Case) -> Schema {
    let written = Schema::parse_str(case.source).unwrap_or_else(|error| panic!("{}: {error}", case.file));
    let is_root = matches!(&written, Schema::Record(record) if record.name.fullname(None) == case.full_name);
    if is_root {
        return written;
    }
    Schema::parse_str(case.schema).unwrap_or_else(|error| panic!("{} {}: {error}", case.file, case.full_name))
}

fn write(schema: &Schema, value: Value) -> Vec<u8> {
    let writer = GenericDatumWriter::builder(schema).build().unwrap();
    writer.write_value_to_vec(value).unwrap()
}

fn read(schema: &Schema, bytes: &[u8]) -> Value {
    let reader = GenericDatumReader::builder(schema).build().unwrap();
    reader.read_value(&mut &*bytes).unwrap()
}

/// The schema's canonical form as Java makes it: a logical type on a primitive leaves the primitive's plain name, by the rule [PRIMITIVES].
/// apache-avro leaves an object with a `type` alone, and keeps a decimal's precision and scale, which the rule [STRIP] takes away.
fn canonical_form(schema: &Schema) -> String {
    let form = ["precision", "scale"].iter().fold(schema.canonical_form(), |form, key| {
        let key = format!(r#","{key}":"#);
        let parts = form.split(&key).enumerate();
        parts
            .map(|(place, part)| {
                if place == 0 {
                    part
                } else {
                    part.trim_start_matches(char::is_numeric)
                }
            })
            .collect()
    });
    let primitives = ["boolean", "int", "long", "float", "double", "bytes", "string"];
    primitives.iter().fold(form, |form, name| {
        form.replace(&format!(r#"{{"type":"{name}"}}"#), &format!(r#""{name}""#))
    })
}

fn compare(case: &Case, seed: u64) {
    let schema = schema(case);
    let mut random = StdRng::seed_from_u64(seed);
    for round in 0..VALUES {
        let place = || format!("{} {} seed {seed} round {round}", case.file, case.full_name);
        let value = random::value(&schema, &mut random);
        let theirs = write(&schema, value.clone());
        let ours = (case.owned)(&theirs).unwrap_or_else(|error| panic!("{}: {error}", place()));
        assert_eq!(ours, theirs, "{}", place());
        let ours = (case.borrowed)(&theirs).unwrap_or_else(|error| panic!("{}: {error}", place()));
        assert_eq!(ours, theirs, "{}, borrowed", place());
        let read = read(&schema, &ours);
        // NaN is equal to nothing: the text of it is.
        assert_eq!(format!("{read:?}"), format!("{value:?}"), "{}", place());
    }
}

#[test]
fn every_kind_of_field() {
    let ours: Vec<_> = CASES.iter().filter(|case| !case.real).collect();
    let roots: Vec<_> = ours.iter().map(|case| case.full_name).collect();
    assert!(
        roots.contains(&"kitchen.KitchenSink") && roots.contains(&"kitchen.Tree") && roots.contains(&"hotel.lobby.Guest"),
        "{roots:?}"
    );
    assert!(roots.contains(&"com.cosmic_horizons.events.JobLifecycleEvent"), "{roots:?}");
    for (seed, case) in (1..).zip(ours) {
        compare(case, seed);
    }
}

#[test]
fn real_schemas() {
    if !has_corpus() {
        return;
    }
    for (seed, case) in (1000..).zip(CASES.iter().filter(|case| case.real)) {
        compare(case, seed);
    }
}

#[test]
fn our_schemas_mean_what_the_written_ones_do() {
    for case in CASES {
        let ours = Schema::parse_str(case.schema).unwrap_or_else(|error| panic!("{} {}: {error}", case.file, case.full_name));
        let written = schema(case);
        let form = canonical_form(&written);
        assert_eq!(canonical_form(&ours), form, "{}", case.file);
        let theirs = Schema::parse_str(&form).unwrap().fingerprint::<apache_avro::rabin::Rabin>();
        assert_eq!(case.fingerprint.to_bytes(), *theirs.bytes, "{}", case.file);
    }
}

/// Docs, defaults, order and properties of every kind are in the embedded schema as in the written one.
#[test]
fn our_schemas_keep_what_the_written_ones_say() {
    /// All words beside those that make up the types, which the canonical form shows to be kept.
    fn words(schema: &serde_json::Value, is_data: bool, found: &mut BTreeMap<String, usize>) {
        match schema {
            serde_json::Value::Array(items) => items.iter().for_each(|item| words(item, is_data, found)),
            serde_json::Value::Object(entries) => {
                for (key, value) in entries {
                    let structure = [
                        "type",
                        "name",
                        "namespace",
                        "items",
                        "values",
                        "fields",
                        "symbols",
                        "size",
                        "aliases",
                    ];
                    if is_data || !structure.contains(&key.as_str()) {
                        *found.entry(format!("{key}: {value}")).or_default() += 1;
                    } else {
                        words(value, false, found);
                    }
                }
            }
            _ => {}
        }
    }

    let mut compared = 0;
    for case in CASES {
        // Written by people: comments and all.
        let Ok(written) = serde_json::from_str::<serde_json::Value>(case.source) else {
            continue;
        };
        let ours: serde_json::Value = serde_json::from_str(case.schema).expect("strict JSON");
        let full_name = [written["namespace"].as_str(), written["name"].as_str()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(".");
        if full_name != case.full_name {
            continue;
        }
        let (mut wanted, mut found) = (BTreeMap::new(), BTreeMap::new());
        words(&written, false, &mut wanted);
        words(&ours, false, &mut found);
        assert_eq!(found, wanted, "{}", case.file);
        compared += 1;
    }
    assert!(compared >= 6, "{compared}");
}

#[test]
fn which_real_schemas_stand_alone_and_what_the_others_need() {
    if !has_corpus() {
        return;
    }
    let with_records: BTreeSet<_> = CASES.iter().filter(|case| case.real).map(|case| case.file).collect();
    let generated = GENERATED.iter().filter(|(_, real)| *real).count();
    let mut summary = format!(
        "{generated} of {} stand alone, {} of them with records\n",
        generated + REFUSED.len(),
        with_records.len()
    );
    for (file, code) in REFUSED {
        summary += &format!("{code} {file}\n");
    }
    // KE0105 is a type of another file, which a manifest loads together.
    insta::assert_snapshot!(summary);
}

#[test]
fn bytes_from_outside_never_panic_and_mean_one_thing() {
    let mut random = StdRng::seed_from_u64(7);
    for case in CASES {
        let schema = schema(case);
        for _ in 0..20 {
            let value = random::value(&schema, &mut random);
            let mut bytes = write(&schema, value);
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
            let (owned, borrowed) = ((case.owned)(&bytes), (case.borrowed)(&bytes));
            match (owned, borrowed) {
                (Ok(owned), Ok(borrowed)) => {
                    assert_eq!(owned, borrowed, "{} {}", case.file, case.full_name);
                    // What is written of it reads as the same again, though the bytes need not have been the shortest.
                    assert_eq!((case.owned)(&owned).unwrap(), owned, "{} {}", case.file, case.full_name);
                }
                (Err(owned), Err(borrowed)) => assert_eq!(owned.class(), borrowed.class()),
                (owned, borrowed) => panic!("{} {}: owned {owned:?}, borrowed {borrowed:?}", case.file, case.full_name),
            }
        }
    }
}

/// rsgen-avro's types, carried by apache-avro, are the same bytes as ours.
#[test]
fn the_flagship_as_rsgen_avro_makes_it() {
    assert_eq!(PEERS.len(), 5);
    for peer in PEERS {
        let (written, schema) = (Schema::parse_str(peer.written).unwrap(), Schema::parse_str(peer.source).unwrap());
        let ours = CASES
            .iter()
            .find(|case| case.source == peer.written)
            .expect("ours of the same file");
        let mut random = StdRng::seed_from_u64(5);
        for round in 0..VALUES {
            let place = || format!("{} round {round}", ours.file);
            let bytes = write(&written, random::value(&written, &mut random));
            let carried = (peer.carried)(&read(&schema, &bytes)).unwrap_or_else(|error| panic!("{}: {error}", place()));
            let theirs = write(&schema, carried.resolve(&schema).unwrap());
            assert_eq!(theirs, bytes, "{}", place());
            assert_eq!((ours.owned)(&theirs).unwrap(), theirs, "{}", place());
        }
    }
}
