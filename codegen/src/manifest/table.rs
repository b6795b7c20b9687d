//! A TOML table that is read key by key, each wrong value reported at its place.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::kind;
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::source::{FileId, Origin, Place};

pub(super) struct Table<'t> {
    file: FileId,
    range: Range<usize>,
    table: &'t DeTable<'t>,
}

impl<'t> Table<'t> {
    pub(super) fn new(file: FileId, range: Range<usize>, table: &'t DeTable<'t>) -> Self {
        Self { file, range, table }
    }

    fn at(&self, range: Range<usize>) -> Origin {
        Origin {
            file: self.file,
            place: Place::Bytes(range),
        }
    }

    /// The table itself.
    pub(super) fn origin(&self) -> Origin {
        self.at(self.range.clone())
    }

    pub(super) fn get(&self, key: &str) -> Option<(&'t DeValue<'t>, Origin)> {
        let (_, value) = self.table.iter().find(|(known, _)| known.get_ref() == key)?;
        Some((value.get_ref(), self.at(value.span())))
    }

    /// Refuses every other key.
    pub(super) fn only(&self, keys: &[&str], what: &str, diagnostics: &mut Collector) {
        for (key, _) in self.table.iter().filter(|(key, _)| !keys.contains(&key.get_ref().as_ref())) {
            let help = match nearest(key.get_ref(), keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{what} takes: {}", keys.join(", ")),
            };
            let message = format!("{what} has no key `{}`", key.get_ref());
            diagnostics.push(Diagnostic::error("KE0402", &self.at(key.span()), message).help(help));
        }
    }

    /// Whether one of the keys that are refused is likely to mean this one.
    pub(super) fn misspells(&self, key: &str, keys: &[&str]) -> bool {
        self.table
            .iter()
            .filter(|(other, _)| !keys.contains(&other.get_ref().as_ref()))
            .any(|(other, _)| nearest(other.get_ref(), keys.iter().copied()) == Some(key))
    }

    fn wrong(&self, key: &str, wanted: &str, value: &DeValue<'_>, origin: &Origin, diagnostics: &mut Collector) {
        let message = format!("`{key}` is {wanted}, not {}", kind(value));
        diagnostics.push(Diagnostic::error("KE0402", origin, message).help(format!("write {wanted}")));
    }

    pub(super) fn string(&self, key: &str, diagnostics: &mut Collector) -> Option<(String, Origin)> {
        let (value, origin) = self.get(key)?;
        match value {
            DeValue::String(text) => Some((text.to_string(), origin)),
            other => {
                self.wrong(key, "a string", other, &origin, diagnostics);
                None
            }
        }
    }

    pub(super) fn integer(&self, key: &str, diagnostics: &mut Collector) -> Option<(i64, Origin)> {
        let (value, origin) = self.get(key)?;
        let number = match value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            let wanted = match value {
                DeValue::Integer(_) => "a number of 64 bits",
                _ => "a whole number",
            };
            self.wrong(key, wanted, value, &origin, diagnostics);
        }
        Some((number?, origin))
    }

    pub(super) fn strings(&self, key: &str, diagnostics: &mut Collector) -> Option<Vec<(String, Origin)>> {
        let (value, origin) = self.get(key)?;
        let DeValue::Array(items) = value else {
            self.wrong(key, "an array of strings", value, &origin, diagnostics);
            return None;
        };
        let mut strings = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => strings.push((text.to_string(), self.at(item.span()))),
                other => {
                    self.wrong(key, "an array of strings", other, &self.at(item.span()), diagnostics);
                    return None;
                }
            }
        }
        Some(strings)
    }

    pub(super) fn table(&self, key: &str, diagnostics: &mut Collector) -> Option<Table<'t>> {
        let (value, origin) = self.get(key)?;
        let Place::Bytes(range) = origin.place.clone() else { return None };
        match value {
            DeValue::Table(table) => Some(Table {
                file: self.file,
                range,
                table,
            }),
            other => {
                self.wrong(key, "a table", other, &origin, diagnostics);
                None
            }
        }
    }

    /// All entries in the order of the text, each with the places of its key and of its value.
    pub(super) fn entries(&self) -> Vec<(String, Origin, &'t DeValue<'t>, Origin)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&'t toml::Spanned<_>, &'t toml::Spanned<DeValue<'t>>)| {
            let key: &toml::Spanned<std::borrow::Cow<'t, str>> = key;
            (
                key.get_ref().to_string(),
                self.at(key.span()),
                value.get_ref(),
                self.at(value.span()),
            )
        };
        entries.into_iter().map(entry).collect()
    }

    /// All entries, each a table, in the order of the text; with the place of their keys.
    pub(super) fn tables(&self, what: &str, diagnostics: &mut Collector) -> Vec<(String, Origin, Table<'t>)> {
        let mut tables = Vec::new();
        for (key, value) in self.table.iter() {
            let origin = self.at(key.span());
            match value.get_ref() {
                DeValue::Table(table) => {
                    tables.push((
                        key.get_ref().to_string(),
                        origin,
                        Table {
                            file: self.file,
                            range: key.span(),
                            table,
                        },
                    ));
                }
                other => self.wrong(key.get_ref(), &format!("a {what}: a table"), other, &origin, diagnostics),
            }
        }
        tables.sort_by_key(|(_, _, table)| table.range.start);
        tables
    }
}
