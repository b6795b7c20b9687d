//! Schemas as we generate them mean what the written ones do, and say all that those say.

use std::collections::BTreeMap;

use apache_avro::Schema;
use kafka_event_codegen::fingerprint::crc64;
use serde_json::Value;
use test_corpus::{Case, GENERATED};
use test_values::Values;

use crate::reading::{ours, without_comments};

/// The schema's canonical form as Java makes it: a logical type on a primitive leaves the primitive's plain name, by the rule [PRIMITIVES].
/// apache-avro leaves an object with a `type` alone, and keeps a decimal's precision and scale and a field's order, which the rule [STRIP] takes
/// away.
fn canonical_form(schema: &Schema) -> String {
    let form = ["precision", "scale"].iter().fold(schema.canonical_form(), |form, key| {
        let key = format!(r#","{key}":"#);
        let parts = form.split(&key).enumerate();
        parts
            .map(|(place, part)| {
                if place == 0 {
                    part
                } else {
                    part.trim_start_matches(|digit: char| digit == '-' || digit.is_numeric())
                }
            })
            .collect()
    });
    let orders = ["ascending", "descending", "ignore"];
    let form = orders
        .iter()
        .fold(form, |form, order| form.replace(&format!(r#","order":"{order}""#), ""));
    let primitives = ["boolean", "int", "long", "float", "double", "bytes", "string"];
    primitives.iter().fold(form, |form, name| {
        form.replace(&format!(r#"{{"type":"{name}"}}"#), &format!(r#""{name}""#))
    })
}

/// Longer schemas take apache-avro seconds each: of a type within one, the fingerprint is compared alone.
const LONG: usize = 64 << 10;

/// A type's schema as we generated it means what the written one does.
pub(crate) fn compare(case: &Case, schema: &Schema, values: &Values<'_>) {
    let mut written = schema.clone();
    // What it refers to may be defined around it.
    let around: Vec<Schema> = values.resolved().get_names().values().map(|named| (*named).clone()).collect();
    written
        .denormalize(&around)
        .unwrap_or_else(|error| panic!("{}: {error}", case.name));
    let form = canonical_form(&written);
    assert_eq!(case.fingerprint.0, crc64(form.as_bytes()), "{}", case.name);
    if case.schema.is_some_and(|schema| schema.len() < LONG) {
        assert_eq!(canonical_form(&ours(case)), form, "{}", case.name);
    }
}

/// All words beside those that make up the types, which the canonical form shows to be kept.
fn words(schema: &Value, is_data: bool, found: &mut BTreeMap<String, usize>) {
    const STRUCTURE: [&str; 9] = [
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
    match schema {
        Value::Array(items) => items.iter().for_each(|item| words(item, is_data, found)),
        Value::Object(entries) => {
            for (key, value) in entries {
                if is_data || !STRUCTURE.contains(&key.as_str()) {
                    *found.entry(format!("{key}: {value}")).or_default() += 1;
                } else {
                    words(value, false, found);
                }
            }
        }
        _ => {}
    }
}

/// Docs, defaults, order and properties of every kind are in the embedded schema as in the written one.
#[test]
fn our_schemas_keep_what_the_written_ones_say() {
    let mut compared = 0;
    // What another file says is in ours, and not in the written one.
    for generated in GENERATED.iter().filter(|generated| generated.neighbours.is_empty()) {
        let written: Value = serde_json::from_str(&without_comments(generated.source)).expect("JSON");
        let full_name = [written["namespace"].as_str(), written["name"].as_str()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(".");
        let root = [&full_name, generated.file_name];
        let Some(case) = generated.types.iter().find(|case| root.contains(&case.name)) else {
            continue;
        };
        let ours: Value = serde_json::from_str(case.schema.expect("a root is written out")).expect("strict JSON");
        let (mut wanted, mut found) = (BTreeMap::new(), BTreeMap::new());
        words(&written, false, &mut wanted);
        words(&ours, false, &mut found);
        assert_eq!(found, wanted, "{}", generated.file);
        compared += 1;
    }
    assert!(compared >= 6, "{compared}");
}
