//! The borrowed twin, which has the decoder, and the way from it to the owned type.

use proc_macro2::TokenStream;
use quote::quote;

use super::codec::{Carrier, datum};
use super::names::Beside;
use super::record::carried;
use super::scope::{Scope, Site, ident};
use super::{doc, site_allow};
use crate::model::{Record, Type, TypeId};

/// The twin's struct, its decoder, and `From` for the owned type.
pub(super) fn emit(scope: &Scope<'_>, site: Site<'_>, record: &Record) -> TokenStream {
    let owned = ident(&record.name.ident.rust);
    let twin = scope.beside(site.owner.expect("a twin is a record's"), Beside::Twin);
    let link = doc::link("struct", &record.name.ident.rust);
    let docs = format!(" {link} with text and bytes borrowed from the encoded event.");
    let allow = site_allow(site);
    let fields = record.fields.iter().map(|field| {
        let docs = doc::attributes(field.doc.as_deref(), &format!("The field `{}`.", field.name.avro));
        let (name, ty) = (ident(&field.name.rust), scope.borrowed(site, &field.ty));
        quote! { #docs pub #name: #ty }
    });
    let decode = Carrier {
        name: &twin,
        lifetime: Some(quote!('a)),
        fields: carried(scope, &record.fields),
    }
    .decode();
    let conversions = record.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let value = to_owned(scope, &field.ty, &quote!(borrowed.#name));
        quote!(#name: #value)
    });
    let datum = datum(&quote!(#twin<'_>), &quote!(::kafka_event::wire::Record));
    quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, PartialEq)]
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

/// `impl Decode` of a type that has a twin: read the twin, own it.
pub(super) fn owned_decode(scope: &Scope<'_>, id: TypeId, record: &Record) -> TokenStream {
    let name = ident(&record.name.ident.rust);
    let twin = scope.beside(id, Beside::Twin);
    quote! {
        #[automatically_derived]
        impl<'de> ::kafka_event::codec::Decode<'de, ::kafka_event::wire::Record> for #name {
            #[inline]
            fn decode(
                reader: &mut ::kafka_event::codec::Reader<'de>,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                reader.read::<::kafka_event::wire::Record, #twin<'de>>().map(::core::convert::Into::into)
            }
        }
    }
}

/// An owned value from a borrowed one.
pub(super) fn to_owned(scope: &Scope<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    if !scope.borrows(ty) {
        return value.clone();
    }
    match ty {
        Type::Nullable { inner, .. } => {
            let each = each(scope, inner);
            quote!(#value.map(#each))
        }
        Type::Union(union) if union.null().is_some() => quote!(#value.map(::core::convert::Into::into)),
        Type::Array(inner) => {
            let each = each(scope, inner);
            quote!(#value.into_iter().map(#each).collect())
        }
        Type::Map(inner) => {
            let inner = to_owned(scope, inner, &quote!(value));
            quote!(#value.into_iter().map(|(key, value)| (::std::string::String::from(key), #inner)).collect())
        }
        Type::Boxed(_) => quote!(::std::boxed::Box::new((*#value).into())),
        _ => quote!(#value.into()),
    }
}

/// A function from a borrowed value to an owned one.
fn each(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(::std::string::String::from),
        Type::Bytes => quote!(::std::vec::Vec::from),
        Type::Named(_) if scope.borrows(ty) => quote!(::core::convert::Into::into),
        Type::Union(union) if union.null().is_none() && scope.borrows(ty) => quote!(::core::convert::Into::into),
        _ if !scope.borrows(ty) => quote!(::core::convert::identity),
        _ => {
            let value = to_owned(scope, ty, &quote!(value));
            quote!(|value| #value)
        }
    }
}
