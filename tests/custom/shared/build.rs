//! The contract with nothing chosen, but that others may compare what they take from it; and with types chosen and nothing beside them.

use std::path::Path;

use kafka_event_codegen::{Builder, Error};

fn main() -> Result<(), Error> {
    let builder = Builder::new().manifest("../schemas/topics.toml").clients(false);
    builder
        .clone()
        .derive("com.acme.common", ["Eq", "Hash"])
        .borrowed_derive("com.acme.common", ["Eq", "Hash"])
        .build()?;
    let lean = builder
        .builders(false)
        .borrowed(false)
        .extern_path("com.acme.common", "crate::events::com::acme::common")
        .string_type("**", "Arc<str>")
        .bytes_type("**", "Box<[u8]>")
        .map_type("**", "HashMap")
        .logical_type("timestamp-millis", "chrono::DateTime<chrono::Utc>")
        .one_file_per_namespace(true);
    let out = std::env::var_os("OUT_DIR").ok_or(Error::NotInBuildScript("OUT_DIR"))?;
    lean.emit(&lean.load()?)?.write(&Path::new(&out).join("lean"))?;
    Ok(())
}
