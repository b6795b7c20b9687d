//! What the derive expands to, as it is reviewed.

use crate::expand;

const MANIFEST: &str = "../tests/derive/schemas/depot/topics.toml";

/// The expansion, laid out; or its errors.
fn expanded(input: &str) -> String {
    let input = input.replacen("#[kafka(", &format!("#[kafka(manifest = \"{MANIFEST}\", "), 1);
    let input: syn::DeriveInput = syn::parse_str(&input).unwrap();
    let tokens = expand(&input).unwrap_or_else(|error| error.to_compile_error());
    let file = syn::parse2(tokens).unwrap();
    // Which derive was the first to read a contract depends on which test ran before.
    let text = prettyplease::unparse(&file);
    match text.split_once("};\n") {
        Some((tracked, rest)) if tracked.contains("include_bytes") => rest.to_owned(),
        _ => text.replace("const _: () = {};\n", ""),
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

/// The files are told once; and again where one has changed.
#[test]
fn the_compiler_is_told_of_all_files() {
    let folder = tempfile::tempdir().unwrap();
    let contract = folder.path();
    std::fs::write(contract.join("a.avsc"), r#"{"type": "record", "name": "shop.A", "fields": []}"#).unwrap();
    let manifest =
        "version = 1\n[topics.a]\nrecord = \"shop.A\"\nkey = \"none\"\npartitions = 1\nretention = \"1d\"\ncompression = \"none\"\n";
    std::fs::write(contract.join("topics.toml"), manifest).unwrap();
    let read = || crate::cache::contract(contract, "topics.toml").unwrap();
    assert!(read().1);
    assert!(!read().1);
    std::fs::write(contract.join("b.avsc"), r#"{"type": "record", "name": "shop.B", "fields": []}"#).unwrap();
    let (contract, is_new) = read();
    assert!(is_new && contract.model.find("shop.B").is_some());
    assert!(!read().1);
}
