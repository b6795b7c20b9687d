//! The schema's fields beside an own struct's.

use super::case::Case;
use super::find::unknown_but_near;
use super::input::{OwnError, OwnField, OwnRecord, OwnWord};
use super::lasting;
use super::other_name::{self, Others};
use super::record::RecordOf;
use super::shown::shown;
use super::start::StartType;
use crate::emit::scope::{Scope, ident};
use crate::load::Contract;
use crate::model::{Field, Ident, Record};
use crate::nearest::nearest;

/// A field of the schema, with the struct's where it has one.
#[derive(Clone, Copy)]
pub(super) struct Slot<'a> {
    pub(super) field: &'a Field,
    pub(super) own: Option<&'a OwnField>,
}

/// What was found of the record's fields.
pub(super) struct Slots<'a> {
    /// All of them in their order; where something is wrong, with fewer of the struct's than it may have.
    pub(super) slots: Vec<Slot<'a>>,
    /// What does not fit.
    pub(super) errors: Vec<OwnError>,
    /// Those of which that says that they are missing, or misspelt.
    told: Vec<&'a Field>,
}

impl Slots<'_> {
    /// Whether it is told already that the struct does not have a field.
    pub(super) fn is_told(&self, field: &Field) -> bool {
        self.told.iter().any(|told| told.name.avro == field.name.avro)
    }
}

/// A name as the type spells it, without what makes a keyword a name.
pub(super) fn plain(name: &proc_macro2::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map_or_else(|| name.clone(), str::to_owned)
}

/// How the names of a type's fields or variants are found among Avro's.
#[derive(Clone, Copy, Default)]
pub(super) struct Naming(Option<Case>);

impl Naming {
    pub(super) fn of(rename_all: Option<&OwnWord>) -> Result<Self, OwnError> {
        rename_all.map(Case::of).transpose().map(Self)
    }

    /// Whether names are found as they are written, where nothing else is said.
    pub(super) fn is_plain(self) -> bool {
        self.0.is_none()
    }

    /// Whether a name, or what it says that it is in Avro, is that of Avro, which is `rust` where it is generated.
    pub(super) fn is(self, name: &proc_macro2::Ident, rename: Option<&OwnWord>, avro: &str, rust: &str) -> bool {
        match (rename, self.0) {
            (Some(word), _) => word.text == avro,
            (None, Some(case)) => case.spell(&plain(name)) == avro,
            (None, None) => {
                let name = plain(name);
                name == avro || name == rust.strip_prefix("r#").unwrap_or(rust)
            }
        }
    }

    /// Where the one that a name stands for is among Avro's.
    ///
    /// # Errors
    /// The name is one of Avro's, and what generated code calls another: nobody knows which is meant.
    pub(super) fn place<'m>(
        self,
        name: &proc_macro2::Ident,
        rename: Option<&OwnWord>,
        known: impl IntoIterator<Item = &'m Ident>,
    ) -> Result<Option<usize>, OwnError> {
        let mut found = known
            .into_iter()
            .enumerate()
            .filter(|(_, known)| self.is(name, rename, &known.avro, &known.rust));
        match (found.next(), found.next()) {
            (Some((_, first)), Some((_, second))) => {
                let message = format!(
                    "`{name}` is one name in the schema, and what generated code calls another\nhelp: say which is meant: `#[kafka(rename = \"{}\")]` or `#[kafka(rename = \"{}\")]`",
                    first.avro, second.avro
                );
                Err(OwnError::new(name.span(), message))
            }
            (found, _) => Ok(found.map(|(place, _)| place)),
        }
    }

    /// What is looked for in Avro, and where it is said.
    pub(super) fn wanted(self, name: &proc_macro2::Ident, rename: Option<&OwnWord>) -> OwnWord {
        let text = match (rename, self.0) {
            (Some(word), _) => return word.clone(),
            (None, Some(case)) => case.spell(&plain(name)),
            (None, None) => plain(name),
        };
        OwnWord { text, span: name.span() }
    }

    /// Where what is looked for is not what is written, why.
    pub(super) fn why(self, name: &proc_macro2::Ident, rename: Option<&OwnWord>) -> String {
        match (rename, self.0) {
            (None, Some(_)) => format!(", which `rename_all` makes of `{}`", plain(name)),
            _ => String::new(),
        }
    }

    /// Whether the generator's name, written as it is, would not be found.
    pub(super) fn needs_rename(self, avro: &str, rust: &str) -> bool {
        self.0
            .is_some_and(|case| case.spell(rust.strip_prefix("r#").unwrap_or(rust)) != avro)
    }
}

