//! The code that the flagship contract becomes, to be read where it changes.

use std::fs;
use std::path::{Path, PathBuf};

use kafka_event_codegen::fingerprint::{fingerprint, layout_hash};
use kafka_event_codegen::{Builder, Change, Drift};

/// The contract at the root of the workspace.
fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

fn generated(builder: &Builder) -> String {
    let contract = builder.load().unwrap_or_else(|report| panic!("{report}"));
    assert!(contract.warnings.diagnostics.is_empty(), "{}", contract.warnings);
    let text = builder.emit(&contract).unwrap().text;
    // The version is not what is looked at.
    text.split_once("\n\n").expect("a header, then the code").1.to_owned()
}

/// Each event by itself: struct, borrowed twin, builder, codec, schema.
#[test]
fn events() {
    for event in ["audit-trail", "job-lifecycle", "job-metrics", "notification", "system-health"] {
        let text = generated(&Builder::new().schemas([schemas().join(format!("{event}.avsc"))]));
        insta::assert_snapshot!(event, text);
    }
}

/// The topics and groups with their publishers, consumers and look-ups.
#[test]
fn topics_and_groups() {
    let text = generated(&Builder::new().manifest(schemas().join("topics.toml")));
    let whole = syn::parse_file(&text).unwrap();
    let beside_records = whole
        .items
        .into_iter()
        .filter(|item| !matches!(item, syn::Item::Mod(module) if module.ident == "com"));
    let file = syn::File {
        items: beside_records.collect(),
        ..syn::parse_str("").unwrap()
    };
    insta::assert_snapshot!(prettyplease::unparse(&file));
}

/// The same input gives the same bytes.
#[test]
fn twice() {
    let builder = Builder::new().manifest(schemas().join("topics.toml"));
    assert_eq!(generated(&builder), generated(&builder));
}

/// What is left out is left out, and the rest is as it was.
#[test]
fn switches() {
    let whole = Builder::new().manifest(schemas().join("topics.toml"));
    let lines = |builder: &Builder| generated(builder).lines().count();
    let (all, builders, borrowed, clients) = (
        lines(&whole),
        lines(&whole.clone().builders(false)),
        lines(&whole.clone().borrowed(false)),
        lines(&whole.clone().clients(false)),
    );
    assert!(
        builders < all && borrowed < all && clients < all,
        "{all} {builders} {borrowed} {clients}"
    );
    // serde's traits are there where they are asked for, and the rest is as it was.
    let with_serde = generated(&whole.clone().serde(true));
    assert!(with_serde.contains("impl<'de> ::kafka_event::serde::Deserialize<'de> for JobLifecycleEvent"));
    assert!(with_serde.contains("impl ::kafka_event::serde::Serialize for JobLifecycleEventRef<'_>"));
    assert!(!generated(&whole).contains("serde") && with_serde.lines().count() > all);
    let none = generated(&whole.builders(false).borrowed(false).clients(false));
    for left_out in ["Builder", "Ref<'a>", "Publisher", "Consumer"] {
        assert!(!none.contains(left_out), "{left_out}");
    }
}

