//! Generates the events of `topics.toml`, and rsgen-avro's types of those that the codec bench measures.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use rsgen_avro::{Generator, Source};

/// The schemas of the codec bench.
const SHAPES: [&str; 7] = ["plain", "typed", "wide", "deep", "unions", "bytes", "text"];

fn main() -> Result<()> {
    kafka_event_codegen::Builder::new().manifest("topics.toml").serde(true).build()?;
    let out = std::env::var_os("OUT_DIR").context("OUT_DIR is set by cargo")?;
    let folder = Path::new(&out).join("rsgen");
    fs::create_dir_all(&folder)?;
    for shape in SHAPES {
        peer(shape, &folder.join(shape).with_extension("rs")).with_context(|| shape.to_owned())?;
    }
    Ok(())
}

/// What rsgen-avro makes of a schema; unions are read only by what this switch adds.
fn peer(shape: &str, to: &Path) -> Result<()> {
    let schema = fs::read_to_string(format!("schemas/{shape}.avsc"))?;
    let generator = Generator::builder().use_avro_rs_unions(true).build();
    let generator = generator.map_err(|error| anyhow!("rsgen-avro: {error}"))?;
    let source = Source::SchemaStr(&schema);
    generator
        .generate(&source, &mut File::create(to)?)
        .map_err(|error| anyhow!("rsgen-avro: {error}"))
}
