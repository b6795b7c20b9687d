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
    let builder = Builder::new()
        .schemas([folder.path()])
        .builders(false)
        .borrowed(false)
        .runtime_path("test_custom_shared::kafka_event");
    let builder = chosen(builder);
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
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