/// A file is written where it changed, and only there; a file that is up to date keeps its time.
#[test]
fn written_where_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Builder::new().manifest(schemas().join("topics.toml"));
    let generated = builder.emit(&builder.load().unwrap()).unwrap();
    let path = folder.path().join(&generated.name);
    assert_eq!(generated.check(folder.path()).unwrap(), [Drift::Missing(path.clone())]);
    assert_eq!(generated.write(folder.path()).unwrap(), [Change::Written(path.clone())]);
    assert_eq!(generated.write(folder.path()).unwrap(), [Change::Kept(path.clone())]);
    assert_eq!(generated.check(folder.path()).unwrap(), []);
    for (text, wanted) in [
        (generated.text.replacen("pub struct", "struct", 1), "differs from line"),
        (generated.text.replace('\n', "\r\n"), "line ends"),
        (generated.text[..100].to_owned(), "differs from line"),
    ] {
        fs::write(&path, text).unwrap();
        let [drift] = &generated.check(folder.path()).unwrap()[..] else {
            panic!("it differs")
        };
        let drift = drift.to_string();
        assert!(drift.contains(wanted), "{drift}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
}

/// Nothing is written where a link leads, and what never ends is not read.
#[cfg(unix)]
#[test]
fn written_into_its_folder_alone() {
    use std::os::unix::fs::symlink;

    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let builder = Builder::new().manifest(schemas().join("topics.toml")).one_file_per_namespace(true);
    let generated = builder.emit(&builder.load().unwrap()).unwrap();
    symlink(elsewhere.path(), folder.path().join("kafka_events")).unwrap();
    let error = generated.write(folder.path()).unwrap_err().to_string();
    assert!(error.contains("it is a link"), "{error}");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);

    fs::remove_file(folder.path().join("kafka_events")).unwrap();
    symlink("/dev/zero", folder.path().join("kafka_events.rs")).unwrap();
    assert!(generated.check(folder.path()).is_err());
    let temporary = folder.path().join(format!(".kafka_events.rs.{}.tmp", std::process::id()));
    fs::write(elsewhere.path().join("theirs"), "theirs").unwrap();
    symlink(elsewhere.path().join("theirs"), temporary).unwrap();
    generated.write(folder.path()).unwrap();
    assert_eq!(generated.check(folder.path()).unwrap(), []);
    assert_eq!(fs::read_to_string(elsewhere.path().join("theirs")).unwrap(), "theirs");
}

/// Every logical type of Avro 1.12, with its default: the structs and values that a user reads.
#[test]
fn logical_types() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("every.avsc");
    fs::write(&path, EVERY_LOGICAL_TYPE).unwrap();
    let builder = Builder::new().schemas([path]).builders(false);
    let text = generated(&builder);
    let whole = syn::parse_file(&text).unwrap();
    let read = whole.items.into_iter().filter(|item| match item {
        syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Type(_) => true,
        syn::Item::Impl(item) => item.trait_.as_ref().is_some_and(|(path, _)| {
            path.segments
                .last()
                .is_some_and(|last| last.ident == "Default" || last.ident == "Record")
        }),
        _ => false,
    });
    let file = syn::File {
        items: read.collect(),
        ..syn::parse_str("").unwrap()
    };
    insta::assert_snapshot!(prettyplease::unparse(&file));
}

const EVERY_LOGICAL_TYPE: &str = r#"{"type": "record", "name": "Every", "fields": [
    {"name": "date", "type": {"type": "int", "logicalType": "date"}, "default": 1},
    {"name": "time_millis", "type": {"type": "int", "logicalType": "time-millis"}, "default": 2},
    {"name": "time_micros", "type": {"type": "long", "logicalType": "time-micros"}, "default": 3},
    {"name": "timestamp_millis", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 4},
    {"name": "timestamp_micros", "type": {"type": "long", "logicalType": "timestamp-micros"}, "default": 5},
    {"name": "timestamp_nanos", "type": {"type": "long", "logicalType": "timestamp-nanos"}, "default": 6},
    {"name": "local_millis", "type": {"type": "long", "logicalType": "local-timestamp-millis"}, "default": 7},
    {"name": "local_micros", "type": {"type": "long", "logicalType": "local-timestamp-micros"}, "default": 8},
    {"name": "local_nanos", "type": {"type": "long", "logicalType": "local-timestamp-nanos"}, "default": 9},
    {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}, "default": "7F1D3C5E-9a20-4b61-8c3d-0e5f6a7b8c9d"},
    {"name": "uuid_fixed", "type": {"type": "fixed", "name": "Id", "size": 16, "logicalType": "uuid"}, "default": "0123456789abcdef"},
    {"name": "duration", "type": {"type": "fixed", "name": "Wait", "size": 12, "logicalType": "duration"}, "default": "\u0001\u0000\u0000\u0000\u0002\u0000\u0000\u0000\u0003\u0000\u0000\u0000"},
    {"name": "decimal", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, "default": "\u00ff\u0000"},
    {"name": "decimal_fixed", "type": {"type": "fixed", "name": "Price", "size": 4, "logicalType": "decimal", "precision": 9}, "default": "\u0000\u0000\u0004\u00e2"},
    {"name": "wide", "type": {"type": "bytes", "logicalType": "decimal", "precision": 50, "scale": 10}, "default": "\u00ff"},
    {"name": "wide_fixed", "type": {"type": "fixed", "name": "Wide", "size": 22, "logicalType": "decimal", "precision": 50, "scale": 10}, "default": "\u0001ABCDEFGHIJKLMNOPQRSTU"},
    {"name": "big", "type": {"type": "bytes", "logicalType": "big-decimal"}, "default": "\u0002\u00f1\u0003"},
    {"name": "either", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, "Price", "Wide"], "default": null}
]}"#;

