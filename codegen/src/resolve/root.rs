//! What stands at the roots of files.

use super::{Resolver, lookup, references, unknown};
use crate::avro::{RawNamed, RawNamedKind, RawType};
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic, Severity};
use crate::model::{Annotations, Ident, Root, TypeName};
use crate::source::Origin;

/// What stands at the root of a file.
pub(crate) struct RawRoot {
    pub(crate) ty: RawType,
    pub(crate) annotations: Annotations,
    /// The file's path, from the manifest's folder on, or from that of the schemas.
    pub(crate) path: String,
    pub(crate) origin: Origin,
    /// Whether nothing in it was refused.
    pub(crate) whole: bool,
    /// Whether it defines a named type.
    pub(crate) defines: bool,
}

impl RawRoot {
    /// Whether it becomes a type by itself: it is no named type, or another name of what a fixed means.
    pub(crate) fn is_type(&self, found: &ByName<RawNamed>) -> bool {
        match &self.ty {
            RawType::Reference { full, written, .. } => {
                let named = lookup(found, full, written).map(|known| &found[known].kind);
                self.defines && matches!(named, Some(RawNamedKind::Fixed { logical: Some(_), .. }))
            }
            RawType::Broken => false,
            RawType::Primitive(_) | RawType::Array(_) | RawType::Map(_) | RawType::Union(_) => true,
        }
    }
}

/// Checks what the files say beside their definitions, and gives whether all schemas could be read after all: an unknown type at a root may be
/// a definition whose kind is misspelt, and what it would have defined is missing elsewhere.
pub(crate) fn check(found: &ByName<RawNamed>, roots: &[RawRoot], whole: bool, diagnostics: &mut Collector) -> bool {
    let mut all_known = true;
    for root in roots {
        let mut known = true;
        references(&root.ty, &mut |full, written, origin| {
            if lookup(found, full, written).is_none() {
                known = false;
                if whole {
                    diagnostics.push_with(Severity::Error, || unknown(found, full, written, origin));
                }
            }
        });
        let empty = root.whole && !root.defines;
        if empty && known && !root.is_type(found) {
            let message = "the schema defines no type: nothing is generated from it";
            let help = "define a type in it, or keep it out of the contract's schemas";
            diagnostics.push(Diagnostic::warning("KE0114", &root.origin, message).help(help));
        }
        all_known &= known || !empty;
    }
    whole && all_known
}

impl Resolver<'_> {
    /// The types of files whose root has no name of its own, with the names made for them.
    pub(super) fn roots(&mut self, roots: &[RawRoot], names: Vec<Ident>) -> Vec<Root> {
        let roots = roots.iter().filter(|root| root.is_type(self.found));
        roots
            .zip(names)
            .map(|(root, ident)| {
                self.unions = 0;
                Root {
                    name: TypeName {
                        namespace: Vec::new(),
                        ident,
                    },
                    ty: self.ty("", &root.ty, false),
                    annotations: root.annotations.clone(),
                    origin: root.origin.clone(),
                }
            })
            .collect()
    }
}
