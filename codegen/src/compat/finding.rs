//! The words for each reason, with their places in both schemas.

use crate::diagnostic::{Collector, Diagnostic, Report, Severity, printable};
use crate::limits;
use crate::model::{Enum, Field, Fixed, Model, Named, Record, Type};
use crate::nearest::nearest;
use crate::source::{Origin, Pointer, Sources};
use crate::words::described;

use super::logical::{Differs, Meaning};
use super::mode::Version;

/// How many findings of each severity are told: as many as a record may have fields, so that of versions of practice none is left out, and a
/// hostile one takes some megabytes for them.
const TOLD: usize = limits::FIELDS;

/// For how many lacking fields one of a similar name is looked for among all that the writer has.
const COMPARED: usize = 100;

/// Longer ways begin anew: each is written for each step of it.
const WAY_MAX: usize = 400;

/// Where a pair of types stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) reader: Origin,
    pub(super) writer: Origin,
    /// The way to it from the whole, as `Order.lines[].price`.
    pub(super) path: String,
}

impl Place {
    /// A field of both.
    pub(super) fn field(&self, reader: &Field, writer: &Field) -> Self {
        let way = if self.path.len() > WAY_MAX { "…" } else { &self.path };
        Self {
            reader: reader.origin.child("type"),
            writer: writer.origin.child("type"),
            path: format!("{way}.{}", reader.name.avro),
        }
    }

    /// The items of an array of both.
    pub(super) fn items(&self) -> Self {
        self.within("items", "[]")
    }

    /// The values of a map of both.
    pub(super) fn values(&self) -> Self {
        self.within("values", "{}")
    }

    fn within(&self, key: &str, part: &str) -> Self {
        Self {
            reader: self.reader.child(key),
            writer: self.writer.child(key),
            path: format!("{}{part}", self.path),
        }
    }

    /// A branch of the reader's union.
    pub(super) fn reader_branch(&self, branch: usize) -> Self {
        Self {
            reader: self.reader.child(branch),
            writer: self.writer.clone(),
            path: self.path.clone(),
        }
    }

    /// A branch of the writer's union.
    pub(super) fn writer_branch(&self, branch: usize) -> Self {
        Self {
            reader: self.reader.clone(),
            writer: self.writer.child(branch),
            path: self.path.clone(),
        }
    }
}

/// Takes the findings of a pair of versions.
pub(super) struct Findings<'a> {
    reader: Version<'a>,
    writer: Version<'a>,
    /// Whether what is met now is read: what stands against the rest is not told.
    pub(super) is_read: bool,
    found: Collector,
}

impl<'a> Findings<'a> {
    pub(super) fn new(reader: Version<'a>, writer: Version<'a>) -> Self {
        Self {
            reader,
            writer,
            is_read: true,
            found: Collector::telling(TOLD),
        }
    }

    /// All that was found, with the files of both.
    pub(super) fn report(self) -> Report {
        let found = self.found;
        if found.is_empty() {
            return Report {
                diagnostics: found.finish(&Sources::default()),
                sources: Sources::default(),
            };
        }
        let sources = self.reader.contract.warnings.sources.joined(&self.writer.contract.warnings.sources);
        let mut diagnostics = found.finish(&sources);
        for label in diagnostics.iter_mut().flat_map(|found| &mut found.labels) {
            // A line may hold a whole schema, and a pointer is the same however a registry has laid it out.
            if let Some(pointer) = label.origin.pointer().map(Pointer::to_string).filter(|way| !way.is_empty()) {
                label.text = format!("{}, at {}", label.text, printable(&pointer));
            }
        }
        Report { diagnostics, sources }
    }

    /// The writer's place among the files of both.
    fn behind(&self, writer: &Origin) -> Origin {
        writer.behind(&self.reader.contract.warnings.sources)
    }