/// The record's fields in their order, each with the struct's; and all that does not fit.
pub(super) fn slots<'a>(contract: &Contract, scope: &Scope<'_>, of: &RecordOf, record: &'a Record, own: &'a OwnRecord) -> Slots<'a> {
    let naming = match Naming::of(own.rename_all.as_ref()) {
        Ok(naming) => naming,
        // Nobody knows what the names are: of all fields this is what is wrong.
        Err(error) => {
            return Slots {
                slots: record.fields.iter().map(|field| Slot { field, own: None }).collect(),
                errors: vec![error],
                told: record.fields.iter().collect(),
            };
        }
    };
    let mut errors = lasting::everlasting(StartType::Record(Some(of), own));
    let (mut meant, mut placed, mut unknown) = (Vec::new(), Vec::new(), Vec::<Unknown<'_>>::new());
    for own in own.fields.iter().filter(|own| !own.skip) {
        let names = record.fields.iter().map(|field| &field.name);
        match naming.place(&own.name, own.rename.as_ref(), names) {
            Ok(Some(place)) => placed.push((place, own)),
            Ok(None) => {
                // Of so many the reason is another than slips.
                let near = if unknown.len() < SLIPS {
                    near(naming, record, own)
                } else {
                    Vec::new()
                };
                meant.extend(&near);
                unknown.push(Unknown { own, near, error: None });
            }
            Err(error) => {
                let (near, error) = (Vec::new(), Some(error));
                unknown.push(Unknown { own, near, error });
                meant.extend(
                    record
                        .fields
                        .iter()
                        .filter(|field| naming.is(&own.name, None, &field.name.avro, &field.name.rust)),
                );
            }
        }
    }
    let is_meant = |meant: &[&Field], field: &Field| meant.iter().any(|meant| meant.name.avro == field.name.avro);
    let is_placed = |place: usize| placed.iter().any(|(placed, _)| *placed == place);
    let left = record.fields.iter().enumerate();
    let left = left.filter(|(place, field)| !is_placed(*place) && !is_meant(&meant, field));
    let left = left.map(|(_, field)| (field.name.avro.as_str(), Some(scope.suggested(record, &field.ty))));
    // Who says a name in Avro means that.
    let is_stranger = |unknown: &&Unknown<'_>| unknown.error.is_none() && unknown.own.rename.is_none() && unknown.near.is_empty();
    let strangers = unknown.iter().filter(is_stranger).take(SLIPS);
    let strangers: Vec<_> = strangers.map(|unknown| (&unknown.own.name, Some(&unknown.own.ty))).collect();
    let others = Others::of(&strangers, &left.collect::<Vec<_>>());
    for Unknown { own, near, error } in unknown {
        errors.push(error.unwrap_or_else(|| no_field(naming, record, own, &near, &others)));
    }
    meant.extend(
        record
            .fields
            .iter()
            .filter(|field| others.likely().contains(&field.name.avro.as_str())),
    );
    let mut slots = Vec::new();
    for (place, field) in record.fields.iter().enumerate() {
        let mut owns = placed.iter().filter(|(placed, _)| *placed == place).map(|(_, own)| *own);
        let found = owns.next();
        for twice in owns {
            let message = format!(
                "the field `{}` of the record `{}` is carried by `{}` already\nhelp: take one of the two away, or name another field of the schema by `#[kafka(rename = \"…\")]`",
                field.name.avro,
                record.name.full(),
                found.map_or_else(String::new, |first| plain(&first.name)),
            );
            errors.push(OwnError::new(twice.name.span(), message));
        }
        slots.push(Slot { field, own: found });
    }
    if !own.consume {
        // What is misspelt is there, and told already.
        let missing: Vec<&Field> = slots
            .iter()
            .filter(|slot| slot.own.is_none() && slot.field.default.is_none())
            .map(|slot| slot.field)
            .filter(|field| !is_meant(&meant, field))
            .collect();
        let skipped = |field: &Field| {
            own.fields
                .iter()
                .find(|own| own.skip && naming.is(&own.name, None, &field.name.avro, &field.name.rust))
        };
        let (there, away): (Vec<&Field>, Vec<&Field>) = missing.iter().partition(|field| skipped(field).is_some());
        errors.extend(
            there
                .into_iter()
                .filter_map(|field| Some(is_skipped(contract, record, field, skipped(field)?))),
        );
        let mut error = lacks(contract, scope, record, own, &away, naming, others.has_open());
        if let (Some(error), RecordOf::Topic(topic), []) = (&mut error, of, &own.fields[..]) {
            error.message += &format!(
                "\nhelp: or name the type of the topic's events, where that is another: `#[kafka(topic = \"{}\", event = {})] struct {};`",
                topic.name.text, record.name.ident.rust, own.this.name
            );
        }
        errors.extend(error);
        meant.extend(missing);
    }
    Slots {
        slots,
        errors,
        told: meant,
    }
}

