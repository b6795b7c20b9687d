//! Canonical forms and fingerprints (specification, "Parsing Canonical Form for Schemas").

use kafka_event_codegen::fingerprint::{canonical_form, crc64, fingerprint};
use kafka_event_codegen::load_text;
use md5::Digest as _;
use test_vectors::has_corpus;

use crate::{corpus, json};

/// A schema, its canonical form, and its fingerprint where it is stated.
struct Vector {
    schema: String,
    canonical: String,
    fingerprint: Option<i64>,
}

fn vectors() -> Vec<Vector> {
    let of = |vector: &serde_json::Value| Vector {
        schema: vector["INPUT"].as_str().unwrap().to_owned(),
        canonical: vector["canonical"].as_str().unwrap().to_owned(),
        fingerprint: vector["fingerprint"].as_str().map(|number| number.parse().unwrap()),
    };
    json("official/schema-tests.json").as_array().unwrap().iter().map(of).collect()
}

/// The one that is valid and has no value: no type is made of it.
const WITHOUT_A_VALUE: &str = "[]";

#[test]
fn canonical_forms() {
    if !has_corpus() {
        return;
    }
    let vectors = vectors();
    assert_eq!(vectors.len(), 34);
    for Vector { schema, canonical, .. } in vectors {
        match load_text("vector", &schema) {
            Ok((contract, id)) => {
                assert_eq!(canonical_form(&contract.model, id), canonical, "{schema}");
                // A form is its own.
                let (contract, id) = load_text("canonical", &canonical).unwrap();
                assert_eq!(canonical_form(&contract.model, id), canonical);
            }
            Err(report) => assert_eq!((canonical.as_str(), report.diagnostics[0].code), (WITHOUT_A_VALUE, "KE0108")),
        }
    }
}

/// Specification, "Schema Fingerprints".
#[test]
fn fingerprints() {
    if !has_corpus() {
        return;
    }
    let mut compared = 0;
    for vector in vectors() {
        let Some(wanted) = vector.fingerprint else { continue };
        assert_eq!(crc64(vector.canonical.as_bytes()) as i64, wanted, "{}", vector.canonical);
        if vector.canonical != WITHOUT_A_VALUE {
            let (contract, id) = load_text("vector", &vector.schema).unwrap();
            assert_eq!(fingerprint(&contract.model, id) as i64, wanted, "{}", vector.schema);
        }
        compared += 1;
    }
    assert_eq!(compared, 26);
}

/// The text from which `schema-tests.json` was made has no vector that is not in it.
#[test]
fn the_text_of_the_vectors() {
    if !has_corpus() {
        return;
    }
    let text = String::from_utf8(corpus("official/share/test/data/schema-tests.txt")).unwrap();
    let canonical: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("<<canonical ")).collect();
    assert_eq!(
        canonical,
        vectors().iter().map(|vector| vector.canonical.as_str()).collect::<Vec<_>>()
    );
}

/// Specification, "Schema Fingerprints": its three digests of the canonical form, as Java's `SchemaNormalization.parsingFingerprint` has them.
#[test]
fn fingerprints_are_digests_of_the_canonical_form() {
    let tree = r#"{"type": "record", "name": "Node", "namespace": "tree", "doc": "d", "fields": [
        {"name": "v", "type": "long", "default": 1}, {"name": "next", "type": ["null", "Node"]}]}"#;
    let (contract, id) = load_text("tree", tree).unwrap();
    let form = canonical_form(&contract.model, id);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(hex(&fingerprint(&contract.model, id).to_be_bytes()), "0b282d3f4c39bb40");
    assert_eq!(hex(&md5::Md5::digest(&form)), "64cb074cb5ab32b1d20b30717c1c924f");
    assert_eq!(
        hex(&sha2::Sha256::digest(&form)),
        "abfae3bc73aca5499ea65472ba51f0ba6463ac74919fd16fbe14b6262509632c"
    );
}
