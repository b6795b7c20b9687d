//! What there is already: the namespace is its, its types are referred to, its topics stay.

use super::*;

const PARTY: &str = r#"{"type": "record", "name": "Party", "namespace": "shop.people", "fields": [{"name": "id", "type": "long"}]}"#;
const ORDER: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "orderId", "type": "long"},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW"]}},
  {"name": "parties", "type": {"type": "array", "items": "shop.people.Party"}}
]}"#;
const PLAIN: &str = r#"{"type": "record", "name": "Plain", "fields": []}"#;
const MANIFEST: &str =
    "version = 1\n\n[topics.orders]\nrecord = \"shop.Order\"\nkey = \"none\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";

pub(crate) fn shop() -> (tempfile::TempDir, Contract) {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("party.avsc", PARTY),
        ("order.avsc", ORDER),
        ("plain.avsc", PLAIN),
        ("topics.toml", MANIFEST),
    ] {
        fs::write(folder.path().join(file), text).unwrap();
    }
    let contract = Builder::new().manifest(folder.path().join("topics.toml")).load();
    (folder, contract.unwrap_or_else(|report| panic!("{report}")))
}

/// What is printed is added, and all of it is a contract that the type fits.
#[test]
fn a_type_beside_those_that_there_are() {
    let (folder, contract) = shop();
    let refund = record(
        "Refund",
        vec![
            field("id", quote!(i64)),
            field("to", quote!(people::Party)),
            field("state", quote!(State)),
            field("plain", quote!(Plain)),
        ],
    );
    let of = RecordOf::Topic(topic("refunds", None));
    let start = start(Some(&contract), "my-orders", &[StartType::Record(Some(&of), &refund)]).unwrap();
    insta::assert_snapshot!(shown(&start));
    fs::write(folder.path().join(&start.schemas[0].0), &start.schemas[0].1).unwrap();
    fs::write(folder.path().join("topics.toml"), format!("{MANIFEST}\n{}", start.manifest)).unwrap();
    let whole = Builder::new().manifest(folder.path().join("topics.toml")).load();
    let whole = whole.unwrap_or_else(|report| panic!("{report}"));
    own_record(&whole, &of, &refund).unwrap();
}

#[test]
fn what_is_there_is_not_printed_again() {
    let (_folder, contract) = shop();
    let order = record("Order", vec![field("order_id", quote!(i64))]);
    let (old, new) = (RecordOf::Topic(topic("orders", None)), RecordOf::Topic(topic("orders-again", None)));
    let shown_of = |of: &RecordOf| shown(&start(Some(&contract), "my-orders", &[StartType::Record(Some(of), &order)]).unwrap());
    insta::assert_snapshot!("a_topic_of_a_record_that_there_is", shown_of(&new));
    insta::assert_snapshot!("a_topic_that_there_is", shown_of(&old));
}

/// Without a type in the contract the namespace is made of the package's name.
#[test]
fn an_empty_contract() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("topics.toml"), "version = 1\n").unwrap();
    let contract = Builder::new().manifest(folder.path().join("topics.toml")).load().unwrap();
    let start = start(Some(&contract), "my-orders", &[StartType::Record(None, &record("Order", vec![]))]).unwrap();
    assert!(
        start.schemas[0].1.contains("\"namespace\": \"my_orders\""),
        "{}",
        start.schemas[0].1
    );
}

/// That of most topics' records; of as many, the first.
#[test]
fn of_several_namespaces_that_of_most_topics() {
    let record_of = |name: &str| format!(r#"{{"type": "record", "name": "{name}", "fields": []}}"#);
    for (records, wanted) in [(&["a.A", "b.B", "b.C", "d.D"][..], "b"), (&["c.A", "b.B"], "c")] {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = "version = 1\n".to_owned();
        for record in records {
            fs::write(folder.path().join(format!("{record}.avsc")), record_of(record)).unwrap();
            let settings = "key = \"none\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"";
            write!(manifest, "[topics.\"{record}\"]\nrecord = \"{record}\"\n{settings}\n").unwrap();
        }
        fs::write(folder.path().join("topics.toml"), manifest).unwrap();
        let contract = Builder::new().manifest(folder.path().join("topics.toml")).load();
        let contract = contract.unwrap_or_else(|report| panic!("{report}"));
        let start = start(Some(&contract), "my-orders", &[StartType::Record(None, &record("Order", vec![]))]).unwrap();
        let namespace = format!("\"namespace\": \"{wanted}\"");
        assert!(start.schemas[0].1.contains(&namespace), "{}", start.schemas[0].1);
    }
}
