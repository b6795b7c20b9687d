//! Code of the user's choosing that is not Rust, or is meant for what is not there: each call is told, with the nearest name.

use std::fs;

use kafka_event_codegen::{Builder, Error};

const SCHEMA: &str = r#"{
  "type": "record", "name": "User", "namespace": "com.acme", "fields": [
    {"name": "id", "type": "string"},
    {"name": "age", "type": "int"},
    {"name": "marks", "type": {"type": "map", "values": "int"}},
    {"name": "seen", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    {"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "GREEN"]}},
    {"name": "token", "type": {"type": "fixed", "name": "Token", "size": 16, "logicalType": "uuid"}},
    {"name": "money", "type": {"type": "record", "name": "Money", "namespace": "com.acme.common", "fields": [{"name": "text", "type": "string"}]}}
  ]
}"#;

/// All that is wrong with the calls on a builder.
#[track_caller]
fn refused(calls: impl Fn(Builder) -> Builder, findings: usize) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("user.avsc"), SCHEMA).unwrap();
    let builder = calls(Builder::new().schemas([folder.path()]));
    let contract = builder.load().unwrap_or_else(|report| panic!("{report}"));
    let error = builder.emit(&contract).expect_err("this must be refused");
    let Error::Options(errors) = &error else { panic!("{error}") };
    assert_eq!(errors.len(), findings, "{error}");
    error.to_string()
}

/// A test for each case: calls, one finding, a snapshot under its name.
macro_rules! refuses {
    ($($name:ident: $($method:ident($($argument:expr),+)),+;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), refused(|builder| builder$(.$method($($argument),+))+, 1));
        }
    )*};
}

refuses! {
    type_misspelt: derive("com.acme.Usr", ["Eq"]);
    type_without_its_namespace: derive("User", ["Eq"]);
    namespace_misspelt: type_attribute("com.acne", "#[non_exhaustive]");
    glob_that_means_nothing: derive("org.**", ["Eq"]);
    field_misspelt: field_attribute("com.acme.User.ida", "#[serde(default)]");
    types_for_fields: field_type("com.*", "crate::Id");
    symbol_misspelt: symbol_attribute("com.acme.Color.RAD", "#[default]");
    symbols_of_a_record: symbol_attribute("com.acme.User", "#[default]");
    text_of_a_number: string_type("com.acme.User.age", "Box<str>");
    bytes_that_are_nowhere: bytes_type("**", "Box<[u8]>");
    maps_that_are_nowhere: map_type("com.acme.User.age", "HashMap");
    derive_of_an_alias: derive("com.acme.Token", ["Eq"]);
    twins_of_an_enum: borrowed_derive("com.acme.Color", ["Eq"]);
    external_type_with_a_derive: extern_path("com.acme.common", "crate::common"), derive("com.acme.common", ["Eq"]);
    external_type_misspelt: extern_path("com.acme.comon", "crate::common");
    external_types_by_a_star: extern_path("com.acme.*", "crate::common");
    logical_type_misspelt: logical_type("timestamp-milis", "crate::Instant");
    logical_type_in_rusts_words: logical_type("DateTime", "crate::Instant");
    logical_type_that_is_nowhere: logical_type("date", "crate::Date");
    pattern_empty: derive("", ["Eq"]);
    pattern_with_stars_in_a_part: derive("com.a**", ["Eq"]);
    derives_none: derive("**", [""; 0]);
    derive_without_its_path: derive("**", ["Serialize"]);
    derives_in_one: derive("**", ["Eq, Hash"]);
    attribute_without_its_marks: type_attribute("**", "serde(default)");
    attribute_that_closes_the_item: field_attribute("**", "#[a] pub x: i32, #[b]");
    type_that_is_no_type: field_type("com.acme.User.id", "crate::Id>");
    type_without_its_path: field_type("com.acme.User.id", "UserId");
    type_above: field_type("com.acme.User.id", "super::UserId");
    type_borrowed: string_type("**", "&'static str");
    map_of_one: map_type("**", "HashMap<_>");
    path_with_arguments: extern_path("com.acme.common", "crate::common<T>");
    runtime_that_is_no_path: runtime_path("my-platform::kafka_event");
}

/// All at once, in the order of the calls.
#[test]
fn several_at_once() {
    let text = refused(
        |builder| {
            builder
                .derive("com.acme.User", ["Eq", "serde"])
                .field_type("com.acme.User.idd", "UserId")
                .extern_path("com.acme.other", "crate::other")
                .runtime_path("")
        },
        5,
    );
    insta::assert_snapshot!("several_at_once", text);
}

/// Nothing of it is in what was written before.
#[test]
fn what_is_refused_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("schemas")).unwrap();
    fs::write(folder.path().join("schemas/user.avsc"), SCHEMA).unwrap();
    let builder = Builder::new().schemas([folder.path().join("schemas")]).derive("User", ["Eq"]);
    assert!(builder.emit(&builder.load().unwrap()).is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
