//! What the derive expands to, as it is reviewed.

use crate::{derived, expand};

const MANIFEST: &str = "../tests/derive/schemas/depot/topics.toml";

/// The expansion, laid out; or its errors.
fn expanded(input: &str) -> String {
    let input = input.replacen("#[kafka(", &format!("#[kafka(manifest = \"{MANIFEST}\", "), 1);
    let input: syn::DeriveInput = syn::parse_str(&input).unwrap();
    let tokens = expand(&input).unwrap_or_else(|refused| refused.errors.to_compile_error());
    let file = syn::parse2(tokens).unwrap();
    // Which derive was the first to read a contract depends on which test ran before.
    let text = prettyplease::unparse(&file);
    match text.split_once("};\n") {
        Some((tracked, rest)) if tracked.contains("include_bytes") => rest.to_owned(),
        _ => text,
    }
}

macro_rules! expands {
    ($($name:ident: $input:literal;)+) => {$(
        #[test]
        fn $name() {
            insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(expanded($input)) });
        }
    )+};
}

expands! {
    a_record_of_a_topic: r#"
        #[kafka(topic = "parcels", key = sender.number)]
        struct NewParcel {
            id: Uuid,
            sender: Party,
            state: State,
            sealed_at: TimestampMillis,
            price: Decimal<9, 2>,
            #[kafka(with = link)]
            link: Link,
        }
    "#;
    a_consuming_record_that_borrows: r#"
        #[kafka(topic = "parcels", consume)]
        struct Seen<'a> {
            link: &'a str,
            sender: Name<'a>,
        }
    "#;
    a_generic_record: r#"
        #[kafka(record = "depot.Party")]
        struct Anybody<T: Clone, const N: usize = 3> where T: Send {
            id: T,
            name: String,
            #[kafka(skip)]
            cached: [u8; N],
        }
    "#;
    an_enum: r#"
        #[kafka(enum = "State", rename_all = "SCREAMING_SNAKE_CASE")]
        enum State {
            New,
            InTransit,
            #[kafka(other)]
            Other,
        }
    "#;
    several_records: r#"
        #[kafka(topic = "moves", consume)]
        enum Loss {
            Lost(Lost),
            #[kafka(other)]
            Other,
        }
    "#;
    a_marker: r#"
        #[kafka(topic = "parcels-again", event = Parcel)]
        struct ParcelsAgain;
    "#;
    a_key_that_is_a_record: r#"
        #[kafka(topic = "places", key = Code)]
        struct Place {
            city: String,
            open: bool,
        }
    "#;
}

#[test]
fn a_newtype() {
    let input: syn::DeriveInput = syn::parse_str("struct Name<'a>(&'a str);").unwrap();
    let file = syn::parse2(expand(&input).unwrap()).unwrap();
    insta::assert_snapshot!(prettyplease::unparse(&file));
}

/// A type that says where its runtime is asks nothing of the path that others have: as an event, as a newtype, and where it is refused.
#[test]
fn a_runtime_that_is_elsewhere() {
    for (is_right, body) in [
        (
            true,
            "#[kafka(topic = \"places\", key = Code)] struct Place { city: String, open: bool }",
        ),
        (false, "#[kafka(topic = \"places\", key = Code)] struct Place { town: String }"),
        (false, "#[kafka(topic = \"places\", frob)] struct Place { city: String }"),
        (true, "struct City(String);"),
    ] {
        let manifest = if body.contains("topic") {
            format!(", manifest = \"{MANIFEST}\"")
        } else {
            String::new()
        };
        let item = format!("#[kafka(crate = platform::events{manifest})] {body}");
        let input: syn::DeriveInput = syn::parse_str(&item).unwrap();
        assert_eq!(expand(&input).is_ok(), is_right, "{item}");
        let code = derived(&input).to_string();
        assert!(code.contains("platform :: events :: codec :: Encode"), "{item}\n{code}");
        assert!(!code.contains(":: kafka_event"), "{item}\n{code}");
    }
}

/// This package has no manifest: the first event of one is told all that it needs, in files of the package's own.
#[test]
fn the_first_event_of_a_package() {
    let input: syn::DeriveInput = syn::parse_str("#[kafka(topic = \"orders\")] struct Order { id: i64 }").unwrap();
    let message = expand(&input).unwrap_err().errors.to_string();
    for wanted in [
        "there is no manifest `schemas/topics.toml`\nhelp: to start one, write schemas/topics.toml\n    version = 1\n\n    [topics.orders]\n",
        "\n    record = \"kafka_event_macros.Order\"\n",
        "\nhelp: and write schemas/order.avsc\n    {\n",
        "\nhelp: `kafka-event schema --from-rust FILE` prints this",
        "\nhelp: or say where it is, from the package's folder",
    ] {
        assert!(message.contains(wanted), "{message}");
    }
}
