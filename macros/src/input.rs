//! A type as the emitters take it: one that says what it is.

use kafka_event_attributes::{self as attributes, Errors, Input, OF_A_UNION, OfType};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::package::Package;

/// Where the runtime is, if not at its usual name: as a type says, whatever else is wrong with it, or as its package calls it.
pub(crate) fn runtime(input: &syn::DeriveInput) -> Option<TokenStream> {
    OfType::read(&input.attrs, &mut Errors::default()).runtime.0.or_else(renamed)
}

/// The runtime by the name that the package gives it.
fn renamed() -> Option<TokenStream> {
    let package = Package::here().ok()?;
    let name: Ident = syn::parse_str(package.runtime.as_deref()?).ok()?;
    Some(quote!(::#name))
}

/// Reads a type that says what it is; or all that is wrong with its attributes.
pub(crate) fn read(input: &syn::DeriveInput) -> syn::Result<Input> {
    let mut errors = Errors::default();
    let mut read = attributes::read(input, &mut errors);
    if let Some(read) = &mut read {
        read.runtime = read.runtime.take().or_else(renamed);
    }
    if read.as_ref().is_some_and(|read| !read.own.is_said()) {
        let (why, help) = match &input.data {
            syn::Data::Enum(data) if data.variants.iter().any(|variant| !variant.fields.is_empty()) => (
                "the enum does not say what it is",
                &*format!("add `#[kafka(topic = \"…\")]` for the records of a topic\nhelp: {OF_A_UNION}"),
            ),
            syn::Data::Enum(_) => (
                "the enum does not say what it is",
                "add `#[kafka(enum = \"…\")]` for an Avro enum, or `#[kafka(topic = \"…\")]` for the records of a topic",
            ),
            _ => (
                "the struct does not say what it is",
                "add `#[kafka(topic = \"…\")]` for a topic's event, or `#[kafka(record = \"…\")]` for a record within one",
            ),
        };
        errors.refuse(input.ident.span(), why, help);
    }
    errors.finish(read)
}
