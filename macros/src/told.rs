//! Reports of contracts that are refused: told in full at one type, and in short at each other.
//!
//! None of them says nothing: whichever of them is taken away, or expanded anew by an editor's server, where the others stay as they are, an error is left
//! that says what is wrong.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use kafka_event_codegen::{Diagnostic, Report, Severity};
use proc_macro2::{Ident, Span};

use crate::discover::all;

/// A manifest, and the crate that is compiled: an editor's server has many.
type Of = (PathBuf, Option<OsString>);

/// The type at which a report was told, with its text.
static TOLD: LazyLock<Mutex<HashMap<Of, (String, String)>>> = LazyLock::new(Mutex::default);

/// The type at which a report stands in full, if that is another than this one.
fn teller(of: Of, text: &str, this: &str) -> Option<String> {
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    match told.get(&of) {
        Some((teller, known)) if known == text => Some(teller.clone()).filter(|teller| teller != this),
        _ => {
            told.insert(of, (this.to_owned(), text.to_owned()));
            None
        }
    }
}

/// What is wrong with the contract of a manifest, as it is told at a type: each finding as an error of its own, or all of them in short.
pub(crate) fn refused(report: &Report, manifest: &Path, this: &Ident, span: Span) -> syn::Error {
    let text = |diagnostic: &Diagnostic| {
        // The compiler says "error" itself.
        let text = report.text_of(diagnostic);
        let text = text.trim_end().trim_start_matches("error");
        text.trim_start_matches(&format!("[{}]: ", diagnostic.code)).to_owned()
    };
    let errors = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let Some(first) = errors.clone().next() else {
        return syn::Error::new(span, "the contract is refused");
    };
    let texts: Vec<String> = errors.map(text).collect();
    let of = (manifest.to_owned(), std::env::var_os("CARGO_CRATE_NAME"));
    if let Some(teller) = teller(of, &texts.join("\n"), &this.to_string()) {
        let more = match texts.len() {
            1 => String::new(),
            count => format!(", and {} more", count - 1),
        };
        let message = format!(
            "the contract is refused: {}{more}\nhelp: the error at `{teller}` has all of it",
            first.message
        );
        return syn::Error::new(span, message);
    }
    let errors = texts.into_iter().map(|text| syn::Error::new(span, text));
    all(errors).unwrap_or_else(|| syn::Error::new(span, "the contract is refused"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In an editor's server types are expanded in any order, and each of them time and again.
    #[test]
    fn one_type_tells_a_report_in_full_whenever_it_is_expanded() {
        let of = |manifest: &str, of: &str| (PathBuf::from(manifest), Some(OsString::from(of)));
        let jobs = || of("told/topics.toml", "jobs");
        assert_eq!(teller(jobs(), "no key", "Order"), None);
        assert_eq!(teller(jobs(), "no key", "Bill").as_deref(), Some("Order"));
        assert_eq!(teller(jobs(), "no key", "Order"), None);
        // Another crate shows nothing of this one.
        assert_eq!(teller(of("told/topics.toml", "bills"), "no key", "Bill"), None);
        assert_eq!(teller(of("told/other.toml", "jobs"), "no key", "Bill"), None);
        // What is wrong now was not told.
        assert_eq!(teller(jobs(), "no topic", "Bill"), None);
        assert_eq!(teller(jobs(), "no topic", "Order").as_deref(), Some("Bill"));
    }
}
