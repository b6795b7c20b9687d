//! Records that hold themselves in every value, so that no value ever ends.
//!
//! Such a schema is valid, and what holds it may be of use where the record may be absent: it is generated, with a word on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Field, Model, Named, Record, Type, TypeId};

/// Reports a record of each such circle.
pub(super) fn check(model: &Model, diagnostics: &mut Collector) {
    // Those outside of all circles end wherever these do.
    let circles: BTreeMap<TypeId, &Record> = model
        .types()
        .filter_map(|(id, named)| match named {
            Named::Record(record) if record.fields.iter().any(|field| circular(&field.ty)) => Some((id, record)),
            _ => None,
        })
        .collect();
    let mut open: BTreeSet<TypeId> = circles.keys().copied().collect();
    let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (id, record) in &circles {
        for field in &record.fields {
            each_held(&field.ty, &mut |held| holders.entry(held).or_default().push(*id));
        }
    }
    // The first field of each that does not end, as far as is known: what ends once does so for good.
    let mut first: BTreeMap<TypeId, usize> = BTreeMap::new();
    let mut looked_at: Vec<TypeId> = open.iter().copied().collect();
    loop {
        // Those that end, and those that hold them, as far as they end by that.
        while let Some(id) = looked_at.pop() {
            let (fields, first) = (&circles[&id].fields, first.entry(id).or_default());
            while fields.get(*first).is_some_and(|field| ends(&field.ty, &open)) {
                *first += 1;
            }
            if *first == fields.len() && open.remove(&id) {
                looked_at.extend(holders.get(&id).into_iter().flatten());
            }
        }
        let Some(&id) = open.first() else { return };
        let record = circles[&id];
        if let Some(field) = first.get(&id).and_then(|first| record.fields.get(*first)) {
            report(record, field, diagnostics);
        }
        // Mended, it mends those that hold it.
        open.remove(&id);
        looked_at.extend(holders.get(&id).into_iter().flatten());
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
fn ends(ty: &Type, open: &BTreeSet<TypeId>) -> bool {
    match ty {
        Type::Boxed(id) | Type::Named(id) => !open.contains(id),
        Type::Union(union) => union.branches.iter().any(|branch| ends(branch, open)),
        _ => true,
    }
}
