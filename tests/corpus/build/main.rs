//! Generates code for every schema, each with what it needs in a module of its own, with a table of their types and of what was refused.

mod corpus;
mod table;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use corpus::Whole;
use kafka_event_codegen::Builder;
use table::Table;

/// Where the flagship's schemas are.
const FLAGSHIP: &str = "../../schemas";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for watched in ["build", "schemas", FLAGSHIP] {
        println!("cargo::rerun-if-changed={watched}");
    }
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_CORPUS");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut table = Table::new(&out);
    for schema in files(Path::new("schemas"))?.into_iter().chain(files(Path::new(FLAGSHIP))?) {
        let name = schema.to_string_lossy().replace('\\', "/");
        let contract = Builder::new().schemas([&schema]).load()?;
        let neighbours = Vec::new();
        table.add(&name, &schema, false, &Whole { contract, neighbours })?;
    }
    if let Some(corpus) = env::var_os("KAFKA_EVENT_CORPUS").filter(|corpus| !corpus.is_empty()) {
        let corpus = PathBuf::from(corpus);
        println!("cargo::rerun-if-changed={}", corpus.join("INDEX.tsv").display());
        let all = corpus::files(&corpus)?;
        for file in &all {
            println!("cargo::rerun-if-changed={}", file.path.display());
            match corpus::load(file, &all) {
                Ok(whole) => table.add(&file.name, &file.path, true, &whole)?,
                Err(report) => table.refuse(file, &report),
            }
        }
    }
    for schema in files(Path::new(FLAGSHIP))? {
        table.add_peer(&schema)?;
    }
    let names = Builder::new().manifest("schemas/names.toml");
    fs::write(out.join("names.rs"), names.emit(&names.load()?)?.text)?;
    table.write()?;
    Ok(())
}

/// All schemas of a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "avsc"));
    files.sort();
    Ok(files)
}
