//! What a model must hold before code is made of it: one function for each rule.

mod default;
mod finite;

use crate::diagnostic::Collector;
use crate::model::{Model, Named};

/// Checks all types of a model.
pub(crate) fn check(model: &Model, diagnostics: &mut Collector) {
    for (_, named) in model.types() {
        if let Named::Record(record) = named {
            for field in &record.fields {
                default::check(model, field, diagnostics);
            }
        }
    }
    finite::check(model, diagnostics);
}
