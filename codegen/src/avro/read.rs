//! A JSON value to schemas as they are written: each named type is collected by its full name.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Json;
use super::raw::{RawField, RawNamed, RawNamedKind, RawType};
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::limits;
use crate::model::{Annotations, Logical, Type};
use crate::source::Origin;

/// The largest fixed that is taken: an array on the stack must hold it.
const FIXED_MAX: i64 = 1 << 20;

/// Reads values into named types, which it collects by full name.
pub(crate) struct Reader<'a> {
    found: &'a mut BTreeMap<String, RawNamed>,
    pub(super) diagnostics: &'a mut Collector,
    /// How much has been refused.
    pub(crate) errors: usize,
    /// Whether a named type has been defined.
    pub(crate) defines: bool,
    /// The definitions that are being read, from the outermost inwards: full names with places.
    open: Vec<(String, Origin)>,
    /// How many arrays, maps and unions stand around what is read, from the last definition inwards.
    nested: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(found: &'a mut BTreeMap<String, RawNamed>, diagnostics: &'a mut Collector) -> Self {
        Self {
            found,
            diagnostics,
            errors: 0,
            defines: false,
            open: Vec::new(),
            nested: 0,
        }
    }

    fn refuse(&mut self, diagnostic: Diagnostic) {
        self.errors += 1;
        self.diagnostics.push(diagnostic);
    }

    fn error(&mut self, code: &'static str, origin: &Origin, message: impl Into<String>, help: impl Into<String>) -> RawType {
        self.refuse(Diagnostic::error(code, origin, message).help(help));
        RawType::Broken
    }

    fn exceeded(&mut self, origin: &Origin, what: String, most: usize, help: &str) {
        self.refuse(limits::exceeded(origin, what, &format!("{most} are taken"), help));
    }

    /// Reads a type that stands in a namespace.
    pub(crate) fn read(&mut self, json: &Json, namespace: &str, origin: &Origin) -> RawType {
        match json {
            Json::String(name) => self.named_or_primitive(name, namespace, origin),
            Json::Array(branches) => {
                if !self.enter(origin) {
                    return RawType::Broken;
                }
                let branches: Vec<_> = branches
                    .iter()
                    .enumerate()
                    .map(|(place, branch)| self.read(branch, namespace, &origin.child(place)))
                    .collect();
                self.nested -= 1;
                self.check_union(&branches, origin);
                RawType::Union(branches)
            }
            Json::Object(_) => self.object(json, namespace, origin),
            other => self.error(
                "KE0102",
                origin,
                format!("{} is not a schema", other.kind()),
                "a schema is a type's name, an object with a `type`, or an array of branches",
            ),
        }
    }

    /// Goes into an array, a map or a union, unless it is too deep.
    fn enter(&mut self, origin: &Origin) -> bool {
        if self.nested == limits::NESTED_TYPES {
            let what = "arrays, maps and unions stand too deep within one another".to_owned();
            self.exceeded(origin, what, limits::NESTED_TYPES, "put a record between them");
            return false;
        }
        self.nested += 1;
        true
    }

    fn check_union(&mut self, branches: &[RawType], origin: &Origin) {
        if branches.is_empty() {
            let help = "name the types that a value may have";
            self.error("KE0108", origin, "the union has no branches: it has no value", help);
        }
        if branches.len() > limits::BRANCHES {
            let what = format!("the union has {} branches", branches.len());
            self.exceeded(
                origin,
                what,
                limits::BRANCHES,
                "hold the values of some of them in a record, or in a union of its own",
            );
            return;
        }
        let mut seen = HashSet::new();
        for (place, branch) in branches.iter().enumerate() {
            let kind = match branch {
                RawType::Broken => continue,
                RawType::Union(_) => {
                    let help = "write the inner union's branches into the outer one";
                    self.error("KE0108", &origin.child(place), "a union cannot hold a union directly", help);
                    continue;
                }
                RawType::Array(_) => "array".to_owned(),
                RawType::Map(_) => "map".to_owned(),
                RawType::Reference { full, .. } => full.clone(),
                RawType::Primitive(ty) => primitive_name(ty).to_owned(),
            };
            if !seen.insert(kind.clone()) {
                let help = "a reader could not tell the two apart: leave one of them, or give each a named type of its own";
                self.error(
                    "KE0108",
                    &origin.child(place),
                    format!("the union has two branches of type `{kind}`"),
                    help,
                );
            }
        }
    }

    fn named_or_primitive(&mut self, name: &str, namespace: &str, origin: &Origin) -> RawType {
        if let Some(primitive) = primitive(name) {
            return RawType::Primitive(primitive);
        }
        let full = if name.contains('.') || namespace.is_empty() {
            name.to_owned()
        } else {
            format!("{namespace}.{name}")
        };
        RawType::Reference {
            full,
            written: name.to_owned(),
            origin: origin.clone(),
        }
    }

    fn object(&mut self, json: &Json, namespace: &str, origin: &Origin) -> RawType {
        let Some(kind) = json.get("type") else {
            let help = "add a `type`: a primitive, `record`, `enum`, `fixed`, `array`, `map`, or a defined name";
            return self.error("KE0102", origin, "the schema has no `type`", help);
        };
        match kind {
            Json::String(kind) => match kind.as_str() {
                "record" | "error" | "enum" | "fixed" => self.named(kind, json, namespace, origin),
                "array" | "map" => {
                    let key = if kind == "array" { "items" } else { "values" };
                    let Some(inner) = json.get(key) else {
                        let help = format!("add `{key}`: the type of each");
                        return self.error("KE0102", origin, format!("the {kind} has no `{key}`"), help);
                    };
                    self.no_logical(json, &format!("an {kind}").replace("an m", "a m"), origin);
                    if !self.enter(origin) {
                        return RawType::Broken;
                    }
                    let inner = Box::new(self.read(inner, namespace, &origin.child(key)));
                    self.nested -= 1;
                    if kind == "array" {
                        RawType::Array(inner)
                    } else {
                        RawType::Map(inner)
                    }
                }
                name => match primitive(name) {
                    Some(primitive) => RawType::Primitive(self.logical(json, primitive, origin)),
                    None => {
                        self.no_logical(json, &format!("the type `{name}`"), origin);
                        self.named_or_primitive(name, namespace, &origin.child("type"))
                    }
                },
            },
            nested => match self.read(nested, namespace, &origin.child("type")) {
                RawType::Primitive(Type::Logical(inner)) => {
                    self.no_logical(json, "a type that has one", origin);
                    RawType::Primitive(Type::Logical(inner))
                }
                RawType::Primitive(plain) => RawType::Primitive(self.logical(json, plain, origin)),
                other => {
                    self.no_logical(json, "a type that is no primitive", origin);
                    other
                }
            },
        }
    }

    fn named(&mut self, kind: &str, json: &Json, namespace: &str, origin: &Origin) -> RawType {
        let Some(Json::String(written)) = json.get("name") else {
            return self.error("KE0102", origin, format!("the {kind} has no `name`"), "add a `name`");
        };
        let stated = match json.get("namespace") {
            Some(Json::String(stated)) => Some(stated.as_str()),
            Some(Json::Null) | None => None,
            Some(other) => {
                let message = format!("a namespace is a string, not {}", other.kind());
                return self.error(
                    "KE0104",
                    &origin.child("namespace"),
                    message,
                    "write it in quotes, its parts joined by dots",
                );
            }
        };
        let (namespace, name) = match written.rsplit_once('.') {
            Some((namespace, name)) => (namespace, name),
            None => (stated.unwrap_or(namespace), written.as_str()),
        };
        let place = if written.contains('.') || stated.is_none() {
            "name"
        } else {
            "namespace"
        };
        if !namespace.is_empty() && !self.check_names(namespace.split('.'), namespace, "namespace", &origin.child(place)) {
            return RawType::Broken;
        }
        if !self.check_names([name], name, "name", &origin.child("name")) {
            return RawType::Broken;
        }
        let parts = namespace.split('.').count();
        if parts > limits::NAMESPACE_PARTS {
            let what = format!("the namespace has {parts} parts");
            self.exceeded(&origin.child(place), what, limits::NAMESPACE_PARTS, "shorten it");
            return RawType::Broken;
        }
        if namespace.is_empty() && primitive(name).is_some() {
            let help = "give it another name, or a namespace";
            return self.error(
                "KE0104",
                &origin.child("name"),
                format!("`{name}` is the name of a primitive type"),
                help,
            );
        }
        let full = if namespace.is_empty() {
            name.to_owned()
        } else {
            format!("{namespace}.{name}")
        };
        let reference = RawType::Reference {
            full: full.clone(),
            written: full.clone(),
            origin: origin.clone(),
        };
        self.defines = true;
        // A copy means the same: all that is in it has been read.
        let hash = json.hash();
        if self.found.get(&full).is_some_and(|first| first.hash == hash) {
            return reference;
        }
        // No definition holds another that means the same: that one would hold a third.
        if let Some((_, outer)) = self.open.iter().find(|(open, _)| *open == full) {
            self.defined_differently(&full, &outer.clone(), origin);
            return RawType::Broken;
        }
        let errors = self.errors;
        let aliases = self.aliases(json, namespace, origin);
        self.open.push((full.clone(), origin.clone()));
        let nested = std::mem::take(&mut self.nested);
        let kind = match kind {
            "fixed" => self.size(json, origin),
            kind => {
                self.no_logical(json, &format!("the {kind} `{name}`"), origin);
                if kind == "enum" {
                    self.symbols(json, origin)
                } else {
                    self.fields(json, namespace, origin)
                }
            }
        };
        self.open.pop();
        self.nested = nested;
        let Some(kind) = kind else {
            return RawType::Broken;
        };
        let raw = RawNamed {
            doc: json.get("doc").and_then(Json::as_str).map(str::to_owned),
            aliases,
            kind,
            properties: properties(json, NAMED_KEYS),
            origin: origin.clone(),
            hash,
            whole: self.errors == errors,
        };
        match self.found.get(&full) {
            // Of what was refused in part, nobody knows what it means.
            Some(first) if !(first.whole && raw.whole) || first.means(&raw) => {}
            Some(first) => self.defined_differently(&full, &first.origin.clone(), origin),
            None => {
                self.found.insert(full, raw);
            }
        }
        reference
    }

    fn defined_differently(&mut self, full: &str, first: &Origin, again: &Origin) {
        let message = format!("`{full}` is defined twice, and differently");
        self.refuse(
            Diagnostic::error("KE0106", &again.child("name"), message)
                .label("defined again here")
                .also(&first.child("name"), "first defined here")
                .help("one full name is one type: rename one of them, or make both the same"),
        );
    }

    fn check_names<'n>(&mut self, parts: impl IntoIterator<Item = &'n str>, whole: &str, what: &str, origin: &Origin) -> bool {
        if whole.len() > limits::NAME_BYTES {
            let what = format!("the {what} has {} bytes", whole.len());
            self.exceeded(origin, what, limits::NAME_BYTES, "shorten it");
            return false;
        }
        for part in parts {
            let mut characters = part.chars();
            let begins = characters.next().is_some_and(|first| first == '_' || first.is_ascii_alphabetic());
            if begins && characters.all(|character| character == '_' || character.is_ascii_alphanumeric()) {
                continue;
            }
            let mut cured: String = whole
                .chars()
                .map(|c| if c == '.' || c.is_ascii_alphanumeric() { c } else { '_' })
                .collect();
            if cured.starts_with(|first: char| first.is_ascii_digit()) || cured.is_empty() {
                cured.insert(0, '_');
            }
            let diagnostic = Diagnostic::error("KE0104", origin, format!("`{whole}` is not a valid Avro {what}"))
                .label(format!(
                    "`{part}` is not a name: letters, digits and `_`, not beginning with a digit"
                ))
                .help(format!("write `{cured}`"));
            self.refuse(diagnostic);
            return false;
        }
        true
    }

    fn aliases(&mut self, json: &Json, namespace: &str, origin: &Origin) -> Vec<String> {
        match json.get("aliases") {
            None | Some(Json::Null) => Vec::new(),
            Some(Json::Array(aliases)) if aliases.iter().all(|alias| alias.as_str().is_some()) => aliases
                .iter()
                .filter_map(Json::as_str)
                .map(|alias| {
                    if alias.contains('.') || namespace.is_empty() {
                        alias.to_owned()
                    } else {
                        format!("{namespace}.{alias}")
                    }
                })
                .collect(),
            Some(_) => {
                let origin = origin.child("aliases");
                self.error("KE0102", &origin, "`aliases` is an array of names", "write [\"FormerName\"]");
                Vec::new()
            }
        }
    }

    fn symbols(&mut self, json: &Json, origin: &Origin) -> Option<RawNamedKind> {
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
                    "a symbol's place is its number: leave one of them",
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

    fn size(&mut self, json: &Json, origin: &Origin) -> Option<RawNamedKind> {
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

    fn fields(&mut self, json: &Json, namespace: &str, origin: &Origin) -> Option<RawNamedKind> {
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
        let mut known: HashMap<&str, Origin> = HashMap::new();
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
            known.insert(name, origin.clone());
            let annotations = Annotations::of(ty);
            let ty = self.read(ty, namespace, &origin.child("type"));
            fields.push(RawField {
                name: name.to_owned(),
                doc: field.get("doc").and_then(Json::as_str).map(str::to_owned),
                aliases: self.aliases(field, "", &origin),
                ty,
                annotations,
                default: field.get("default").cloned(),
                order: field.get("order").and_then(Json::as_str).map(str::to_owned),
                properties: properties(field, FIELD_KEYS),
                origin,
            });
        }
        Some(RawNamedKind::Record(fields))
    }
}

