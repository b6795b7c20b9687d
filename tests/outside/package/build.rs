//! Generates the whole contract, and the same with some of its types replaced by the application's own: one within an event, and the events of topics.

use std::error::Error;
use std::path::PathBuf;

use kafka_event_codegen::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    Builder::new().build()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let all = || Builder::new().manifest("schemas/topics.toml");
    let within = all().extern_path("shop.Customer", "crate::own::Customer");
    let whole = all()
        .extern_path("shop.Order", "crate::own::Order")
        .extern_path("shop.Price", "crate::own::Price")
        .extern_path("shop.Article", "crate::own::Article");
    for (folder, replaced) in [("replaced", within), ("replaced_whole", whole)] {
        replaced
            .emit(&replaced.load().map_err(|report| report.to_string())?)?
            .write(&out.join(folder))?;
    }
    Ok(())
}
