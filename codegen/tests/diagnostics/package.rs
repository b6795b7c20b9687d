//! What a package says of its manifest in `Cargo.toml`.

use std::fs;

use kafka_event_codegen::Builder;

use crate::shown;

/// A test for each case: a table of `package.metadata`, one finding, a snapshot under its name.
macro_rules! refuses {
    ($($name:ident: $metadata:expr;)*) => {$(
        #[test]
        fn $name() {
            let folder = tempfile::tempdir().unwrap();
            let text = format!("[package]\nname = \"jobs\"\n\n{}\n", $metadata);
            fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            let report = Builder::manifest_of(folder.path()).expect_err("this must be refused");
            insta::assert_snapshot!(stringify!($name), shown(&report, 1));
        }
    )*};
}

refuses! {
    metadata_misspelt: "[package.metadata.kafka-event]\nmanifset = \"contract/topics.toml\"";
    metadata_no_string: "[package.metadata.kafka-event]\nmanifest = [\"contract/topics.toml\"]";
    metadata_no_table: "[package.metadata]\nkafka-event = \"contract/topics.toml\"";
    metadata_of_one_machine: "[package.metadata.kafka-event]\nmanifest = \"/home/ann/topics.toml\"";
}

#[test]
fn of_others_nothing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let default = || Builder::manifest_of(folder.path()).unwrap();
    assert_eq!(default(), "schemas/topics.toml");
    for text in [
        "",
        "[package]\nmetadata = 1\n",
        "[package.metadata.docs]\nmanifset = 1\n",
        "[package",
    ] {
        fs::write(folder.path().join("Cargo.toml"), text).unwrap();
        assert_eq!(default(), "schemas/topics.toml", "{text}");
    }
}
