//! `#[deprecated]`, of what the schema says is not to be used any more.

use proc_macro2::TokenStream;
use quote::quote;

use crate::avro::Json;
use crate::deprecation::{self, Deprecation};
use crate::layout;

/// The attribute of a type or a field, where it is deprecated.
pub(super) fn attribute(properties: &[(String, Json)]) -> Option<TokenStream> {
    deprecation::of(properties).map(noted)
}

/// The attribute with what is said on it.
pub(super) fn noted(deprecation: Deprecation<'_>) -> TokenStream {
    match deprecation.note {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => quote!(#[deprecated]),
    }
}

/// Items that name what is deprecated without a word on it: the schema's own codec is no use of a field.
///
/// What is in a module is the module's; those of the root stand in a module of the application.
pub(super) fn allowed(items: TokenStream) -> TokenStream {
    layout::items(items)
        .into_iter()
        .map(|item| quote!(#[allow(deprecated)] #item))
        .collect()
}
