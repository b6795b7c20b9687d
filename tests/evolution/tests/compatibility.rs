//! Readers against writers: Avro's own pairs, and those of real repositories.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kafka_event_codegen::compat::{Resolution, Version};
use kafka_event_codegen::{Contract, Report, load_schemas};
use serde_json::Value;
use test_evolution::has_corpus;

fn corpus() -> Option<PathBuf> {
    has_corpus().then(|| {
        std::env::var_os("KAFKA_EVENT_CORPUS")
            .expect("it was set when this was built")
            .into()
    })
}

/// The type that a schema's file is.
fn root<'a>(contract: &'a Contract, schema: &Value) -> Version<'a> {
    let named = |name: &str, namespace: Option<&str>| match namespace {
        Some(namespace) if !name.contains('.') && !namespace.is_empty() => format!("{namespace}.{name}"),
        _ => name.to_owned(),
    };
    let known = schema["name"]
        .as_str()
        .and_then(|name| Version::named(contract, &named(name, schema["namespace"].as_str())));
    known.unwrap_or_else(|| {
        let (id, _) = contract.model.roots().next().expect("a root that has no name is a type of its own");
        Version { contract, id }
    })
}

/// Both schemas, in files of one name, as versions are.
fn load(folder: &Path, which: &str, schema: &Value) -> Result<Contract, Report> {
    let folder = folder.join(which);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("schema.avsc");
    fs::write(&path, serde_json::to_string_pretty(schema).unwrap()).unwrap();
    load_schemas(&[path])
}

/// The codes of what stands against reading; `None` where a schema is refused.
fn codes(reader: &Value, writer: &Value) -> Option<(Vec<&'static str>, String)> {
    let folder = tempfile::tempdir().unwrap();
    let (read, written) = (
        load(folder.path(), "reader", reader).ok()?,
        load(folder.path(), "writer", writer).ok()?,
    );
    let resolution = Resolution::of(root(&read, reader), root(&written, writer));
    let errors = resolution.report.diagnostics.iter().filter(|found| found.code < "KE0620");
    let codes: Vec<_> = errors.map(|found| found.code).collect();
    assert_eq!(codes.is_empty(), resolution.reads_all(), "{reader} {writer}");
    assert!(resolution.reads_all() <= !resolution.reads_nothing(), "{reader} {writer}");
    Some((codes, resolution.report.to_string()))
}

/// What Avro's Java library says: of the official pairs, then of the real ones both ways. `java/Verdicts.java` made it.
const BY_JAVA: &str = include_str!("../java/verdicts.tsv");

fn by_java(pair: usize) -> &'static str {
    let line = BY_JAVA.lines().nth(pair).expect("each pair was judged");
    line.rsplit('\t').next().unwrap_or_default()
}

/// Which of Avro's pairs we judge otherwise than one of its libraries, or these otherwise than each other; each for a reason.
#[test]
fn official_pairs() {
    let Some(corpus) = corpus() else { return };
    let text = fs::read_to_string(corpus.join("official/py-test_compatibility-pairs.json")).unwrap();
    let pairs: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(pairs.len(), 131);
    let (mut otherwise, mut refused) = (String::new(), 0);
    for (number, pair) in pairs.iter().enumerate() {
        let (reader, writer) = (&pair["reader"], &pair["writer"]);
        let Some((codes, _)) = codes(reader, writer) else {
            refused += 1;
            _ = writeln!(otherwise, "refused, {} by Java: {reader} {writer}", by_java(number));
            continue;
        };
        let (by_python, by_java) = (pair["compatible"].as_bool().unwrap(), by_java(number));
        if codes.is_empty() != by_python || codes.is_empty() != (by_java == "yes") {
            _ = writeln!(
                otherwise,
                "{by_python} by Python, {by_java} by Java; {codes:?}: {reader} reads {writer}"
            );
        }
    }
    assert!(refused < 10, "{refused}");
    insta::assert_snapshot!(otherwise);
}

/// What a file of the corpus is, without what JSON has not.
fn file(path: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).ok()
}

/// Which pairs of real schemas we judge otherwise than Avro's Python or Java, each way.
#[test]
fn real_pairs() {
    let Some(corpus) = corpus() else { return };
    let table = fs::read_to_string(corpus.join("EVOLUTION_PAIRS.tsv")).unwrap();
    let official = 131;
    let (mut otherwise, mut compared) = (String::new(), 0);
    for line in table.lines().skip(1) {
        let columns: Vec<_> = line.split('\t').collect();
        let [_, name, older, newer, newer_reads, older_reads, ..] = columns[..] else {
            panic!("{line}")
        };
        let (Some(old), Some(new)) = (file(&corpus.join(older)), file(&corpus.join(newer))) else {
            _ = writeln!(otherwise, "{name}: {older} or {newer} is no JSON");
            continue;
        };
        for (by_python, reader, writer, way) in [
            (newer_reads, &new, &old, "the newer reads"),
            (older_reads, &old, &new, "the older reads"),
        ] {
            let ours = match codes(reader, writer) {
                None => "err".to_owned(),
                Some((codes, _)) if codes.is_empty() => "yes".to_owned(),
                Some((codes, _)) => format!("no {}", codes.join(" ")),
            };
            let by_java = by_java(official + compared);
            compared += 1;
            if !ours.starts_with(by_python) || !ours.starts_with(by_java) {
                _ = writeln!(
                    otherwise,
                    "{name} {newer}: {way}: {by_python} by Python, {by_java} by Java, {ours} by us"
                );
            }
        }
    }
    assert_eq!(compared, 68);
    insta::assert_snapshot!(otherwise);
}
