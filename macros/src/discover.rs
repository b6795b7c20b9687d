//! Where the manifest is: at or below the package, or where the user wrote it out.

use std::path::{Path, PathBuf};

use kafka_event_codegen::{Contract, load_manifest};
use proc_macro2::Span;

use crate::attribute::Attribute;

/// A contract with the files that the expansion depends on, relative to the package.
pub(crate) struct Found {
    pub(crate) contract: Contract,
    pub(crate) tracked: Vec<String>,
}

const DEFAULT: &str = "schemas/topics.toml";

pub(crate) fn contract(attribute: &Attribute) -> syn::Result<Found> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).ok_or_else(|| {
        syn::Error::new(
            Span::call_site(),
            "cargo has not set CARGO_MANIFEST_DIR: the manifest is looked for from there",
        )
    })?;
    let (relative, span, mut tracked) = match &attribute.manifest {
        Some(manifest) => (manifest.value(), manifest.span(), Vec::new()),
        None => match metadata(&package) {
            Some(manifest) => (manifest, attribute.topic.span(), vec!["Cargo.toml".to_owned()]),
            None => (DEFAULT.to_owned(), attribute.topic.span(), Vec::new()),
        },
    };
    if Path::new(&relative).is_absolute() {
        let message = "the manifest's path is absolute, and no other machine has it\nhelp: write it relative to the package";
        return Err(syn::Error::new(span, message));
    }
    let contract = load_manifest(&package.join(&relative)).map_err(|report| {
        let package = format!("{}/", package.display());
        syn::Error::new(span, report.to_string().replace(&package, ""))
    })?;
    tracked.push(relative);
    for input in contract
        .inputs
        .iter()
        .filter(|input| input.extension().is_some_and(|extension| extension == "avsc"))
    {
        if let Ok(below) = input.strip_prefix(&package) {
            tracked.push(below.to_string_lossy().replace('\\', "/"));
        }
    }
    tracked.dedup();
    Ok(Found { contract, tracked })
}

/// `[package.metadata.kafka-event] manifest` of the package.
fn metadata(package: &Path) -> Option<String> {
    let text = std::fs::read_to_string(package.join("Cargo.toml")).ok()?;
    let table = toml::de::DeTable::parse(&text).ok()?;
    let mut value = None;
    let mut here = table.get_ref();
    for key in ["package", "metadata", "kafka-event", "manifest"] {
        value = here.get(key).map(toml::Spanned::get_ref);
        match value? {
            toml::de::DeValue::Table(inner) => here = inner,
            _ => break,
        }
    }
    value?.as_str().map(str::to_owned)
}
