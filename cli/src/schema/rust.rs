//! A file of Rust: its types, and what is wrong with it, where it stands.

use std::path::Path;
use std::process::ExitCode;

use kafka_event_codegen::{Diagnostic, FileId, Origin, Place, Report, Sources, steers};
use proc_macro2::Span;

use crate::report;

/// A type of the file.
pub(super) struct Type {
    pub(super) input: syn::DeriveInput,
    /// Whether it derives `KafkaEvent`.
    pub(super) derives: bool,
}

/// A file with its types, those of modules in it among them.
pub(super) struct File {
    pub(super) path: String,
    pub(super) types: Vec<Type>,
    sources: Sources,
    id: FileId,
}

impl File {
    /// Reads it; what is wrong with it has been told.
    pub(super) fn read(path: &Path) -> Result<Self, ExitCode> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            eprintln!("error: cannot read {shown}: {error}\n  = help: name a file of Rust in UTF-8");
            ExitCode::from(2)
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        let mut sources = Sources::default();
        let id = sources.add(&shown, &text);
        let mut file = Self {
            path: shown,
            types: Vec::new(),
            sources,
            id,
        };
        match syn::parse_file(&without_shebang(&text)) {
            Ok(parsed) => types(parsed.items, &mut file.types),
            Err(error) => {
                let message = format!("this is not Rust: {error}");
                return Err(file.refused_as("KE0701", [(error.span(), message + "\nhelp: `cargo check` says more of it")]));
            }
        }
        Ok(file)
    }

    /// Tells what is wrong with types, each where it stands.
    pub(super) fn refused(&self, errors: impl IntoIterator<Item = (Span, String)>) -> ExitCode {
        self.refused_as("KE0702", errors)
    }

    fn refused_as(&self, code: &'static str, errors: impl IntoIterator<Item = (Span, String)>) -> ExitCode {
        let diagnostic = |(span, message): (Span, String)| {
            let range = span.byte_range();
            let end = self.sources.file(self.id).text.len();
            let place = Place::Bytes(range.start.min(end)..range.end.min(end));
            let (message, help) = message.split_once("\nhelp: ").unwrap_or((&message, ""));
            let diagnostic = Diagnostic::error(code, &Origin { file: self.id, place }, message);
            if help.is_empty() { diagnostic } else { diagnostic.help(help) }
        };
        report::print(&Report {
            diagnostics: errors.into_iter().map(diagnostic).collect(),
            sources: self.sources.clone(),
        });
        ExitCode::from(1)
    }

    /// Tells what is to know of a place.
    pub(super) fn note(&self, span: Span, message: &str) {
        let shown: String = message
            .chars()
            .flat_map(|c| if steers(c) { c.escape_unicode().collect() } else { vec![c] })
            .collect();
        eprintln!("note: {}:{}: {shown}", self.path, span.start().line);
    }
}

/// The text with as many spaces in place of a first line that is a shell's, so that all places stay.
fn without_shebang(text: &str) -> String {
    if !text.starts_with("#!") || text[2..].trim_start().starts_with('[') {
        return text.to_owned();
    }
    let end = text.find('\n').unwrap_or(text.len());
    " ".repeat(end) + &text[end..]
}

fn types(items: Vec<syn::Item>, found: &mut Vec<Type>) {
    for item in items {
        let input = match item {
            syn::Item::Struct(item) => item.into(),
            syn::Item::Enum(item) => item.into(),
            syn::Item::Mod(module) => {
                types(module.content.map(|(_, items)| items).unwrap_or_default(), found);
                continue;
            }
            _ => continue,
        };
        let derives = derives(&input);
        found.push(Type { input, derives });
    }
}

/// Whether `#[derive(…)]` names `KafkaEvent`, by whichever path.
fn derives(input: &syn::DeriveInput) -> bool {
    let mut found = false;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // What is malformed is the compiler's to say.
        _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == "KafkaEvent");
            Ok(())
        });
    }
    found
}
