//! Several types of one topic or record: what is published is the record, and what reads some of it needs no schema.

use super::*;
use kafka_event_codegen::emit::own::{OwnEnum, OwnParameter, OwnRecord, ParameterKind};
use quote::format_ident;

fn reading(own: OwnRecord) -> OwnRecord {
    OwnRecord { consume: true, ..own }
}

fn of_topic(name: &str) -> RecordOf {
    RecordOf::Topic(topic(name, None))
}

fn of_record(name: &str) -> RecordOf {
    RecordOf::Record(word(name))
}

fn order() -> OwnRecord {
    let mut order = record(
        "Order",
        vec![
            field("order_id", quote!(i64)),
            field("customer", quote!(Customer)),
            field("note", quote!(Option<String>)),
        ],
    );
    order.rename_all = Some(word("camelCase"));
    order
}

fn customer() -> OwnRecord {
    record("Customer", vec![field("name", quote!(String)), field("mail", quote!(String))])
}

fn name() -> OwnRecord {
    reading(record("Name", vec![field("name", quote!(&'a str))]))
}

fn files(start: &Start) -> Vec<&str> {
    start.schemas.iter().map(|(file, _)| file.as_str()).collect()
}

fn notes(start: &Start) -> Vec<&str> {
    start.notes.iter().map(|note| note.message.as_str()).collect()
}

/// Wherever it stands in the file, and whatever it holds that is another's record, too.
#[test]
fn what_is_published_is_the_record() {
    let (topic, of_customer) = (of_topic("orders"), of_record("shop.Customer"));
    let to_bill = reading(record(
        "ToBill",
        vec![field("order_id", quote!(i64)), field("customer", quote!(Name<'a>))],
    ));
    let mut new_order = record("NewOrder", vec![field("number", quote!(i64)), field("customer", quote!(Customer))]);
    new_order.fields[0].rename = Some(word("orderId"));
    let (order, customer, name) = (order(), customer(), name());
    let mut types = [
        StartType::Record(Some(&of_customer), &name),
        StartType::Record(Some(&topic), &to_bill),
        StartType::Record(Some(&topic), &new_order),
        StartType::Record(Some(&of_customer), &customer),
        StartType::Record(Some(&topic), &order),
    ];
    let (start, contract) = fitting(&types);
    insta::assert_snapshot!("what_is_published", shown(&start));
    assert_eq!(contract.model.types().count(), 2);
    types.reverse();
    let (again, _) = fitting(&types);
    assert_eq!((&again.schemas, &again.manifest), (&start.schemas, &start.manifest));
}

/// Where nothing is published, the record has what is read of it, and a note tells that there may be more.
#[test]
fn of_readers_alone_it_is_all_that_they_read() {
    let topic = of_topic("orders");
    let mut first = reading(record("ToBill", vec![field("order_id", quote!(i64)), field("count", quote!(i64))]));
    first.fields[0].doc = Some("Its number.".to_owned());
    let second = reading(record(
        "ToShip",
        vec![
            field("order_id", quote!(i64)),
            field("lines", quote!(Vec<String>)),
            field("total", quote!(i64)),
        ],
    ));
    let state = |name: &str, symbols: &[&str]| OwnEnum {
        consume: true,
        ..own_enum_of(name, symbols.iter().map(|symbol| variant(symbol)).collect())
    };
    let (done, begun) = (state("Done", &["Over"]), state("Begun", &["New", "Over"]));
    let of_state = word("shop.State");
    let types = [
        StartType::Record(Some(&topic), &first),
        StartType::Record(Some(&topic), &second),
        StartType::Enum(Some(&of_state), &done),
        StartType::Enum(Some(&of_state), &begun),
    ];
    // Each symbol of an enum is asked for where no variant stands for the rest.
    let start = start(None, "my-orders", &types).unwrap();
    insta::assert_snapshot!("readers_alone", shown(&start));
    let (alone, _) = fitting(&types[..1]);
    assert!(notes(&alone)[0].starts_with("nothing here writes `my_orders.ToBill`"), "{alone:?}");
    fitting(&types[..2]);
}

#[test]
fn what_a_reader_has_and_the_record_does_not_is_told() {
    let topic = of_topic("orders");
    let mut view = reading(record("View", vec![field("orderId", quote!(i64)), field("total", quote!(i64))]));
    let (order, customer) = (order(), customer());
    let told = |view: &OwnRecord| {
        let types = [
            StartType::Record(Some(&topic), view),
            StartType::Record(Some(&topic), &order),
            StartType::Record(None, &customer),
        ];
        start(None, "my-orders", &types).map(|start| notes(&start).join("\n"))
    };
    let notes = told(&view).unwrap();
    let wanted = "`View` has the field `total`, and the record `my_orders.Order` has none of that name";
    assert!(notes.contains(wanted) && !notes.contains("the field `orderId`"), "{notes}");
    view.rename_all = Some(word("kebab-case"));
    assert!(told(&view).unwrap_err()[0].message.contains("is no case of names"));
}

/// Two events of one topic that neither has all of are no one record: whatever it began with, one of the two would not fit it.
#[test]
fn what_is_published_of_two_records_is_refused() {
    let topic = of_topic("orders");
    let placed = record("Placed", vec![field("id", quote!(i64)), field("total", quote!(i64))]);
    let cancelled = |why: &str| record("Cancelled", vec![field("id", quote!(i64)), field(why, quote!(String))]);
    let started = |placed: &OwnRecord, cancelled: &OwnRecord| {
        let types = [StartType::Record(Some(&topic), placed), StartType::Record(Some(&topic), cancelled)];
        start(None, "my-orders", &types)
    };
    let errors = started(&placed, &cancelled("why")).unwrap_err();
    assert_eq!(errors.len(), 1);
    for wanted in [
        "`Cancelled` is published to the topic `orders` as `Placed` is, and has the field `why`, which that lacks",
        "enum OrdersEvent {\n        Placed(Placed),\n        Cancelled(Cancelled),\n    }",
        "`#[kafka(record = \"my_orders.Cancelled\")]`",
    ] {
        assert!(errors[0].message.contains(wanted), "{}", errors[0].message);
    }
    started(&placed, &cancelled("total")).unwrap();
    started(&placed, &reading(cancelled("why"))).unwrap();
    // What borrows is only read.
    let mut borrowed = cancelled("why");
    borrowed.this.parameters.push(OwnParameter {
        kind: ParameterKind::Lifetime,
        name: format_ident!("a"),
        declared: quote!('a),
    });
    started(&placed, &borrowed).unwrap();
}

/// Generated code keeps the spellings of names that meet: what is cased as they are is none of them.
#[test]
fn names_that_meet_are_several() {
    let topic = of_topic("users");
    let of = |name: &str, fields: &[&str]| reading(record(name, fields.iter().map(|name| field(name, quote!(i64))).collect()));
    let started = |first: &OwnRecord, second: &OwnRecord| {
        let types = [StartType::Record(Some(&topic), first), StartType::Record(Some(&topic), second)];
        start(None, "my-users", &types).unwrap()
    };
    for (first, second, all) in [
        // By its name in generated code it is the one that the other type has.
        (&["userId", "at"][..], &["user_id"][..], &["userId", "at"][..]),
        (&["userId", "at"], &["userId", "user_id"], &["userId", "at", "user_id"]),
        (&["userId", "UserId"], &["user_id"], &["userId", "UserId", "user_id"]),
    ] {
        let started = started(&of("ToBill", first), &of("ToShip", second));
        let (_, schema) = &started.schemas[0];
        assert_eq!(schema.matches("\"type\": \"long\"").count(), all.len(), "{schema}");
        assert!(all.iter().all(|name| schema.contains(&format!("\"{name}\""))), "{schema}");
    }
    for (published, view) in [
        (&["userId", "UserId"][..], &["user_id"][..]),
        (&["userId", "at"], &["userId", "user_id"]),
    ] {
        let published = OwnRecord {
            consume: false,
            ..of("User", published)
        };
        let started = started(&published, &of("View", view));
        let wanted = "`View` has the field `user_id`, and the record `my_users.User` has none of that name";
        assert!(notes(&started).contains(&wanted), "{started:?}");
    }
}

/// The event that a marker says, and the topic's table with the key that it says.
#[test]
fn a_markers_event_is_the_record_of_its_topic() {
    let view = reading(record("View", vec![field("mail", quote!(String))]));
    let (of_view, of_customer) = (of_topic("customers"), of_record("people.Customer"));
    let (marker, customer) = (types::marker("Customers", quote!(crate::Customer)), customer());
    let of = topic("customers", Some(key(quote!(mail))));
    let (start, _) = fitting(&[
        StartType::Record(Some(&of_view), &view),
        StartType::Marker(&of, &marker),
        StartType::Record(Some(&of_customer), &customer),
    ]);
    assert_eq!(files(&start), ["customer.avsc"]);
    assert!(
        start
            .manifest
            .starts_with("[topics.customers]\nrecord = \"people.Customer\"\nkey = \"mail\" "),
        "{}",
        start.manifest
    );
}

/// Of two enums of one topic, the one that is published.
#[test]
fn an_enum_that_reads_some_records_of_a_topic() {
    let of = topic("moves", None);
    let mut losses = types::events("Losses", &["Lost"]);
    losses.consume = true;
    losses.variants.push(variant("Other"));
    losses.variants[1].other = Some(proc_macro2::Span::call_site());
    let moves = types::events("Moves", &["Loaded", "Lost"]);
    let (loaded, lost) = (record("Loaded", vec![]), record("Lost", vec![]));
    let (start, _) = fitting(&[
        StartType::Events(&of, &losses),
        StartType::Events(&of, &moves),
        StartType::Record(None, &loaded),
        StartType::Record(None, &lost),
    ]);
    let records = "records = [\"my_orders.Loaded\", \"my_orders.Lost\"]";
    assert!(start.manifest.contains(records), "{}", start.manifest);
    let alone = [StartType::Events(&of, &losses), StartType::Record(None, &lost)];
    let alone = kafka_event_codegen::emit::own::start(None, "my-orders", &alone).unwrap();
    assert!(
        notes(&alone).iter().any(|note| note.contains("`Losses::Other` stands for others")),
        "{alone:?}"
    );
}

/// A type that names what there is needs no schema, whatever it is called.
#[test]
fn of_a_contract_that_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let placed = r#"{"type": "record", "name": "OrderPlaced", "namespace": "shop", "fields": [
      {"name": "orderId", "type": "long"}, {"name": "total_cents", "type": "long"}
    ]}"#;
    fs::write(folder.path().join("order-placed.avsc"), placed).unwrap();
    fs::write(
        folder.path().join("lost.avsc"),
        r#"{"type": "record", "name": "shop.Lost", "fields": []}"#,
    )
    .unwrap();
    let settings = "key = \"none\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";
    let manifest = format!(
        "version = 1\n[topics.orders]\nrecord = \"shop.OrderPlaced\"\n{settings}[topics.moves]\nrecords = [\"shop.Lost\", \"shop.OrderPlaced\"]\n{settings}"
    );
    fs::write(folder.path().join("topics.toml"), manifest).unwrap();
    let contract = Builder::new().manifest(folder.path().join("topics.toml")).load();
    let contract = contract.unwrap_or_else(|report| panic!("{report}"));

    let (orders, placed) = (of_topic("orders"), of_record("OrderPlaced"));
    let order = record("Order", vec![field("order_id", quote!(i64)), field("coupon", quote!(String))]);
    let to_bill = reading(record("ToBill", vec![field("total_cents", quote!(i64))]));
    let number = reading(record("Number", vec![field("orderId", quote!(i64))]));
    let refund = record("Refund", vec![field("of", quote!(Number)), field("order", quote!(Order))]);
    let types = [
        StartType::Record(Some(&orders), &to_bill),
        StartType::Record(Some(&orders), &order),
        StartType::Record(Some(&placed), &number),
        StartType::Record(None, &refund),
    ];
    insta::assert_snapshot!("of_a_contract", shown(&start(Some(&contract), "shop", &types).unwrap()));

    let moves = of_topic("moves");
    let errors = start(Some(&contract), "shop", &[StartType::Record(Some(&moves), &order)]).unwrap_err();
    assert!(
        errors.len() == 1 && errors[0].message.contains("the topic `moves` carries several records"),
        "{errors:?}"
    );
}
