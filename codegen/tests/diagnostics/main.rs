//! Bad input, theme by theme: each is one finding with its place, its reason and its cure, and each has a snapshot.

mod files;
mod json;
mod limits;
mod logical;
mod manifest;
mod options;
mod package;
mod renames;
mod schemas;
mod topics;

use std::fs;

use kafka_event_codegen::{Builder, Contract, Report};

/// A record that topics can carry.
const SCHEMA: &str = r#"{
  "type": "record",
  "name": "Job",
  "namespace": "cosmos",
  "fields": [
    {"name": "job_id", "type": "string"},
    {"name": "run", "type": ["null", "string"], "default": null},
    {"name": "load", "type": "double"},
    {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["ON", "OFF"]}},
    {"name": "tags", "type": {"type": "array", "items": "string"}},
    {"name": "owner", "type": {"type": "record", "name": "Owner", "fields": [{"name": "user_id", "type": "string"}]}}
  ]
}
"#;

/// A manifest that is right, but for what a test adds to its topic.
fn manifest_with(more: &str) -> String {
    manifest_of(&format!("{TOPIC}{more}"))
}

/// A manifest with these topics.
fn manifest_of(topics: &str) -> String {
    format!("version = 1\n\n{topics}")
}

const TOPIC: &str = "[topics.jobs]\nrecord = \"Job\"\nkey = \"job_id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";

/// Writes files into a folder of their own, and loads what is in it.
fn loaded(files: &[(&str, &[u8])]) -> Result<Contract, Report> {
    let folder = tempfile::tempdir().unwrap();
    let schemas = folder.path().join("schemas");
    fs::create_dir(&schemas).unwrap();
    for (name, bytes) in files {
        let path = schemas.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    Builder::new().below(folder.path()).load()
}

/// What is wrong with files that must be refused.
fn refused(files: &[(&str, &[u8])]) -> Report {
    loaded(files).map(|_| ()).expect_err("this must be refused")
}

/// What is wrong as text, paths from the test's folder on; as many findings as are expected.
#[track_caller]
fn shown(report: &Report, findings: usize) -> String {
    assert!(report.has_errors());
    told(report, findings)
}

/// The same, where all may be warnings.
#[track_caller]
fn told(report: &Report, findings: usize) -> String {
    let text = report.to_string();
    assert_eq!(report.diagnostics.len(), findings, "{text}");
    for found in &report.diagnostics {
        assert!(found.help.is_some(), "no cure: {}", found.message);
        assert!(!found.labels.is_empty(), "no place: {}", found.message);
    }
    // The folder differs from run to run.
    let root = std::env::temp_dir().to_string_lossy().replace('\\', "/");
    text.split(&format!("{root}/"))
        .enumerate()
        .map(|(place, part)| match part.split_once('/') {
            Some((_, rest)) if place > 0 => rest,
            _ => part,
        })
        .collect()
}

/// A test for each case: its files, one finding, a snapshot under its name.
macro_rules! refuses {
    ($($(#[$meta:meta])* $name:ident: $($file:expr => $text:expr),+;)*) => {$(
        $(#[$meta])*
        #[test]
        fn $name() {
            let report = crate::refused(&[$(($file, $text.as_ref())),+]);
            insta::assert_snapshot!(stringify!($name), crate::shown(&report, 1));
        }
    )*};
}
use refuses;

/// The same for what is taken: its warnings, as many as are expected; a snapshot where there are any.
macro_rules! takes {
    ($($(#[$meta:meta])* $name:ident with $warnings:literal: $($file:expr => $text:expr),+;)*) => {$(
        $(#[$meta])*
        #[test]
        fn $name() {
            let contract = crate::loaded(&[$(($file, $text.as_ref())),+]).unwrap();
            let told = crate::told(&contract.warnings, $warnings);
            if $warnings > 0 {
                insta::assert_snapshot!(stringify!($name), told);
            }
        }
    )*};
}
use takes;
