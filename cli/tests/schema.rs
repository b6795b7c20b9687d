//! `kafka-event schema` as its users run it: what is printed, what is written, and what is refused.

use std::fs;
use std::path::Path;
use std::process::Command;

use kafka_event_codegen::Builder;
use tempfile::TempDir;

const ORDERS: &str = r#"#!/usr/bin/env run-cargo-script
use kafka_event::KafkaEvent;

/// A customer has placed an order.
#[derive(Debug, Clone, PartialEq, KafkaEvent)]
#[kafka(topic = "orders", key = buyer.number, rename_all = "camelCase")]
pub struct OrderPlaced<'a, T> {
    /// Its number.
    ///
    /// Never the same twice.
    order_id: OrderId,
    buyer: people::Party,
    #[kafka(rename = "Remark")]
    note: Option<std::borrow::Cow<'a, str>>,
    state: State,
    lines: Vec<Line>,
    price: accounting::Money,
    extra: T,
    #[kafka(with = crate::hex)]
    hex: Hex,
    #[kafka(skip)]
    cache: Cache,
}

#[derive(KafkaEvent)]
struct OrderId(uuid::Uuid);

#[derive(KafkaEvent)]
#[kafka(enum = "State", rename_all = "SCREAMING_SNAKE_CASE")]
enum State {
    New,
    InTransit,
    #[kafka(other)]
    Unknown,
}

mod people {
    #[derive(kafka_event::KafkaEvent)]
    #[kafka(record = "com.people.Party")]
    pub struct Party {
        pub number: i64,
    }
}

/// No event by itself, but a part of one.
struct Line {
    pieces: u32,
}

struct Unrelated {
    file: std::fs::File,
}
"#;

/// A package with a file in it.
fn package(rust: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"my-orders\"\n").unwrap();
    fs::write(folder.path().join("src/events.rs"), rust).unwrap();
    folder
}

struct Ran {
    code: i32,
    out: String,
    told: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_of(folder, "src/events.rs", arguments)
}

