//! The derive's errors that print what to begin with: of an unknown topic, and of a topic of several records.

use super::contract::shop;
use super::*;
use kafka_event_codegen::emit::own::first_help;

fn error(of: &RecordOf, fields: Vec<kafka_event_codegen::emit::own::OwnField>) -> String {
    let (_folder, mut contract) = shop();
    contract.warnings.sources.name_from(_folder.path());
    let errors = own_record(&contract, of, &record("Refund", fields)).unwrap_err();
    let [error] = &errors[..] else { panic!("{errors:?}") };
    error.message.clone()
}

#[test]
fn a_topic_that_is_not_there_is_started() {
    let fields = vec![field("id", quote!(i64)), field("money", quote!(Money))];
    insta::assert_snapshot!(error(&RecordOf::Topic(topic("refunds", None)), fields));
}

#[test]
fn beside_the_nearest_name_stands_what_prints_a_start() {
    let message = error(&RecordOf::Topic(topic("order", None)), vec![]);
    assert_eq!(
        message,
        "the manifest has no topic `order`\nhelp: did you mean `orders`?\nhelp: to start a topic of that name, `kafka-event schema --from-rust FILE` prints the schema and the manifest's lines"
    );
}

/// Where a manifest has its schemas, whether there are some yet or none.
#[test]
fn a_schema_is_written_where_it_is_read() {
    let (plain, of) = (record("Refund", vec![]), RecordOf::Topic(topic("refunds", None)));
    for (lines, files, wanted) in [
        ("", &[][..], "write contract/refund.avsc\n"),
        ("schemas = [\"avro\"]\n", &["avro/plain.avsc"], "write contract/avro/refund.avsc\n"),
        (
            "schemas = [\"plain.avsc\", \"./avro/of\"]\n",
            &["plain.avsc", "avro/of/other.avsc"],
            "write contract/avro/of/refund.avsc\n",
        ),
        (
            "schemas = [\"plain.avsc\"]\n",
            &["plain.avsc"],
            "write contract/refund.avsc, and name it in `schemas` of the manifest\n",
        ),
    ] {
        let package = tempfile::tempdir().unwrap();
        let folder = package.path().join("contract");
        fs::create_dir_all(folder.join("avro/of")).unwrap();
        fs::write(folder.join("topics.toml"), format!("version = 1\n{lines}")).unwrap();
        for (number, file) in files.iter().enumerate() {
            let schema = format!(r#"{{"type": "record", "name": "Plain{number}", "fields": []}}"#);
            fs::write(folder.join(file), schema).unwrap();
        }
        let contract = Builder::new().manifest("contract/topics.toml").below(package.path()).load();
        let mut contract = contract.unwrap_or_else(|report| panic!("{report}"));
        contract.warnings.sources.name_from(package.path());
        let message = &own_record(&contract, &of, &plain).unwrap_err()[0].message;
        assert!(
            message.contains("add to contract/topics.toml\n") && message.contains(wanted),
            "{lines}: {message}"
        );
    }
}

/// All that a first type needs: a manifest with its version, too.
#[test]
fn a_first_contract_is_started() {
    let refund = record("Refund", vec![field("id", quote!(i64))]);
    let (of_topic, of_record) = (RecordOf::Topic(topic("refunds", None)), RecordOf::Record(word("shop.Refund")));
    let package = tempfile::tempdir().unwrap();
    let package = package.path();
    let help = first_help(package, "schemas/topics.toml", StartType::Record(Some(&of_topic), &refund)).unwrap();
    insta::assert_snapshot!(help.replace(&std::env::var("CARGO_PKG_NAME").unwrap().replace('-', "_"), "PACKAGE"));
    let of_record = || first_help(package, "topics.toml", StartType::Record(Some(&of_record), &refund)).unwrap();
    let wanted = "\nhelp: to start one, write topics.toml\n    version = 1\nhelp: and write refund.avsc\n";
    assert!(of_record().starts_with(wanted), "{}", of_record());
    // What cargo builds is in a package's own folder, too.
    fs::write(package.join("Cargo.toml"), "").unwrap();
    let wanted =
        "\nhelp: to start one, write topics.toml\n    version = 1\n    schemas = [\"schemas\"]\nhelp: and write schemas/refund.avsc\n";
    assert!(of_record().starts_with(wanted), "{}", of_record());
    let mut wrong = refund;
    wrong.rename_all = Some(word("kebab-case"));
    assert_eq!(first_help(package, "topics.toml", StartType::Record(Some(&of_topic), &wrong)), None);
}

#[test]
fn a_long_schema_is_cut() {
    let fields = (0..200).map(|number| field(&format!("field{number}"), quote!(i64))).collect();
    let message = error(&RecordOf::Topic(topic("refunds", None)), fields);
    assert!(
        message.contains("field70") && !message.contains("field100") && message.contains("\n    …\n"),
        "{message}"
    );
}

#[test]
fn of_several_records_and_of_a_marker() {
    let (_folder, contract) = shop();
    let moves = own_events(&contract, &topic("moves", None), &types::events("MoveEvent", &["Order", "Moved"]));
    let again = own_marker(
        &contract,
        &topic("again", None),
        &types::marker("Again", quote!(events::shop::Order)),
    );
    for (errors, wanted) in [
        (moves.unwrap_err(), "records = [\"shop.Order\", \"shop.Moved\"]"),
        (again.unwrap_err(), "record = \"shop.Order\""),
    ] {
        assert!(errors[0].message.contains(wanted), "{}", errors[0].message);
    }
}

/// The variants are those that the derive looks for, though two records have one name.
#[test]
fn an_enum_of_records_of_one_name() {
    let folder = tempfile::tempdir().unwrap();
    for namespace in ["a", "b"] {
        let schema = format!(r#"{{"type": "record", "name": "{namespace}.Placed", "fields": [{{"name": "id", "type": "long"}}]}}"#);
        fs::write(folder.path().join(format!("{namespace}.avsc")), schema).unwrap();
    }
    let manifest = "version = 1\n[topics.moves]\nrecords = [\"a.Placed\", \"b.Placed\"]\nkey = \"none\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";
    fs::write(folder.path().join("topics.toml"), manifest).unwrap();
    let contract = Builder::new().manifest(folder.path().join("topics.toml")).load();
    let contract = contract.unwrap_or_else(|report| panic!("{report}"));

    let one = own_record(&contract, &RecordOf::Topic(topic("moves", None)), &record("Move", vec![])).unwrap_err();
    let lines = |message: &str| -> Vec<String> {
        let lines = message.lines().map(str::trim).filter(|line| line.ends_with("),"));
        lines.map(str::to_owned).collect()
    };
    let suggested = lines(&one[0].message);
    assert_eq!(suggested, ["Placed(a::Placed),", "Placed2(b::Placed),"], "{}", one[0].message);
    let none = own_events(&contract, &topic("moves", None), &types::events("Move", &[])).unwrap_err();
    assert_eq!(lines(&none[0].message), suggested, "{}", none[0].message);
    own_events(&contract, &topic("moves", None), &types::events("Move", &["Placed", "Placed2"])).unwrap();
}
