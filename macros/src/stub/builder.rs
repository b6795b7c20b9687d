//! The builder of a failed type, where it asks for one.

use std::collections::HashSet;

use kafka_event_attributes::OfType;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::ext::IdentExt as _;

use super::lasting::mentions;

/// A builder that takes the fields in any order, since the schema's is not known, and may end after each.
pub(super) fn builder(input: &syn::DeriveInput, said: &OfType) -> Option<TokenStream> {
    said.builder.0?;
    let syn::Data::Struct(syn::DataStruct {
        fields: syn::Fields::Named(fields),
        ..
    }) = &input.data
    else {
        return None;
    };
    // No builder is of a struct with parameters.
    if !input.generics.params.is_empty() {
        return None;
    }
    let (name, visibility) = (&input.ident, &input.vis);
    let builder = format_ident!("{}Builder", name.unraw(), span = Span::call_site());
    let names: HashSet<String> = fields
        .named
        .iter()
        .filter_map(|field| field.ident.as_ref())
        .map(Ident::to_string)
        .collect();
    let setters = fields.named.iter().filter_map(|field| {
        let setter = setter(field.ident.as_ref()?, &names);
        let value = taken(&field.ty);
        Some(quote!(#visibility fn #setter(self, _: #value) -> Self { self }))
    });
    let allow = quote!(#[allow(
        dead_code,
        deprecated,
        missing_debug_implementations,
        non_camel_case_types,
        clippy::all,
        clippy::pedantic
    )]);
    Some(quote! {
        #[doc(hidden)]
        #[must_use]
        #allow
        #visibility struct #builder<const __STEP: ::core::primitive::usize>(());

        #[automatically_derived]
        #allow
        impl #name {
            #[doc(hidden)]
            #visibility fn builder() -> #builder<0> { ::core::unreachable!() }
        }

        #[automatically_derived]
        #allow
        impl<const __STEP: ::core::primitive::usize> #builder<__STEP> {
            #(#[doc(hidden)] #setters)*
            #[doc(hidden)]
            #visibility fn build(self) -> #name { ::core::unreachable!() }
        }
    })
}

/// A setter is called as its field is, but for one that is called as what ends the builder.
fn setter(field: &Ident, names: &HashSet<String>) -> Ident {
    if field != "build" {
        return field.clone();
    }
    let mut name = "build_".to_owned();
    while names.contains(&name) {
        name.push('_');
    }
    Ident::new(&name, field.span())
}

/// What a setter takes: anything, where the schema says whether it is what an `Option` holds, and where `Self` would be the builder.
fn taken(ty: &syn::Type) -> TokenStream {
    let open = quote!(impl ::core::marker::Sized);
    let is_option = matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"));
    if is_option || mentions(ty.to_token_stream(), &format_ident!("Self")) {
        open
    } else {
        quote!(impl ::core::convert::Into<#ty>)
    }
}
