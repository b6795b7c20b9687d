//! What a model must hold before code is made of it: one function for each rule.

mod default;
pub(crate) mod finite;
mod size;

use crate::deprecation;
use crate::diagnostic::Collector;
use crate::model::{Model, Named};

/// Checks all types of a model.
pub(crate) fn check(model: &Model, diagnostics: &mut Collector) {
    let mut defaults = default::Defaults::new(model);
    for (_, named) in model.types() {
        if let Named::Record(record) = named {
            for field in &record.fields {
                defaults.check(field, diagnostics);
            }
        }
    }
    finite::check(model, diagnostics);
    deprecation::check(model, diagnostics);
    size::check(model, (defaults.code, defaults.most), diagnostics);
}