/// The fingerprint does not tell scales apart; the layout does.
#[test]
fn a_scale_is_part_of_the_layout() {
    let folder = tempfile::tempdir().unwrap();
    let mut hashes = Vec::new();
    for (number, (ty, words)) in [
        ("bytes", r#""precision": 9, "scale": 2"#),
        ("bytes", r#""precision": 9, "scale": 3"#),
        ("bytes", r#""precision": 8, "scale": 2"#),
        (r#"fixed", "name": "F", "size": 8, "x": ""#, r#""precision": 9, "scale": 2"#),
        (r#"fixed", "name": "F", "size": 8, "x": ""#, r#""precision": 9, "scale": 3"#),
        (r#"fixed", "name": "F", "size": 8, "x": ""#, r#""precision": 8, "scale": 2"#),
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.path().join(format!("{number}.avsc"));
        let ty = format!(r#"{{"type": "{ty}", "logicalType": "decimal", {words}}}"#);
        fs::write(
            &path,
            format!(r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {ty}}}]}}"#),
        )
        .unwrap();
        let contract = Builder::new().schemas([path]).load().unwrap_or_else(|report| panic!("{report}"));
        let (id, _) = contract.model.find("R").unwrap();
        hashes.push((fingerprint(&contract.model, id), layout_hash(&contract.model, id)));
    }
    for three in hashes.chunks(3) {
        assert!(three.iter().all(|(fingerprint, _)| *fingerprint == three[0].0), "{three:x?}");
        assert!(
            three[0].1 != three[1].1 && three[1].1 != three[2].1 && three[0].1 != three[2].1,
            "{three:x?}"
        );
    }
}

/// As wide as no stack is deep.
#[test]
fn a_record_of_many_fields() {
    let fields: Vec<_> = (0..5_000)
        .map(|number| format!(r#"{{"name": "f{number}", "type": "int"}}"#))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.avsc");
    fs::write(
        &path,
        format!(r#"{{"type": "record", "name": "Wide", "fields": [{}]}}"#, fields.join(",")),
    )
    .unwrap();
    assert!(generated(&Builder::new().builders(false).schemas([path])).contains("pub f4999: i32"));
}

/// The code of records that hold one another, whose schemas are each somewhat longer than so many bytes.
fn ring(count: usize, bytes: usize) -> String {
    let records = (0..count).map(|number| {
        let (next, doc) = ((number + 1) % count, "a".repeat(bytes / count));
        let next = format!(r#"["null", "n{next}.R{next}"]"#);
        format!(
            r#"{{"type": "record", "name": "R{number}", "namespace": "n{number}", "doc": "{doc}", "fields": [{{"name": "next", "type": {next}}}]}}"#
        )
    });
    let folder = tempfile::tempdir().unwrap();
    let schema = format!("[{}]", records.collect::<Vec<_>>().join(","));
    fs::write(folder.path().join("ring.avsc"), schema).unwrap();
    generated(&Builder::new().schemas([folder.path()]))
}

/// Schemas that have their definitions in common are as long as these together, and short ones are good to read.
#[test]
fn definitions_in_common_are_written_once() {
    let (few, many) = (ring(10, 20_000).len(), ring(40, 20_000).len());
    // A record of its own takes some thousand bytes, whatever it holds.
    assert!(many < few + 30 * 6_000, "{few} bytes became {many}");
    let written_out = |count, bytes| ring(count, bytes).matches("impl ::kafka_event::Record for R").count();
    assert_eq!(written_out(10, 20_000), 0);
    assert_eq!(written_out(10, 5_000), 10);
    assert_eq!(written_out(2, 20_000), 2);
}
