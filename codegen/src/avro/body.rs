//! What a definition holds: the symbols of an enum, the size of a fixed, the fields of a record.

use std::collections::HashSet;

use super::Json;
use super::meant::number_of_text;
use super::raw::{RawField, RawNamedKind, RawType};
use super::read::Reader;
use crate::collections::ByName;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::model::Annotations;
use crate::nearest::nearest;
use crate::source::Origin;

/// The largest fixed that is taken: a message of Kafka has no more bytes, as brokers and clients are set.
pub(crate) const FIXED_MAX: i64 = 1 << 20;

/// What Avro gives a meaning in a definition.
pub(super) const NAMED_KEYS: &[&str] = &["type", "name", "namespace", "doc", "aliases", "fields", "symbols", "size"];
/// The same in a field.
const FIELD_KEYS: &[&str] = &["name", "type", "doc", "aliases", "default", "order"];

/// What else an object says.
pub(super) fn properties(json: &Json, known: &[&str]) -> Vec<(String, Json)> {
    match json {
        Json::Object(entries) => entries.iter().filter(|(key, _)| !known.contains(&key.as_str())).cloned().collect(),
        _ => Vec::new(),
    }
}

impl Reader<'_> {
    pub(super) fn symbols(&mut self, json: &Json, origin: &Origin) -> Option<RawNamedKind> {
        let Some(Json::Array(listed)) = json.get("symbols") else {
            self.error("KE0102", origin, "the enum has no `symbols`", "add `symbols`: an array of names");
            return None;
        };
        let place = origin.child("symbols");
        if listed.len() > limits::SYMBOLS {
            let what = format!("the enum has {} symbols", listed.len());
            self.exceeded(&place, what, limits::SYMBOLS, "as many words are no enum: make it a string");
            return None;
        }
        let mut symbols: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        for (index, symbol) in listed.iter().enumerate() {
            let Some(symbol) = symbol.as_str() else {
                self.error(
                    "KE0102",
                    &place.child(index),
                    format!("a symbol is a string, not {}", symbol.kind()),
                    "write it in quotes",
                );
                return None;
            };
            if !self.check_names([symbol], symbol, "symbol", &place.child(index)) {
                return None;
            }
            if !seen.insert(symbol) {
                let message = format!("the symbol `{symbol}` stands twice");
                self.error(
                    "KE0102",
                    &place.child(index),
                    message,
                    "a symbol's place is its number: keep one of them",
                );
                return None;
            }
            symbols.push(symbol.to_owned());
        }
        if symbols.is_empty() {
            self.error("KE0102", &place, "the enum has no symbols: it has no value", "name at least one");
            return None;
        }
        let default = match json.get("default") {
            None | Some(Json::Null) => None,
            Some(default) => {
                let found = default
                    .as_str()
                    .and_then(|default| symbols.iter().position(|symbol| symbol == default));
                if found.is_none() {
                    let near = default.as_str().and_then(|word| nearest(word, symbols.iter().map(String::as_str)));
                    let help = near.map_or("name one of the symbols".to_owned(), |near| format!("did you mean `{near}`?"));
                    self.error(
                        "KE0107",
                        &origin.child("default"),
                        format!("the enum's default {default} is not one of its symbols"),
                        help,
                    );
                }
                found
            }
        };
        Some(RawNamedKind::Enum { symbols, default })
    }

    pub(super) fn size(&mut self, json: &Json, origin: &Origin) -> Option<RawNamedKind> {
        let size = match json.get("size") {
            Some(Json::Int(size @ 0..=FIXED_MAX)) => *size as usize,
            Some(other) => {
                let message = format!("a fixed's `size` is a number of bytes up to {FIXED_MAX}, not {other}");
                self.error("KE0102", &origin.child("size"), message, "state how many bytes each value has");
                return None;
            }
            None => {
                self.error(
                    "KE0102",
                    origin,
                    "the fixed has no `size`",
                    "add `size`: how many bytes each value has",
                );
                return None;
            }
        };
        let logical = self.fixed_logical(json, size, origin);
        Some(RawNamedKind::Fixed { size, logical })
    }

    pub(super) fn fields(&mut self, json: &Json, namespace: &str, origin: &Origin) -> Option<RawNamedKind> {
        let Some(Json::Array(listed)) = json.get("fields") else {
            self.error(
                "KE0102",
                origin,
                "the record has no `fields`",
                "add `fields`: an array, which may be empty",
            );
            return None;
        };
        if listed.len() > limits::FIELDS {
            let what = format!("the record has {} fields", listed.len());
            self.exceeded(
                &origin.child("fields"),
                what,
                limits::FIELDS,
                "divide it into records, or make some of them a map",
            );
            return None;
        }
        let mut fields: Vec<RawField> = Vec::new();
        let mut known: ByName<Origin> = ByName::default();
        for (index, field) in listed.iter().enumerate() {
            let origin = origin.child("fields").child(index);
            let Some(name) = field.get("name").and_then(Json::as_str) else {
                self.error("KE0102", &origin, "a field has no `name`", "add a `name`");
                continue;
            };
            if !self.check_names([name], name, "field name", &origin.child("name")) {
                continue;
            }
            if let Some(first) = known.get(name) {
                let diagnostic = Diagnostic::error("KE0109", &origin.child("name"), format!("the field `{name}` stands twice"))
                    .also(&first.child("name"), "first here")
                    .help("leave or rename one of them");
                self.refuse(diagnostic);
                continue;
            }
            let Some(ty) = field.get("type") else {
                self.error("KE0102", &origin, format!("the field `{name}` has no `type`"), "add a `type`");
                continue;
            };
            if field.get("logicalType").is_some() {
                let warning = "`logicalType` beside the field's type is ignored";
                let help = "put it into the type: \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";
                self.diagnostics
                    .push(Diagnostic::warning("KE0111", &origin.child("logicalType"), warning).help(help));
            }
            known.insert(name.to_owned(), origin.clone());
            let annotations = Annotations::of(ty);
            let ty = self.read(ty, namespace, &origin.child("type"));
            let default = self.default(field, &ty, name, &origin);
            fields.push(RawField {
                name: name.to_owned(),
                doc: field.get("doc").and_then(Json::as_str).map(str::to_owned),
                aliases: self.aliases(field, "", &origin),
                ty,
                annotations,
                default,
                order: self.order(field, &origin),
                properties: properties(field, FIELD_KEYS),
                origin,
            });
        }
        Some(RawNamedKind::Record(fields))
    }

    /// A field's default; of a float or a double by itself a number, where Java reads one from a text.
    fn default(&mut self, field: &Json, ty: &RawType, name: &str, origin: &Origin) -> Option<Json> {
        let default = field.get("default")?;
        let Some(number) = number_of_text(ty, default) else {
            return Some(default.clone());
        };
        if number.as_f64().is_none_or(f64::is_finite) {
            let warning = format!("the default of `{name}` is a number in quotes: Java reads it as a number, and other readers may not");
            let help = format!("write it without quotes: `{number}`");
            self.diagnostics
                .push(Diagnostic::warning("KE0117", &origin.child("default"), warning).help(help));
        }
        Some(number)
    }

    /// How records are sorted by a field, in any case, as Java reads it.
    fn order(&mut self, field: &Json, origin: &Origin) -> Option<String> {
        let order = field.get("order")?;
        let known = ["ascending", "descending", "ignore"];
        match order.as_str() {
            Some(text) if known.iter().any(|known| text.eq_ignore_ascii_case(known)) => Some(text.to_owned()),
            _ => {
                let message = format!("{order} is no order of a field");
                let help = "write \"ascending\", \"descending\" or \"ignore\", or leave it out: it is \"ascending\" then";
                self.error("KE0102", &origin.child("order"), message, help);
                None
            }
        }
    }
}
