//! `[rename]`: the names that Rust code shall have.
//!
//! ```toml
//! [rename]
//! "com.acme.User" = "Person"
//! "com.acme.User.userId" = "user"
//! "com.acme" = "acme"
//! # Where one name means several things, it is said which.
//! "com.acme.job" = { type = "Job", namespace = "jobs" }
//! ```

use toml_spanner::{Item, Value};

use super::kind;
use super::table::Table;
use crate::avro::quoted;
use crate::diagnostic::{Collector, Diagnostic};
use crate::rename::{Rename, Target};
use crate::source::Origin;

pub(super) fn read(root: &Table<'_>, diagnostics: &mut Collector) -> Vec<Rename> {
    let Some(table) = root.table("rename", diagnostics) else {
        return Vec::new();
    };
    let mut renames = Vec::new();
    for (of, origin, value, place) in table.entries() {
        match value.value() {
            Value::String(rust) => renames.push(Rename {
                of,
                target: None,
                rust: (*rust).to_owned(),
                origin,
                place,
            }),
            Value::Table(of_each) => several(&of, &origin, &table.inner(place, of_each), &mut renames, diagnostics),
            _ => {
                let message = format!("a name is a string, not {}", kind(value));
                diagnostics.push(Diagnostic::error("KE0402", &place, message).help(format!("write {} = \"…\"", quoted(&of))));
            }
        }
    }
    renames
}

/// Names for the several things that one name means.
fn several(of: &str, origin: &Origin, inner: &Table<'_>, renames: &mut Vec<Rename>, diagnostics: &mut Collector) {
    let words = Target::ALL.map(Target::word);
    let entries = inner.entries();
    // A dotted key without quotes is tables within tables.
    if let Some((first, ..)) = entries.iter().find(|(key, ..)| !words.contains(&key.as_str())) {
        let whole = undotted(format!("{of}.{first}"), inner, first);
        let message = format!("`{of}` is not in quotes, and TOML takes its parts for tables");
        let (message, help) = if entries.iter().any(|(key, ..)| words.contains(&key.as_str())) {
            (
                format!("`{first}` is nothing that is renamed"),
                format!("say which it is: {}", words.join(", ")),
            )
        } else {
            (message, format!("write {} = \"…\"", quoted(&whole)))
        };
        diagnostics.push(Diagnostic::error("KE0402", origin, message).help(help));
        return;
    }
    for target in Target::ALL {
        if let Some((rust, place)) = inner.string(target.word(), diagnostics) {
            renames.push(Rename {
                of: of.to_owned(),
                target: Some(target),
                rust,
                origin: origin.clone(),
                place,
            });
        }
    }
}

/// What was meant by a dotted key.
fn undotted(mut whole: String, table: &Table<'_>, key: &str) -> String {
    let mut value = table.get(key).map(|(value, _)| value);
    while let Some(inner) = value.and_then(Item::as_table) {
        let next = inner.iter().next();
        if let Some((key, _)) = next {
            whole.push('.');
            whole.push_str(key.as_str());
        }
        value = next.map(|(_, value)| value);
    }
    whole
}
