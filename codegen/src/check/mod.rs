//! What a model must hold before code is made of it: one function for each rule.

mod default;
mod finite;

use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{FixedLogical, Logical, Model, Named, Type};
use crate::source::Origin;

/// Checks all types of a model.
pub(crate) fn check(model: &Model, diagnostics: &mut Collector) {
    for (_, named) in model.types() {
        match named {
            Named::Record(record) => {
                for field in &record.fields {
                    supported(&field.ty, &field.origin.child("type"), diagnostics);
                    default::check(model, field, diagnostics);
                }
            }
            Named::Fixed(fixed) => {
                if let Some(FixedLogical::Decimal { .. }) = fixed.logical {
                    diagnostics.push(unsupported_decimal(&fixed.origin));
                }
            }
            Named::Enum(_) => {}
        }
    }
    finite::check(model, diagnostics);
}

/// Decimals have no Rust type in this version.
fn supported(ty: &Type, origin: &Origin, diagnostics: &mut Collector) {
    match ty {
        Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => diagnostics.push(unsupported_decimal(origin)),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => supported(inner, origin, diagnostics),
        Type::Union(union) => union.branches.iter().for_each(|branch| supported(branch, origin, diagnostics)),
        _ => {}
    }
}

fn unsupported_decimal(origin: &Origin) -> Diagnostic {
    Diagnostic::error("KE0301", origin, "decimals are not supported by this version")
        .help("take the `logicalType` away to carry the bytes as they are")
}
