//! The records that a manifest names.

use std::cell::{OnceCell, RefCell};

use super::key::{Uneven, uneven};
use crate::collections::{ByName, ByType};
use crate::diagnostic::{Collector, Diagnostic, Severity};
use crate::fingerprint::fingerprint;
use crate::model::{Model, Named, TypeId};
use crate::nearest::nearest;
use crate::source::Origin;

/// All records, to be named by a manifest.
#[derive(Clone, Copy)]
pub(super) struct Records<'m> {
    pub(super) model: &'m Model,
    /// Whether all schemas could be read: else what is missing may be in one that could not.
    pub(super) whole: bool,
    pub(super) known: &'m Known,
}

/// What topic after topic asks of the types.
pub(super) struct Known {
    /// By their full names, and by their names without a namespace.
    full: ByName<TypeId>,
    simple: ByName<Vec<TypeId>>,
    fingerprints: RefCell<ByType<u64>>,
    uneven: OnceCell<ByType<Uneven>>,
}

impl Known {
    pub(super) fn new(model: &Model) -> Self {
        let mut simple: ByName<Vec<TypeId>> = ByName::default();
        for (id, named) in model.types() {
            simple.or_default(&named.name().ident.avro).push(id);
        }
        Self {
            full: model.types().map(|(id, named)| (named.name().full(), id)).collect(),
            simple,
            fingerprints: RefCell::default(),
            uneven: OnceCell::new(),
        }
    }
}

impl Records<'_> {
    /// The record of a full name, or of a simple name that no other has. `does` says what the record is for, as in "the topic `jobs` carries".
    pub(super) fn find(&self, name: &str, origin: &Origin, does: &str, what: &str, diagnostics: &mut Collector) -> Option<TypeId> {
        let model = self.model;
        let exact = self.known.full.get(name);
        let found = match exact {
            Some(found) => Some(*found),
            None => {
                let same = self.known.simple.get(name).map_or(&[][..], Vec::as_slice);
                if same.len() > 1 {
                    let candidates: Vec<_> = same.iter().map(|id| format!("`{}`", model.named(*id).name().full())).collect();
                    let message = format!("`{name}` could be {}", candidates.join(" or "));
                    diagnostics.push(Diagnostic::error("KE0404", origin, message).help("write the full name"));
                    return None;
                }
                same.first().copied()
            }
        };
        match found.map(|id| (id, model.named(id))) {
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
                diagnostics.push_with(Severity::Error, || self.unknown(name, origin, does));
                None
            }
        }
    }

    fn unknown(&self, name: &str, origin: &Origin, does: &str) -> Diagnostic {
        let simple = |full: &str| full.rsplit('.').next().unwrap_or_default().to_owned();
        let records: Vec<String> = self
            .model
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
        Diagnostic::error("KE0404", origin, message).help(help)
    }

    /// The records whose equal values need not have equal bytes.
    pub(super) fn uneven(&self) -> &ByType<Uneven> {
        self.known.uneven.get_or_init(|| uneven(self.model))
    }

    /// The fingerprint of a record, which several topics may carry.
    pub(super) fn fingerprint(&self, id: TypeId) -> u64 {
        let mut known = self.known.fingerprints.borrow_mut();
        *known.or_insert_with(id, || fingerprint(self.model, id))
    }
}
