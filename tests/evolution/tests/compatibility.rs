//! Readers against writers: Avro's own pairs, and those of real repositories (specification, "Schema Resolution").

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// The codes of what stands against reading; those of the report where a schema is refused.
fn codes(reader: &Value, writer: &Value) -> Result<(Vec<&'static str>, String), Vec<&'static str>> {
    let folder = tempfile::tempdir().unwrap();
    let load = |which: &str, schema: &Value| {
        let refused = |report: Report| report.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>();
        load(folder.path(), which, schema).map_err(refused)
    };
    let (read, written) = (load("reader", reader)?, load("writer", writer)?);
    let resolution = Resolution::of(root(&read, reader), root(&written, writer));
    let errors = resolution.report.diagnostics.iter().filter(|found| found.code < "KE0620");
    let codes: Vec<_> = errors.map(|found| found.code).collect();
    assert_eq!(codes.is_empty(), resolution.reads_all(), "{reader} {writer}");
    assert!(resolution.reads_all() <= !resolution.reads_nothing(), "{reader} {writer}");
    Ok((codes, resolution.report.to_string()))
}

/// What Avro's Java library says: of the official pairs, then of the real ones both ways. `java/Verdicts.java` made it.
const BY_JAVA: &str = include_str!("../java/verdicts.tsv");

/// They are what Java says today.
#[test]
fn the_verdicts_are_javas() {
    let Some(corpus) = corpus() else { return };
    let Some(jars) = test_values::avro_jars() else { return };
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/java/Verdicts.java");
    let told = Command::new("java")
        .arg("-cp")
        .arg(jars)
        .arg(program)
        .arg(corpus)
        .output()
        .expect("java runs");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    assert_eq!(String::from_utf8(told.stdout).unwrap(), BY_JAVA);
}

/// By the place of a pair in its list: its line says which pair of which list it is.
fn by_java(place: usize, list: &str, pair: &str) -> &'static str {
    let line = BY_JAVA.lines().nth(place).expect("each pair was judged");
    let columns: Vec<_> = line.split('\t').collect();
    assert_eq!(columns[..2], [list, pair], "the verdicts are of other pairs: make them anew");
    columns[2]
}

/// Why we judge so, where Avro's libraries or we do not agree: by the codes of what stands against it.
fn why(codes: &[&str]) -> &'static str {
    match codes {
        ["KE0108", ..] => "a union without branches has no value, so that no type is made of it",
        _ => panic!("nobody has said why: {codes:?}"),
    }
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
        let by_python = if pair["compatible"].as_bool().unwrap() { "yes" } else { "no" };
        let by_java = by_java(number, "official", &number.to_string());
        let (ours, codes) = match codes(reader, writer) {
            Ok((codes, _)) => (if codes.is_empty() { "yes" } else { "no" }, codes),
            Err(codes) => {
                refused += 1;
                ("refused", codes)
            }
        };
        if [by_python, by_java] != [ours; 2] {
            _ = writeln!(
                otherwise,
                "{reader} reads {writer}: {by_python} by Python, {by_java} by Java, {ours} here: {}",
                why(&codes)
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
                Err(_) => "err".to_owned(),
                Ok((codes, _)) if codes.is_empty() => "yes".to_owned(),
                Ok((codes, _)) => format!("no {}", codes.join(" ")),
            };
            let by_java = by_java(official + compared, way, newer);
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
