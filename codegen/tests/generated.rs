//! The code that the flagship contract becomes, to be read where it changes.

use std::fs;
use std::path::{Path, PathBuf};

use kafka_event_codegen::Builder;

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
    assert!(generated.check(folder.path()).unwrap().is_some());
    assert!(generated.write(folder.path()).unwrap());
    assert!(!generated.write(folder.path()).unwrap());
    assert_eq!(generated.check(folder.path()).unwrap(), None);
    let path = folder.path().join(&generated.name);
    for (text, wanted) in [
        (generated.text.replacen("pub struct", "struct", 1), "differs from line"),
        (generated.text.replace('\n', "\r\n"), "line ends"),
        (generated.text[..100].to_owned(), "differs from line"),
    ] {
        fs::write(&path, text).unwrap();
        let drift = generated.check(folder.path()).unwrap().expect("it differs").to_string();
        assert!(drift.contains(wanted), "{drift}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
}
