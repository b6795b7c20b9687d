//! Generates the readers of all pairs of schemas, each in a module of its own, with a table of the pairs; and two versions of a contract.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kafka_event_codegen::{Builder, load_text};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Pairs of this project's own.
const OWN: &str = "schemas/pairs.json";

struct Pair {
    name: String,
    reader: String,
    writer: String,
}

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={OWN}");
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_CORPUS");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for version in ["old", "new"] {
        let contract = Path::new("contract").join(version);
        println!("cargo::rerun-if-changed={}", contract.display());
        let builder = Builder::new().manifest(contract.join("topics.toml"));
        builder.emit(&builder.load()?)?.write(&out.join(version))?;
    }
    let mut pairs = listed("own", &fs::read_to_string(OWN)?)?;
    if let Some(corpus) = env::var_os("KAFKA_EVENT_CORPUS").filter(|corpus| !corpus.is_empty()) {
        let corpus = Path::new(&corpus);
        println!("cargo::rerun-if-changed={}", corpus.display());
        let official = corpus.join("official/py-test_compatibility-pairs.json");
        pairs.extend(listed("official", &fs::read_to_string(official)?)?);
        pairs.extend(in_folders(&corpus.join("evolution/gogen-avro"))?);
    }
    let mut readers: BTreeMap<&str, Option<TokenStream>> = BTreeMap::new();
    let (mut modules, mut rows, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for Pair { name, reader, writer } in &pairs {
        if !readers.contains_key(reader.as_str()) {
            let number = readers.len();
            let generated = generated(number, reader, &out)?;
            let path = generated.map(|(module, path)| {
                modules.push(module);
                path
            });
            readers.insert(reader, path);
        }
        match &readers[reader.as_str()] {
            Some(path) => rows.push(quote! {
                crate::Pair { name: #name, reader: #reader, writer: #writer, evolution: crate::evolution::<#path> }
            }),
            None => refused.push(name),
        }
    }
    let table = quote! {
        #(#modules)*
        /// All pairs whose reader is generated.
        pub static PAIRS: &[crate::Pair] = &[#(#rows),*];
        /// Those whose reader is refused.
        pub static REFUSED: &[&str] = &[#(#refused),*];
    };
    fs::write(out.join("table.rs"), table.to_string())?;
    Ok(())
}

/// The pairs of a list, each named by its own name or its number.
fn listed(of: &str, text: &str) -> Result<Vec<Pair>> {
    let pairs: Vec<Value> = serde_json::from_str(text)?;
    let named = pairs.iter().enumerate().map(|(number, pair)| Pair {
        name: match pair["name"].as_str() {
            Some(name) => format!("{of} {name}"),
            None => format!("{of} {number}"),
        },
        reader: pair["reader"].to_string(),
        writer: pair["writer"].to_string(),
    });
    Ok(named.collect())
}

/// The pairs of a folder with a folder for each.
fn in_folders(folder: &Path) -> Result<Vec<Pair>> {
    let mut folders = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    folders.sort();
    let mut pairs = Vec::new();
    for folder in folders {
        let read = |name: &str| fs::read_to_string(folder.join(name));
        if let (Ok(reader), Ok(writer)) = (read("reader.avsc"), read("writer.avsc")) {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            pairs.push(Pair {
                name: format!("gogen-avro {name}"),
                reader,
                writer,
            });
        }
    }
    Ok(pairs)
}

/// The module of a reader, and the path of its type; `None` where its schema is refused.
fn generated(number: usize, schema: &str, out: &Path) -> Result<Option<(TokenStream, TokenStream)>> {
    let file = out.join(format!("r{number}.avsc"));
    fs::write(&file, schema)?;
    let builder = Builder::new().schemas([&file]).builders(false).clients(false);
    let Ok(contract) = builder.load() else { return Ok(None) };
    let code = format!("r{number}.rs");
    fs::write(out.join(&code), builder.emit(&contract)?.text)?;
    // The type of the whole: of a file by itself as of the text.
    let Ok((of_text, id)) = load_text("schema", schema) else {
        return Ok(None);
    };
    let full = of_text.model.name(id).full();
    let (id, _) = match contract.model.find(&full) {
        Some((id, named)) => (id, named.name().clone()),
        None => match contract.model.roots().next() {
            Some((id, root)) => (id, root.name.clone()),
            None => return Ok(None),
        },
    };
    let name = contract.model.name(id);
    let parts = name
        .namespace
        .iter()
        .chain([&name.ident])
        .map(|part| match part.rust.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(&part.rust, Span::call_site()),
        });
    let module = format_ident!("r{number}");
    let (code, docs) = (format!("/{code}"), format!("The reader {number}."));
    let path = quote!(#module #(::#parts)*);
    Ok(Some((
        quote!(#[doc = #docs] pub mod #module { include!(concat!(env!("OUT_DIR"), #code)); }),
        path,
    )))
}
