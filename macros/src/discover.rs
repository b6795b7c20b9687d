//! Where the manifest is: at or below the package, or where the user wrote it out.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use kafka_event_codegen::emit::own::{OwnError, OwnWord};
use kafka_event_codegen::{Builder, Contract, Diagnostic, Report, Severity};
use proc_macro2::Span;

use crate::cache;

/// A contract with the files that the expansion depends on, relative to the package.
pub(crate) struct Found {
    pub(crate) contract: Rc<Contract>,
    pub(crate) tracked: Vec<String>,
}

pub(crate) fn contract(place: Span, manifest: Option<&OwnWord>) -> syn::Result<Found> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).ok_or_else(|| {
        syn::Error::new(
            Span::call_site(),
            "cargo has not set CARGO_MANIFEST_DIR: the manifest is looked for from there",
        )
    })?;
    let (path, span, mut tracked) = match manifest {
        Some(manifest) => (manifest.text.clone(), manifest.span, Vec::new()),
        None => {
            let manifest = Builder::manifest_of(&package).map_err(|mut report| {
                report.sources.name_from(&package);
                refused(&report, place)
            })?;
            // It may name another manifest one day. Other tools than cargo build without it.
            let tracked = package.join("Cargo.toml").is_file().then(|| "Cargo.toml".to_owned());
            (manifest, place, Vec::from_iter(tracked))
        }
    };
    if Path::new(&path).is_absolute() {
        let message = "the manifest's path is absolute, and no other machine has it\nhelp: write it relative to the package";
        return Err(syn::Error::new(span, message));
    }
    let (contract, is_new) = cache::contract(&package, &path).map_err(|report| refused(&report, span))?;
    if !is_new {
        // The derive before has told of its files, and the compiler knows them for the whole crate. A hundred derives of two hundred files
        // would else take as long to read as all that they are for.
        return Ok(Found {
            contract,
            tracked: Vec::new(),
        });
    }
    tracked.push(path);
    for input in contract
        .inputs
        .iter()
        .filter(|input| input.extension().is_some_and(|extension| extension == "avsc"))
    {
        // One that is not UTF-8 cannot be spelled in code.
        if let Some(below) = input.strip_prefix(&package).ok().and_then(Path::to_str) {
            tracked.push(below.replace('\\', "/"));
        }
    }
    tracked.dedup();
    Ok(Found { contract, tracked })
}

/// What the emitters refuse, each where it is wrong.
pub(crate) fn refuse(errors: Vec<OwnError>, input: &syn::DeriveInput) -> syn::Error {
    let errors = errors.into_iter().map(|error| syn::Error::new(error.span, error.message));
    all(errors).unwrap_or_else(|| syn::Error::new(input.ident.span(), "the type does not fit the contract"))
}

/// Each finding as an error of its own.
fn refused(report: &Report, span: Span) -> syn::Error {
    let error = |diagnostic: &Diagnostic| {
        // The compiler says "error" itself.
        let text = report.text_of(diagnostic);
        let text = text
            .trim_end()
            .trim_start_matches("error")
            .trim_start_matches(&format!("[{}]: ", diagnostic.code));
        syn::Error::new(span, text)
    };
    let errors = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    all(errors.map(error)).unwrap_or_else(|| syn::Error::new(span, "the contract is refused"))
}

/// All errors as one, so that all are shown.
fn all(errors: impl IntoIterator<Item = syn::Error>) -> Option<syn::Error> {
    errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    })
}
