//! Generates the types that bytes are read as: of schemas alone, and of manifests with topics of every kind.

use std::path::Path;

use kafka_event_codegen::Builder;

const SCHEMAS: [&str; 6] = [
    "schemas",
    "../schemas",
    "../tests/constructs/schemas",
    "../tests/corpus/schemas/kinds.avsc",
    "../tests/corpus/schemas/shapes.avsc",
    "../tests/logical/schemas",
];
const MANIFEST: &str = "../tests/manifest/contract/topics.toml";
const DEPOT: &str = "../tests/derive/schemas/depot/topics.toml";
/// A record whose fields are collections of all kinds of text and bytes, to be held in other ways, too.
const HELD: &str = "schemas/held.avsc";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let generate = |builder: Builder, folder: &str| -> Result<(), Box<dyn std::error::Error>> {
        let builder = builder.clients(false);
        let contract = builder.load()?;
        for input in &contract.inputs {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        builder.emit(&contract)?.write(&Path::new(&out).join(folder))?;
        Ok(())
    };
    generate(Builder::new().schemas(SCHEMAS), "types")?;
    generate(Builder::new().manifest(MANIFEST), "topics")?;
    generate(Builder::new().manifest(DEPOT), "depot")?;
    let held = || Builder::new().schemas([HELD]);
    let shared = held()
        .string_type("**", "Arc<str>")
        .bytes_type("**", "Arc<[u8]>")
        .map_type("**", "HashMap");
    generate(shared, "shared")?;
    generate(held().string_type("**", "crate::held::Wide").bytes_type("**", "Box<[u8]>"), "wide")
}
