//! What each choice changes in the code of a small contract, and what becomes of several files.

use std::fs;
use std::path::{Path, PathBuf};

use kafka_event_codegen::{Builder, Change, Drift};

const USER: &str = r#"{
  "type": "record", "name": "User", "namespace": "com.acme", "fields": [
    {"name": "id", "type": "string"},
    {"name": "nick", "type": ["null", "string"], "default": null},
    {"name": "face", "type": "bytes", "default": "\u00ff"},
    {"name": "tags", "type": {"type": "map", "values": "string"}, "default": {"k": "v"}},
    {"name": "seen", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 7},
    {"name": "contact", "type": ["string", "com.acme.common.Money"], "default": "none"},
    {"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "GREEN"]}, "default": "RED"},
    {"name": "money", "type": "com.acme.common.Money"}
  ]
}"#;
const MONEY: &str = r#"{"type": "record", "name": "com.acme.common.Money", "fields": [
  {"name": "of", "type": "string"}, {"name": "cents", "type": "long", "default": 0}
]}"#;

fn contract() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("schemas")).unwrap();
    fs::write(folder.path().join("schemas/user.avsc"), USER).unwrap();
    fs::write(folder.path().join("schemas/money.avsc"), MONEY).unwrap();
    folder
}

fn generated(folder: &Path, chosen: impl Fn(Builder) -> Builder) -> kafka_event_codegen::Generated {
    let builder = chosen(Builder::new().schemas([folder.join("schemas")]));
    let contract = builder.load().unwrap_or_else(|report| panic!("{report}"));
    builder.emit(&contract).unwrap_or_else(|error| panic!("{error}"))
}

/// The lines that differ, each with what stands above it where that is the same.
fn changes(before: &str, after: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // How long the longest common part is from each pair of lines on.
    let mut common = vec![vec![0_u32; after.len() + 1]; before.len() + 1];
    for b in (0..before.len()).rev() {
        for a in (0..after.len()).rev() {
            common[b][a] = if before[b] == after[a] {
                common[b + 1][a + 1] + 1
            } else {
                common[b + 1][a].max(common[b][a + 1])
            };
        }
    }
    let (mut b, mut a, mut shown) = (0, 0, Vec::new());
    let mut above = None;
    while b < before.len() || a < after.len() {
        if b < before.len() && a < after.len() && before[b] == after[a] {
            above = Some(before[b]);
            (b, a) = (b + 1, a + 1);
            continue;
        }
        shown.extend(above.take().map(|line| format!("  {}", line.trim_start())));
        if a == after.len() || (b < before.len() && common[b + 1][a] >= common[b][a + 1]) {
            shown.push(format!("- {}", before[b].trim_start()));
            b += 1;
        } else {
            shown.push(format!("+ {}", after[a].trim_start()));
            a += 1;
        }
    }
    // What is left out at length says nothing.
    let mut short: Vec<String> = Vec::new();
    for run in shown.chunk_by(|one, next| one.starts_with('-') && next.starts_with('-')) {
        let kept = if run.len() > 12 { 2 } else { run.len() };
        short.extend_from_slice(&run[..kept]);
        if run.len() > kept {
            short.push(format!("- … {} lines", run.len() - kept));
        }
    }
    short.join("\n")
}

/// A test for each choice: calls, and a snapshot of what they change.
macro_rules! changes {
    ($($name:ident: $($method:ident($($argument:expr),+)),+;)*) => {$(
        #[test]
        fn $name() {
            let folder = contract();
            let plain = generated(folder.path(), |builder| builder);
            let chosen = generated(folder.path(), |builder| builder$(.$method($($argument),+))+);
            insta::assert_snapshot!(stringify!($name), changes(&plain.text, &chosen.text));
        }
    )*};
}

changes! {
    derive: derive("com.acme", ["Eq", "std::hash::Hash", "Debug", "serde::Serialize"]);
    derive_for_a_union_alone: derive("com.acme.User.contact", ["Eq"]);
    borrowed_derive: borrowed_derive("**", ["Eq"]);
    type_attribute: type_attribute("com.acme.*", "#[serde_with::serde_as] #[serde(untagged)]");
    field_attribute: field_attribute("**.nick", "#[serde(default)]");
    symbol_attribute: symbol_attribute("com.acme.Color", "#[serde(rename = \"x\")]");
    string_type: string_type("com.acme.User", "Arc<str>"), string_type("com.acme.User.contact", "Box<str>");
    bytes_type: bytes_type("**", "bytes::Bytes");
    map_type: map_type("**", "HashMap<_, _, crate::Hasher>");
    field_type: field_type("com.acme.User.*i*", "crate::Word");
    logical_type: logical_type("timestamp-millis", "chrono::DateTime<chrono::Utc>");
    extern_path: extern_path("com.acme.common", "common::events");
    extern_path_of_a_type: extern_path("com.acme", "all"), extern_path("com.acme.User", "crate::User"),
        extern_path("com.acme.common.Money", "crate::Coins");
    the_last_of_several_holds: string_type("**", "Arc<str>"), string_type("com.acme.User.id", "Box<str>"), string_type("**.id", "String");
}

/// Each path of the runtime's, and nothing else. A path as long as the usual one breaks no line elsewhere.
#[test]
fn runtime_path() {
    let folder = contract();
    let plain = generated(folder.path(), |builder| builder).text;
    let moved = generated(folder.path(), |builder| builder.runtime_path("my_platform")).text;
    assert!(!moved.contains("::kafka_event"));
    assert_eq!(moved.replace("::my_platform", "::kafka_event"), plain);
}

