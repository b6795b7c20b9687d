//! What the compiler says where generated code and what stands beside it do not fit each other.
//!
//! Each case is generated here, and kept beside what the compiler says of it; `TRYBUILD=overwrite` writes both anew.

use std::fs;
use std::path::Path;

use kafka_event_codegen::Builder;

const MONEY: &str = r#"{"type": "record", "name": "com.acme.Wallet", "fields": [{"name": "money", "type":
    {"type": "record", "name": "com.acme.common.Money", "fields": [{"name": "account", "type": "string"}, {"name": "euros", "type": "long"}]}}]}"#;

const COIN: &str = r#"{"type": "record", "name": "com.acme.Purse", "fields": [{"name": "coin", "type":
    {"type": "record", "name": "com.acme.common.Coin", "fields": [{"name": "cents", "type": "long"}]}}]}"#;

const PLACE: &str = r#"{"type": "record", "name": "com.acme.Stop", "fields": [{"name": "place", "type":
    {"type": "record", "name": "com.acme.common.geo.Place", "fields": [{"name": "x", "type": "int"}]}}]}"#;

const HELD: &str = r#"{"type": "record", "name": "com.acme.Wallet", "fields": [{"name": "money", "type":
    {"type": "record", "name": "com.acme.common.Money", "fields": [
        {"name": "account", "type": "string"},
        {"name": "cents", "type": "long"},
        {"name": "currency", "type": {"type": "enum", "name": "Currency", "symbols": ["EUR", "USD"]}, "default": "EUR"},
        {"name": "proof", "type": ["null", {"type": "fixed", "name": "Proof", "size": 4}], "default": null},
        {"name": "at", "type": {"type": "record", "name": "com.acme.common.geo.Place", "fields": [{"name": "x", "type": "int"}]}, "default": {"x": 0}}
    ]}}]}"#;

const CURRENCY: &str = r#"{"type": "record", "name": "com.acme.Rate", "fields": [{"name": "of", "type":
    {"type": "enum", "name": "com.acme.common.Currency", "symbols": ["USD", "EUR"]}}]}"#;

const JOB: &str = r#"{"type": "record", "name": "com.acme.Job", "fields": [{"name": "priority", "type": "int"}]}"#;

const FAILED: &str = r#"
#[derive(Debug, Clone, PartialEq, test_custom_shared::kafka_event::KafkaEvent)]
#[kafka(crate = ::test_custom_shared::kafka_event, recrd = "com.acme.common.Coin")]
pub struct Coin {
    pub cents: i64,
}
"#;

/// Generates a case, changes it, and compares it with the one that is kept.
fn case(name: &str, schema: &str, chosen: impl Fn(Builder) -> Builder, change: impl Fn(String) -> String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schema.avsc"), schema).unwrap();
    compare(name, &chosen(Builder::new().schemas([folder.path()])), change);
}

/// The same of a topic that a field keys.
fn case_of_topic(name: &str, schema: &str, (record, key): (&str, &str), chosen: impl Fn(Builder) -> Builder) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schema.avsc"), schema).unwrap();
    let manifest = folder.path().join("topics.toml");
    let topic = format!("record = \"{record}\"\nkey = \"{key}\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n");
    fs::write(&manifest, format!("version = 1\n\n[topics.keyed]\n{topic}")).unwrap();
    compare(
        name,
        &chosen(Builder::new().manifest(manifest).clients(false).evolution(false)),
        |code| code,
    );
}

fn compare(name: &str, builder: &Builder, change: impl Fn(String) -> String) {
    let builder = builder
        .clone()
        .builders(false)
        .borrowed(false)
        .runtime_path("test_custom_shared::kafka_event");
    let contract = builder.load().unwrap_or_else(|report| panic!("{report}"));
    let code = change(builder.emit(&contract).unwrap().text) + "\nfn main() {}\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/ui/{name}.rs"));
    if std::env::var_os("TRYBUILD").is_some_and(|word| word == "overwrite") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, code).unwrap();
    } else {
        let kept = fs::read_to_string(&path).unwrap();
        assert_eq!(kept, code, "{name} is not what is generated: run with TRYBUILD=overwrite");
    }
}

#[test]
fn what_does_not_fit_is_told() {
    let same = |code: String| code;
    case(
        "format_of_another_version",
        JOB,
        |builder| builder,
        |code| {
            let changed = code.replace("FORMAT == ", "FORMAT == 999");
            assert_ne!(changed, code, "generated code asserts the runtime's format");
            changed
        },
    );
    let common = |builder: Builder| builder.extern_path("com.acme.common", "test_custom_shared::events::com::acme::common");
    case("external_record_of_another_version", MONEY, common, same);
    case("external_enum_of_another_version", CURRENCY, common, same);
    let place = "test_custom_shared::events::com::acme::common::geo::Place";
    case(
        "external_type_of_another_name",
        COIN,
        |builder| builder.extern_path("com.acme.common.Coin", place),
        same,
    );
    // What is wrong with it is said at the derive alone.
    case(
        "external_type_whose_derive_failed",
        COIN,
        |builder| builder.extern_path("com.acme.common.Coin", "crate::Coin"),
        |code| code + FAILED,
    );
    case(
        "field_type_that_does_not_carry_it",
        JOB,
        |builder| builder.field_type("**.priority", "u8"),
        same,
    );
    // Code goes by the names of another crate's fields, and what functions carry there is no key as it stands.
    case_of_topic("key_that_functions_carry", PLACE, ("com.acme.Stop", "place.x"), |builder| {
        builder.extern_path("com.acme.common.geo.Place", "test_custom_shared::own::Place")
    });
    case_of_topic("key_by_another_name", PLACE, ("com.acme.Stop", "place.x"), |builder| {
        builder.extern_path("com.acme.common.geo.Place", "test_custom_shared::own::Named")
    });
    // What such a type holds is of that crate, too.
    case_of_topic(
        "key_behind_another_crates_type",
        HELD,
        ("com.acme.Wallet", "money.at.x"),
        |builder| {
            builder
                .extern_path("com.acme.common.Money", "test_custom_shared::own::Money")
                .extern_path(
                    "com.acme.common.Currency",
                    "test_custom_shared::events::com::acme::common::Currency",
                )
                .extern_path("com.acme.common.Proof", "test_custom_shared::events::com::acme::common::Proof")
        },
    );
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
