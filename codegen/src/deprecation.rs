//! What a schema says is not to be used any more, by properties of ours: Avro gives them no meaning, and other tools keep them.
//!
//! `"deprecated": true` (or `"true"`), or a text that says what to use instead, of a type or a field; `"deprecatedSymbols"` of an enum, a list of symbols, or
//! an object of symbols with such texts.

use crate::avro::Json;
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Model, Named};
use crate::nearest::nearest;
use crate::source::Origin;

const OF_TYPE: &str = "deprecated";
const OF_SYMBOLS: &str = "deprecatedSymbols";

/// That something is not to be used, with what is said on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deprecation<'j> {
    pub(crate) note: Option<&'j str>,
}

/// Whether a type or a field is deprecated.
pub(crate) fn of(properties: &[(String, Json)]) -> Option<Deprecation<'_>> {
    read(property(properties, OF_TYPE)?).ok()?
}

/// The symbols of an enum that are deprecated.
pub(crate) fn of_symbols(properties: &[(String, Json)]) -> ByName<Deprecation<'_>> {
    match property(properties, OF_SYMBOLS) {
        Some(Json::Array(symbols)) => {
            let symbols = symbols.iter().filter_map(Json::as_str);
            symbols.map(|symbol| (symbol.to_owned(), Deprecation { note: None })).collect()
        }
        Some(Json::Object(symbols)) => {
            let deprecation = |(symbol, json)| Some((String::clone(symbol), read(json).ok()??));
            symbols
                .iter()
                .map(|(symbol, json)| (symbol, json))
                .filter_map(deprecation)
                .collect()
        }
        _ => ByName::default(),
    }
}

/// Whether anything of a model is deprecated.
pub(crate) fn any(model: &Model) -> bool {
    model.types().any(|(_, named)| match named {
        Named::Record(record) => of(&record.properties).is_some() || record.fields.iter().any(|field| of(&field.properties).is_some()),
        Named::Enum(enumeration) => of(&enumeration.properties).is_some() || !of_symbols(&enumeration.properties).is_empty(),
        Named::Fixed(fixed) => of(&fixed.properties).is_some(),
    })
}

/// Warns of such properties that mean nothing.
pub(crate) fn check(model: &Model, diagnostics: &mut Collector) {
    for (_, named) in model.types() {
        match named {
            Named::Record(record) => {
                check_value(&record.properties, &record.origin, diagnostics);
                for field in &record.fields {
                    check_value(&field.properties, &field.origin, diagnostics);
                }
            }
            Named::Enum(enumeration) => {
                check_value(&enumeration.properties, &enumeration.origin, diagnostics);
                let symbols: Vec<&str> = enumeration.symbols.iter().map(|symbol| symbol.avro.as_str()).collect();
                check_symbols(&enumeration.properties, &symbols, &enumeration.origin, diagnostics);
            }
            Named::Fixed(fixed) => check_value(&fixed.properties, &fixed.origin, diagnostics),
        }
    }
}

fn property<'j>(properties: &'j [(String, Json)], key: &str) -> Option<&'j Json> {
    properties.iter().find(|(known, _)| known == key).map(|(_, json)| json)
}

/// `Err` for what is neither a boolean nor a text.
fn read(json: &Json) -> Result<Option<Deprecation<'_>>, ()> {
    match json {
        Json::Bool(deprecated) => Ok(deprecated.then_some(Deprecation { note: None })),
        Json::Null => Ok(None),
        // Some tools have no booleans among their properties.
        Json::String(word) if word == "false" => Ok(None),
        Json::String(note) => Ok(Some(Deprecation {
            note: Some(note.trim()).filter(|note| !note.is_empty() && *note != "true"),
        })),
        _ => Err(()),
    }
}

fn check_value(properties: &[(String, Json)], origin: &Origin, diagnostics: &mut Collector) {
    if let Some(json) = property(properties, OF_TYPE)
        && read(json).is_err()
    {
        let message = format!("`{OF_TYPE}` is true or a text, not {}: it is ignored", json.kind());
        let help = "say what to use instead, as in \"deprecated\": \"use `other`\"";
        diagnostics.push(Diagnostic::warning("KE0116", &origin.child(OF_TYPE), message).help(help));
    }
}

fn check_symbols(properties: &[(String, Json)], symbols: &[&str], origin: &Origin, diagnostics: &mut Collector) {
    let Some(json) = property(properties, OF_SYMBOLS) else { return };
    let origin = origin.child(OF_SYMBOLS);
    let named: Vec<(&str, Origin)> = match json {
        Json::Array(listed) if listed.iter().all(|symbol| symbol.as_str().is_some()) => {
            let listed = listed.iter().filter_map(Json::as_str).enumerate();
            listed.map(|(place, symbol)| (symbol, origin.child(place))).collect()
        }
        Json::Object(entries) if entries.iter().all(|(_, json)| read(json).is_ok()) => {
            let entries = entries.iter().map(|(symbol, _)| symbol.as_str());
            entries.map(|symbol| (symbol, origin.child(symbol))).collect()
        }
        _ => {
            let message = format!("`{OF_SYMBOLS}` is a list of symbols, or an object of symbols with texts: it is ignored, or some of it");
            let help = "write \"deprecatedSymbols\": [\"OLD\"], or {\"OLD\": \"use `NEW`\"}";
            diagnostics.push(Diagnostic::warning("KE0116", &origin, message).help(help));
            return;
        }
    };
    let known: std::collections::HashSet<&str> = symbols.iter().copied().collect();
    for (symbol, place) in named {
        if known.contains(symbol) {
            continue;
        }
        let help = match nearest(symbol, symbols.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name one of the symbols, or leave it out".to_owned(),
        };
        diagnostics.push(Diagnostic::warning("KE0116", &place, format!("the enum has no symbol `{symbol}`")).help(help));
    }
}
