//! Avro's own vectors: canonical forms and fingerprints.

use std::fs;
use std::path::PathBuf;

use kafka_event_codegen::fingerprint::{canonical_form, fingerprint};
use kafka_event_codegen::{Builder, Contract, Report};
use serde_json::Value;
use test_corpus::has_corpus;

/// A file of official vectors; `None`, with a word, where there is no corpus.
fn vectors(name: &str) -> Option<Vec<Value>> {
    if !has_corpus() {
        return None;
    }
    let corpus = std::env::var_os("KAFKA_EVENT_CORPUS").expect("it was set when this was built");
    let text = fs::read_to_string(PathBuf::from(corpus).join("official").join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn load(schema: &str) -> Result<Contract, Report> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.avsc");
    fs::write(&path, schema).unwrap();
    Builder::new().schemas([path]).load()
}

/// The canonical form of a schema of any kind, by way of a record with a field of it.
fn canonical(schema: &str) -> Result<String, Report> {
    let holder = format!(r#"{{"type": "record", "name": "Holder", "namespace": "", "fields": [{{"name": "held", "type": {schema}}}]}}"#);
    let contract = load(&holder)?;
    let (holder, _) = contract.model.find("Holder").unwrap();
    let form = canonical_form(&contract.model, holder);
    let held = form
        .strip_prefix(r#"{"name":"Holder","type":"record","fields":[{"name":"held","type":"#)
        .and_then(|form| form.strip_suffix("}]}"));
    Ok(held.expect("the holder's own form is known").to_owned())
}

#[test]
fn canonical_forms() {
    let Some(vectors) = vectors("schema-tests.json") else { return };
    assert!(vectors.len() > 30);
    for vector in vectors {
        let (input, wanted) = (vector["INPUT"].as_str().unwrap(), vector["canonical"].as_str().unwrap());
        match canonical(input) {
            Ok(form) => assert_eq!(form, wanted, "{input}"),
            // Valid, and without any value.
            Err(report) => assert_eq!((wanted, report.diagnostics[0].code), ("[]", "KE0108")),
        }
    }
}

#[test]
fn fingerprints() {
    let Some(vectors) = vectors("schema-tests.json") else { return };
    let mut compared = 0;
    for vector in vectors {
        let input = vector["INPUT"].as_str().unwrap();
        let (Some(wanted), Ok(contract)) = (vector["fingerprint"].as_str(), load(input)) else {
            continue;
        };
        // Of primitives and collections no type is made.
        let Some((id, _)) = contract.model.types().next() else { continue };
        assert_eq!(fingerprint(&contract.model, id) as i64, wanted.parse::<i64>().unwrap(), "{input}");
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
}
