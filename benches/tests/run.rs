//! Each bench runs, and prints the one document that it promises; figures are not looked at, so that what is built for them is not optimised, and
//! not from nothing.

use std::process::Command;

use serde_json::Value;

#[track_caller]
fn runs(program: &str, arguments: &[&str], groups: usize) -> Value {
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
    report
}

#[test]
fn codec() {
    let plot = tempfile::NamedTempFile::new().unwrap();
    let file = plot.path().to_str().unwrap();
    let report = runs(
        env!("CARGO_BIN_EXE_codec"),
        &["--json", "--rounds", "1", "--round", "1", "--plot", file],
        23,
    );
    // An owned event of five texts, is five allocations; a borrowed one is none.
    let decode = &report["groups"][1]["rows"];
    assert_eq!(decode[0]["count"], 0, "{decode}");
    assert_eq!(decode[1]["count"], 5, "{decode}");
    let drawn = std::fs::read_to_string(plot.path()).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.matches("<circle").count() > 7 * 10, "{drawn}");
}

/// Where there is a Java to be asked for.
#[test]
fn codec_beside_java() {
    let there = |tool: &str| {
        Command::new(tool)
            .arg("-version")
            .output()
            .is_ok_and(|output| output.status.success())
    };
    if !["javac", "mvn"].into_iter().all(there) {
        let strict = std::env::var_os("KAFKA_EVENT_STRICT").is_some_and(|strict| !strict.is_empty());
        assert!(!strict, "there is no JDK, or no Maven, and KAFKA_EVENT_STRICT is set");
        println!("skipped: no JDK, or no Maven");
        return;
    }
    let arguments = ["--json", "--rounds", "1", "--round", "1", "--shape", "unions", "--java"];
    let report = runs(env!("CARGO_BIN_EXE_codec"), &arguments, 4);
    for group in 0..2 {
        let rows = report["groups"][group]["rows"].as_array().unwrap();
        let java = rows.iter().find(|row| row["name"] == "Java, SpecificRecord").unwrap();
        assert!(java["bytes"].as_u64().unwrap() > 0 && java["count"].is_null(), "{java}");
    }
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
        "--at-most",
        "2",
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
fn derive() {
    let arguments = ["--json", "--rounds", "1", "--structs", "2", "--schemas", "3"];
    runs(env!("CARGO_BIN_EXE_derive"), &arguments, 1);
}

#[test]
fn weight() {
    runs(env!("CARGO_BIN_EXE_weight"), &["--json", "--rounds", "1", "--not-clean"], 1);
}
