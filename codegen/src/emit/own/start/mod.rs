//! From code to schema: the schemas and the manifest's lines that types without a contract would need, as a start.
//!
//! | file | its job |
//! | --- | --- |
//! | `set` | the types that are read together: their names in Avro, and which of them are files of their own |
//! | `same` | several types of one record: the one that it is begun with |
//! | `shape` | a type's tokens |
//! | `carried` | what Avro has for a type |
//! | `definition` | a struct as a record, an enum as an enum |
//! | `key` | the field that may key a topic |
//! | `lines` | the manifest's lines of a topic |
//! | `print` | a schema as people lay it out |
//! | `help` | all of it in an error of the derive |

mod carried;
mod definition;
mod help;
mod key;
mod lines;
mod print;
mod same;
mod set;
mod shape;

use heck::ToKebabCase as _;
use proc_macro2::{Span, TokenStream};

use super::generics::OwnType;
use super::input::{OwnEnum, OwnError, OwnEvents, OwnMarker, OwnRecord, OwnTopic, OwnWord};
use super::matching::plain;
use super::record::RecordOf;
use crate::builder::Builder;
use crate::check::finite::ENDLESS;
use crate::diagnostic::{Report, Severity};
use crate::load::{self, Added, Contract};
use set::Set;

pub use help::first_help;
pub(super) use help::{COMMAND, help};
pub(super) use shape::Shape;
pub use shape::spelled_type;

/// A type to start from, with what it says that it is.
#[derive(Debug, Clone, Copy)]
pub enum StartType<'a> {
    /// A struct.
    Record(Option<&'a RecordOf>, &'a OwnRecord),
    /// An enum whose variants hold nothing.
    Enum(Option<&'a OwnWord>, &'a OwnEnum),
    /// A struct of one unnamed field, with that.
    Newtype(&'a OwnType, &'a TokenStream),
    /// An enum of a topic's records.
    Events(&'a OwnTopic, &'a OwnEvents),
    /// A type that stands for a topic of another's events.
    Marker(&'a OwnTopic, &'a OwnMarker),
}

/// What a contract would begin with.
#[derive(Debug)]
pub struct Start {
    /// The schemas: of each the file's name, and its text.
    pub schemas: Vec<(String, String)>,
    /// The manifest's tables of topics; empty where there is nothing to add.
    pub manifest: String,
    /// What is left to decide, and what was decided though another choice would fit.
    pub notes: Vec<StartNote>,
    /// Whether all records that its topics carry are there.
    is_whole: bool,
}

impl Start {
    /// The text of a manifest that has its tables alone.
    #[must_use]
    pub fn manifest_file(&self) -> String {
        let tables = [self.manifest.as_str()].into_iter().filter(|tables| !tables.is_empty());
        ["version = 1\n"].into_iter().chain(tables).collect::<Vec<_>>().join("\n")
    }

    /// Loads what it would be in files, beside the manifest that a contract was loaded from where there is one: what that contract is not warned of.
    ///
    /// # Errors
    /// All that is wrong with it, and records of which no value ends: their types are begun in vain. Of a topic's record that is not there yet
    /// a note has told.
    pub fn load(&self, beside: Option<(&Builder, &Contract)>) -> Result<Report, Report> {
        let added = Added {
            schemas: &self.schemas,
            lines: if self.is_whole { &self.manifest } else { "" },
        };
        let mut found = match beside {
            Some((builder, _)) => builder.load_with(added)?.warnings,
            None => load::added(added)?.warnings,
        };
        let known = beside.map_or(&[][..], |(_, contract)| &contract.warnings.diagnostics);
        found
            .diagnostics
            .retain(|new| !known.iter().any(|known| (known.code, &known.message) == (new.code, &new.message)));
        for endless in found.diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == ENDLESS) {
            endless.severity = Severity::Error;
        }
        if found.has_errors() { Err(found) } else { Ok(found) }
    }
}

/// What is to know of a start.
#[derive(Debug)]
pub struct StartNote {
    /// The place.
    pub span: Span,
    /// What to know of it.
    pub message: String,
    /// Whether a doc of the schema says it, too.
    pub is_in_doc: bool,
}

/// The schemas and the manifest's lines that types would need: in the namespace of a contract that there is, else in one of the package's name.
///
/// What a type's tokens do not say is a string with a doc that begins with `CHOOSE:`; a note tells it, too. What the contract has already is
/// referred to, and not defined again. Of several types of one topic or record, the one that is published is the record; where nothing is, it has
/// what is read of it.
///
/// # Errors
/// Two types have one name, or a type says of its names what is wrong.
pub fn start(contract: Option<&Contract>, package: &str, types: &[StartType<'_>]) -> Result<Start, Vec<OwnError>> {
    let mut set = Set::new(contract, package, types)?;
    let mut schemas: Vec<(String, String)> = Vec::new();
    for item in set.files() {
        // One that has been defined within another, in a circle of types.
        if set.is_defined(item) {
            continue;
        }
        let json = set.definition(item, "");
        let mut name = set.items[item].avro.to_kebab_case();
        while schemas.iter().any(|(known, _)| *known == format!("{name}.avsc")) {
            name.push_str("-2");
        }
        schemas.push((format!("{name}.avsc"), print::print(&json)));
    }
    let manifest = set.manifest();
    set.finish(schemas, manifest)
}