/// The items are the same, whichever file they are in.
#[test]
fn one_file_per_namespace() {
    let folder = contract();
    let whole = generated(folder.path(), |builder| builder);
    let several = generated(folder.path(), |builder| builder.one_file_per_namespace(true));
    insta::assert_snapshot!("several_files", several.text);
    let names: Vec<&str> = several.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["kafka_events/com.acme.rs", "kafka_events/com.acme.common.rs"]);
    let mut joined = several.text.clone();
    for part in &several.parts {
        let (header, body) = part.text.split_once("\n\n").unwrap();
        assert!(several.text.starts_with(header));
        joined = joined.replace(&format!("::core::include!(\"{}\");", part.name), body);
    }
    let parsed = |text: &str| prettyplease::unparse(&syn::parse_file(text).unwrap());
    assert_eq!(parsed(&joined), parsed(&whole.text));
}

/// Only what changed is written; what is no more is removed, where it says that it is generated; nothing else is touched.
#[test]
fn files_that_are_no_more() {
    let folder = contract();
    let out = folder.path().join("out");
    let several = || generated(folder.path(), |builder| builder.one_file_per_namespace(true));
    let path = |name: &str| out.join(name);
    let (root, acme, common) = (
        path("kafka_events.rs"),
        path("kafka_events/com.acme.rs"),
        path("kafka_events/com.acme.common.rs"),
    );
    let all: Vec<PathBuf> = vec![root.clone(), acme.clone(), common.clone()];

    assert_eq!(
        several().check(&out).unwrap(),
        all.iter().cloned().map(Drift::Missing).collect::<Vec<_>>()
    );
    assert!(!out.exists());
    assert_eq!(
        several().write(&out).unwrap(),
        all.iter().cloned().map(Change::Written).collect::<Vec<_>>()
    );
    assert_eq!(
        several().write(&out).unwrap(),
        all.iter().cloned().map(Change::Kept).collect::<Vec<_>>()
    );
    assert_eq!(several().check(&out).unwrap(), []);

    // A schema that changes rewrites its namespace's file alone.
    fs::write(folder.path().join("schemas/money.avsc"), MONEY.replace("cents", "pence")).unwrap();
    let [Drift::Differs { path: differs, .. }, Drift::Differs { path: holder, .. }] = &several().check(&out).unwrap()[..] else {
        panic!("the record, and the schema of what holds it")
    };
    assert_eq!((holder, differs), (&common, &acme));
    let enums = r#"{"type": "enum", "name": "com.acme.other.Unit", "symbols": ["M"]}"#;
    fs::write(folder.path().join("schemas/money.avsc"), MONEY).unwrap();
    fs::write(folder.path().join("schemas/unit.avsc"), enums).unwrap();
    several().write(&out).unwrap();
    fs::write(folder.path().join("schemas/unit.avsc"), enums.replace("\"M\"", "\"M\", \"KM\"")).unwrap();
    let other = path("kafka_events/com.acme.other.rs");
    let written: Vec<_> = several()
        .write(&out)
        .unwrap()
        .into_iter()
        .filter(|change| matches!(change, Change::Written(_)))
        .collect();
    assert_eq!(written, [Change::Written(other.clone())]);

    // A namespace that is no more.
    fs::remove_file(folder.path().join("schemas/unit.avsc")).unwrap();
    fs::write(path("kafka_events/mine.rs"), "// By hand.\n").unwrap();
    fs::write(path("kafka_events/empty.rs"), "").unwrap();
    fs::write(path("kafka_events/note.txt"), fs::read(&acme).unwrap()).unwrap();
    fs::create_dir(path("kafka_events/folder.rs")).unwrap();
    let drifts = several().check(&out).unwrap();
    assert!(drifts.contains(&Drift::Stale(other.clone())), "{drifts:?}");
    assert_eq!(drifts.len(), 2, "and the file that included it: {drifts:?}");
    assert!(other.exists(), "a check removes nothing");
    assert!(several().write(&out).unwrap().contains(&Change::Removed(other.clone())));
    assert!(!other.exists());

    // One file again: the others go, and what is not ours stays.
    let whole = generated(folder.path(), |builder| builder);
    assert_eq!(whole.check(&out).unwrap().len(), 3);
    assert_eq!(
        whole.write(&out).unwrap(),
        [Change::Written(root), Change::Removed(common), Change::Removed(acme)]
    );
    let mut left: Vec<_> = fs::read_dir(path("kafka_events"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["empty.rs", "folder.rs", "mine.rs", "note.txt"]);
    for entry in ["empty.rs", "mine.rs", "note.txt"] {
        fs::remove_file(path("kafka_events").join(entry)).unwrap();
    }
    fs::remove_dir(path("kafka_events/folder.rs")).unwrap();
    assert_eq!(whole.write(&out).unwrap().len(), 1);
    assert!(!path("kafka_events").exists(), "an empty folder of ours is not left");
}

/// A link is somebody's, wherever it leads.
#[cfg(unix)]
#[test]
fn links_are_not_removed() {
    let folder = contract();
    let out = folder.path().join("out");
    let several = generated(folder.path(), |builder| builder.one_file_per_namespace(true));
    several.write(&out).unwrap();
    std::os::unix::fs::symlink("com.acme.rs", out.join("kafka_events/link.rs")).unwrap();
    assert_eq!(several.check(&out).unwrap(), []);
    assert_eq!(several.write(&out).unwrap().len(), 3);
    assert!(out.join("kafka_events/link.rs").exists());
}
