//! Code of the user's choosing in generated code.
//!
//! ```text
//!  Builder, flags ──► calls as text ──► parse, match against the model ──► choices ──► emitters ask the scope
//! ```
//!
//! It comes from a `build.rs` or the command line, never from a manifest or a schema: those are data. All of it is read, and every pattern has
//! met what it means, before anything is emitted; so the emitters stay infallible.

mod calls;
mod choices;
mod grammar;
mod met;
mod parse;
mod pattern;
mod resolve;

use std::fmt;

use crate::diagnostic::printable;

pub(crate) use choices::{Choices, FieldChoice, TypeChoice};
pub(crate) use parse::{Attributes, MapType};
pub(crate) use resolve::resolve;

/// What a [`Builder`](crate::Builder) was told, in the order in which it was.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    calls: Vec<OptionCall>,
    pub(crate) one_file_per_namespace: bool,
}

/// What an option is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Derive,
    BorrowedDerive,
    TypeAttribute,
    FieldAttribute,
    SymbolAttribute,
    StringType,
    BytesType,
    MapType,
    FieldType,
    LogicalType,
    ExternPath,
    RuntimePath,
}

impl Asked {
    fn method(self) -> &'static str {
        match self {
            Self::Derive => "derive",
            Self::BorrowedDerive => "borrowed_derive",
            Self::TypeAttribute => "type_attribute",
            Self::FieldAttribute => "field_attribute",
            Self::SymbolAttribute => "symbol_attribute",
            Self::StringType => "string_type",
            Self::BytesType => "bytes_type",
            Self::MapType => "map_type",
            Self::FieldType => "field_type",
            Self::LogicalType => "logical_type",
            Self::ExternPath => "extern_path",
            Self::RuntimePath => "runtime_path",
        }
    }
}

/// A call of one of the [`Builder`](crate::Builder)'s methods that put code of the user's choosing into generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionCall {
    asked: Asked,
    /// What it is about: a pattern, or a name. Empty where it is about everything.
    about: String,
    given: Vec<String>,
}

impl OptionCall {
    /// The method's name.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.asked.method()
    }

    /// What it is about: a pattern or a name; `None` where it is about everything.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        (self.asked != Asked::RuntimePath).then_some(self.about.as_str())
    }

    /// The code that was given.
    #[must_use]
    pub fn given(&self) -> &[String] {
        &self.given
    }
}

/// As it stands in a `build.rs`.
impl fmt::Display for OptionCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Builder::{}(", self.method())?;
        if let Some(about) = self.about() {
            write!(f, "{about:?}, ")?;
        }
        match (self.asked, &self.given[..]) {
            (Asked::Derive | Asked::BorrowedDerive, derives) => write!(f, "{derives:?}")?,
            (_, given) => given.iter().try_for_each(|given| write!(f, "{given:?}"))?,
        }
        f.write_str(")")
    }
}

/// What is wrong with a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionError {
    /// The rule's code, `KE` and four digits.
    pub code: &'static str,
    /// The call.
    pub call: OptionCall,
    /// What is wrong: one line, in lower case.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error[{}]: {}", self.code, printable(&self.message))?;
        writeln!(f, " --> {}", printable(&self.call.to_string()))?;
        writeln!(f, "  = help: {}", printable(&self.help))
    }
}
