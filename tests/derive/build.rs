//! Generates the contracts whose generated types the derive's are compared with.

use std::error::Error;
use std::path::PathBuf;

use kafka_event_codegen::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    Builder::new().manifest("../../schemas/topics.toml").clients(false).build()?;
    println!("cargo::rerun-if-changed=schemas/depot");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let depot = Builder::new().manifest("schemas/depot/topics.toml").clients(false);
    depot
        .emit(&depot.load().map_err(|report| report.to_string())?)?
        .write(&out.join("depot"))?;
    Ok(())
}
