//! Generates from schemas alone: types and their codec.

use std::fs;
use std::path::{Path, PathBuf};

use kafka_event_codegen::Builder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=schemas");
    let builder = Builder::new().schemas(["schemas"]).serde(true);
    let contract = builder.load()?;
    // Of each default of another branch than the first, and of nothing else; not told anew in each build.
    let warnings = &contract.warnings.diagnostics;
    assert!(warnings.iter().all(|found| found.code == "KE0112"), "{}", contract.warnings);
    assert_eq!(warnings.len(), 9);
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let out = PathBuf::from(out);
    builder.emit(&contract)?.write(&out)?;
    println!("cargo::rerun-if-changed=keywords.avsc");
    println!("cargo::rerun-if-changed=keywords.toml");
    let builder = Builder::new().manifest("keywords.toml").serde(true);
    let code = builder.emit(&builder.load()?)?.text;
    fs::write(out.join("keywords.rs"), code)?;
    odd(&out)?;
    shared(&out)?;
    deep(&out)?;
    large(&out)?;
    branches(&out)
}

/// Fixed of as many bytes as may be, in each place; and one that is just small enough to stand where it is.
fn large(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let default = "\\u0001".repeat(5_000);
    let schema = format!(
        r#"{{"type": "record", "name": "Large", "fields": [
            {{"name": "own", "type": {{"type": "fixed", "name": "Megabyte", "size": 1048576}}}},
            {{"name": "optional", "type": ["null", "Megabyte"], "default": null}},
            {{"name": "items", "type": {{"type": "array", "items": "Megabyte"}}}},
            {{"name": "values", "type": {{"type": "map", "values": "Megabyte"}}}},
            {{"name": "either", "type": ["string", "Megabyte", {{"type": "fixed", "name": "Page", "size": 4096}}]}},
            {{"name": "given", "type": {{"type": "fixed", "name": "Given", "size": 5000}}, "default": "{default}"}}
        ]}}"#
    );
    fs::write(out.join("large.avsc"), schema)?;
    let builder = Builder::new().schemas([out.join("large.avsc")]).serde(true);
    let code = builder.emit(&builder.load()?)?.text;
    fs::write(out.join("large.rs"), code)?;
    Ok(())
}

/// A file whose name says more to Markdown than a name, and whose root has none but that; docs that would be headings.
fn odd(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let file = out.join("odd `[name]`(b) &amp; [c].avsc");
    let fields = r##"{"name": "a", "type": "int", "doc": "# of retries\n=====\n[b]: c <d> & &lt;"}"##;
    let record = format!(r##"{{"type": "record", "name": "Odd", "doc": "text\n---\n#[e] ``f", "fields": [{fields}]}}"##);
    fs::write(&file, format!(r#"["string", "int", {record}]"#))?;
    let builder = Builder::new().schemas([file]);
    let code = builder.emit(&builder.load()?)?.text;
    fs::write(out.join("odd.rs"), code)?;
    Ok(())
}

/// Records that hold one another in a circle: in the schema of each the others are defined as deep within one another as definitions may.
fn deep(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    const RECORDS: usize = 250;
    let folder = out.join("deep");
    fs::create_dir_all(&folder)?;
    for record in 0..RECORDS {
        let next = (record + 1) % RECORDS;
        let schema = format!(
            r#"{{"type": "record", "name": "R{record}", "namespace": "deep", "fields": [{{"name": "next", "type": {{"type": "array", "items": "R{next}"}}}}]}}"#
        );
        fs::write(folder.join(format!("{record}.avsc")), schema)?;
    }
    let builder = Builder::new().schemas([folder]).builders(false).evolution(false);
    let code = builder.emit(&builder.load()?)?.text;
    fs::write(out.join("deep.rs"), code)?;
    Ok(())
}

/// A union of many records, none of which is small; and a record of many, which is larger than all are that hold others by value.
fn branches(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let list = |count: usize, of: &dyn Fn(usize) -> String| (0..count).map(of).collect::<Vec<_>>().join(",");
    let field = |number| format!(r#"{{"name": "f{number}", "type": "string"}}"#);
    let record = |number| format!(r#"{{"type": "record", "name": "R{number}", "fields": [{}]}}"#, list(40, &field));
    let schema = format!(
        r#"{{"type": "record", "name": "Holder", "fields": [{{"name": "held", "type": [{}]}}]}}"#,
        list(100, &record)
    );
    fs::write(out.join("branches.avsc"), schema)?;
    let text = |number| format!(r#"{{"name": "f{number}", "type": "string", "default": "{number}"}}"#);
    let part = |number| match number {
        0 => format!(
            r#"{{"name": "p0", "type": {{"type": "record", "name": "Part", "fields": [{}]}}, "default": {{}}}}"#,
            list(40, &text)
        ),
        _ => format!(r#"{{"name": "p{number}", "type": ["null", "Part"], "default": null}}"#),
    };
    let wide = format!(
        r#"{{"type": "record", "name": "Wide", "fields": [{}, {{"name": "either", "type": ["string", "Part", "int"]}}]}}"#,
        list(30, &part)
    );
    fs::write(out.join("wide.avsc"), wide)?;
    let builder = Builder::new()
        .schemas(["branches.avsc", "wide.avsc"].map(|name| out.join(name)))
        .builders(false);
    let code = builder.emit(&builder.load()?)?.text;
    fs::write(out.join("branches.rs"), code)?;
    Ok(())
}

/// Records of several namespaces that hold one another, too long to be written out in the schema of each.
fn shared(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let doc = "A word of the schema's, \\\"quoted\\\", which is long. ".repeat(70);
    let text = format!(
        r#"{{"type": "record", "name": "Tree", "namespace": "shared.trees", "doc": "{doc}", "fields": [
            {{"name": "leaf", "type": ["null", {{"type": "record", "name": "Leaf", "namespace": "shared.leaves", "doc": "{doc}", "aliases": ["Blade"], "fields": [
                {{"name": "tree", "type": ["null", "shared.trees.Tree"], "default": null}},
                {{"name": "colour", "type": {{"type": "enum", "name": "Colour", "symbols": ["GREEN", "RED"], "default": "GREEN"}}, "default": "RED"}},
                {{"name": "other", "type": ["null", {{"type": "record", "name": "Root", "namespace": "shared", "doc": "{doc}", "fields": [
                    {{"name": "leaves", "type": {{"type": "array", "items": "shared.leaves.Leaf"}}}},
                    {{"name": "colour", "type": "shared.leaves.Colour"}},
                    {{"name": "since", "type": {{"type": "long", "logicalType": "timestamp-millis"}}}}
                ]}}, "string"]}}
            ]}}]}}
        ]}}"#
    );
    fs::write(out.join("shared.avsc"), text)?;
    let builder = Builder::new().schemas([out.join("shared.avsc")]).serde(true);
    let code = builder.emit(&builder.load()?)?.text;
    fs::write(out.join("shared.rs"), code)?;
    Ok(())
}
