//! Canonical forms and fingerprints (specification, "Parsing Canonical Form for Schemas").

use kafka_event_codegen::fingerprint::{canonical_form, crc64, fingerprint, md5, sha256};
use kafka_event_codegen::load_text;
use md5::Digest as _;
use test_vectors::{CASES, has_corpus};

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

/// MD5 and SHA-256 of all the forms, beside others' digests of them.
#[test]
fn digests() {
    if !has_corpus() {
        return;
    }
    let of_cases = CASES.iter().map(|case| {
        let (contract, id) = load_text(case.name, case.schema).unwrap();
        assert_eq!(fingerprint(&contract.model, id), case.fingerprint.0, "{}", case.name);
        canonical_form(&contract.model, id)
    });
    let forms: Vec<_> = vectors().into_iter().map(|vector| vector.canonical).chain(of_cases).collect();
    assert!(forms.len() > 100);
    for form in &forms {
        let form = form.as_bytes();
        assert_eq!(md5(form)[..], md5::Md5::digest(form)[..]);
        assert_eq!(sha256(form)[..], sha2::Sha256::digest(form)[..]);
    }
}
