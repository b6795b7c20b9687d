//! A type as it is written, with what its attributes say.

use proc_macro2::{Ident, Span, TokenStream};

use super::generics::OwnType;

/// What a word of an attribute says, and where.
#[derive(Debug, Clone)]
pub struct OwnWord {
    /// The text.
    pub text: String,
    /// The place.
    pub span: Span,
}

/// What is wrong with a type, and where.
#[derive(Debug)]
pub struct OwnError {
    /// The place.
    pub span: Span,
    /// The whole message, with its cure.
    pub message: String,
}

impl OwnError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
        }
    }
}

/// The topic that a type is for.
#[derive(Debug)]
pub struct OwnTopic {
    /// Its name.
    pub name: OwnWord,
    /// What keys it, where that is said.
    pub key: Option<OwnKey>,
}

/// What `key = …` says: the type of a key that is a record, or the way to the field that is the key.
#[derive(Debug, Clone)]
pub struct OwnKey {
    /// The tokens.
    pub tokens: TokenStream,
    /// The place.
    pub span: Span,
}

/// A struct for a record.
#[derive(Debug)]
pub struct OwnRecord {
    /// The struct.
    pub this: OwnType,
    /// Whether it is only read.
    pub consume: bool,
    /// How its fields' names become Avro's.
    pub rename_all: Option<OwnWord>,
    /// Its fields.
    pub fields: Vec<OwnField>,
    /// The visibility of the builder that it asks for: its own. It has no parameters, and is not only read.
    pub builder: Option<TokenStream>,
}

/// A struct of unnamed fields: one is carried, and the others, of which there may be none, are the language's `PhantomData`.
#[derive(Debug)]
pub struct OwnNewtype {
    /// The struct.
    pub this: OwnType,
    /// The type of the field that is carried.
    pub ty: TokenStream,
    /// Which of the fields that is.
    pub place: usize,
    /// How many there are.
    pub count: usize,
}

/// A field of an own struct.
#[derive(Debug)]
pub struct OwnField {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: TokenStream,
    /// Where its type stands.
    pub span: Span,
    /// Its name in Avro, where that is said.
    pub rename: Option<OwnWord>,
    /// The module whose functions carry it.
    pub with: Option<TokenStream>,
    /// Whether it is the application's alone: made by `Default`, and not carried.
    pub skip: bool,
    /// What its comment says.
    pub doc: Option<String>,
}

/// An enum for an Avro enum.
#[derive(Debug)]
pub struct OwnEnum {
    /// The enum.
    pub this: OwnType,
    /// Whether it is only read.
    pub consume: bool,
    /// How its variants' names become symbols.
    pub rename_all: Option<OwnWord>,
    /// Its variants.
    pub variants: Vec<OwnVariant>,
}

/// An enum of the several records of a topic.
#[derive(Debug)]
pub struct OwnEvents {
    /// The enum.
    pub this: OwnType,
    /// Whether it is only read.
    pub consume: bool,
    /// Its variants.
    pub variants: Vec<OwnVariant>,
}

impl OwnEvents {
    /// Whether it can be written.
    pub(super) fn is_published(&self) -> bool {
        !self.consume && !self.this.has_lifetimes()
    }
}

/// A variant of an own enum.
#[derive(Debug)]
pub struct OwnVariant {
    /// Its name.
    pub name: Ident,
    /// Its name in Avro, where that is said.
    pub rename: Option<OwnWord>,
    /// The one type that it holds; `None` where it holds nothing.
    pub ty: Option<OwnVariantType>,
    /// Where it says that it stands for all that no other variant does.
    pub other: Option<Span>,
    /// The way to the key's field in it.
    pub key: Option<OwnKey>,
}

/// What a variant holds.
#[derive(Debug)]
pub struct OwnVariantType {
    /// The type.
    pub ty: TokenStream,
    /// Where it stands.
    pub span: Span,
}

/// A type that stands for a topic whose event is another's.
#[derive(Debug)]
pub struct OwnMarker {
    /// The type.
    pub this: OwnType,
    /// Whether its messages are only consumed.
    pub consume: bool,
    /// The event.
    pub event: OwnVariantType,
}

/// What a comment says, by the texts of its `#[doc = "…"]`; `None` where that is nothing.
pub fn own_doc(lines: impl IntoIterator<Item = String>) -> Option<String> {
    let lines: Vec<String> = lines
        .into_iter()
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
        .collect();
    let doc = lines.join("\n").trim().to_owned();
    (!doc.is_empty()).then_some(doc)
}
