//! The borrowed twin, and the way from it to the owned type.

use proc_macro2::TokenStream;
use quote::quote;

use super::codec::{self, Implementor, datum};
use super::held::FromBytes;
use super::names::Beside;
use super::scope::{Scope, Site, ident};
use super::{deprecated, doc, site_allow};
use crate::model::{Record, Type};
use crate::options::TypeChoice;

/// The twin's struct, its decoder, and `From` for the owned type.
pub(super) fn emit(scope: &Scope<'_>, site: Site<'_>, record: &Record) -> TokenStream {
    let owned = ident(&record.name.ident.rust);
    let id = site.owner.expect("a twin is a record's");
    let twin = scope.beside(id, Beside::Twin);
    let head = TypeChoice::borrowed_head(scope.choices.of_type(id), &["Debug", "Clone", "PartialEq"], &[]);
    let link = doc::link("struct", &record.name.ident.rust);
    let docs = format!(" {link} with text and bytes borrowed from the encoded event.");
    let allow = site_allow(site);
    let fields = record.fields.iter().map(|field| {
        let docs = doc::attributes(field.doc.as_deref(), &format!("The field `{}`.", field.name.avro));
        let (name, ty) = (ident(&field.name.rust), scope.held_borrowed(site, field));
        let deprecated = deprecated::attribute(&field.properties);
        quote! { #docs #deprecated pub #name: #ty }
    });
    let read = codec::reads(scope, &record.fields);
    let implementor = Implementor::new(quote!(<'a>), quote!(#twin<'a>));
    let layout = quote!(<#owned as ::kafka_event::Record>::LAYOUT);
    let decode = codec::decode(&implementor, &quote!('a), &layout, &read, scope.switches.evolution);
    let conversions = record.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let borrowed = quote!(borrowed.#name);
        let value = if scope.field_borrows(site, field) {
            to_owned(scope, site.within(field), &field.ty, &borrowed)
        } else {
            borrowed
        };
        quote!(#name: #value)
    });
    let datum = datum(&quote!(#twin<'_>), &quote!(::kafka_event::wire::Record));
    let deprecated = deprecated::attribute(&record.properties);
    quote! {
        #[doc = #docs]
        #deprecated
        #head
        #allow
        pub struct #twin<'a> { #(#fields),* }
        #datum
        #decode

        #[automatically_derived]
        impl ::core::convert::From<#twin<'_>> for #owned {
            #[inline]
            fn from(borrowed: #twin<'_>) -> Self { Self { #(#conversions),* } }
        }
    }
}

/// An owned value from a borrowed one.
pub(super) fn to_owned(scope: &Scope<'_>, site: Site<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    if !scope.borrows(ty) {
        return value.clone();
    }
    match ty {
        Type::Nullable { inner, .. } => {
            let each = each(scope, site, inner);
            quote!(#value.map(#each))
        }
        Type::Union(union) if union.null().is_some() => quote!(#value.map(::core::convert::Into::into)),
        Type::Array(inner) => {
            let each = each(scope, site, inner);
            quote!(#value.into_iter().map(#each).collect())
        }
        Type::Map(inner) => {
            let (key, inner) = (scope.text_from(site), to_owned(scope, site, inner, &quote!(value)));
            quote!(#value.into_iter().map(|(key, value)| (#key(key), #inner)).collect())
        }
        Type::Boxed(_) => quote!(::std::boxed::Box::new((*#value).into())),
        Type::Bytes => match scope.bytes_from(site) {
            FromBytes::Slice(_) => quote!(#value.into()),
            FromBytes::Vec(from) => quote!(#from(::std::vec::Vec::from(#value))),
        },
        _ => quote!(#value.into()),
    }
}

/// A function from a borrowed value to an owned one.
fn each(scope: &Scope<'_>, site: Site<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => scope.text_from(site),
        Type::Bytes => match scope.bytes_from(site) {
            FromBytes::Slice(from) => from,
            FromBytes::Vec(from) => quote!(|value| #from(::std::vec::Vec::from(value))),
        },
        Type::Named(_) if scope.borrows(ty) => quote!(::core::convert::Into::into),
        Type::Union(union) if union.null().is_none() && scope.borrows(ty) => quote!(::core::convert::Into::into),
        _ if !scope.borrows(ty) => quote!(::core::convert::identity),
        _ => {
            let value = to_owned(scope, site, ty, &quote!(value));
            quote!(|value| #value)
        }
    }
}
