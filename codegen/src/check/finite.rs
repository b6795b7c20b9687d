//! Records that hold themselves in every value, so that no value ever ends.
//!
//! Such a schema is valid, and what holds it may be of use where the record may be absent: it is generated, with a word on it.

use crate::collections::{ByType, TypeSet};
use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Field, Model, Named, Record, Type, TypeId};

/// Reports a record of each such circle.
pub(super) fn check(model: &Model, diagnostics: &mut Collector) {
    // Those outside of all circles end wherever these do.
    let circles: Vec<(TypeId, &Record)> = model
        .types()
        .filter_map(|(id, named)| match named {
            Named::Record(record) if record.fields.iter().any(|field| circular(&field.ty)) => Some((id, record)),
            _ => None,
        })
        .collect();
    let mut open = TypeSet::default();
    let mut holders: ByType<Vec<TypeId>> = ByType::default();
    for (id, record) in &circles {
        open.insert(*id);
        for field in &record.fields {
            each_held(&field.ty, &mut |held| holders.or_default(held).push(*id));
        }
    }
    // The first field of each that does not end, as far as is known: what ends once does so for good.
    let mut first: ByType<usize> = ByType::default();
    let mut looked_at: Vec<TypeId> = circles.iter().map(|(id, _)| *id).collect();
    for (id, record) in &circles {
        // Those that end, and those that hold them, as far as they end by that.
        while let Some(id) = looked_at.pop() {
            let Some(candidate) = model.record(id) else { continue };
            let ended = first.or_default(id);
            while candidate.fields.get(*ended).is_some_and(|field| ends(&field.ty, &open)) {
                *ended += 1;
            }
            if *ended == candidate.fields.len() && open.remove(id) {
                looked_at.extend(holders.get(id).into_iter().flatten());
            }
        }
        // Mended, it mends those that hold it.
        if open.remove(*id) {
            if let Some(field) = first.get(*id).and_then(|first| record.fields.get(*first)) {
                report(record, field, diagnostics);
            }
            looked_at.extend(holders.get(*id).into_iter().flatten());
        }
    }
}

fn each_held(ty: &Type, with: &mut impl FnMut(TypeId)) {
    match ty {
        Type::Boxed(id) | Type::Named(id) => with(*id),
        Type::Union(union) => union.branches.iter().for_each(|branch| each_held(branch, with)),
        _ => {}
    }
}

/// The code of what is told here.
pub(crate) const ENDLESS: &str = "KE0113";

fn report(record: &Record, field: &Field, diagnostics: &mut Collector) {
    let message = format!("no value of `{}` ever ends: it always holds another", record.name.full());
    diagnostics.push(
        Diagnostic::warning(ENDLESS, &field.origin.child("type"), message)
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
fn ends(ty: &Type, open: &TypeSet) -> bool {
    match ty {
        Type::Boxed(id) | Type::Named(id) => !open.contains(*id),
        Type::Union(union) => union.branches.iter().any(|branch| ends(branch, open)),
        _ => true,
    }
}
