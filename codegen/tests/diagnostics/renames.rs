//! Names that meet: each warning's lines, put into the manifest as they stand, are taken, and say what was so without them.

use std::fs;

use kafka_event_codegen::{Builder, Contract};

use crate::{SCHEMA, loaded, manifest_with, refuses, takes};

fn record(full: &str, fields: &[&str]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|name| format!(r#"{{"name": "{name}", "type": "int"}}"#))
        .collect();
    format!(r#"{{"type": "record", "name": "{full}", "fields": [{}]}}"#, fields.join(", "))
}

/// A record `A` with fields of unions.
fn unions(fields: &[&str]) -> String {
    record("n.A", fields).replace("\"int\"", r#"["int", "string", {"type": "array", "items": ["int", "boolean"]}]"#)
}

fn symbols(full: &str, symbols: &[&str]) -> String {
    let symbols: Vec<_> = symbols.iter().map(|symbol| format!("{symbol:?}")).collect();
    format!(r#"{{"type": "enum", "name": "{full}", "symbols": [{}]}}"#, symbols.join(", "))
}

const UNION: &str = r#"["int", "string"]"#;

/// The lines that the warnings say may be written below `[rename]`.
fn lines(contract: &Contract) -> Vec<String> {
    let mut lines = Vec::new();
    for found in &contract.warnings.diagnostics {
        let help = found.help.as_deref().unwrap_or_default();
        if let Some((_, below)) = help.split_once("[rename]\n") {
            lines.extend(below.lines().map(str::to_owned));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn text(contract: &Contract) -> String {
    Builder::new().emit(contract).unwrap().text
}

#[test]
fn the_lines_of_the_warnings_are_taken_and_change_nothing() {
    let cases: Vec<(&str, Vec<(&str, String)>)> = vec![
        (
            "fields",
            vec![("a.avsc", record("n.A", &["fooBar", "foo_bar", "FooBar", "fooBar2"]))],
        ),
        ("fields of unions", vec![("a.avsc", unions(&["fooBar", "foo_bar", "other"]))]),
        (
            "fields that keywords are near",
            vec![("a.avsc", record("n.A", &["type", "Type", "self", "Self", "self_"]))],
        ),
        ("symbols", vec![("a.avsc", symbols("n.A", &["on", "ON", "On", "All", "all_"]))]),
        (
            "types",
            vec![
                ("a.avsc", record("n.fooBar", &["x"])),
                ("b.avsc", record("n.foo_bar", &["x"])),
                ("c.avsc", record("n.FooBar", &["x"])),
            ],
        ),
        (
            "types that are called as the prelude",
            vec![
                ("a.avsc", record("Option", &[])),
                ("b.avsc", record("option", &[])),
                ("c.avsc", record("n.Vec", &[])),
            ],
        ),
        (
            "namespaces",
            vec![
                ("a.avsc", record("n.fooBar.A", &[])),
                ("b.avsc", record("n.foo_bar.A", &[])),
                ("c.avsc", record("n.FOO_BAR.inner.A", &[])),
            ],
        ),
        (
            "a type and a namespace",
            vec![
                ("a.avsc", record("n.foo", &["foo"])),
                ("b.avsc", record("n.Foo.Bar", &[])),
                ("c.avsc", record("n.foo.bar", &[])),
            ],
        ),
        (
            "our modules",
            vec![
                ("a.avsc", record("topics.A", &[])),
                ("b.avsc", record("groups.topics.A", &[])),
                ("c.avsc", record("Topics", &[])),
            ],
        ),
        (
            "a record, a namespace and a field of one name",
            vec![
                ("a.avsc", record("n.A", &["b", "B"])),
                ("b.avsc", record("n.A.b", &["c"])),
                ("c.avsc", record("n.A.B.c", &["d", "D"])),
            ],
        ),
        (
            "files that differ in their case",
            vec![("fooBar.avsc", UNION.to_owned()), ("foo_bar.avsc", UNION.to_owned())],
        ),
        (
            "files of a folder, and one of another",
            vec![
                ("x/a/B.avsc", UNION.to_owned()),
                ("x/a/b.avsc", UNION.to_owned()),
                ("y/a/b.avsc", UNION.to_owned()),
            ],
        ),
        (
            "files whose names are put together otherwise",
            vec![("e\u{301}.avsc", UNION.to_owned()), ("e\u{300}.avsc", UNION.to_owned())],
        ),
        (
            "a file beside the manifest, and one below",
            vec![
                ("e.avsc", UNION.to_owned()),
                ("a/fooBar.avsc", UNION.to_owned()),
                ("a/foo_bar.avsc", UNION.to_owned()),
                ("foo_bar.avsc", UNION.to_owned()),
                ("b/e.avsc", UNION.to_owned()),
            ],
        ),
        (
            "folders that differ in their case",
            vec![
                ("fooBar/e.avsc", UNION.to_owned()),
                ("foo_bar/e.avsc", UNION.to_owned()),
                ("e.avsc", UNION.to_owned()),
            ],
        ),
        (
            "a file called as a type",
            vec![
                ("orders.avsc", UNION.to_owned()),
                ("a.avsc", record("Orders", &[])),
                ("b.avsc", record("ordersRoot", &[])),
            ],
        ),
        (
            "a file and a type that is spelled so",
            vec![
                ("n.avsc", UNION.to_owned()),
                ("N.avsc", UNION.to_owned()),
                ("t.avsc", record("n.avsc", &[])),
            ],
        ),
    ];
    for (what, schemas) in cases {
        let manifest = manifest_with("");
        let pinned = |lines: &[String]| format!("{manifest}[rename]\n{}\n", lines.join("\n"));
        let load = |manifest: &str| {
            let mut files = vec![("topics.toml", manifest.as_bytes()), ("job.avsc", SCHEMA.as_bytes())];
            files.extend(schemas.iter().map(|(name, text)| (*name, text.as_bytes())));
            loaded(&files)
        };
        let contract = load(&manifest).unwrap_or_else(|report| panic!("{what}: {report}"));
        let lines = lines(&contract);
        assert!(!lines.is_empty(), "{what}");
        let again = load(&pinned(&lines)).unwrap_or_else(|report| panic!("{what}: {report}"));
        let left = again
            .warnings
            .diagnostics
            .iter()
            .find(|found| matches!(found.code, "KE0201" | "KE0202"));
        assert!(left.is_none(), "{what}: {}", again.warnings);
        assert_eq!(text(&contract), text(&again), "{what}");
    }
}

/// Files of one name are told from one another by so many of their folders as it takes, all of them by as many.
#[test]
fn files_of_one_name_are_called_as_their_folders_too() {
    let types = |paths: &[&str]| -> Vec<String> {
        let manifest = manifest_with("");
        let mut files = vec![("topics.toml", manifest.as_bytes()), ("job.avsc", SCHEMA.as_bytes())];
        files.extend(paths.iter().map(|path| (*path, UNION.as_bytes())));
        let contract = loaded(&files).unwrap();
        assert!(contract.warnings.diagnostics.is_empty(), "{}", contract.warnings);
        contract.model.roots().map(|(_, root)| root.name.ident.rust.clone()).collect()
    };
    assert_eq!(types(&["one/e.avsc", "f.avsc"]), ["F", "E"]);
    assert_eq!(types(&["one/e.avsc", "two/e.avsc"]), ["OneE", "TwoE"]);
    assert_eq!(
        types(&["a/avro/e.avsc", "b/avro/e.avsc", "c/json/e.avsc"]),
        ["AAvroE", "BAvroE", "CJsonE"]
    );
}

/// The enums of unions are called as the record and the field: as the field is renamed, and as it is spelled where that alone tells it from another.
#[test]
fn enums_of_unions_are_called_as_their_fields() {
    let enums = |fields: &[&str], renames: &str| -> Vec<String> {
        let (manifest, schema) = (manifest_with(&format!("[rename]\n{renames}")), unions(fields));
        let files = [
            ("topics.toml", manifest.as_bytes()),
            ("job.avsc", SCHEMA.as_bytes()),
            ("a.avsc", schema.as_bytes()),
        ];
        let text = text(&loaded(&files).unwrap());
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("pub enum A"));
        names
            .filter_map(|name| Some(name.split_once(" {")?.0.to_owned()))
            .filter(|name| !name.ends_with('>'))
            .collect()
    };
    assert_eq!(enums(&["state"], ""), ["State", "StateItem"]);
    assert_eq!(enums(&["state"], "\"n.A.state\" = \"condition\""), ["Condition", "ConditionItem"]);
    assert_eq!(enums(&["state"], "\"n.A.state\" = \"State\""), ["State", "StateItem"]);
    assert_eq!(enums(&["line"], "\"n.A.line\" = \"line2\""), ["Line2", "Line2Item"]);
    assert_eq!(
        enums(&["fooBar", "foo_bar"], ""),
        ["_fooBar", "_fooBarItem", "_foo_bar", "_foo_barItem"]
    );
    // A number tells a field from another, and is no name of its own.
    assert_eq!(enums(&["_", "__", "ref"], "")[4..], ["_Ref", "RefItem"]);
    assert_eq!(
        enums(&["fooBar", "foo_bar"], "\"n.A.fooBar\" = \"first\""),
        ["First", "FirstItem", "FooBar", "FooBarItem"]
    );
}

/// However the manifest is given, and wherever it lies.
#[test]
fn no_name_says_where_a_contract_lies() {
    let folder = tempfile::tempdir().unwrap();
    let schemas = folder.path().join("svc/schemas");
    for path in ["e.avsc", "x/e.avsc", "y/x/e.avsc"] {
        let path = schemas.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, UNION).unwrap();
    }
    fs::write(schemas.join("job.avsc"), SCHEMA).unwrap();
    fs::write(schemas.join("topics.toml"), manifest_with("[rename]\n\"y/x/e.avsc\" = \"Given\"\n")).unwrap();
    let outer = manifest_with("").replacen("version = 1", "version = 1\nschemas = [\"schemas\"]", 1);
    fs::write(folder.path().join("svc/topics.toml"), outer).unwrap();
    let names = |builder: Builder| -> Vec<String> {
        let contract = builder.load().unwrap_or_else(|report| panic!("{report}"));
        contract.model.roots().map(|(_, root)| root.name.ident.rust.clone()).collect()
    };
    let wanted = ["E", "XE", "Given"];
    assert_eq!(names(Builder::new().below(&folder.path().join("svc"))), wanted);
    assert_eq!(names(Builder::new().manifest(schemas.join("topics.toml"))), wanted);
    assert_eq!(
        names(Builder::new().manifest("svc/schemas/topics.toml").below(folder.path())),
        wanted
    );
    assert_eq!(
        names(Builder::new().manifest("topics.toml").below(&folder.path().join("svc"))),
        ["SchemasE", "SchemasXE", "YXE"]
    );
    let of_folder = |schemas: &[&std::path::Path]| names(Builder::new().schemas(schemas.iter().copied()));
    assert_eq!(of_folder(&[&schemas]), ["E", "XE", "YXE"]);
    assert_eq!(of_folder(&[&schemas.join("x/e.avsc")]), ["E"]);
}

refuses! {
    rename_of_a_file_that_is_several: "topics.toml" => manifest_with("[rename]\n\"e.avsc\" = \"Event\"\n"), "job.avsc" => SCHEMA,
        "one/e.avsc" => UNION, "two/e.avsc" => UNION;
    rename_of_a_file_that_is_another_now: "topics.toml" => manifest_with("[rename]\n\"e.avsc\" = \"Event\"\n"), "job.avsc" => SCHEMA,
        "e.avsc" => UNION, "two/e.avsc" => UNION;
    rename_of_a_file_twice: "topics.toml" => manifest_with("[rename]\n\"e.avsc\" = \"Event\"\n\"one/e.avsc\" = \"Other\"\n"), "job.avsc" => SCHEMA,
        "one/e.avsc" => UNION;
}

takes! {
    rename_of_a_file_beside_the_manifest with 0: "topics.toml" => manifest_with("[rename]\n\"./e.avsc\" = \"Event\"\n"), "job.avsc" => SCHEMA,
        "e.avsc" => UNION, "two/e.avsc" => UNION;
    rename_of_a_file_by_its_folder with 0: "topics.toml" => manifest_with("[rename]\n\"one/e.avsc\" = \"Event\"\n"), "job.avsc" => SCHEMA,
        "one/e.avsc" => UNION;
}
