//! Generates the whole contract, and the same with one of its types replaced by the application's own.

use std::error::Error;
use std::path::PathBuf;

use kafka_event_codegen::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    Builder::new().build()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let replaced = Builder::new()
        .manifest("schemas/topics.toml")
        .extern_path("shop.Customer", "crate::own::Customer");
    replaced
        .emit(&replaced.load().map_err(|report| report.to_string())?)?
        .write(&out.join("replaced"))?;
    Ok(())
}
