//! A fixed: a newtype of its bytes, or another name of what they mean.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::codec::hexadecimal;
use super::scope::{Scope, Site, ident};
use super::{decimal, deprecated, doc, serde, site_allow};
use crate::model::{Fixed, FixedLogical, TypeId};
use crate::options::{Attributes, TypeChoice};

/// The type of what its bytes mean.
pub(super) fn meant(logical: FixedLogical) -> TokenStream {
    match logical {
        FixedLogical::Uuid => quote!(::kafka_event::uuid::Uuid),
        FixedLogical::Duration => quote!(::kafka_event::logical::Duration),
        FixedLogical::Decimal { precision, scale } => decimal::owned(precision, scale),
    }
}

/// Whether its bytes are in a box: what they mean, where they mean something, holds them otherwise.
pub(super) fn is_boxed(fixed: &Fixed) -> bool {
    fixed.size > Fixed::INLINE && fixed.logical.is_none()
}

pub(super) fn emit(scope: &Scope<'_>, id: TypeId, fixed: &Fixed) -> TokenStream {
    let name = ident(&fixed.name.ident.rust);
    let docs = doc::attributes(fixed.doc.as_deref(), &format!("The fixed `{}`.", fixed.name.full()));
    let allow = site_allow(Site::of(id, &fixed.name));
    let layout = hexadecimal(scope.schemas.layout(id));
    let deprecated = deprecated::attribute(&fixed.properties);
    let choice = scope.choices.of_type(id);
    if let Some(meaning) = scope.own_fixed(fixed).cloned().or_else(|| fixed.logical.map(meant)) {
        let attributes = choice.map(|choice| &choice.attributes);
        let attributes = attributes.map(|Attributes { before, behind }| quote!(#before #behind));
        return quote! { #docs #deprecated #attributes #allow pub type #name = #meaning; };
    }
    let mut base = vec!["Debug", "Clone", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];
    if !is_boxed(fixed) {
        base.insert(2, "Copy");
    }
    let head = TypeChoice::head(choice, &base, &["Copy"]);
    let size = Literal::usize_unsuffixed(fixed.size);
    let (held, read, bytes) = if is_boxed(fixed) {
        (
            quote!(::std::boxed::Box<[u8; #size]>),
            quote!(::kafka_event::__private::boxed(reader.array()?)),
            quote!(&self.0[..]),
        )
    } else {
        (quote!([u8; #size]), quote!(*reader.array()?), quote!(&self.0))
    };
    let identity = scope
        .schemas
        .identity(id)
        .schema(&name, &quote!(::kafka_event::wire::Fixed<#size>), None, false);
    let serde = scope
        .switches
        .serde
        .then(|| serde::of_schema(&name, None, &quote!(::kafka_event::wire::Fixed<#size>)));
    quote! {
        #docs
        #deprecated
        #head
        #allow
        pub struct #name(
            /// The bytes.
            pub #held,
        );

        #identity
        #serde

        #[automatically_derived]
        impl ::core::convert::From<#held> for #name {
            fn from(bytes: #held) -> Self { Self(bytes) }
        }

        #[automatically_derived]
        impl ::kafka_event::codec::Encode<::kafka_event::wire::Fixed<#size>> for #name {
            #[inline]
            fn size_bound(&self) -> usize { #size }

            #[inline]
            fn encode(&self, writer: &mut ::kafka_event::codec::Writer<'_>) { writer.raw(#bytes); }
        }

        #[automatically_derived]
        impl<'de> ::kafka_event::codec::Decode<'de, ::kafka_event::wire::Fixed<#size>> for #name {
            const LAYOUT: u64 = #layout;

            #[inline]
            fn decode(
                reader: &mut ::kafka_event::codec::Reader<'de>,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                ::core::result::Result::Ok(Self(#read))
            }
        }

        #[automatically_derived]
        impl ::kafka_event::codec::EncodeKey<::kafka_event::wire::Fixed<#size>> for #name {
            fn encode_key(&self, out: &mut ::std::vec::Vec<u8>) -> bool {
                out.extend_from_slice(#bytes);
                true
            }
        }

        #[automatically_derived]
        impl ::kafka_event::codec::DecodeKey<::kafka_event::wire::Fixed<#size>> for #name {
            fn decode_key(bytes: &[u8]) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                ::kafka_event::codec::DecodeKey::<::kafka_event::wire::Fixed<#size>>::decode_key(bytes).map(Self)
            }
        }
    }
}
