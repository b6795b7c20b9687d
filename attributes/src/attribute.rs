//! What `#[kafka(…)]` says on types, fields and variants.

use crate::errors::{Errors, refused};
use crate::word::{Flag, Module, Place, Text, TypeOrWay, Word, read};

/// On a type.
#[derive(Debug, Default)]
pub struct OfType {
    /// `topic = "…"`
    pub topic: Text,
    /// `record = "…"`
    pub record: Text,
    /// `enum = "…"`
    pub enumeration: Text,
    /// `manifest = "…"`
    pub manifest: Text,
    /// `rename_all = "…"`
    pub rename_all: Text,
    /// `consume`
    pub consume: Flag,
    /// `builder`
    pub builder: Flag,
    /// `key = …`
    pub key: TypeOrWay,
    /// `event = …`
    pub event: TypeOrWay,
    /// `crate = path`
    pub runtime: Module,
}

impl Place for OfType {
    const NAME: &'static str = "a type";

    fn words(&mut self) -> Vec<(&'static str, &mut dyn Word)> {
        vec![
            ("topic", &mut self.topic),
            ("record", &mut self.record),
            ("enum", &mut self.enumeration),
            ("consume", &mut self.consume),
            ("builder", &mut self.builder),
            ("key", &mut self.key),
            ("event", &mut self.event),
            ("rename_all", &mut self.rename_all),
            ("manifest", &mut self.manifest),
            ("crate", &mut self.runtime),
        ]
    }
}

impl OfType {
    /// Reads all `#[kafka(…)]` among attributes, whatever else is wrong with them.
    pub fn read(attributes: &[syn::Attribute], errors: &mut Errors) -> Self {
        read(attributes, None, errors)
    }

    /// The same of a type whose name and form are known.
    pub(crate) fn of(input: &syn::DeriveInput, errors: &mut Errors) -> Self {
        let name = Some(&input.ident).filter(|_| matches!(input.data, syn::Data::Struct(_)));
        read(&input.attrs, name, errors)
    }
}

/// On a field.
#[derive(Debug, Default)]
pub struct OfField {
    /// `rename = "…"`
    pub rename: Text,
    /// `with = path`
    pub with: Module,
    /// `skip`
    pub skip: Flag,
}

impl Place for OfField {
    const NAME: &'static str = "a field";

    fn words(&mut self) -> Vec<(&'static str, &mut dyn Word)> {
        vec![("rename", &mut self.rename), ("with", &mut self.with), ("skip", &mut self.skip)]
    }
}

impl OfField {
    /// Reads all `#[kafka(…)]` among attributes, whatever else is wrong with them.
    pub fn read(attributes: &[syn::Attribute], errors: &mut Errors) -> Self {
        let of: Self = read(attributes, None, errors);
        if let Some(span) = of.skip.0
            && (of.rename.0.is_some() || of.with.0.is_some())
        {
            let why = "a field that is skipped is the application's alone, and has no name or way in Avro";
            errors.add(refused(span, why, "take `skip` away, or the words beside it"));
        }
        of
    }
}

/// On a variant.
#[derive(Debug, Default)]
pub struct OfVariant {
    /// `rename = "…"`
    pub rename: Text,
    /// `other`
    pub other: Flag,
    /// `key = …`
    pub key: TypeOrWay,
}

impl Place for OfVariant {
    const NAME: &'static str = "a variant";

    fn words(&mut self) -> Vec<(&'static str, &mut dyn Word)> {
        vec![("rename", &mut self.rename), ("other", &mut self.other), ("key", &mut self.key)]
    }
}

impl OfVariant {
    /// Reads all `#[kafka(…)]` among attributes, whatever else is wrong with them.
    pub fn read(attributes: &[syn::Attribute], errors: &mut Errors) -> Self {
        read(attributes, None, errors)
    }
}

/// What a word is for that does not fit where it stands.
pub(crate) fn place_of(word: &str) -> Option<&'static str> {
    fn takes<P: Place>(word: &str) -> Option<&'static str> {
        P::default().words().iter().any(|(known, _)| *known == word).then_some(P::NAME)
    }
    takes::<OfType>(word).or(takes::<OfField>(word)).or(takes::<OfVariant>(word))
}
