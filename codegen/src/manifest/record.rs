//! The records that a manifest names.

use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::model::{Model, Named, TypeId};
use crate::source::Origin;

/// All records, to be named by a manifest.
#[derive(Clone, Copy)]
pub(super) struct Records<'m> {
    pub(super) model: &'m Model,
    /// Whether all schemas could be read: else what is missing may be in one that could not.
    pub(super) whole: bool,
}

impl Records<'_> {
    /// The record of a full name, or of a simple name that no other has. `does` says what the record is for, as in "the topic `jobs` carries".
    pub(super) fn find(&self, name: &str, origin: &Origin, does: &str, what: &str, diagnostics: &mut Collector) -> Option<TypeId> {
        let model = self.model;
        let simple = |full: &str| full.rsplit('.').next().unwrap_or_default().to_owned();
        let exact = model.find(name);
        let found = match exact {
            Some(found) => Some(found),
            None if !name.contains('.') => {
                let same: Vec<_> = model.types().filter(|(_, named)| simple(&named.name().full()) == name).collect();
                if same.len() > 1 {
                    let candidates: Vec<_> = same.iter().map(|(_, named)| format!("`{}`", named.name().full())).collect();
                    let message = format!("`{name}` could be {}", candidates.join(" or "));
                    diagnostics.push(Diagnostic::error("KE0404", origin, message).help("write the full name"));
                    return None;
                }
                same.into_iter().next()
            }
            None => None,
        };
        match found {
            Some((id, Named::Record(_))) => Some(id),
            Some((_, other)) => {
                let message = format!("`{name}` is not a record");
                let diagnostic = Diagnostic::error("KE0404", origin, message)
                    .also(other.origin(), "defined here")
                    .help(what);
                diagnostics.push(diagnostic);
                None
            }
            None if !self.whole => None,
            None => {
                let records: Vec<String> = model
                    .types()
                    .filter(|(_, named)| matches!(named, Named::Record(_)))
                    .map(|(_, named)| named.name().full())
                    .collect();
                let same = records.iter().find(|full| simple(full) == simple(name)).map(String::as_str);
                // A simple name may be that of a record, nearly.
                let near = || {
                    let near = nearest(name, records.iter().map(|full| full.rsplit('.').next().unwrap_or_default()))?;
                    records.iter().find(|full| simple(full) == near).map(String::as_str)
                };
                let near = same.or_else(|| nearest(name, records.iter().map(String::as_str))).or_else(near);
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the schemas have no such record; `schemas` says where they are looked for".to_owned(),
                };
                let message = format!("{does} `{name}`, which no schema defines");
                diagnostics.push(Diagnostic::error("KE0404", origin, message).help(help));
                None
            }
        }
    }
}
