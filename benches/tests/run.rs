//! Each bench runs, and prints the one document that it promises; figures are not looked at, so that what is built for them is not optimised, and
//! not from nothing.

use std::process::Command;

use serde_json::Value;

#[track_caller]
fn runs(program: &str, arguments: &[&str], groups: usize) {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let found = report["groups"].as_array().unwrap();
    assert_eq!(found.len(), groups);
    for group in found {
        let rows = group["rows"].as_array().unwrap();
        assert!(rows.len() > 1, "peers stand beside it: {group}");
        assert!(
            rows.iter().any(|row| row["name"].as_str().unwrap().starts_with("kafka-event")),
            "{group}"
        );
        for row in rows {
            assert!(row["median_ns"].as_f64().unwrap() > 0.0, "{row}");
        }
    }
}

#[test]
fn codec() {
    runs(env!("CARGO_BIN_EXE_codec"), &["--json", "--rounds", "1"], 4);
}

#[test]
fn evolve() {
    runs(env!("CARGO_BIN_EXE_evolve"), &["--json", "--rounds", "1"], 2);
}

#[test]
fn publish() {
    runs(env!("CARGO_BIN_EXE_publish"), &["--json", "--rounds", "1", "--events", "2000"], 3);
}

/// The flagship's schemas, which are here.
const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");

#[test]
fn compile() {
    let arguments = [
        "--json",
        "--rounds",
        "1",
        "--release-rounds",
        "0",
        "--without-topics",
        "--schemas",
        SCHEMAS,
    ];
    runs(env!("CARGO_BIN_EXE_compile"), &arguments, 1);
}

#[test]
fn generate() {
    let arguments = [
        "--json",
        "--rounds",
        "1",
        "--most",
        "16",
        "--files",
        "6",
        "--not-optimised",
        "--schemas",
        SCHEMAS,
    ];
    runs(env!("CARGO_BIN_EXE_generate"), &arguments, 4);
}

#[test]
fn weight() {
    runs(env!("CARGO_BIN_EXE_weight"), &["--json", "--rounds", "1", "--not-clean"], 1);
}
