//! Generates code for every schema, each with what it needs in a module of its own, with a table of their types and of what was refused.

mod corpus;
mod neighbours;
mod official;
mod peers;
mod table;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use corpus::File;
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
    let flagship = schemas(Path::new(FLAGSHIP))?;
    for schema in schemas(Path::new("schemas"))?.iter().chain(&flagship) {
        table.add(&File::ours(schema)?, &[])?;
    }
    if let Some(corpus) = env::var_os("KAFKA_EVENT_CORPUS").filter(|corpus| !corpus.is_empty()) {
        let corpus = PathBuf::from(corpus);
        println!("cargo::rerun-if-changed={}", corpus.display());
        let files = corpus::files(&corpus)?;
        for file in &files {
            table.add(file, &files)?;
        }
        for example in official::examples(&corpus, &out)? {
            table.add(&example, &[])?;
        }
        for folder in corpus::WHOLE {
            table.add_folder(&corpus, folder)?;
        }
    }
    for schema in &flagship {
        peers::add(&mut table, schema)?;
    }
    let names = Builder::new().manifest("schemas/names.toml");
    fs::write(out.join("names.rs"), names.emit(&names.load()?)?.text)?;
    table.write()?;
    Ok(())
}

/// All schemas of a folder, in order.
fn schemas(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "avsc"));
    files.sort();
    Ok(files)
}
