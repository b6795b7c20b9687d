//! Contracts that would exhaust a build: each is one finding, and what is just within a bound is taken.

use std::fs;
use std::thread;

use kafka_event_codegen::Builder;

use crate::{SCHEMA, manifest_of, manifest_with, refused, refuses, shown};

/// Texts of numbers, with commas between.
fn list(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().join(",")
}

fn symbols(count: usize) -> String {
    format!(
        r#"{{"type": "enum", "name": "E", "symbols": [{}]}}"#,
        list(count, |number| format!("\"S{number}\""))
    )
}

fn fields(count: usize) -> String {
    let fields = list(count, |number| format!(r#"{{"name": "f{number}", "type": "int"}}"#));
    format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#)
}

fn branches(count: usize) -> String {
    format!(
        "[{}]",
        list(count, |number| format!(r#"{{"type": "fixed", "name": "F{number}", "size": 1}}"#))
    )
}

fn named(namespace: &str, name: &str) -> String {
    format!(r#"{{"type": "fixed", "name": "{name}", "namespace": "{namespace}", "size": 1}}"#)
}

/// Records of which each holds the next, by name.
fn chain(count: usize) -> String {
    list(count, |number| {
        let held = match number + 1 {
            last if last == count => "\"int\"".to_owned(),
            next => format!(r#"["null", "R{next}"]"#),
        };
        format!(r#"{{"type": "record", "name": "R{number}", "fields": [{{"name": "f", "type": {held}}}]}}"#)
    })
}

/// A record, written `copies` times over in the schemas of records that hold one another.
fn embedded(copies: usize, doc: usize) -> String {
    let held = format!(
        r#"{{"type": "record", "name": "Held", "doc": "{}", "fields": []}}"#,
        "a".repeat(doc)
    );
    let holders = list(copies, |number| {
        format!(r#"{{"type": "record", "name": "H{number}", "fields": [{{"name": "f", "type": "Held"}}]}}"#)
    });
    format!("[{held},{holders}]")
}

/// A record with so many fields of another, each with what that one has by default.
fn implied(count: usize) -> String {
    let inner = list(count, |number| {
        format!(r#"{{"name": "f{number}", "type": "int", "default": {number}}}"#)
    });
    let outer = list(count, |number| format!(r#"{{"name": "f{number}", "type": "D", "default": {{}}}}"#));
    format!(r#"[{{"type": "record", "name": "D", "fields": [{inner}]}}, {{"type": "record", "name": "R", "fields": [{outer}]}}]"#)
}

/// Arrays within arrays.
fn arrays(depth: usize) -> String {
    let ty = format!("{}\"int\"{}", r#"{"type": "array", "items": "#.repeat(depth), "}".repeat(depth));
    format!(r#"{{"type": "record", "name": "A", "fields": [{{"name": "f", "type": {ty}}}]}}"#)
}

fn topics(count: usize) -> String {
    let topic = |number| format!("[topics.t{number}]\nrecord = \"Job\"\nkey = \"job_id\"\n");
    let topics: String = (0..count).map(topic).collect();
    format!("[defaults]\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n{topics}")
}

/// Records that are optional, each defined within the one before, all in one file.
fn within_one_another(count: usize) -> String {
    let open =
        |number| format!(r#"{{"type": "record", "name": "R{number}", "fields": [{{"name": "f", "logicalType": "none", "type": ["null", "#);
    let records: String = (0..count).map(open).collect();
    format!("{records}\"int\"{}", "]}]}".repeat(count))
}

refuses! {
    schema_too_large: "topics.toml" => manifest_with(""), "job.avsc" => vec![b' '; 50 << 20];
    manifest_too_large: "topics.toml" => vec![b'\n'; (4 << 20) + 1], "job.avsc" => SCHEMA;
    arrays_within_arrays: "topics.toml" => manifest_with(""), "job.avsc" => "[".repeat(100_000);
    items_within_items: "topics.toml" => manifest_with(""), "job.avsc" => r#"{"type": "array", "items": "#.repeat(100_000);
    types_within_types: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "arrays.avsc" => arrays(17);
    tables_within_tables: "topics.toml" => manifest_of(&format!("a = {}1{}", "{a=".repeat(100_000), "}".repeat(100_000))), "job.avsc" => SCHEMA;
    keys_within_keys: "topics.toml" => manifest_of(&format!("[a{}]", ".a".repeat(100_000))), "job.avsc" => SCHEMA;
    values_too_many: "topics.toml" => manifest_with(""), "job.avsc" => format!(r#"{{"x": [{}]}}"#, list(2_000_000, |_| "0".to_owned()));
    symbols_too_many: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "symbols.avsc" => symbols(1_000_000);
    fields_too_many: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "fields.avsc" => fields(10_001);
    branches_too_many: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "branches.avsc" => branches(1_001);
    name_too_long: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "name.avsc" => named("a", &"N".repeat(256));
    namespace_too_long: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "name.avsc" => named(&"n".repeat(256), "N");
    namespace_too_deep: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "name.avsc" => named(&["n"; 25].join("."), "N");
    definitions_within_definitions: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "chain.avsc" => format!("[{}]", chain(400));
    embedded_too_often: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "holders.avsc" => embedded(600, 1 << 20);
    implied_too_often: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "implied.avsc" => implied(5_000);
    schemas_too_many: "topics.toml" => format!("schemas = [{}]\n{}", list(1_001, |number| format!("\"s{number}\"")), manifest_with("")), "job.avsc" => SCHEMA;
    topics_too_many: "topics.toml" => manifest_of(&topics(10_001)), "job.avsc" => SCHEMA;
    groups_too_many:
        "topics.toml" => manifest_with(&(0..10_001).map(|number| format!("[groups.g{number}]\ntopics = [\"jobs\"]\n")).collect::<String>()),
        "job.avsc" => SCHEMA;
    records_too_many:
        "topics.toml" => manifest_with("").replace("record = \"Job\"", &format!("records = [{}]", list(1_001, |_| "\"Job\"".to_owned()))),
        "job.avsc" => SCHEMA;
    pairs_too_many:
        "topics.toml" => {
            let read = list(1_001, |number| format!("\"t{number}\""));
            let groups: String = (0..100).map(|number| format!("[groups.g{number}]\ntopics = [{read}]\n")).collect();
            manifest_of(&format!("{}{groups}", topics(1_001)))
        },
        "job.avsc" => SCHEMA;
}

/// What is just within the bounds becomes code on a stack as small as any system's first thread has: here in a build without optimisation.
#[test]
fn what_is_within_the_bounds_takes_little_stack() {
    for (what, schema) in [
        ("arrays", arrays(16)),
        ("chain", format!("[{}]", chain(250))),
        ("namespace", named(&["n"; 24].join("."), "N")),
        ("name", named(&"n".repeat(255), &"N".repeat(255))),
        ("fields", fields(2_000)),
        ("branches", branches(1_000)),
        ("definitions", within_one_another(249)),
        (
            "a property",
            format!(
                r#"{{"type": "fixed", "name": "F", "size": 1, "p": {}1{}}}"#,
                "[".repeat(1_099),
                "]".repeat(1_099)
            ),
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.avsc"), schema).unwrap();
        let builder = Builder::new().schemas([folder.path().to_owned()]);
        let text = thread::Builder::new().stack_size(1 << 20).spawn(move || {
            let contract = builder.load().unwrap_or_else(|report| panic!("{what}: {report}"));
            builder.emit(&contract).unwrap_or_else(|error| panic!("{what}: {error}")).text
        });
        let text = text.unwrap().join().unwrap_or_else(|_| panic!("{what}"));
        assert!(text.contains("SCHEMA"), "{what}");
    }
}

/// What comes of the types for a manifest is asked after a contract is refused, too: on as small a stack, however long the chain is.
#[test]
fn the_head_of_a_long_chain_takes_little_stack() {
    for topic in [
        "record = \"R0\"\nkey = { record = \"R0\" }",
        "records = [\"R0\", \"R1\"]\nkey = \"f\"",
        "record = \"R0\"\nkey = \"f.f.f.f\"",
    ] {
        let manifest = manifest_of(&format!(
            "[topics.t]\n{topic}\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n"
        ));
        let schema = format!("[{}]", chain(20_000));
        let load = move || refused(&[("topics.toml", manifest.as_bytes()), ("r.avsc", schema.as_bytes())]).to_string();
        let report = thread::Builder::new().stack_size(1 << 20).spawn(load).unwrap().join();
        let report = report.unwrap_or_else(|_| panic!("{topic}"));
        assert!(report.contains("error[KE0010]"), "{report}");
    }
}

/// Values that are compared with much, each: it takes minutes where they are compared before they are counted.
#[test]
fn what_is_compared_ends() {
    let word = |number: usize| format!("\"s{number}\"");
    let symbols: Vec<_> = (0..10_000).map(word).collect();
    let unknown = vec!["\"none\""; 50_000].join(",");
    let named = format!(r#"{{"type": "enum", "name": "E", "symbols": [{}]}}"#, symbols.join(","));
    let enums = format!(
        r#"{{"type": "record", "name": "A", "fields": [{{"name": "f", "type": {{"type": "array", "items": ["int", {named}]}}, "default": [{unknown}]}}]}}"#
    );
    let field = |number: usize| format!(r#"{{"name": "f{number}", "type": "int", "default": 0}}"#);
    let fields: Vec<_> = (0..5_000).map(field).collect();
    let held = format!(r#"{{"type": "record", "name": "H", "fields": [{}]}}"#, fields.join(","));
    let objects = vec!["{}"; 200_000].join(",");
    let records = format!(
        r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {{"type": "array", "items": {held}}}, "default": [{objects}]}}]}}"#
    );
    let empty: Vec<_> = (0..1_000)
        .map(|number| format!(r#"{{"type": "record", "name": "E{number}", "fields": []}}"#))
        .collect();
    let keys: Vec<_> = (0..200_000).map(|key| format!("\"k{key}\":0")).collect();
    let unknown_keys = format!(
        r#"{{"type": "record", "name": "U", "fields": [{{"name": "f", "type": [{}], "default": {{{}}}}}]}}"#,
        empty.join(","),
        keys.join(",")
    );
    let fixed: Vec<_> = (1..1_000)
        .map(|size| format!(r#"{{"type": "fixed", "name": "F{size}", "size": {size}}}"#))
        .collect();
    let long = format!(
        r#"{{"type": "record", "name": "L", "fields": [{{"name": "f", "type": [{}], "default": "{}"}}]}}"#,
        fixed.join(","),
        "a".repeat(10_000_000)
    );
    for schema in [enums, records, unknown_keys, long] {
        let report = refused(&[
            ("topics.toml", manifest_with("").as_bytes()),
            ("job.avsc", SCHEMA.as_bytes()),
            ("a.avsc", schema.as_bytes()),
        ]);
        assert!(shown(&report, 1).contains("KE0107"), "{report}");
    }
}

/// One is told of what is too much, and not of all that it does to the rest.
#[test]
fn a_bound_is_told_with_its_place() {
    let schema = format!(
        r#"{{"type": "record", "name": "R", "fields": [{{"name": "e", "type": {}}}, {{"name": "again", "type": "E"}}]}}"#,
        symbols(10_001)
    );
    let report = refused(&[
        ("topics.toml", manifest_with("").as_bytes()),
        ("job.avsc", SCHEMA.as_bytes()),
        ("r.avsc", schema.as_bytes()),
    ]);
    assert!(shown(&report, 1).contains("r.avsc:1:107"), "{report}");
}
