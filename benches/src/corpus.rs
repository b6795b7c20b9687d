//! Real schemas, each alone, as they go through both generators.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use anyhow::{Context as _, Result, ensure};
use kafka_event_codegen::{Builder, Contract};
use rsgen_avro::{Generator, Source};

/// A schema's file.
pub struct Schema {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What the generator makes of it.
    pub contract: Contract,
    /// What rsgen-avro makes of it.
    pub peer: String,
}

impl Schema {
    /// The full name of the record that the whole file is.
    #[must_use]
    pub fn root_record(&self) -> Option<String> {
        match rsgen_avro::Schema::parse_str(&self.text) {
            Ok(rsgen_avro::Schema::Record(record)) => Some(record.name.fullname(None)),
            _ => None,
        }
    }
}

/// The schemas of a folder, or of the one that `KAFKA_EVENT_CORPUS` names, that both generators take and that have a record: each text once.
///
/// # Errors
/// There is no folder, or it cannot be read, or has no such schema.
pub fn schemas(folder: Option<&Path>) -> Result<Vec<Schema>> {
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => {
            let corpus = env::var_os("KAFKA_EVENT_CORPUS").filter(|corpus| !corpus.is_empty());
            Path::new(&corpus.context("KAFKA_EVENT_CORPUS names no folder of real schemas, and --schemas none of others")?).join("schemas")
        }
    };
    let mut found = Vec::new();
    files(&folder, &mut found).with_context(|| format!("{} cannot be read", folder.display()))?;
    let generator = Generator::new().map_err(|error| anyhow::anyhow!("rsgen-avro: {error}"))?;
    let mut seen = BTreeSet::new();
    let mut schemas = Vec::new();
    for path in found {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if !seen.insert(text.clone()) {
            continue;
        }
        let Ok(contract) = Builder::new().schemas([&path]).load() else {
            continue;
        };
        let has_record = contract.model.types().any(|(id, _)| contract.model.record(id).is_some());
        let Some(peer) = peer(&generator, &text).filter(|_| has_record) else {
            continue;
        };
        schemas.push(Schema {
            path,
            text,
            contract,
            peer,
        });
    }
    ensure!(!schemas.is_empty(), "{} has no schema that both take", folder.display());
    Ok(schemas)
}

/// All files below a folder, in order.
fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            files(&entry, found)?;
        } else {
            found.push(entry);
        }
    }
    Ok(())
}

/// What rsgen-avro makes of a schema, where it makes anything.
fn peer(generator: &Generator, text: &str) -> Option<String> {
    let mut generated = Vec::new();
    generator.generate(&Source::SchemaStr(text), &mut generated).ok()?;
    String::from_utf8(generated).ok().filter(|generated| generated.contains("struct "))
}
