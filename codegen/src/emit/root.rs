//! The root of a file that is no named type: a newtype of what a datum is, or the enum of a union that is never null.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::borrowed::to_owned;
use super::names::Beside;
use super::scope::{Scope, Site, ident};
use super::{doc, evolve, serde, site_allow, union};
use crate::model::{Root, Type, TypeId};

pub(super) fn emit(scope: &Scope<'_>, id: TypeId, root: &Root) -> TokenStream {
    let site = Site::of(id, &root.name);
    let name = ident(&root.name.ident.rust);
    let twin = (scope.switches.borrowed && scope.borrows(&root.ty)).then(|| scope.beside(id, Beside::Twin));
    let wire = scope.wire(&root.ty);
    let identity = scope.schemas.identity(id).schema(&name, &wire, twin.as_ref(), false);
    let serde = scope.switches.serde.then(|| serde::of_schema(&name, twin.as_ref(), &wire));
    let unions = union::emit(scope, site);
    let is_enum = matches!(&root.ty, Type::Union(union) if union.null().is_none());
    let newtype = (!is_enum).then(|| newtype(scope, site, root, &name, &wire, twin.as_ref()));
    quote!(#newtype #identity #serde #unions)
}

fn newtype(scope: &Scope<'_>, site: Site<'_>, root: &Root, name: &Ident, wire: &TokenStream, twin: Option<&Ident>) -> TokenStream {
    let docs = format!(" A datum of {}.", doc::code(&root.name.ident.avro));
    let allow = site_allow(site);
    let evolves = scope.switches.evolution;
    let held = scope.owned(site, &root.ty);
    let encode = quote! {
        #[automatically_derived]
        impl ::kafka_event::codec::Encode<#wire> for #name {
            #[inline]
            fn size_bound(&self) -> usize { ::kafka_event::codec::Encode::<#wire>::size_bound(&self.0) }

            #[inline]
            fn encode(&self, writer: &mut ::kafka_event::codec::Writer<'_>) { writer.write::<#wire, _>(&self.0); }
        }
    };
    let definition = quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, PartialEq)]
        #allow
        pub struct #name(
            /// The datum.
            pub #held,
        );

        #[automatically_derived]
        #allow
        impl ::core::convert::From<#held> for #name {
            #[inline]
            fn from(datum: #held) -> Self { Self(datum) }
        }
        #encode
    };
    let decode_by = |lifetime: &TokenStream, of: &TokenStream| decode(name, wire, lifetime, of, evolves);
    let decode = decode_by(&quote!('de), &quote!(#name));
    let Some(twin) = twin else {
        return quote!(#definition #decode);
    };
    let borrowed = scope.borrowed(site, &root.ty);
    let owned = to_owned(scope, site, &root.ty, &quote!(borrowed.0));
    let link = doc::link("struct", &root.name.ident.rust);
    let docs = format!(" {link} with text and bytes borrowed from the encoded datum.");
    let decode_twin = decode_by(&quote!('a), &quote!(#twin<'a>));
    quote! {
        #definition
        #decode

        #[doc = #docs]
        #[derive(Debug, Clone, PartialEq)]
        #allow
        pub struct #twin<'a>(
            /// The datum.
            pub #borrowed,
        );
        #decode_twin

        #[automatically_derived]
        #allow
        impl ::core::convert::From<#twin<'_>> for #name {
            #[inline]
            fn from(borrowed: #twin<'_>) -> Self { Self(#owned) }
        }
    }
}

/// The implementation of a newtype that borrows what it holds, or owns it.
fn decode(name: &Ident, wire: &TokenStream, lifetime: &TokenStream, of: &TokenStream, evolves: bool) -> TokenStream {
    let evolve = evolves.then(|| evolve::newtype(wire, lifetime));
    quote! {
        #[automatically_derived]
        impl<#lifetime> ::kafka_event::codec::Decode<#lifetime, #wire> for #of {
            const LAYOUT: u64 = <#name as ::kafka_event::Schema>::LAYOUT;

            #[inline]
            fn decode(
                reader: &mut ::kafka_event::codec::Reader<#lifetime>,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                reader.read::<#wire, _>().map(Self)
            }

            #evolve
        }
    }
}
