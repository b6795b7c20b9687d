//! Whether a pattern has met what it is meant for, and what it may have meant where it has not.

use crate::collections::ByName;
use crate::model::{Model, Named};
use crate::nearest::nearest;

/// How many names a help shows.
pub(super) const SHOWN: usize = 8;

/// Which names a call may mean, for the help where it means none.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Of {
    Types,
    Fields,
    Symbols,
}

/// What became of matching: whether a name was met, and whether it was one that the call can be about.
#[derive(Default)]
pub(super) struct Met {
    pub(super) named: bool,
    pub(super) taken: bool,
}

impl Met {
    pub(super) fn name(&mut self, is_met: bool, is_taken: bool) -> bool {
        self.named |= is_met;
        self.taken |= is_met && is_taken;
        is_met && is_taken
    }
}

/// What a pattern that means nothing may have meant.
pub(super) fn near(model: &Model, about: &str, of: Of) -> String {
    let mut names: ByName<()> = ByName::default();
    for (_, named) in model.types() {
        let full = named.name().full();
        match (of, named) {
            (Of::Fields, Named::Record(record)) => {
                names.extend(record.fields.iter().map(|field| (format!("{full}.{}", field.name.avro), ())));
            }
            (Of::Symbols, Named::Enum(enumeration)) => {
                names.extend(enumeration.symbols.iter().map(|symbol| (format!("{full}.{}", symbol.avro), ())));
            }
            _ => {}
        }
        let is_above = match of {
            Of::Types => true,
            Of::Fields => matches!(named, Named::Record(_)),
            Of::Symbols => matches!(named, Named::Enum(_)),
        };
        if is_above {
            let namespace = named.name().namespace();
            names.extend(
                Some(namespace)
                    .filter(|namespace| !namespace.is_empty())
                    .map(|namespace| (namespace, ())),
            );
            names.insert(full, ());
        }
    }
    // A name without its namespace is meant more often than one that is misspelt.
    let behind = format!(".{about}");
    let found = names
        .keys()
        .find(|name| name.ends_with(&behind))
        .or_else(|| nearest(about, names.keys()));
    match found {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "the schemas have none".to_owned(),
        None => {
            let shown: Vec<&str> = names.keys().take(SHOWN).collect();
            let more = if names.len() > shown.len() { ", …" } else { "" };
            format!("there are: {}{more}", shown.join(", "))
        }
    }
}
