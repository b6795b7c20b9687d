//! What a model must hold before code is made of it: one function for each rule.

mod default;
pub(crate) mod finite;
mod meaning;
mod size;
mod value;

use crate::deprecation;
use crate::diagnostic::Collector;
use crate::model::{Model, Named};

/// Checks all types of a model, and takes from it the meanings that defaults contradict.
pub(crate) fn check(model: &mut Model, diagnostics: &mut Collector) {
    let mut defaults = default::Defaults::new(model);
    for (id, named) in model.types() {
        if let Named::Record(record) = named {
            for place in 0..record.fields.len() {
                defaults.check(id, record, place, diagnostics);
            }
        }
    }
    let (code, most, ignored) = (defaults.code, defaults.most, defaults.ignored);
    ignored.settle(model);
    finite::check(model, diagnostics);
    deprecation::check(model, diagnostics);
    size::check(model, (code, most), diagnostics);
}
