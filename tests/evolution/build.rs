//! Generates the readers of all pairs of schemas and of random ones, each in a module of its own, with a table of them; and two versions of a contract.

use std::path::{Path, PathBuf};
use std::{env, fs};

use kafka_event_codegen::Builder;
use quote::quote;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::Value;
use test_readers::Readers;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Pairs of this project's own.
const OWN: &str = "schemas/pairs.json";

/// How many readers are random: each is compiled.
const RANDOM: u64 = 64;

struct Pair {
    name: String,
    reader: String,
    writer: String,
}

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={OWN}");
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_CORPUS");
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_TYPES");
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
        pairs.extend(in_history(corpus)?);
    }
    let mut readers = Readers::new(&out);
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    for Pair { name, reader, writer } in &pairs {
        match readers.path(reader)? {
            Some(path) => rows.push(quote! {
                crate::Pair { name: #name, reader: #reader, writer: #writer, evolution: crate::evolution::<#path> }
            }),
            None => refused.push(name),
        }
    }
    // The same in each build, but where another is asked for: what is compiled is compiled once.
    let types: u64 = env::var("KAFKA_EVENT_TYPES").map_or(Ok(0), |types| types.parse())?;
    let mut random_rows = Vec::new();
    for number in 0..RANDOM {
        let mut random = StdRng::seed_from_u64(types.wrapping_add(number));
        let schema = test_schemas::reader(&mut random);
        let path = readers
            .path(&schema)?
            .ok_or_else(|| format!("a schema that is refused: {schema}"))?;
        random_rows.push(quote!(crate::Reader { schema: #schema, evolution: crate::evolution::<#path> }));
    }
    let modules = readers.modules();
    let table = quote! {
        #(#modules)*
        /// All pairs whose reader is generated.
        pub static PAIRS: &[crate::Pair] = &[#(#rows),*];
        /// Those whose reader is refused.
        pub static REFUSED: &[&str] = &[#(#refused),*];
        /// What the random readers were drawn from.
        pub const TYPES: u64 = #types;
        /// Random readers.
        pub static READERS: &[crate::Reader] = &[#(#random_rows),*];
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

/// The older and the newer schemas of one name in public repositories, each read as the other.
fn in_history(corpus: &Path) -> Result<Vec<Pair>> {
    let table = fs::read_to_string(corpus.join("EVOLUTION_PAIRS.tsv"))?;
    let mut pairs = Vec::new();
    for (number, line) in table.lines().enumerate().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let [source, _, older, newer, verdict, ..] = row[..] else {
            return Err(format!("EVOLUTION_PAIRS.tsv:{}: no row", number + 1).into());
        };
        // Those are read above, and those that are `err` are in files that refer to others.
        if source == "gogen-avro" || verdict == "err" {
            continue;
        }
        let [older, newer] = [older, newer].map(|path| fs::read_to_string(corpus.join(path)));
        let (older, newer) = (older?, newer?);
        pairs.push(Pair {
            name: format!("{source} {number}, the newer"),
            reader: newer.clone(),
            writer: older.clone(),
        });
        pairs.push(Pair {
            name: format!("{source} {number}, the older"),
            reader: older,
            writer: newer,
        });
    }
    Ok(pairs)
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
