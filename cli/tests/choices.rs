//! Code of the user's choosing by flags: what they do, what is wrong with them, and the command that cures drift.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SCHEMA: &str = r#"{"type": "record", "name": "Job", "namespace": "com.acme", "fields": [
  {"name": "id", "type": "string"},
  {"name": "labels", "type": {"type": "map", "values": "string"}},
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
  {"name": "data", "type": "bytes"},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["ON", "OFF"]}},
  {"name": "price", "type": {"type": "record", "name": "Money", "namespace": "com.acme.common", "fields": [{"name": "cents", "type": "long"}]}}
]}"#;

const ALL: &[&str] = &[
    "--schemas",
    "schemas",
    "--one-file-per-namespace",
    "--derive",
    "com.acme=Eq,serde::Serialize",
    "--borrowed-derive",
    "**=Eq",
    "--type-attribute",
    "com.acme.Job=#[doc(alias = \"it's\")]",
    "--field-attribute",
    "**.id=#[serde(default)]",
    "--symbol-attribute",
    "com.acme.State.ON=#[serde(rename = \"on\")]",
    "--string-type",
    "**=Box<str>",
    "--bytes-type",
    "**=bytes::Bytes",
    "--map-type",
    "**=HashMap<_, _, ahash::RandomState>",
    "--field-type",
    "com.acme.Job.id=crate::JobId",
    "--logical-type",
    "timestamp-millis=crate::Instant",
    "--extern-path",
    "com.acme.common=common::events",
    "--runtime-path",
    "platform::kafka_event",
];

fn contract() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("schemas")).unwrap();
    fs::write(folder.path().join("schemas/job.avsc"), SCHEMA).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str], more: &[&str]) -> (i32, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_kafka-event"))
        .args(["generate", "--out", "src/events"])
        .args(arguments)
        .args(more)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.stdout.is_empty());
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn each_flag_is_heard() {
    let folder = contract();
    let (code, printed) = run(folder.path(), ALL, &[]);
    assert_eq!(
        (code, printed.as_str()),
        (
            0,
            "src/events/kafka_events.rs: written\nsrc/events/kafka_events/com.acme.rs: written\n"
        )
    );
    let text = fs::read_to_string(folder.path().join("src/events/kafka_events/com.acme.rs")).unwrap();
    for wanted in [
        "#[derive(Debug, Clone, PartialEq, Eq, ::serde::Serialize)]",
        "#[derive(Debug, Clone, PartialEq, Eq)]",
        "#[doc(alias = \"it's\")]",
        "#[serde(default)]",
        "#[serde(rename = \"on\")]",
        "HashMap<Box<str>, Box<str>, ::ahash::RandomState>",
        "pub data: ::bytes::Bytes",
        "pub id: crate::JobId",
        "pub at: crate::Instant",
        "pub price: ::common::events::Money",
        "::platform::kafka_event::Record",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
    assert_eq!(run(folder.path(), ALL, &["--check"]), (0, String::new()));
}

/// The command that it names does cure it, as it stands, in a shell.
#[cfg(unix)]
#[test]
fn drift_names_each_file_and_a_command_that_cures_it() {
    let folder = contract();
    assert_eq!(run(folder.path(), ALL, &[]).0, 0);
    let enums = r#"{"type": "enum", "name": "com.acme.other.Unit", "symbols": ["M"]}"#;
    fs::write(folder.path().join("schemas/unit.avsc"), enums).unwrap();
    assert_eq!(run(folder.path(), ALL, &[]).0, 0);
    fs::remove_file(folder.path().join("schemas/unit.avsc")).unwrap();
    let out = folder.path().join("src/events/kafka_events");
    fs::remove_file(out.join("com.acme.rs")).unwrap();
    fs::write(out.join("mine.rs"), "// By hand.\n").unwrap();

    let (code, printed) = run(folder.path(), ALL, &["--check"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("drift_of_several_files", printed);
    let cure = printed.split('`').nth(1).unwrap();
    let command = cure.replacen("kafka-event", env!("CARGO_BIN_EXE_kafka-event"), 1);
    let cured = Command::new("sh")
        .args(["-c", &command])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(cured.status.code(), Some(0), "{cure}: {}", String::from_utf8_lossy(&cured.stderr));
    assert!(String::from_utf8(cured.stderr).unwrap().contains("com.acme.other.rs: removed"));
    assert_eq!(run(folder.path(), ALL, &["--check"]), (0, String::new()));
    assert!(out.join("mine.rs").exists() && !out.join("com.acme.other.rs").exists());
}

#[test]
fn what_is_wrong_is_told_in_flags() {
    let folder = contract();
    let wrong = [
        "--schemas",
        "schemas",
        "--derive",
        "com.acme.Jub=Eq,Hash",
        "--field-type",
        "**.id=JobId",
        "--runtime-path",
        "a b",
    ];
    let (code, printed) = run(folder.path(), &wrong, &[]);
    assert_eq!(code, 2);
    insta::assert_snapshot!("wrong_choices", printed);
    assert!(!folder.path().join("src").exists(), "nothing is written");
}

/// Of several that say what a field is the last one holds, whichever flags they are.
#[test]
fn flags_are_heard_in_their_order() {
    let folder = contract();
    let order = [
        "--schemas",
        "schemas",
        "--string-type",
        "**.id=Arc<str>",
        "--string-type",
        "**=Box<str>",
    ];
    assert_eq!(run(folder.path(), &order, &[]).0, 0);
    let text = fs::read_to_string(folder.path().join("src/events/kafka_events.rs")).unwrap();
    assert!(text.contains("pub id: Box<str>"));
}

#[test]
fn wrong_usage_is_told() {
    let folder = contract();
    for (arguments, wanted) in [
        (&["--schemas", "schemas", "--derive", "com.acme"][..], "PATTERN=DERIVE"),
        (&["--schemas", "schemas", "--manifest", "topics.toml"], "cannot be used with"),
        (&["--schemas", "elsewhere"], "elsewhere"),
        (&["--schemas"], "a value is required"),
    ] {
        let (code, printed) = run(folder.path(), arguments, &[]);
        assert!(code != 0 && printed.contains(wanted), "{arguments:?}: {code} {printed}");
    }
}
