//! Contracts and options of random hostile texts: each is refused, or becomes code in which the texts are texts.
//!
//! The numbers are the same in each run; what fails says its seed.

mod code;
mod texts;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use kafka_event_codegen::{Builder, Error};
use proc_macro2::TokenStream;

use code::{assert_told, idents, items, parsed, shape};
use texts::{Contract, PARTS, Random};

/// The code of a contract; `None` where it is refused, which is told so that a terminal may show it.
fn generated(schema: &[u8], manifest: &[u8], builder: Builder) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let schemas = folder.path().join("schemas");
    fs::create_dir(&schemas).unwrap();
    fs::write(schemas.join("a.avsc"), schema).unwrap();
    fs::write(schemas.join("topics.toml"), manifest).unwrap();
    let builder = builder.below(folder.path());
    let contract = match builder.load() {
        Ok(contract) => contract,
        Err(report) => {
            assert_told(&report.to_string());
            return None;
        }
    };
    assert_told(&contract.warnings.to_string());
    match builder.emit(&contract) {
        Ok(generated) => Some(generated.text),
        Err(error @ Error::Options(_)) => {
            assert_told(&error.to_string());
            None
        }
        Err(other) => panic!("{other}"),
    }
}

/// Runs with each seed, and says which one fails.
fn with_seeds(count: u64, test: impl Fn(u64)) {
    for seed in 1..=count {
        let seed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| test(seed))) {
            eprintln!("with the seed {seed:#x}");
            std::panic::resume_unwind(panic);
        }
    }
}

fn contract(seed: u64, harmless: bool, hostile_names: bool) -> (String, String) {
    let mut contract = Contract {
        shape: Random(seed),
        texts: Random(seed ^ 0xABCD),
        harmless,
        hostile_names,
    };
    (contract.schema(), contract.manifest())
}

#[test]
fn texts_change_nothing_but_texts() {
    with_seeds(60, |seed| {
        let code = |harmless| {
            let (schema, manifest) = contract(seed, harmless, false);
            generated(schema.as_bytes(), manifest.as_bytes(), Builder::new()).unwrap_or_else(|| panic!("{schema}\n{manifest}"))
        };
        let (hostile, harmless) = (code(false), code(true));
        let as_text = |code: &str| shape(parsed(code)).into_iter().collect::<TokenStream>().to_string();
        let (hostile, harmless) = (as_text(&hostile), as_text(&harmless));
        let same = hostile
            .bytes()
            .zip(harmless.bytes())
            .take_while(|(left, right)| left == right)
            .count();
        let around = |code: &str| code.chars().skip(same.saturating_sub(100)).take(300).collect::<String>();
        assert!(hostile == harmless, "\n{}\nis not\n{}", around(&hostile), around(&harmless));
    });
}

#[test]
fn names_are_names_or_are_refused() {
    with_seeds(120, |seed| {
        let (schema, manifest) = contract(seed, false, true);
        if let Some(code) = generated(schema.as_bytes(), manifest.as_bytes(), Builder::new()) {
            let idents = idents(parsed(&code));
            let foreign = idents
                .iter()
                .find(|ident| !ident.chars().all(|c| c == '_' || c == '#' || c.is_ascii_alphanumeric()));
            assert_eq!(foreign, None);
        }
    });
}

/// Bytes of a contract that are others, are gone or stand elsewhere.
#[test]
fn what_is_damaged_is_refused_or_is_code() {
    with_seeds(200, |seed| {
        let mut random = Random(seed);
        let (schema, manifest) = contract(seed, false, false);
        let mut files = [schema.into_bytes(), manifest.into_bytes()];
        for _ in 0..=random.below(3) {
            let bytes = &mut files[random.below(2)];
            let at = random.below(bytes.len());
            let to = (at + random.below(20)).min(bytes.len());
            match random.below(4) {
                0 => drop(bytes.drain(at..to)),
                1 => bytes[at] = random.next() as u8,
                2 => drop(bytes.splice(at..at, random.pick(PARTS).bytes())),
                _ => {
                    let copy = bytes[at..to].to_vec();
                    drop(bytes.splice(at..at, copy));
                }
            }
        }
        if let Some(code) = generated(&files[0], &files[1], Builder::new()) {
            parsed(&code);
        }
    });
}

/// Options are the user's own code: they are types, paths and attributes, and bring no item.
#[test]
fn options_bring_no_items() {
    let (schema, manifest) = contract(7, true, false);
    let items = |code: &str| items(&syn::parse_file(code).unwrap().items);
    let plain = items(&generated(schema.as_bytes(), manifest.as_bytes(), Builder::new()).unwrap());
    with_seeds(200, |seed| {
        let mut random = Random(seed);
        let mut text = random.text();
        if random.below(2) == 0 {
            let valid = [
                "::core::fmt::Debug",
                "#[doc(hidden)]",
                "::std::sync::Arc<str>",
                "::bytes::Bytes",
                "::std::collections::HashMap",
            ];
            text = random.pick(&valid).to_owned() + &text;
        }
        let builder = Builder::new();
        let builder = match random.below(8) {
            0 => builder.type_attribute("**", &text),
            1 => builder.derive("**", [&text]),
            2 => builder.field_attribute("**.id", &text),
            3 => builder.field_type("e.Event.id", &text),
            4 => builder.string_type("**", &text),
            5 => builder.map_type("**", &text),
            6 => builder.runtime_path(&text),
            _ => builder.type_attribute(&text, "#[doc(hidden)]"),
        };
        if let Some(code) = generated(schema.as_bytes(), manifest.as_bytes(), builder) {
            assert_eq!(items(&code), plain, "{text}\n{code}");
        }
    });
}
