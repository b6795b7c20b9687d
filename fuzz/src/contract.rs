//! Contracts: the text of one schema, and a manifest with its schemas, to generated code.

use std::fs;
use std::sync::{LazyLock, Mutex, PoisonError};

use kafka_event_codegen::fingerprint::{fingerprint, layout_hash, schema_json};
use kafka_event_codegen::model::{Model, TypeId};
use kafka_event_codegen::{Builder, Contract, Error, load_text, steers};
use tempfile::TempDir;

/// What divides a manifest from the schemas behind it, in one input.
pub(crate) const DIVIDER: &str = "\n---\n";

/// More text than this finds nothing that less does not, and is slow to format.
const TEXT_MAX: usize = 1 << 16;

/// The schemas behind a manifest that are read.
const SCHEMAS_MAX: usize = 8;

/// Loads a schema and generates from it. What is embedded of it, read again, means the same.
///
/// # Panics
/// It does not, or the code is not Rust.
#[must_use]
pub fn schema(bytes: &[u8]) -> bool {
    let Some(text) = text(bytes) else { return false };
    match load_text("schema.avsc", text) {
        Ok((contract, id)) => {
            generate(&contract);
            let (embedded, print, layout) = identity(&contract.model, id);
            let (again, id) = load_text("embedded.avsc", &embedded).unwrap_or_else(|report| panic!("refused: {report}\n{embedded}"));
            assert_eq!(identity(&again.model, id), (embedded, print, layout));
            true
        }
        Err(report) => {
            told(&report.to_string());
            false
        }
    }
}

/// Loads a manifest and the schemas behind it, divided by a line of three dashes, and generates from them.
///
/// # Panics
/// The code is not Rust, or a report has what is not for a terminal.
#[must_use]
pub fn manifest(bytes: &[u8]) -> bool {
    // Made once: what loads reads files.
    static FOLDER: LazyLock<Mutex<TempDir>> = LazyLock::new(|| Mutex::new(tempfile::tempdir().expect("a folder")));
    let Some(text) = text(bytes) else { return false };
    let folder = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let mut parts = text.split(DIVIDER);
    write("topics.toml", parts.next().unwrap_or_default());
    for number in 0..SCHEMAS_MAX {
        let name = format!("{number}.avsc");
        match parts.next() {
            Some(text) => write(&name, text),
            // None is left of another input.
            None => _ = fs::remove_file(folder.path().join(name)),
        }
    }
    match Builder::new().manifest("topics.toml").below(folder.path()).load() {
        Ok(contract) => {
            generate(&contract);
            true
        }
        Err(report) => {
            told(&report.to_string());
            false
        }
    }
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| text.len() <= TEXT_MAX)
}

/// With all that can be generated: serde's form is what nobody gets unasked.
fn generate(contract: &Contract) {
    told(&contract.warnings.to_string());
    match Builder::new().serde(true).emit(contract) {
        Ok(generated) => {
            let parsed = syn::parse_file(&generated.text).map(|file| file.items.len());
            assert!(parsed.as_ref().is_ok_and(|items| *items > 0), "{parsed:?}\n{}", generated.text);
        }
        Err(Error::Options(errors)) => panic!("nothing was chosen: {errors:?}"),
        Err(other) => panic!("{other}"),
    }
}

/// A schema as it is embedded, and the two hashes that stand for it.
fn identity(model: &Model, id: TypeId) -> (String, u64, u64) {
    (schema_json(model, id), fingerprint(model, id), layout_hash(model, id))
}

/// A report is text of whoever wrote the contract, and is shown on a terminal.
fn told(report: &str) {
    let hostile = report.chars().find(|c| *c != '\n' && (c.is_control() || steers(*c)));
    assert_eq!(hostile, None, "{report:?}");
}