    fn reader(&self) -> &'a Model {
        &self.reader.contract.model
    }

    fn writer(&self) -> &'a Model {
        &self.writer.contract.model
    }

    fn push(&mut self, diagnostic: Diagnostic, reader: &str, writer: &Origin, writer_text: String, help: String) {
        if !self.is_read {
            return;
        }
        let writer = self.behind(writer);
        self.found.push(
            diagnostic
                .label(format!("the reader has {reader}"))
                .also(&writer, writer_text)
                .help(help),
        );
    }

    fn error(&mut self, code: &'static str, place: &Place, message: String, reader: &str, writer: &str, help: String) -> &'static str {
        let diagnostic = Diagnostic::error(code, &place.reader, message);
        self.push(diagnostic, reader, &place.writer, format!("the writer has {writer}"), help);
        code
    }

    pub(super) fn types_differ(&mut self, place: &Place, reader: &Type, writer: &Type) -> &'static str {
        let (reader, writer) = (described(self.reader(), reader), described(self.writer(), writer));
        let message = format!("`{}` was written as {writer}, and is read as {reader}", place.path);
        let help = "keep the type; or add a field of another name, with a default".to_owned();
        self.error("KE0601", place, message, &reader, &writer, help)
    }

    pub(super) fn too_deep(&mut self, place: &Place, most: usize) -> &'static str {
        let message = format!("types lead into one another, deeper than {most}");
        let help = "what is deeper is not compared: make the chain of types shorter".to_owned();
        self.error("KE0612", place, message, "this type", "this one", help)
    }

    pub(super) fn names_differ(&mut self, place: &Place, reader: &Named, writer: &Named) -> &'static str {
        let (reader, writer) = (reader.name().full(), writer.name().full());
        let message = format!("`{}` was written as the type `{writer}`, and is read as `{reader}`", place.path);
        let help = format!("where it was renamed, say so in the reader's schema: `\"aliases\": [\"{writer}\"]`");
        self.error("KE0602", place, message, &format!("`{reader}`"), &format!("`{writer}`"), help)
    }

    pub(super) fn field_is_lacking(&mut self, path: &str, field: &Field, writer: &Record) {
        if !self.is_read {
            return;
        }
        let (name, written) = (&field.name.avro, self.behind(&writer.origin));
        let is_compared = self.found.errors() < COMPARED;
        self.found.push_with(Severity::Error, || {
            let written_fields = writer.fields.iter().map(|field| field.name.avro.as_str());
            let near = is_compared.then(|| nearest(name, written_fields)).flatten();
            let help = match near {
                Some(near) => {
                    format!("where `{near}` was renamed, say so in the reader's schema: `\"aliases\": [\"{near}\"]`; else give `{name}` a default")
                }
                None => format!("give `{name}` a default in the reader's schema"),
            };
            Diagnostic::error("KE0603", &field.origin, format!("`{path}.{name}` is not written, and has no default"))
                .label("the reader has this field")
                .also(&written, "the writer's record has no such field")
                .help(help)
        });
    }

    pub(super) fn symbols_are_unknown(&mut self, path: &str, reader: &Enum, writer: &Enum, unknown: &[usize]) -> &'static str {
        let names: Vec<_> = unknown
            .iter()
            .take(SHOWN)
            .map(|place| format!("`{}`", writer.symbols[*place].avro))
            .collect();
        let more = unknown.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("`{path}` may be {}{more}, which the reader's enum has not", names.join(", "));
        let diagnostic = Diagnostic::error("KE0604", &reader.origin, message);
        let help = "give the reader's enum the symbols, or a `default` to take for those it does not know".to_owned();
        let text = "the writer has more symbols".to_owned();
        self.push(diagnostic, "no default", &writer.origin, text, help);
        "KE0604"
    }

    pub(super) fn sizes_differ(&mut self, path: &str, reader: &Fixed, writer: &Fixed) -> &'static str {
        let message = format!("`{path}` was written in {} bytes, and is read in {}", writer.size, reader.size);
        let diagnostic = Diagnostic::error("KE0605", &reader.origin, message);
        let help = "a fixed keeps its size for ever: make another, and a field for it with a default".to_owned();
        let text = format!("the writer has {} bytes", writer.size);
        self.push(diagnostic, &format!("{} bytes", reader.size), &writer.origin, text, help);
        "KE0605"
    }

    pub(super) fn no_branch(&mut self, place: &Place, branches: &[&Type], writer: &Type) -> &'static str {
        let writer = described(self.writer(), writer);
        let branches: Vec<_> = branches.iter().map(|branch| described(self.reader(), branch)).collect();
        let reader = format!("a union of {}", listed(&branches));
        let message = format!("`{}` may be {writer}, which no branch of the reader's union reads", place.path);
        let help = format!("add {writer} to the reader's union, and let it be read before it is written");
        self.error("KE0606", place, message, &reader, &writer, help)
    }

    pub(super) fn branch_is_unreadable(&mut self, place: &Place, reader: &Type, writer: &Type) -> &'static str {
        let (reader, writer) = (described(self.reader(), reader), described(self.writer(), writer));
        let message = format!("`{}` may be {writer}, and is read as {reader}", place.path);
        let help = format!("make the reader's type a union with {writer}, and let it be read before it is written");
        self.error("KE0607", place, message, &reader, &format!("{writer} in a union"), help)
    }

    /// What stands against reading a value as it is meant; `None` where only a warning is to be given.
    pub(super) fn meanings_differ(
        &mut self,
        place: &Place,
        differs: Differs,
        reader: Option<Meaning>,
        writer: Option<Meaning>,
    ) -> Option<&'static str> {
        let (reader, writer) = (meant(reader), meant(writer));
        let message = format!("`{}` was written as {writer}, and is read as {reader}", place.path);
        let (code, help) = match differs {
            Differs::Unit => ("KE0608", "the bytes do not tell the unit: keep it, or add a field of another name"),
            Differs::Scale => ("KE0609", "the bytes do not tell the scale: keep it, or add a field of another name"),
            Differs::Precision => (
                "KE0610",
                "decimals resolve where precision and scale are equal: keep it, or add a field of another name",
            ),
            Differs::Kind => (
                "KE0611",
                "the bytes do not tell what is meant: keep it, or add a field of another name",
            ),
            Differs::OneSided => {
                let diagnostic = Diagnostic::warning("KE0621", &place.reader, message);
                let help = "right where it was meant so before it was said: nothing is converted".to_owned();
                self.push(diagnostic, &reader, &place.writer, format!("the writer has {writer}"), help);
                return None;
            }
        };
        Some(self.error(code, place, message, &reader, &writer, help.to_owned()))
    }

    /// Of text and a decimal, whichever was written.
    pub(super) fn text_is_no_number(&mut self, place: &Place, reader: &Type, writer: &Type) -> &'static str {
        let (reader, writer) = (described(self.reader(), reader), described(self.writer(), writer));
        let message = format!("`{}` was written as {writer}, and is read as {reader}", place.path);
        let help = "a decimal's bytes are no text: keep the type; or add a field of another name, with a default".to_owned();
        self.error("KE0611", place, message, &reader, &writer, help)
    }

    pub(super) fn matched_without_namespace(&mut self, place: &Place, reader: &Named, writer: &Named) {
        let (full, written) = (reader.name().full(), writer.name().full());
        let message = format!("`{written}` is read as `{full}`: their namespaces differ");
        let diagnostic = Diagnostic::warning("KE0620", reader.origin(), message);
        let help = format!("Java's reader refuses it: say it in the reader's schema, `\"aliases\": [\"{written}\"]`");
        self.push(
            diagnostic,
            &format!("`{full}` for `{}`", place.path),
            writer.origin(),
            format!("the writer has `{written}`"),
            help,
        );
    }
}

/// How many of a list are named.
const SHOWN: usize = 5;

fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(SHOWN);
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if more == 0 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {more} more", names[..SHOWN].join(", ")),
    }
}

fn meant(meaning: Option<Meaning>) -> String {
    match meaning {
        None => "a plain value".to_owned(),
        Some(Meaning {
            name,
            decimal: Some((precision, scale)),
        }) => format!("`{name}` of precision {precision} and scale {scale}"),
        Some(Meaning { name, decimal: None }) => format!("`{name}`"),
    }
}
