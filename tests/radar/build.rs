//! Generates the events of RADAR-base's topics, where its schemas are.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Where the real schemas are, below the corpus.
const REAL: &str = "schemas/RADAR-base+RADAR-Schemas/commons";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rustc-check-cfg=cfg(corpus)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=topics.toml");
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_CORPUS");
    let Some(corpus) = env::var_os("KAFKA_EVENT_CORPUS").filter(|corpus| !corpus.is_empty()) else {
        return Ok(());
    };
    let schemas = Path::new(&corpus).join(REAL);
    println!("cargo::rerun-if-changed={}", schemas.display());
    // A manifest and its schemas are one folder; these are another project's, and stay where they are.
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let contract = out.join("contract");
    copy(&schemas, &contract.join("radar"))?;
    fs::copy("topics.toml", contract.join("topics.toml"))?;
    let builder = kafka_event_codegen::Builder::new().manifest(contract.join("topics.toml"));
    builder.emit(&builder.load()?)?.write(&out)?;
    println!("cargo::rustc-cfg=corpus");
    Ok(())
}

/// Copies all schemas below a folder.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if path.extension().is_some_and(|extension| extension == "avsc") {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
