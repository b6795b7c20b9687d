//! Logical types of which a default has no value: others write such values, too, and the types have the meaning no more.

use std::collections::HashSet;

use super::value::Spot;
use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Field, Logical, Model, Named, Type};

/// The logical types that are to be ignored, each once.
#[derive(Default)]
pub(super) struct Ignored {
    known: HashSet<String>,
    spots: Vec<Spot>,
}

impl Ignored {
    /// Adds where a default of the field has no value of a logical type, and says so.
    pub(super) fn add(&mut self, model: &Model, field: &Field, spot: Spot, reason: String, diagnostics: &mut Collector) {
        const HELP: &str = "mend the default, or leave it out; or take the logical type away, where readers have to take such values";
        if !self.known.insert(spot.text()) {
            return;
        }
        let (name, origin) = (&field.name.avro, field.origin.child("default"));
        let warn = |what: String| Diagnostic::warning("KE0110", &origin, what).label(reason).help(HELP);
        let holds = format!("is ignored: the default of `{name}` holds what is no value of it");
        diagnostics.push(match model.named(spot.named) {
            Named::Record(record) => match &record.fields[spot.field] {
                own if own.origin == field.origin => warn(format!(
                    "the logical type of `{name}` is ignored: its own default is no value of it"
                )),
                other => warn(format!(
                    "the logical type of `{}` in `{}` {holds}",
                    other.name.avro,
                    record.name.full()
                ))
                .also(&other.origin.child("type"), "what is ignored"),
            },
            other => warn(format!("the logical type of `{}` {holds}", other.name().full()))
                .also(&other.origin().child("logicalType"), "what is ignored"),
        });
        self.spots.push(spot);
    }

    /// Takes the meaning away from each.
    pub(super) fn settle(self, model: &mut Model) {
        for spot in self.spots {
            match model.named_mut(spot.named) {
                Named::Fixed(fixed) => fixed.logical = None,
                Named::Record(record) => {
                    let ty = spot.below.iter().fold(&mut record.fields[spot.field].ty, |ty, place| match ty {
                        Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => inner,
                        Type::Union(union) => &mut union.branches[*place],
                        other => other,
                    });
                    if let Some(below) = primitive(ty) {
                        *ty = below;
                    }
                }
                Named::Enum(_) => {}
            }
        }
    }
}

/// What is below a logical type, where texts or bytes of no such meaning may be its values.
fn primitive(ty: &Type) -> Option<Type> {
    match ty {
        Type::Logical(Logical::Uuid) => Some(Type::String),
        Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => Some(Type::Bytes),
        _ => None,
    }
}
