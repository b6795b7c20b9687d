//! Generates the contracts whose generated types the derive's are compared with.

use std::error::Error;
use std::path::PathBuf;

use kafka_event_codegen::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    Builder::new().manifest("../../schemas/topics.toml").clients(false).build()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for contract in ["depot", "types"] {
        println!("cargo::rerun-if-changed=schemas/{contract}");
        let builder = Builder::new().manifest(format!("schemas/{contract}/topics.toml")).clients(false);
        builder
            .emit(&builder.load().map_err(|report| report.to_string())?)?
            .write(&out.join(contract))?;
    }
    Ok(())
}
