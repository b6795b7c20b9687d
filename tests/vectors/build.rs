//! Generates the types of all schemas that Avro's own vectors and data files have, with a table of them.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use quote::quote;
use serde_json::{Value, json};
use test_readers::Readers;

/// The header of a data file (specification, "Object Container Files").
const HEADER: &str = r#"{"type": "record", "name": "org.apache.avro.file.Header", "fields": [
    {"name": "magic", "type": {"type": "fixed", "name": "Magic", "size": 4}},
    {"name": "meta", "type": {"type": "map", "values": "bytes"}},
    {"name": "sync", "type": {"type": "fixed", "name": "Sync", "size": 16}}
]}"#;

/// Some of the fields of `syncInMeta.avro`, in another order and one of them promoted.
const SOME: &str = r#"{"type": "record", "name": "Person", "fields": [
    {"name": "Age", "type": "long"},
    {"name": "Last", "type": "string"}
]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_CORPUS");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut readers = Readers::new(&out);
    let header = readers.path(HEADER)?.ok_or("the header's schema is refused")?;
    let schemas = match env::var_os("KAFKA_EVENT_CORPUS").filter(|corpus| !corpus.is_empty()) {
        Some(corpus) => schemas(Path::new(&corpus))?,
        None => Vec::new(),
    };
    let mut rows = Vec::new();
    for (name, schema) in &schemas {
        let path = readers.path(schema)?.ok_or_else(|| format!("{name} is refused: {schema}"))?;
        rows.push(quote!(crate::Case::new::<#path>(#name, #schema)));
    }
    let modules = readers.modules();
    let table = quote! {
        #(#modules)*
        /// The header of a data file.
        pub use #header;
        /// All schemas.
        pub static CASES: &[crate::Case] = &[#(#rows),*];
    };
    fs::write(out.join("table.rs"), table.to_string())?;
    Ok(())
}

/// The schemas of the corpus, each by the name of its vector or its file.
fn schemas(corpus: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", corpus.display());
    let mut schemas = Vec::new();
    let vectors: Value = serde_json::from_str(&fs::read_to_string(corpus.join("official/py-test_io-vectors.json"))?)?;
    let of = |list: &str| vectors[list].as_array().cloned().ok_or(format!("no {list}"));
    for (number, vector) in of("schema_datum")?.iter().enumerate() {
        schemas.push((format!("datum {number}"), vector[0].to_string()));
    }
    for (number, vector) in of("default_values")?.iter().enumerate() {
        // The default is Python's text of a JSON value.
        let text = vector[1].as_str().ok_or("a default is text")?;
        let default: Value = match text {
            "None" => Value::Null,
            "True" => Value::Bool(true),
            text => serde_json::from_str(&text.replace('\'', "\""))?,
        };
        let field = json!({"name": "H", "type": vector[0], "default": default});
        let record = json!({"type": "record", "name": "Test", "fields": [field]});
        schemas.push((format!("default {number}"), record.to_string()));
    }
    schemas.push(("some of a person".to_owned(), SOME.to_owned()));
    for folder in ["official/share", "ocf/apache+avro"] {
        let folder = corpus.join(folder);
        for file in files(&folder)? {
            let name = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
            if name.ends_with(".avsc") || name.ends_with("schema.json") {
                schemas.push((name, fs::read_to_string(file)?));
            }
        }
    }
    Ok(schemas)
}

/// All files below a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else {
            found.push(entry);
        }
    }
    Ok(found)
}
