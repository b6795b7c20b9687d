//! Records that hold themselves in every value, so that no value ever ends.
//!
//! Such a schema is valid, and what holds it may be of use where the record may be absent: it is generated, with a word on it.

use std::collections::BTreeSet;

use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Field, Model, Named, Record, Type, TypeId};

/// Reports a record of each such circle.
pub(super) fn check(model: &Model, diagnostics: &mut Collector) {
    // Those outside of all circles end wherever these do.
    let mut endless: Vec<(TypeId, &Record)> = model
        .types()
        .filter_map(|(id, named)| match named {
            Named::Record(record) if record.fields.iter().any(|field| circular(&field.ty)) => Some((id, record)),
            _ => None,
        })
        .collect();
    let mut open: BTreeSet<TypeId> = endless.iter().map(|(id, _)| *id).collect();
    while !endless.is_empty() {
        let before = endless.len();
        endless.retain(|(id, record)| {
            let ends = record.fields.iter().all(|field| ends(&field.ty, &open));
            if ends {
                open.remove(id);
            }
            !ends
        });
        if endless.len() < before {
            continue;
        }
        let (id, record) = endless.remove(0);
        if let Some(field) = record.fields.iter().find(|field| !ends(&field.ty, &open)) {
            report(record, field, diagnostics);
        }
        // Mended, it mends those that hold it.
        open.remove(&id);
    }
}

fn report(record: &Record, field: &Field, diagnostics: &mut Collector) {
    let message = format!("no value of `{}` ever ends: it always holds another", record.name.full());
    diagnostics.push(
        Diagnostic::warning("KE0113", &field.origin.child("type"), message)
            .label(format!(
                "through `{}`: its type is generated, and none can be made",
                field.name.avro
            ))
            .help("let it be absent, as in [\"null\", …], or make it an array or a map"),
    );
}

/// Whether a type is part of a circle of records.
fn circular(ty: &Type) -> bool {
    match ty {
        Type::Boxed(_) => true,
        Type::Union(union) => union.branches.iter().any(circular),
        _ => false,
    }
}

/// Whether a value of a type can end while those that are open do not.
fn ends(ty: &Type, open: &BTreeSet<TypeId>) -> bool {
    match ty {
        Type::Boxed(id) | Type::Named(id) => !open.contains(id),
        Type::Union(union) => union.branches.iter().any(|branch| ends(branch, open)),
        _ => true,
    }
}