fn run_of(folder: &Path, file: &str, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_kafka-event"))
        .args(["schema", "--from-rust", file])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        told: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A run that fails, and prints nothing.
fn refused(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let Ran { code, out, told } = run(folder, arguments);
    assert_eq!(out, "");
    (code, told)
}

#[test]
fn schema_and_lines_of_a_file() {
    let folder = package(ORDERS);
    let Ran { code, out, told } = run(folder.path(), &[]);
    assert_eq!(code, 0, "{told}");
    insta::assert_snapshot!("printed", out);
    insta::assert_snapshot!("told", told);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is written");
}

/// What is written is a contract, and from then on nothing is left to write.
#[test]
fn files_that_are_a_contract() {
    let folder = package(ORDERS);
    let first = run(folder.path(), &["--out", "schemas"]);
    assert_eq!((first.code, first.out.as_str()), (0, ""), "{}", first.told);
    for file in ["order-placed.avsc", "topics.toml"] {
        assert!(first.told.contains(&format!("schemas/{file}: written\n")), "{}", first.told);
    }
    let contract = Builder::new().manifest(folder.path().join("schemas/topics.toml")).load();
    let contract = contract.unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(contract.model.types().count(), 4);
    assert_eq!(contract.model.topics[0].name.avro, "orders");
    let again = run(folder.path(), &["--out", "schemas"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{}", again.told);
    assert!(
        !again.told.contains("written") && again.told.contains("`my_orders.OrderPlaced` already"),
        "{}",
        again.told
    );
}

/// What stands beside the types that a test of the derive has as events is what is printed for them.
#[test]
fn the_derive_takes_it() {
    let derive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/derive");
    // In a package of that name which has no contract yet.
    let folder = package(&fs::read_to_string(derive.join("tests/started.rs")).unwrap());
    fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"test-derive\"\n").unwrap();
    let started = run(folder.path(), &["--out", "started"]);
    assert_eq!(started.code, 0, "{}", started.told);
    assert!(started.told.lines().all(|line| line.ends_with(": written")), "{}", started.told);
    let files = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let mut files: Vec<_> = entries
            .map(|entry| (entry.file_name(), fs::read_to_string(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    };
    let cure = "`kafka-event schema --from-rust` writes them, for `started.rs` in a package `test-derive` without a contract";
    assert_eq!(files(&folder.path().join("started")), files(&derive.join("started")), "{cure}");
}

#[test]
fn nothing_is_overwritten() {
    let folder = package(ORDERS);
    fs::create_dir(folder.path().join("new")).unwrap();
    fs::write(folder.path().join("new/order-placed.avsc"), "mine").unwrap();
    let (code, told) = refused(folder.path(), &["--out", "new"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("error: new/order-placed.avsc is there already: nothing is written\n  = help: "),
        "{told}"
    );
    assert_eq!(fs::read_to_string(folder.path().join("new/order-placed.avsc")).unwrap(), "mine");
    assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 1);
    // A manifest is its owner's: the lines are printed.
    fs::remove_file(folder.path().join("new/order-placed.avsc")).unwrap();
    fs::write(folder.path().join("new/topics.toml"), "version = 1\n").unwrap();
    let Ran { code, out, told } = run(folder.path(), &["--out", "new"]);
    assert_eq!(code, 0, "{told}");
    assert!(out.starts_with("# add to new/topics.toml\n[topics.orders]\n"), "{out}");
    assert_eq!(fs::read_to_string(folder.path().join("new/topics.toml")).unwrap(), "version = 1\n");
    assert!(folder.path().join("new/order-placed.avsc").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = package(ORDERS);
    fs::write(folder.path().join("schemas"), "a file").unwrap();
    let (code, told) = refused(folder.path(), &["--out", "schemas"]);
    assert_eq!(code, 2);
    assert!(told.contains("error: cannot write schemas/order-placed.avsc: "), "{told}");
}

/// Its namespace, its types and its topics.
#[test]
fn a_contract_that_there_is() {
    let folder = package("struct Refund { id: i64, order: Order, at: Moment }\nstruct Moment(kafka_event::logical::TimestampMillis);\n");
    fs::create_dir(folder.path().join("schemas")).unwrap();
    let order = r#"{"type": "record", "name": "com.shop.Order", "fields": [{"name": "id", "type": "long"}]}"#;
    fs::write(folder.path().join("schemas/order.avsc"), order).unwrap();
    let lines = "[topics.orders]\nrecord = \"com.shop.Order\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";
    fs::write(folder.path().join("schemas/topics.toml"), format!("version = 1\n{lines}")).unwrap();
    let Ran { code, out, told } = run(folder.path(), &[]);
    assert_eq!(code, 0, "{told}");
    insta::assert_snapshot!("beside_a_contract", format!("{out}{told}"));
    // By its name, from elsewhere.
    fs::rename(folder.path().join("schemas"), folder.path().join("contract")).unwrap();
    let named = run(folder.path(), &["--manifest", "contract/topics.toml"]);
    assert_eq!(named.out, out.replace("schemas/", "contract/"));
    // One that is not in order is refused where it is named, and else left aside.
    fs::write(folder.path().join("contract/order.avsc"), "{").unwrap();
    let (code, told) = refused(folder.path(), &["--manifest", "contract/topics.toml"]);
    assert!(code == 1 && told.contains("contract/order.avsc:1:1"), "{told}");
    fs::rename(folder.path().join("contract"), folder.path().join("schemas")).unwrap();
    let aside = run(folder.path(), &[]);
    assert!(
        aside.code == 0 && aside.out.contains("\"namespace\": \"my_orders\""),
        "{}",
        aside.out
    );
    assert!(
        aside.told.starts_with("note: schemas/topics.toml is not in order"),
        "{}",
        aside.told
    );
}

/// That of the package of the file, wherever the command runs, and where the package says that it is.
#[test]
fn the_contract_is_that_of_the_files_package() {
    let folder = package("struct Refund { id: i64, order: Order }\n");
    let package = folder.path();
    let lines = "[topics.orders]\nrecord = \"com.shop.Order\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";
    let contract = |folder: &Path, namespace: &str| {
        fs::create_dir(folder).unwrap();
        let order = format!(r#"{{"type": "record", "name": "{namespace}.Order", "fields": [{{"name": "id", "type": "long"}}]}}"#);
        fs::write(folder.join("order.avsc"), order).unwrap();
        fs::write(
            folder.join("topics.toml"),
            format!("version = 1\n{}", lines.replace("com.shop", namespace)),
        )
        .unwrap();
    };
    let elsewhere = tempfile::tempdir().unwrap();
    contract(&package.join("schemas"), "of.package");
    contract(&elsewhere.path().join("schemas"), "of.elsewhere");
    let named = package.join("src/events.rs");
    let named = named.to_str().unwrap();
    let namespaces = |ran: Ran, manifest: &str| {
        assert_eq!(ran.code, 0, "{}", ran.told);
        assert!(ran.out.contains(&format!("# add to {manifest}\n")), "{}", ran.out);
        let namespace = ran.out.split("\"namespace\": \"").nth(1).and_then(|rest| rest.split('"').next());
        namespace.map(str::to_owned)
    };
    let absolute = package.join("schemas/topics.toml").display().to_string();
    let found = namespaces(run_of(elsewhere.path(), named, &[]), &absolute);
    assert_eq!(found.as_deref(), Some("of.package"));
    let found = namespaces(run_of(&package.join("src"), "events.rs", &[]), &absolute);
    assert_eq!(found.as_deref(), Some("of.package"));
    // From a folder above it, by the way from there.
    let (above, name) = (package.parent().unwrap(), package.file_name().unwrap().to_str().unwrap());
    let found = namespaces(
        run_of(above, &format!("{name}/src/events.rs"), &[]),
        &format!("{name}/schemas/topics.toml"),
    );
    assert_eq!(found.as_deref(), Some("of.package"));

    contract(&package.join("contract"), "as.said");
    let cargo = |word: &str| {
        let text = format!("[package]\nname = \"my-orders\"\n[package.metadata.kafka-event]\n{word}\n");
        fs::write(package.join("Cargo.toml"), text).unwrap();
    };
    cargo("manifest = \"contract/topics.toml\"");
    assert_eq!(namespaces(run(package, &[]), "contract/topics.toml").as_deref(), Some("as.said"));
    cargo("manifst = \"contract/topics.toml\"");
    let (code, told) = refused(package, &[]);
    assert!(code == 1 && told.contains("manifst") && told.contains("Cargo.toml:4"), "{told}");
    // What the command says stands above it.
    let found = namespaces(run(package, &["--manifest", "schemas/topics.toml"]), "schemas/topics.toml");
    assert_eq!(found.as_deref(), Some("of.package"));
}

/// That which the types name, as the derive reads it; and of one alone.
#[test]
fn the_contract_is_that_which_the_types_name() {
    let types = r#"
        #[derive(KafkaEvent)]
        #[kafka(topic = "refunds", manifest = "contract/topics.toml")]
        struct Refund { id: RefundId, order: Order }
        #[derive(KafkaEvent)]
        struct RefundId(i64);
        #[derive(KafkaEvent)]
        #[kafka(topic = "returns")]
        struct Return { id: RefundId }
    "#;
    let folder = package(types);
    let package = folder.path();
    for (folder, namespace) in [("schemas", "of.package"), ("contract", "of.type")] {
        fs::create_dir(package.join(folder)).unwrap();
        let order = format!(r#"{{"type": "record", "name": "{namespace}.Order", "fields": [{{"name": "id", "type": "long"}}]}}"#);
        fs::write(package.join(folder).join("order.avsc"), order).unwrap();
        fs::write(package.join(folder).join("topics.toml"), "version = 1\n").unwrap();
    }
    let started = |ty: &str| {
        let ran = run(package, &["--type", ty]);
        assert_eq!(ran.code, 0, "{}", ran.told);
        ran.out
    };
    let out = started("Refund");
    assert!(
        out.contains(r#""namespace": "of.type""#) && out.contains("# add to contract/topics.toml\n"),
        "{out}"
    );
    let out = started("Return");
    assert!(
        out.contains(r#""namespace": "of.package""#) && out.contains("# add to schemas/topics.toml\n"),
        "{out}"
    );
    // What is held follows what is meant, and the package's own is its own, however it is written.
    let held = types
        .replace(
            "(i64)",
            "(i64);\n#[derive(KafkaEvent)]\n#[kafka(record = \"Order\")]\nstruct Order { id: i64 }\nstruct Rest()",
        )
        .replace("topic = \"returns\"", "topic = \"returns\", manifest = \"./schemas/topics.toml\"");
    fs::write(package.join("src/events.rs"), held).unwrap();
    let out = started("Refund");
    assert!(
        out.contains("# add to contract/topics.toml\n") && out.contains("[topics.refunds]\n"),
        "{out}"
    );
    let out = started("Return");
    assert!(
        out.contains("# add to schemas/topics.toml\n") && out.contains("[topics.returns]\n"),
        "{out}"
    );
    // Nothing is begun of what is left out, and nothing said of it but that.
    let ours = "#[derive(KafkaEvent)]\n#[kafka(record = \"Order\")]\nstruct Order { id: i64 }\n";
    let theirs = "#[derive(KafkaEvent)]\n#[kafka(topic = \"refunds\", manifest = \"other/topics.toml\")]\nstruct Refund { id: i64 }\n";
    fs::write(package.join("src/events.rs"), format!("{ours}{theirs}")).unwrap();
    let Ran { code, out, told } = run(package, &[]);
    assert!(code == 0 && out.is_empty(), "{out}{told}");
    assert!(
        told.contains("note: what is not left out of src/events.rs needs no schema"),
        "{told}"
    );
    // The manifest that is begun is the one that the types name.
    fs::write(package.join("src/events.rs"), theirs).unwrap();
    assert!(run(package, &[]).out.contains("# other/topics.toml\nversion = 1\n"));
    fs::write(package.join("src/events.rs"), types).unwrap();
    // Where both are meant, one is left out.
    let Ran { code, out, told } = run(package, &[]);
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("# add to schemas/topics.toml\n") && !out.contains("Refund"), "{out}");
    let wanted =
        "note: src/events.rs:3: `Refund` is of the manifest `contract/topics.toml`, and a start is of one: `--type Refund` begins it\n";
    assert!(told.contains(wanted), "{told}");
    // What the command says stands above them.
    let ran = run(package, &["--manifest", "schemas/topics.toml"]);
    assert!(
        ran.code == 0 && ran.out.contains("[topics.refunds]\n") && ran.out.contains("[topics.returns]\n"),
        "{}{}",
        ran.out,
        ran.told
    );
}

/// The README's: an event of its topic's record, which is called otherwise, and a view of it.
#[test]
fn types_of_topics_that_there_are_need_no_schema() {
    let folder = package(
        "#[derive(kafka_event::KafkaEvent)]\n#[kafka(topic = \"orders\")]\nstruct Order { customer: String, total_cents: i64, coupon: String }\n\
         #[derive(kafka_event::KafkaEvent)]\n#[kafka(topic = \"orders\", consume)]\nstruct ToBill<'a> { customer: &'a str, total_cents: i64 }\n",
    );
    // Without a contract the event is the record, wherever the view stands.
    let begun = run(folder.path(), &["--out", "begun"]);
    assert_eq!(begun.code, 0, "{}", begun.told);
    let files = |name: &str| {
        let entries = fs::read_dir(folder.path().join(name)).unwrap();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        files
    };
    assert_eq!(files("begun"), ["order.avsc", "topics.toml"]);
    assert!(
        begun.told.contains("events.rs:6: `ToBill` is `my_orders.Order` as `Order` is"),
        "{}",
        begun.told
    );

    fs::create_dir(folder.path().join("schemas")).unwrap();
    let placed = r#"{"type": "record", "name": "OrderPlaced", "namespace": "shop", "fields": [
      {"name": "customer", "type": "string"}, {"name": "total_cents", "type": "long"}
    ]}"#;
    fs::write(folder.path().join("schemas/order-placed.avsc"), placed).unwrap();
    let lines =
        "[topics.orders]\nrecord = \"shop.OrderPlaced\"\nkey = \"customer\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";
    fs::write(folder.path().join("schemas/topics.toml"), format!("version = 1\n{lines}")).unwrap();
    let Ran { code, out, told } = run(folder.path(), &["--out", "schemas"]);
    assert_eq!((code, out.as_str()), (0, ""), "{told}");
    assert_eq!(files("schemas"), ["order-placed.avsc", "topics.toml"]);
    for wanted in [
        "the schemas have `shop.OrderPlaced` already, which `ToBill` is",
        "events.rs:3: `Order` has the field `coupon`, and the record `shop.OrderPlaced` has none of that name",
        "note: src/events.rs needs no schema and no topic that is not there",
    ] {
        assert!(told.contains(wanted), "{told}");
    }
}

/// An application's file of all kinds of types, beside its contract and without one.
#[test]
fn several_types_of_one_record() {
    let outside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/outside/package");
    let files = |out: &str| -> Vec<String> {
        let lines = out.lines().filter_map(|line| line.strip_prefix("// "));
        lines.map(str::to_owned).collect()
    };
    // One type has a manifest of its own.
    let Ran { code, out, told } = run_of(&outside, "src/own.rs", &[]);
    assert_eq!((code, files(&out)), (0, Vec::new()), "{told}");
    assert!(told.contains("`Hit` is of the manifest `contract/schemas/topics.toml`"), "{told}");
    assert!(told.contains("the schemas have `shop.Customer` already, which `Name` is"), "{told}");

    let folder = package(&fs::read_to_string(outside.join("src/own.rs")).unwrap());
    let Ran { code, out, told } = run(folder.path(), &[]);
    let wanted = ["order", "price", "shipment", "refused", "article", "line"].map(|name| format!("{name}.avsc"));
    assert_eq!((code, files(&out)), (0, wanted.to_vec()), "{told}");
    assert!(told.contains("`Name` is `shop.Customer` as `Customer` is"), "{told}");
    // One of them is in a box.
    assert!(out.contains("records = [\"my_orders.Paid\", \"shop.Refused\"]"), "{out}");
}

/// All where none derives; those that are named, with those that they hold.
#[test]
fn types_are_chosen() {
    let rust = "struct PlacedEvent { id: i64, line: Line }\nstruct Line { pieces: i32 }\nstruct Other { other_id: i64 }\n";
    let folder = package(rust);
    let files = |arguments: &[&str]| {
        let Ran { code, out, told } = run(folder.path(), arguments);
        assert_eq!(code, 0, "{told}");
        let topics: Vec<String> = out.lines().filter(|line| line.starts_with("[topics")).map(str::to_owned).collect();
        let files: Vec<String> = out.lines().filter(|line| line.starts_with("//")).map(str::to_owned).collect();
        assert_eq!(out.contains("\"name\": \"Line\""), !arguments.contains(&"Other"));
        (files.join(" "), topics.join(" "))
    };
    let both = (
        "// placed-event.avsc // other.avsc".to_owned(),
        "[topics.placed] [topics.other]".to_owned(),
    );
    assert_eq!(files(&[]), both);
    assert_eq!(
        files(&["--type", "PlacedEvent"]),
        ("// placed-event.avsc".to_owned(), "[topics.placed]".to_owned())
    );
    let two = ["--type", "Line", "--type", "PlacedEvent"];
    assert_eq!(files(&two), ("// placed-event.avsc".to_owned(), "[topics.placed]".to_owned()));
    let (code, told) = refused(folder.path(), &["--type", "Lime"]);
    assert_eq!(
        (code, told.as_str()),
        (
            2,
            "error: src/events.rs has no struct or enum `Lime`\n  = help: did you mean `Line`?\n"
        )
    );
    let (code, told) = refused(folder.path(), &["--type", "Nothing", "--type", "Line", "--type", "Elsewhere"]);
    assert_eq!(
        (code, told.matches("its types are: PlacedEvent, Line, Other").count()),
        (2, 2),
        "{told}"
    );
}

#[test]
fn what_has_no_schema_is_told_where_it_stands() {
    for (name, rust) in [
        ("no_rust", "struct Order {\n    id i64,\n}\n"),
        (
            "unfit",
            "#!shebang of größe\nstruct Pair(i32, i32);\n\nenum Held {\n    A(i32),\n    B,\n}\n",
        ),
        (
            "held",
            "enum Held {\n    A(i32),\n    B,\n}\n\n#[kafka(rename_all = \"kebab-case\")]\nstruct Order { a: i32 }\n",
        ),
        (
            "no_attribute",
            "#[kafka(topic = )]\nstruct A {}\n#[kafka(record = R)]\nstruct B {}\n#[kafka]\nstruct C { #[kafka(rename x)] a: i32 }\n",
        ),
        (
            "words",
            "#[kafka(topc = \"orders\", rename = \"x\", other::topic = \"x\")]\nstruct Order {\n    #[kafka(skip = \"true\")]\n    a: i32,\n}\n\
             #[kafka(topic = \"\", consume, consume, key = \"id\", event = Order, frob)]\nstruct Other {}\n\
             struct Line {\n    #[kafka(skip = \"true\", rename = \"b\" with = hex)]\n    a: i32,\n}\n#[kafka()]\nstruct Last {}\n\
             enum State {\n    #[kafka(othr)]\n    New,\n}\nstruct Id(#[kafka(skip)] i64);\n",
        ),
        (
            "variants",
            "#[kafka(topic = \"moves\")]\nenum Move {\n    Loaded(Loaded),\n    Both(Loaded, Lost),\n    Named { lost: Lost },\n    None(),\n}\n\
             enum State {\n    New,\n    Old(),\n    Held(#[kafka(rename = \"a\")] i32),\n}\nstruct Loaded { id: i64 }\nstruct Lost { id: i64 }\n",
        ),
        (
            "everlasting",
            "struct Order<'m> {\n    id: &'static str,\n    note: Option<Cow<'static, str>>,\n    body: &'m str,\n    #[kafka(skip)]\n    own: &'static str,\n}\n",
        ),
        ("twice", "mod a { struct Order {} }\nmod b { struct Order {} }\n"),
    ] {
        let folder = package(rust);
        let (code, told) = refused(folder.path(), &["--out", "schemas"]);
        assert_eq!(code, 1, "{told}");
        insta::assert_snapshot!(name, told);
        assert!(!folder.path().join("schemas").exists());
    }
}

/// What the derive refuses of words, the command does: of the derive's own cases.
#[test]
fn words_are_refused_as_the_derive_refuses_them() {
    // The command begins what does not say yet what it is, and asks no contract for names; of cases of names it tells after all words are right.
    let others = ["none.rs", "malformed.rs", "rename_all.rs", "union.rs"];
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/derive/tests/ui/attributes");
    let cases = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path());
    let cases = cases.filter(|path| path.extension().is_some_and(|end| end == "rs") && !others.iter().any(|other| path.ends_with(other)));
    let messages = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with("error"));
        let mut messages: Vec<_> = lines.filter_map(|line| Some(line.split_once(": ")?.1.to_owned())).collect();
        messages.sort();
        messages
    };
    let mut told_in_all = 0;
    for case in cases {
        let folder = package(&fs::read_to_string(&case).unwrap());
        let (code, told) = refused(folder.path(), &[]);
        let said = fs::read_to_string(case.with_extension("stderr")).unwrap();
        assert_eq!((code, messages(&told)), (1, messages(&said)), "{}", case.display());
        told_in_all += messages(&told).len();
    }
    assert!(told_in_all > 60, "{told_in_all}");
}

/// What is begun is a contract, alone and beside one; of what is none, nothing is printed or written.
#[test]
fn what_is_no_contract_is_refused() {
    let endless = "struct Node { next: Box<Other> }\nstruct Other { id: i64, node: Node }\n";
    let folder = package(endless);
    let (code, told) = refused(folder.path(), &["--out", "schemas"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("endless", told);
    assert!(!folder.path().join("schemas").exists());

    // A topic keyed by fields of two types.
    let keys = "#[kafka(topic = \"moves\")]\nenum Move {\n    #[kafka(key = dock)]\n    Loaded(Loaded),\n    #[kafka(key = dock)]\n    Lost(Lost),\n}\n\
                struct Loaded { dock: i64 }\nstruct Lost { dock: String }\n";
    let folder = package(keys);
    let (code, told) = refused(folder.path(), &[]);
    assert!(code == 1 && told.contains("error[") && told.contains("topics.toml:"), "{told}");

    // Of records that are elsewhere the topic's lines are a start all the same.
    let folder = package("#[kafka(topic = \"moves\", event = elsewhere::Move)]\nstruct Moves;\n");
    let Ran { code, out, told } = run(folder.path(), &[]);
    assert!(
        code == 0 && out.contains("record = \"my_orders.Move\"") && told.contains("has no schema yet"),
        "{told}"
    );

    // What the contract there is is warned of is not told again, and what is new is.
    let folder = package("struct Order { #[kafka(rename = \"orderId\")] a: i64, #[kafka(rename = \"order_id\")] b: i64 }\n");
    fs::create_dir(folder.path().join("schemas")).unwrap();
    let ring = r#"{"type": "record", "name": "shop.Ring", "fields": [{"name": "next", "type": "Ring"}]}"#;
    fs::write(folder.path().join("schemas/ring.avsc"), ring).unwrap();
    fs::write(folder.path().join("schemas/topics.toml"), "version = 1\n").unwrap();
    let Ran { code, told, .. } = run(folder.path(), &[]);
    assert_eq!((code, told.matches("warning[").count()), (0, 1), "{told}");
    assert!(told.contains("warning[KE0201]") && told.contains("order.avsc:"), "{told}");
    // Beside it, an endless one is refused.
    fs::write(folder.path().join("src/events.rs"), endless).unwrap();
    let (code, told) = refused(folder.path(), &[]);
    assert!(
        code == 1 && told.contains("error[KE0113]: no value of `shop.Node`") && !told.contains("Ring"),
        "{told}"
    );
}

/// Whatever the types of a file are, the command ends by itself.
#[test]
fn a_long_chain_of_types() {
    let chain = |length: usize| {
        let link = |place: usize| format!("struct S{place} {{ id: i64, next: Option<S{}> }}\n", place + 1);
        (0..length).map(link).collect::<String>() + &format!("struct S{length} {{ id: i64 }}\n")
    };
    let folder = package(&chain(40));
    let Ran { code, told, .. } = run(folder.path(), &["--out", "schemas"]);
    assert_eq!(code, 0, "{told}");
    let contract = Builder::new().manifest(folder.path().join("schemas/topics.toml")).load();
    assert_eq!(contract.unwrap_or_else(|report| panic!("{report}")).model.types().count(), 41);
    // More than a contract takes.
    let folder = package(&chain(2_000));
    let (code, told) = refused(folder.path(), &[]);
    assert!(
        code == 1 && told.contains("error[KE0010]"),
        "{code}: {}",
        told.get(..2_000).unwrap_or(&told)
    );
}

#[test]
fn wrong_usage_is_told() {
    let folder = package("fn main() {}\n");
    let (code, told) = refused(folder.path(), &[]);
    assert_eq!((code, told.contains("has no struct and no enum\n  = help: ")), (1, true), "{told}");
    let (code, told) = refused(folder.path(), &["--typ", "X"]);
    assert!(code == 2 && told.contains("--type"), "{told}");
    fs::remove_file(folder.path().join("src/events.rs")).unwrap();
    let (code, told) = refused(folder.path(), &[]);
    assert!(
        code == 2 && told.starts_with("error: cannot read src/events.rs: ") && told.contains("  = help: "),
        "{told}"
    );
}

/// Comments and types by whoever wrote the file: a terminal does what none of them says.
#[test]
fn nothing_steers_the_terminal() {
    let folder = package("/// \u{1b}[2J\u{202e}\u{9b}31m\nstruct Order { a: Wide<{ \"\u{202e}\u{1b}\" }>, b: [u8; { \"\u{2066}\" }] }\n");
    let Ran { code, out, told } = run(folder.path(), &[]);
    assert_eq!(code, 0, "{told}");
    let steers = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!out.contains(steers) && !told.contains(steers), "{out:?}\n{told:?}");
    assert!(out.contains("\\u001b[2J\\u202e\\u009b31m"), "{out}");
}
