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

/// A newtype of a fixed that the contract has, of the same size and meaning, is that; and may key a topic as it does.
#[test]
fn newtypes_of_a_fixed_that_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let schema = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
      {"name": "digest", "type": {"type": "fixed", "name": "Digest", "size": 32}},
      {"name": "mark", "type": {"type": "fixed", "name": "Mark", "namespace": "shop.marks", "size": 2}},
      {"name": "lasts", "type": {"type": "fixed", "name": "Lasts", "size": 12, "logicalType": "duration"}},
      {"name": "price", "type": {"type": "fixed", "name": "Price", "size": 8, "logicalType": "decimal", "precision": 9}}
    ]}"#;
    fs::write(folder.path().join("order.avsc"), schema).unwrap();
    fs::write(folder.path().join("topics.toml"), "version = 1\n").unwrap();
    let contract = Builder::new().manifest(folder.path().join("topics.toml")).load();
    let contract = contract.unwrap_or_else(|report| panic!("{report}"));
    for (name, ty, wanted) in [
        ("Digest", quote!([u8; 32]), r#""Digest""#),
        ("Digest", quote!([u8; 16]), r#"{"type": "fixed", "name": "Digest_2", "size": 16}"#),
        ("Mark", quote!([u8; 2]), r#""shop.marks.Mark""#),
        ("Lasts", quote!(jiff::Span), r#""Lasts""#),
        ("Lasts", quote!([u8; 12]), r#"{"type": "fixed", "name": "Lasts_2", "size": 12}"#),
        ("Price", quote!([u8; 8]), r#"{"type": "fixed", "name": "Price_2", "size": 8}"#),
        ("Order", quote!([u8; 8]), r#"{"type": "fixed", "name": "Order_2", "size": 8}"#),
    ] {
        let (newtype, held) = (this(name), this(name).name);
        let parcel = record("Parcel", vec![field("id", quote!(#held)), field("again", quote!(Option<#held>))]);
        let of = RecordOf::Topic(topic("parcels", Some(key(quote!(id)))));
        let types = [StartType::Record(Some(&of), &parcel), StartType::Newtype(&newtype, &ty)];
        let start = start(Some(&contract), "my-orders", &types).unwrap();
        assert_eq!(start.schemas.len(), 1);
        let text = &start.schemas[0].1;
        assert!(text.contains(&format!(r#"{{"name": "id", "type": {wanted}}}"#)), "{ty}: {text}");
        assert!(start.manifest.contains("key = \"id\" "), "{ty}: {}", start.manifest);
        // All of it is a contract, and the first use of a fixed is no other than the second.
        let (schema, manifest) = (folder.path().join("parcel.avsc"), folder.path().join("topics.toml"));
        fs::write(&schema, text).unwrap();
        fs::write(&manifest, format!("version = 1\n{}", start.manifest)).unwrap();
        let whole = Builder::new()
            .manifest(&manifest)
            .load()
            .unwrap_or_else(|report| panic!("{report}"));
        own_record(&whole, &of, &parcel).unwrap();
        fs::remove_file(schema).unwrap();
    }
}

/// The line of a manifest that says the key, with the notes of keys.
fn keyed(contract: Option<&Contract>, types: &[StartType<'_>]) -> (String, Vec<String>) {
    let start = start(contract, "my-orders", types).unwrap_or_else(|errors| panic!("{errors:?}"));
    let line = start.manifest.lines().find(|line| line.starts_with("key = ")).unwrap_or_default();
    let line = line.split("  #").next().unwrap_or_default().trim_end().to_owned();
    let notes = start.notes.into_iter().map(|note| note.message);
    (line, notes.filter(|note| note.contains(" key")).collect())
}

/// Of a record that the contract has already: by the names of the struct, of a generated type, and through both.
#[test]
fn keys_of_records_that_there_are() {
    let (_folder, contract) = shop();
    let topic_of = |said| RecordOf::Topic(topic("orders-again", Some(key(said))));
    let order = || record("Order", vec![field("order_id", quote!(i64))]);
    let mut renamed_order = record(
        "Order",
        vec![renamed(field("number", quote!(i64)), "orderId"), field("cache", quote!(i64))],
    );
    renamed_order.fields[1].skip = true;
    let refund = || {
        record(
            "Refund",
            vec![
                field("of", quote!(Order)),
                field("to", quote!(Box<Party>)),
                field("by", quote!(Party)),
            ],
        )
    };
    let none = "none";
    for (said, own, wanted) in [
        (quote!(order_id), order(), "orderId"),
        (quote!(state), order(), none),
        (quote!(number), renamed_order, "orderId"),
        (quote!(of.order_id), refund(), "of.orderId"),
        (quote!(by.id), refund(), "by.id"),
        (quote!(to.id), refund(), "to.id"),
        (quote!(by.name), refund(), none),
    ] {
        let of = topic_of(said.clone());
        let (line, notes) = keyed(Some(&contract), &[StartType::Record(Some(&of), &own)]);
        assert_eq!(line, format!("key = \"{wanted}\""), "{said}: {notes:?}");
        assert_eq!(notes.len(), usize::from(wanted == none), "{said}: {notes:?}");
    }
    // A struct for a record on the way has names of its own.
    let (of, refund) = (topic_of(quote!(of.number)), refund());
    let order = record("Order", vec![renamed(field("number", quote!(i64)), "orderId")]);
    let types = [StartType::Record(Some(&of), &refund), StartType::Record(None, &order)];
    assert_eq!(keyed(Some(&contract), &types), ("key = \"of.orderId\"".to_owned(), vec![]));
    // Another's type, and one that keys by itself.
    let marker = types::marker("Again", quote!(events::Order));
    let again = |said| topic("orders-again", Some(key(said)));
    let of = again(quote!(order_id));
    let marked = keyed(Some(&contract), &[StartType::Marker(&of, &marker)]);
    assert_eq!(marked, ("key = \"orderId\"".to_owned(), vec![]));
    let (of, plain) = (again(quote!(Order)), record("Plain", vec![]));
    let of = RecordOf::Topic(of);
    let types = [StartType::Record(Some(&of), &plain), StartType::Record(None, &order)];
    assert_eq!(
        keyed(Some(&contract), &types),
        ("key = { record = \"shop.Order\" }".to_owned(), vec![])
    );
}

/// Each variant's `key = …`, which is one in Avro.
#[test]
fn keys_that_variants_say() {
    let (_folder, contract) = shop();
    let two = || vec![field("id", quote!(i64)), field("dock", quote!(i64)), field("party", quote!(Party))];
    let (loaded, lost) = (record("Loaded", two()), record("Lost", two()));
    let other = record("Other", vec![field("id", quote!(i64)), renamed(field("gate", quote!(i64)), "dock")]);
    let of = topic("moves", None);
    for (names, keys, wanted) in [
        (["Loaded", "Lost"], [None, None], Ok("id")),
        (["Loaded", "Lost"], [Some(quote!(dock)), Some(quote!(dock))], Ok("dock")),
        (["Loaded", "Lost"], [None, Some(quote!(dock))], Ok("dock")),
        (["Loaded", "Lost"], [Some(quote!(party.id)), Some(quote!(party.id))], Ok("party.id")),
        (["Loaded", "Other"], [Some(quote!(dock)), Some(quote!(gate))], Ok("dock")),
        (["Party", "Lost"], [None, Some(quote!(id))], Ok("id")),
        (
            ["Loaded", "Lost"],
            [Some(quote!(dock)), Some(quote!(id))],
            Err("this key is `id` in Avro, and that of another variant `dock`"),
        ),
        (
            ["Loaded", "Lost"],
            [Some(quote!(dock)), Some(quote!(deck))],
            Err("no field of `shop.Lost` that can key"),
        ),
        (
            ["Lost", "Party"],
            [Some(quote!(dock)), None],
            Err("`dock` in Avro, which in `shop.people.Party` is no field"),
        ),
    ] {
        let mut events = types::events("MoveEvent", &names);
        for (variant, said) in events.variants.iter_mut().zip(&keys) {
            variant.key = said.clone().map(key);
        }
        let types = [
            StartType::Events(&of, &events),
            StartType::Record(None, &loaded),
            StartType::Record(None, &lost),
            StartType::Record(None, &other),
        ];
        let (line, notes) = keyed(Some(&contract), &types);
        assert_eq!(line, format!("key = \"{}\"", wanted.unwrap_or("none")), "{keys:?}: {notes:?}");
        match wanted {
            Ok(_) => assert_eq!(notes, [""; 0]),
            Err(why) => assert!(notes.len() == 1 && notes[0].contains(why), "{notes:?}"),
        }
    }
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