/// How a field of the schema's is spelled where one of the struct's is.
fn spelled<'a>(naming: Naming, own: &OwnField, field: &'a Field) -> &'a str {
    match &own.rename {
        None if naming.is_plain() => &field.name.rust,
        _ => &field.name.avro,
    }
}

/// A field of the struct's that the record does not have.
struct Unknown<'a> {
    own: &'a OwnField,
    /// Those that it is a misspelling of.
    near: Vec<&'a Field>,
    /// What is wrong with it otherwise.
    error: Option<OwnError>,
}

/// For how many unknown names it is looked for what they may mean: each is compared with all of the record's.
pub(super) const SLIPS: usize = 64;

/// The fields that an unknown name is a misspelling of.
fn near<'a>(naming: Naming, record: &'a Record, own: &OwnField) -> Vec<&'a Field> {
    let spelled = |field: &'a Field| spelled(naming, own, field).trim_start_matches("r#");
    let word = naming.wanted(&own.name, own.rename.as_ref());
    let near = nearest(&word.text, record.fields.iter().map(spelled));
    record.fields.iter().filter(|field| Some(spelled(field)) == near).collect()
}

/// What is said of a field that the record does not have; it may be one of some by another name.
fn no_field(naming: Naming, record: &Record, own: &OwnField, near: &[&Field], others: &Others<'_>) -> OwnError {
    let word = naming.wanted(&own.name, own.rename.as_ref());
    let why = naming.why(&own.name, own.rename.as_ref());
    let message = format!("the record `{}` has no field `{}`{why}", record.name.full(), word.text);
    let known = record.fields.iter().map(|field| spelled(naming, own, field));
    let mut error = if others.is_likely(&own.name) {
        OwnError::new(word.span, message)
    } else {
        let near = near.first().map(|field| spelled(naming, own, field));
        unknown_but_near(&word, &message, "fields", near, known)
    };
    error.message.extend(other_name::help(others.names(&own.name)));
    if !why.is_empty() && !others.names(&own.name).is_empty() {
        error.message += "\nhelp: or write another `rename_all`";
    } else if !why.is_empty() {
        let near = near.first().map_or("…", |near| near.name.avro.as_str());
        error.message += &format!("\nhelp: write another `rename_all`, or `#[kafka(rename = \"{near}\")]` with the name in the schema");
    }
    error.message += "\nhelp: a field that is the application's alone says `#[kafka(skip)]`";
    error
}

/// The lines to add for fields.
pub(super) fn lines(scope: &Scope<'_>, record: &Record, fields: &[&Field], naming: Naming) -> String {
    fields
        .iter()
        .map(|field| {
            let rename = if naming.needs_rename(&field.name.avro, &field.name.rust) {
                format!("#[kafka(rename = \"{}\")] ", field.name.avro)
            } else {
                String::new()
            };
            // The plain name of a type: which path leads to it, only the application knows.
            format!("\n    {rename}{}: {},", ident(&field.name.rust), scope.suggested(record, &field.ty))
        })
        .collect()
}

/// What is said of a field that an event to be published has to have, and skips.
fn is_skipped(contract: &Contract, record: &Record, field: &Field, own: &OwnField) -> OwnError {
    let message = format!(
        "the field `{}` of the record `{}` has no default in the schema, and is skipped here\n  --> {}\nhelp: take `skip` away\nhelp: or read some of the fields alone: `consume` in `#[kafka(…)]`",
        field.name.avro,
        record.name.full(),
        shown(contract, &field.origin),
    );
    OwnError::new(own.name.span(), message)
}

/// All fields that an event to be published has to have, and has not.
fn lacks(
    contract: &Contract,
    scope: &Scope<'_>,
    record: &Record,
    own: &OwnRecord,
    missing: &[&Field],
    naming: Naming,
    has_open: bool,
) -> Option<OwnError> {
    let names: Vec<_> = missing.iter().map(|field| format!("`{}`", field.name.avro)).collect();
    let (subject, verb) = match &names[..] {
        [] => return None,
        [_] => ("field", "is"),
        _ => ("fields", "are"),
    };
    let places: String = missing
        .iter()
        .map(|field| format!("\n  --> {}", shown(contract, &field.origin)))
        .collect();
    let lines = lines(scope, record, missing, naming);
    let other = match missing {
        [first, ..] if has_open => other_name::elsewhere("field", &first.name.avro),
        _ => String::new(),
    };
    let message = format!(
        "the {subject} {} of the record `{}` {verb} missing, without a default in the schema{places}\nhelp: add{lines}{other}\nhelp: or read some of the fields alone: `consume` in `#[kafka(…)]`",
        names.join(", "),
        record.name.full(),
    );
    Some(OwnError::new(own.this.name.span(), message))
}
