//! Where a package says that its manifest is: `[package.metadata.kafka-event]` in its `Cargo.toml`.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::table::Table;
use crate::diagnostic::{Collector, Diagnostic, Report};
use crate::limits;
use crate::source::Sources;

/// The manifest that a package names, relative to it.
pub(crate) fn manifest(package: &Path) -> Result<Option<String>, Report> {
    let mut sources = Sources::default();
    let mut diagnostics = Collector::default();
    // Where there is no such file, or it is not TOML, that is cargo's to say.
    let Ok(file) = sources.read(&package.join("Cargo.toml"), limits::MANIFEST_BYTES) else {
        return Ok(None);
    };
    let text = sources.file(file).text.clone();
    let Ok(root) = DeTable::parse(&text) else { return Ok(None) };
    let metadata = ["package", "metadata"]
        .iter()
        .try_fold(root.get_ref(), |table, key| match table.get(*key)?.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => None,
        });
    let manifest = metadata
        .and_then(|metadata| Table::new(file, 0..0, metadata).table("kafka-event", &mut diagnostics))
        .and_then(|ours| {
            ours.only(&["manifest"], "`package.metadata.kafka-event`", &mut diagnostics);
            ours.string("manifest", &mut diagnostics)
        });
    if let Some((path, origin)) = &manifest
        && Path::new(path).is_absolute()
    {
        let message = "the manifest's path is absolute, and no other machine has it";
        diagnostics.push(Diagnostic::error("KE0402", origin, message).help("write it relative to the package"));
    }
    let report = Report {
        diagnostics: diagnostics.finish(&sources),
        sources,
    };
    if report.has_errors() {
        Err(report)
    } else {
        Ok(manifest.map(|(path, _)| path))
    }
}
