//! From types to the schemas and the manifest that they would need: what is printed is a contract, and the types fit it.
//!
//! | file | its job |
//! | --- | --- |
//! | `types` | types as the derive gives them |
//! | `contract` | what there is already: namespaces, types, topics |
//! | `same` | several types of one topic or record |
//! | `help` | the same in the derive's error |

mod contract;
mod help;
mod same;
mod types;

use std::fmt::Write as _;
use std::fs;

use kafka_event_codegen::emit::own::{RecordOf, Start, StartType, own_enum, own_events, own_marker, own_record, start};
use kafka_event_codegen::{Builder, Contract};
use quote::quote;
use types::{field, key, own_enum_of, record, renamed, this, topic, variant, word};

/// All of a start in one text.
fn shown(start: &Start) -> String {
    let mut shown = String::new();
    for (file, text) in &start.schemas {
        write!(shown, "// {file}\n{text}\n").unwrap();
    }
    write!(shown, "# topics.toml\n{}\n", start.manifest).unwrap();
    for note in &start.notes {
        writeln!(shown, "note: {}", note.message).unwrap();
    }
    shown
}

/// A start, of which the loader makes a contract that has what the types ask for.
fn fitting(types: &[StartType<'_>]) -> (Start, Contract) {
    let start = start(None, "my-orders", types).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in &start.schemas {
        fs::write(folder.path().join(file), text).unwrap();
    }
    let manifest = folder.path().join("topics.toml");
    fs::write(&manifest, format!("version = 1\n\n{}", start.manifest)).unwrap();
    let contract = Builder::new().manifest(manifest).load();
    let contract = contract.unwrap_or_else(|report| panic!("{report}\n{}", shown(&start)));
    assert!(contract.warnings.diagnostics.is_empty(), "{}", contract.warnings);
    for ty in types {
        let fits = match ty {
            StartType::Record(Some(of), own) => own_record(&contract, of, own),
            StartType::Record(None, own) => own_record(&contract, &RecordOf::Record(word(&own.this.name.to_string())), own),
            StartType::Enum(name, own) => {
                let name = name.cloned().unwrap_or_else(|| word(&own.this.name.to_string()));
                own_enum(&contract, &name, own)
            }
            StartType::Events(of, own) => own_events(&contract, of, own),
            StartType::Marker(of, own) => own_marker(&contract, of, own),
            StartType::Newtype(..) => continue,
        };
        fits.unwrap_or_else(|errors| panic!("{errors:?}\n{}", shown(&start)));
    }
    (start, contract)
}

#[test]
fn every_type_that_avro_has() {
    let mut order = record(
        "Order",
        vec![
            field("id", quote!(OrderId)),
            field("flag", quote!(bool)),
            field("small", quote!(i32)),
            field("large", quote!(i64)),
            field("short", quote!(f32)),
            field("exact", quote!(f64)),
            field("owned", quote!(String)),
            field("borrowed", quote!(&'a str)),
            field("cow", quote!(std::borrow::Cow<'a, str>)),
            field("shared", quote!(Arc<str>)),
            field("boxed", quote!(Box<str>)),
            field("blob", quote!(Vec<u8>)),
            field("slice", quote!(&'a [u8])),
            field("cow_bytes", quote!(Cow<'a, [u8]>)),
            field("bytes", quote!(bytes::Bytes)),
            field("digest", quote!([u8; 32])),
            field("checksum", quote!(Checksum)),
            field("checksum_again", quote!(Option<Checksum>)),
            field("nothing", quote!(())),
            field("note", quote!(Option<String>)),
            field("items", quote!(Vec<Option<Item>>)),
            field("queue", quote!(std::collections::VecDeque<i64>)),
            field("shared_items", quote!(Arc<[String]>)),
            field("boxed_items", quote!(Box<[i32]>)),
            field("cow_items", quote!(Cow<'a, [f64]>)),
            field("eight", quote!(&'a [u8; 8])),
            field("by_name", quote!(std::collections::HashMap<String, Vec<i64>, ahash::RandomState>)),
            field("sorted", quote!(BTreeMap<Box<str>, Item>)),
            field("state", quote!(State)),
            field("before", quote!(Option<State>)),
            field("parent", quote!(Option<Box<Self>>)),
            field("day", quote!(Date)),
            field("naive_day", quote!(chrono::NaiveDate)),
            field("clock", quote!(TimeMillis)),
            field("clock_micros", quote!(kafka_event::logical::TimeMicros)),
            field("at", quote!(TimestampMillis)),
            field("at_micros", quote!(TimestampMicros)),
            field("at_nanos", quote!(TimestampNanos)),
            field("local", quote!(LocalTimestampMillis)),
            field("local_micros", quote!(LocalTimestampMicros)),
            field("local_nanos", quote!(LocalTimestampNanos)),
            field("price", quote!(Decimal<9, 2>)),
            field("wide", quote!(WideDecimal<60, 40>)),
            field("big", quote!(BigDecimal)),
            field("lasts", quote!(kafka_event::logical::Duration)),
            field("lasts_in_jiff", quote!(jiff::Span)),
        ],
    );
    order.this.doc = Some("An order.\nOf two lines: \"quoted\".".to_owned());
    order.fields[0].doc = Some("Its number, which keys the message.".to_owned());
    let item = record("Item", vec![field("name", quote!(String)), field("pieces", quote!(i32))]);
    let state = own_enum_of("State", vec![variant("New"), variant("InTransit")]);
    let (id, checksum) = (this("OrderId"), this("Checksum"));
    let (of, uuid, four) = (RecordOf::Topic(topic("orders", None)), quote!(uuid::Uuid), quote!([u8; 4]));
    let (start, _) = fitting(&[
        StartType::Newtype(&id, &uuid),
        StartType::Record(Some(&of), &order),
        StartType::Record(None, &item),
        StartType::Newtype(&checksum, &four),
        StartType::Enum(None, &state),
    ]);
    let untold = start
        .notes
        .iter()
        .filter(|note| !note.message.contains("does not say which"))
        .count();
    assert_eq!(untold, 0, "{:?}", start.notes);
    insta::assert_snapshot!(shown(&start));
}

/// What other crates count in nanoseconds has a unit in Avro, and a decimal without digits has all.
#[test]
fn units_of_other_crates_are_told() {
    let fields = vec![
        field("moment", quote!(DateTime<Utc>)),
        field("naive", quote!(NaiveDateTime)),
        field("offset", quote!(Option<time::OffsetDateTime>)),
        field("utc", quote!(UtcDateTime)),
        field("primitive", quote!(time::PrimitiveDateTime)),
        field("stamp", quote!(jiff::Timestamp)),
        field("civil", quote!(jiff::civil::DateTime)),
        field("clock", quote!(NaiveTime)),
        field("clock_of_time", quote!(Vec<time::Time>)),
        field("price", quote!(rust_decimal::Decimal)),
        field("lasts", quote!(Duration)),
    ];
    let (start, _) = fitting(&[StartType::Record(None, &record("Moments", fields))]);
    assert!(!start.schemas[0].1.contains("CHOOSE"), "{}", start.schemas[0].1);
    insta::assert_snapshot!(shown(&start));
}

#[test]
fn what_is_not_known_is_a_string_and_says_so() {
    let mut fields = vec![
        field("money", quote!(accounting::Money)),
        field("lasts", quote!(std::time::Duration)),
        field("count", quote!(u32)),
        field("counts", quote!(Vec<u64>)),
        field("letter", quote!(char)),
        field("payload", quote!(Option<T>)),
        field("array", quote!([u8; N])),
        field("pair", quote!((i32, i32))),
        field("triple", quote!([i32; 3])),
        field("numbers", quote!(BTreeMap<i64, String>)),
        field("twice", quote!(Option<Option<i32>>)),
        field("never", quote!(Option<()>)),
        field("local", quote!(DateTime<Local>)),
        field("own", quote!(Option<Arc<Order>>)),
        field("any", quote!(Box<dyn Any>)),
        field("list", quote!(LinkedList<String>)),
        field("digits", quote!(Decimal<2, 9>)),
        field("by_hand", quote!(Money)),
        field("cyclic", quote!(Cyclic)),
    ];
    fields[0].doc = Some("What it costs.".to_owned());
    fields[17].with = Some(quote!(crate::money));
    let mut order = record("Order", fields);
    order.this.parameters = types::parameters(&["T"], &["N"]);
    let (cyclic, itself) = (this("Cyclic"), quote!(Box<Cyclic>));
    let (start, _) = fitting(&[StartType::Record(None, &order), StartType::Newtype(&cyclic, &itself)]);
    insta::assert_snapshot!(shown(&start));
}

/// Where a newtype is used, that says what its parameters are.
#[test]
fn parameters_of_newtypes_are_what_stands_for_them() {
    let held = record(
        "Held",
        vec![
            field("metres", quote!(Meters<f64>)),
            field("whole", quote!(Option<lengths::Meters<i64>>)),
            field("all", quote!(Vec<Meters<Tagged<Name, Id>>>)),
            field("digest", quote!(Meters<[u8; 20]>)),
            field("short", quote!(Meters<[u8; 4]>)),
            field("open", quote!(Meters)),
        ],
    );
    let (mut meters, in_meters) = (this("Meters"), quote!(T));
    meters.parameters = types::parameters(&["T"], &[]);
    let (mut tagged, in_tagged) = (this("Tagged"), quote!(Box<[T]>));
    tagged.parameters = types::parameters(&["Of", "T"], &[]);
    let (id, in_id) = (this("Id"), quote!(i32));
    let types = [
        StartType::Record(None, &held),
        StartType::Newtype(&meters, &in_meters),
        StartType::Newtype(&tagged, &in_tagged),
        StartType::Newtype(&id, &in_id),
    ];
    let (start, _) = fitting(&types);
    insta::assert_snapshot!(shown(&start));
}

#[test]
fn names_are_those_of_attributes() {
    let mut order = record(
        "Order",
        vec![
            field("order_id", quote!(i64)),
            renamed(field("note", quote!(String)), "Remark"),
            field("r#type", quote!(String)),
            renamed(field("wrong", quote!(String)), "not a name"),
            field("größe", quote!(i64)),
            renamed(field("gross", quote!(i64)), "gr__e"),
            field("only_here", quote!(Cache)),
        ],
    );
    order.rename_all = Some(word("camelCase"));
    order.fields[6].skip = true;
    let mut state = own_enum_of("State", vec![variant("New"), variant("InTransit"), variant("Other")]);
    state.rename_all = Some(word("SCREAMING_SNAKE_CASE"));
    state.variants[0].rename = Some(word("FRESH"));
    state.variants[2].other = Some(proc_macro2::Span::call_site());
    let (of_record, of_enum) = (RecordOf::Record(word("shop.orders.Placed")), word("State"));
    let start = start(
        None,
        "9-lives",
        &[StartType::Record(Some(&of_record), &order), StartType::Enum(Some(&of_enum), &state)],
    );
    insta::assert_snapshot!(shown(&start.unwrap()));
}

/// Each is defined once; what has a topic, or is in no other, has a file.
#[test]
fn types_that_hold_one_another() {
    let node = record(
        "Node",
        vec![field("edges", quote!(Vec<Edge>)), field("from", quote!(Option<Box<Node>>))],
    );
    let edge = record("Edge", vec![field("to", quote!(Box<Node>)), field("tag", quote!(Tag))]);
    let tag = record("Tag", vec![]);
    let first = record(
        "First",
        vec![
            field("tag_id", quote!(i64)),
            field("tag", quote!(Tag)),
            field("second", quote!(Option<Second>)),
        ],
    );
    let second = record("Second", vec![field("tag_id", quote!(i64)), field("tag", quote!(Tag))]);
    let (of_first, of_second) = (RecordOf::Topic(topic("firsts", None)), RecordOf::Topic(topic("seconds", None)));
    let (start, contract) = fitting(&[
        StartType::Record(None, &tag),
        StartType::Record(None, &edge),
        StartType::Record(None, &node),
        StartType::Record(Some(&of_first), &first),
        StartType::Record(Some(&of_second), &second),
    ]);
    assert_eq!(contract.model.types().count(), 5);
    insta::assert_snapshot!(shown(&start));
}

#[test]
fn keys_are_guessed_or_said() {
    let customer = record(
        "Customer",
        vec![field("number", quote!(i64)), renamed(field("mail", quote!(String)), "eMail")],
    );
    let fields = || {
        vec![
            field("first_id", quote!(Uuid)),
            field("price_id", quote!(BigDecimal)),
            field("customer", quote!(Customer)),
            field("buyer", quote!(Box<Buyer>)),
            field("placed_id", quote!(i64)),
        ]
    };
    let (buyer, of_buyer) = (this("Buyer"), quote!(Customer));
    let order_key = record("OrderKey", vec![field("id", quote!(i64))]);
    for (name, said, wanted) in [
        ("PlacedEvent", None, "\"placed_id\""),
        ("Order", None, "\"first_id\""),
        ("Order", Some(quote!(customer.mail)), "\"customer.eMail\""),
        ("Order", Some(quote!(buyer.mail)), "\"buyer.eMail\""),
        ("Order", Some(quote!(buyer.0.mail)), "\"buyer.eMail\""),
        ("Order", Some(quote!(OrderKey)), "{ record = \"my_orders.OrderKey\" }"),
        ("Order", Some(quote!(price_id)), "\"none\""),
        ("Order", Some(quote!(customer.name)), "\"none\""),
        ("Order", Some(quote!(Unknown)), "\"none\""),
    ] {
        let of = RecordOf::Topic(topic("orders", said.map(key)));
        let order = record(name, fields());
        let types = [
            StartType::Record(Some(&of), &order),
            StartType::Record(None, &order_key),
            StartType::Record(None, &customer),
            StartType::Newtype(&buyer, &of_buyer),
        ];
        let start = start(None, "my-orders", &types).unwrap();
        assert!(start.manifest.contains(&format!("key = {wanted} ")), "{wanted}: {}", start.manifest);
        if wanted == "\"none\"" {
            assert!(
                start.notes.iter().any(|note| note.message.contains("key a topic")),
                "{:?}",
                start.notes
            );
        } else {
            fitting(&types);
        }
    }
}

/// Several records of a topic, and a topic of another's event.
#[test]
fn topics_of_several_records_and_markers() {
    let loaded = record("Loaded", vec![field("truck_id", quote!(i32)), field("parcel_id", quote!(Uuid))]);
    let lost = record("Lost", vec![field("parcel_id", quote!(Uuid)), field("truck_id", quote!(i64))]);
    let events = types::events("MoveEvent", &["Loaded", "Lost"]);
    let marker = types::marker("LostAgain", quote!(crate::Lost));
    let (moves, again) = (topic("moves", None), topic("lost.again", None));
    let (start, _) = fitting(&[
        StartType::Events(&moves, &events),
        StartType::Marker(&again, &marker),
        StartType::Record(None, &loaded),
        StartType::Record(None, &lost),
    ]);
    insta::assert_snapshot!(shown(&start));
}

#[test]
fn a_topic_has_one_table_and_a_name_that_kafka_takes() {
    let order = record("Order", vec![field("id", quote!(i64))]);
    let (of, again) = (RecordOf::Topic(topic("our orders", None)), topic("our orders", None));
    let marker = types::marker("Again", quote!(Order));
    let (start, contract) = {
        let types = [StartType::Record(Some(&of), &order), StartType::Marker(&again, &marker)];
        let start = start(None, "my-orders", &types).unwrap();
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in &start.schemas {
            fs::write(folder.path().join(file), text).unwrap();
        }
        fs::write(folder.path().join("topics.toml"), format!("version = 1\n{}", start.manifest)).unwrap();
        let contract = Builder::new().manifest(folder.path().join("topics.toml")).load();
        (start, contract.unwrap_or_else(|report| panic!("{report}")))
    };
    assert_eq!(contract.model.topics[0].name.avro, "our-orders");
    let notes: Vec<_> = start.notes.iter().map(|note| note.message.as_str()).collect();
    assert!(
        notes.iter().any(|note| note.contains("`our orders` is no name of a topic")),
        "{notes:?}"
    );
    assert!(notes.iter().any(|note| note.contains("another type's here")), "{notes:?}");
}

#[test]
fn what_has_no_schema_is_refused() {
    let order = record("Order", vec![]);
    let mut wrong = record("Wrong", vec![field("a", quote!(i32))]);
    wrong.rename_all = Some(word("kebab-case"));
    let mut full = variant("Held");
    full.ty = Some(types::held(quote!(i32)));
    let held = own_enum_of("State", vec![full]);
    let empty = own_enum_of("Empty", vec![]);
    let (same, other) = (word("my_orders.Order"), own_enum_of("Other", vec![variant("New")]));
    for (types, wanted) in [
        (
            &[StartType::Record(None, &order), StartType::Record(None, &order)][..],
            "two types are called `Order`",
        ),
        (
            &[StartType::Record(None, &order), StartType::Enum(Some(&same), &other)],
            "two types are `my_orders.Order`",
        ),
        (&[StartType::Record(None, &wrong)], "`kebab-case` is no case of names"),
        (&[StartType::Enum(None, &held)], "`State::Held` holds something"),
        (&[StartType::Enum(None, &empty)], "has a symbol at least"),
    ] {
        let errors = start(None, "my-orders", types).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].message.contains(wanted), "{errors:?}");
        assert!(errors[0].message.contains("\nhelp: "), "{errors:?}");
    }
}
