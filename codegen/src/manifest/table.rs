//! A TOML table that is read key by key, each wrong value reported at its place.

use std::ops::Range;

use toml_spanner::{ArrayStyle, Item, Key, TableStyle, Value};

use super::kind;
use crate::collections::sort_by_number;
use crate::diagnostic::{Collector, Diagnostic};
use crate::nearest::nearest;
use crate::source::{FileId, Origin, Place};

pub(super) struct Table<'t> {
    origin: Origin,
    /// All of the file.
    text: &'t str,
    table: &'t toml_spanner::Table<'t>,
}

impl<'t> Table<'t> {
    /// A file as a whole, which stands at a place where something can be said of it.
    pub(super) fn whole(file: FileId, text: &'t str, range: Range<usize>, table: &'t toml_spanner::Table<'t>) -> Self {
        let place = Place::Bytes(range);
        let origin = Origin { file, place };
        Self { origin, text, table }
    }

    /// A table within this one.
    pub(super) fn inner(&self, origin: Origin, table: &'t toml_spanner::Table<'t>) -> Self {
        Self {
            origin,
            text: self.text,
            table,
        }
    }

    fn at(&self, range: Range<usize>) -> Origin {
        Origin {
            file: self.origin.file,
            place: Place::Bytes(range),
        }
    }

    /// The table itself.
    pub(super) fn origin(&self) -> Origin {
        self.origin.clone()
    }

    pub(super) fn get(&self, key: &str) -> Option<(&'t Item<'t>, Origin)> {
        let (key, value) = self.table.get_key_value(key)?;
        Some((value, self.at(place(key, value))))
    }

    /// A value as it is written.
    pub(super) fn written(&self, value: &Item<'_>) -> &'t str {
        self.text.get(value.span().range()).unwrap_or_default()
    }

    /// Refuses every other key.
    pub(super) fn only(&self, keys: &[&str], what: &str, diagnostics: &mut Collector) {
        for (key, _) in self.table.iter().filter(|(key, _)| !keys.contains(&key.as_str())) {
            let help = match nearest(key.as_str(), keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{what} takes: {}", keys.join(", ")),
            };
            let message = format!("{what} has no key `{key}`");
            diagnostics.push(Diagnostic::error("KE0402", &self.at(key.span.range()), message).help(help));
        }
    }

    /// Whether one of the keys that are refused is likely to mean this one.
    pub(super) fn misspells(&self, key: &str, keys: &[&str]) -> bool {
        self.table
            .iter()
            .filter(|(other, _)| !keys.contains(&other.as_str()))
            .any(|(other, _)| nearest(other.as_str(), keys.iter().copied()) == Some(key))
    }

    fn wrong(&self, key: &str, wanted: &str, value: &Item<'_>, origin: &Origin, diagnostics: &mut Collector) {
        let message = format!("`{key}` is {wanted}, not {}", kind(value));
        diagnostics.push(Diagnostic::error("KE0402", origin, message).help(format!("write {wanted}")));
    }

    pub(super) fn string(&self, key: &str, diagnostics: &mut Collector) -> Option<(String, Origin)> {
        let (value, origin) = self.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            self.wrong(key, "a string", value, &origin, diagnostics);
        }
        Some((text?.to_owned(), origin))
    }

    pub(super) fn integer(&self, key: &str, diagnostics: &mut Collector) -> Option<(i64, Origin)> {
        let (value, origin) = self.get(key)?;
        let number = value.as_i64();
        if number.is_none() {
            let wanted = match value.value() {
                Value::Integer(_) => "a number of 64 bits",
                _ => "a whole number",
            };
            self.wrong(key, wanted, value, &origin, diagnostics);
        }
        Some((number?, origin))
    }

    pub(super) fn strings(&self, key: &str, diagnostics: &mut Collector) -> Option<Vec<(String, Origin)>> {
        let (value, origin) = self.get(key)?;
        let Some(items) = value.as_array() else {
            self.wrong(key, "an array of strings", value, &origin, diagnostics);
            return None;
        };
        let mut strings = Vec::new();
        for item in items.iter() {
            let origin = self.at(item.span().range());
            let Some(text) = item.as_str() else {
                self.wrong(key, "an array of strings", item, &origin, diagnostics);
                return None;
            };
            strings.push((text.to_owned(), origin));
        }
        Some(strings)
    }

    pub(super) fn table(&self, key: &str, diagnostics: &mut Collector) -> Option<Table<'t>> {
        let (value, origin) = self.get(key)?;
        let Some(table) = value.as_table() else {
            self.wrong(key, "a table", value, &origin, diagnostics);
            return None;
        };
        Some(self.inner(origin, table))
    }

    fn sorted(&self) -> Vec<(&'t Key<'t>, &'t Item<'t>)> {
        let mut entries: Vec<_> = self.table.iter().map(|(key, value)| (key, value)).collect();
        sort_by_number(&mut entries, |(key, _)| u64::from(key.span.start));
        entries
    }

    /// All entries in the order of the text, each with the places of its key and of its value.
    pub(super) fn entries(&self) -> Vec<(String, Origin, &'t Item<'t>, Origin)> {
        self.sorted()
            .into_iter()
            .map(|(key, value)| (key.to_string(), self.at(key.span.range()), value, self.at(place(key, value))))
            .collect()
    }

    /// All entries, each a table, in the order of the text; with the place of their keys.
    pub(super) fn tables(&self, what: &str, diagnostics: &mut Collector) -> Vec<(String, Origin, Table<'t>)> {
        let mut tables = Vec::new();
        for (key, value) in self.sorted() {
            let origin = self.at(key.span.range());
            match value.as_table() {
                Some(table) => tables.push((key.to_string(), origin.clone(), self.inner(origin, table))),
                None => self.wrong(key.as_str(), &format!("a {what}: a table"), value, &origin, diagnostics),
            }
        }
        tables
    }
}

/// Where a value stands: one below headers by its key, since it is all that follows.
fn place(key: &Key<'_>, value: &Item<'_>) -> Range<usize> {
    match value.value() {
        Value::Table(table) if table.style() != TableStyle::Inline => key.span.range(),
        Value::Array(array) if array.style() == ArrayStyle::Header => key.span.range(),
        _ => value.span().range(),
    }
}