const NAMED_KEYS: &[&str] = &[
    "type",
    "name",
    "namespace",
    "doc",
    "aliases",
    "fields",
    "symbols",
    "default",
    "size",
];
const FIELD_KEYS: &[&str] = &["name", "type", "doc", "aliases", "default", "order"];

fn properties(json: &Json, known: &[&str]) -> Vec<(String, Json)> {
    match json {
        Json::Object(entries) => entries.iter().filter(|(key, _)| !known.contains(&key.as_str())).cloned().collect(),
        _ => Vec::new(),
    }
}

fn primitive(name: &str) -> Option<Type> {
    Some(match name {
        "null" => Type::Null,
        "boolean" => Type::Boolean,
        "int" => Type::Int,
        "long" => Type::Long,
        "float" => Type::Float,
        "double" => Type::Double,
        "bytes" => Type::Bytes,
        "string" => Type::String,
        _ => return None,
    })
}

/// The Avro name of a primitive type, below its logical type.
pub(crate) fn primitive_name(ty: &Type) -> &'static str {
    match ty {
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Int | Type::Logical(Logical::Date | Logical::TimeMillis) => "int",
        Type::Float => "float",
        Type::Double => "double",
        Type::Bytes | Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => "bytes",
        Type::String | Type::Logical(Logical::Uuid) => "string",
        _ => "long",
    }
}
