//! Generates from schemas alone: types and their codec.

use std::path::PathBuf;

use kafka_event_codegen::Builder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=schemas");
    let builder = Builder::new().schemas(["schemas"]).serde(true);
    let contract = builder.load()?;
    // Of each default of another branch than the first, and of nothing else; not told anew in each build.
    let warnings = &contract.warnings.diagnostics;
    assert!(warnings.iter().all(|found| found.code == "KE0112"), "{}", contract.warnings);
    assert_eq!(warnings.len(), 6);
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    builder.emit(&contract)?.write(&PathBuf::from(out))?;
    Ok(())
}
