//! A definition: its name, and what it is beside the others of that name.

use super::Json;
use super::body::{NAMED_KEYS, properties};
use super::raw::{Docs, RawNamed, RawNamedKind, RawType};
use super::read::{Reader, primitive};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::Origin;

impl Reader<'_> {
    /// Reads a definition of a kind, and names it.
    pub(super) fn named(&mut self, kind: &str, json: &Json, namespace: &str, origin: &Origin) -> RawType {
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
        let hash = self.hash(json);
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
        for alias in &aliases {
            // A dot before it is that of no namespace.
            let parts = alias.strip_prefix('.').unwrap_or(alias).split('.');
            self.check_names(parts, alias, "alias", &origin.child("aliases"));
        }
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
        let mut properties = properties(json, NAMED_KEYS);
        if matches!(kind, RawNamedKind::Enum { .. }) {
            properties.retain(|(key, _)| key != "default");
        }
        let raw = RawNamed {
            doc: json.get("doc").and_then(Json::as_str).map(str::to_owned),
            aliases,
            kind,
            properties,
            origin: origin.clone(),
            hash,
            whole: self.errors == errors,
        };
        match self.found.get(&full) {
            // Of what was refused in part, nobody knows what it means.
            Some(first) if !(first.whole && raw.whole) || first.means(&raw, Docs::Meant) => {}
            Some(first) if first.means(&raw, Docs::Ignored) => {
                let warning = format!("`{full}` is defined twice, and only what its docs say differs: the longer are taken");
                self.diagnostics.push(
                    Diagnostic::warning("KE0118", &raw.origin.child("name"), warning)
                        .label("defined again here")
                        .also(&first.origin.child("name"), "first defined here")
                        .help("make both the same, or keep one"),
                );
                // Whichever is read first.
                let docs = |raw: &RawNamed| {
                    let docs = raw.docs();
                    (docs.len(), docs)
                };
                if docs(&raw) > docs(first) {
                    self.found.insert(full, raw);
                }
            }
            Some(first) => self.defined_differently(&full, &first.origin.clone(), origin),
            None => {
                self.found.insert(full, raw);
            }
        }
        reference
    }

    /// A definition's hash, and those of all that are in it with its own: each part of a schema is hashed once.
    fn hash(&mut self, json: &Json) -> u128 {
        if let Some(known) = self.hashes.get(&std::ptr::from_ref(json).addr()) {
            return *known;
        }
        json.hash(&mut self.hashes)
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

    /// Whether all parts of a name are names.
    pub(super) fn check_names<'n>(&mut self, parts: impl IntoIterator<Item = &'n str>, whole: &str, what: &str, origin: &Origin) -> bool {
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
            let cured = cured(whole);
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

    pub(super) fn aliases(&mut self, json: &Json, namespace: &str, origin: &Origin) -> Vec<String> {
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
}

/// A name, or names joined by dots, of which one is not valid: with what is not replaced.
pub(crate) fn cured(whole: &str) -> String {
    let part = |part: &str| {
        let mut cured: String = part.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        if cured.starts_with(|first: char| first.is_ascii_digit()) {
            cured.insert(0, '_');
        }
        cured
    };
    let parts: Vec<_> = whole.split('.').filter(|part| !part.is_empty()).map(part).collect();
    if parts.is_empty() { "_".to_owned() } else { parts.join(".") }
}

#[cfg(test)]
mod tests {
    use super::cured;

    #[test]
    fn every_part_of_what_is_cured_is_a_name() {
        for (written, right) in [
            ("com.3rdparty.events", "com._3rdparty.events"),
            ("com..events.", "com.events"),
            ("my-job", "my_job"),
            ("1", "_1"),
            ("", "_"),
            (".", "_"),
        ] {
            assert_eq!(cured(written), right, "{written}");
        }
    }
}
