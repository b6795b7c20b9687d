//! An enum: its symbols, their text and their places.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::codec::hexadecimal;
use super::scope::{Scope, Site, ident};
use super::{deprecated, doc, serde, site_allow};
use crate::deprecation;
use crate::model::{Enum, TypeId};
use crate::options::{Attributes, TypeChoice};

pub(super) fn emit(scope: &Scope<'_>, id: TypeId, enumeration: &Enum) -> TokenStream {
    let name = ident(&enumeration.name.ident.rust);
    let docs = doc::attributes(enumeration.doc.as_deref(), &format!("The enum `{}`.", enumeration.name.full()));
    let allow = site_allow(Site::of(id, &enumeration.name));
    let count = enumeration.symbols.len();
    let base = &["Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];
    let head = TypeChoice::head(scope.choices.of_type(id), base, &[]);
    let deprecated_symbols = deprecation::of_symbols(&enumeration.properties);
    let attributes = enumeration.symbols.iter().map(|symbol| {
        let deprecated = deprecated_symbols
            .get(symbol.avro.as_str())
            .map(|deprecation| deprecated::noted(*deprecation));
        let attributes = scope.choices.of_symbol(id, &symbol.avro);
        let attributes = attributes.map(|Attributes { before, behind }| quote!(#before #behind));
        quote!(#deprecated #attributes)
    });
    let deprecated = deprecated::attribute(&enumeration.properties);
    let variants: Vec<_> = enumeration.symbols.iter().map(|symbol| ident(&symbol.rust)).collect();
    let texts: Vec<_> = enumeration.symbols.iter().map(|symbol| symbol.avro.as_str()).collect();
    let variant_docs = texts.iter().map(|text| format!(" The symbol `{text}`."));
    let places: Vec<_> = (0..count).map(Literal::usize_unsuffixed).collect();
    // Symbols beyond 63 take two bytes, beyond 8191 three.
    let bound = Literal::usize_unsuffixed(match count {
        0..=64 => 1,
        65..=8192 => 2,
        _ => 5,
    });
    let count = Literal::usize_unsuffixed(count);
    let layout = hexadecimal(scope.schemas.layout(id));
    let identity = scope
        .schemas
        .identity(id)
        .schema(&name, &quote!(::kafka_event::wire::Enum), None, false);
    let serde = scope
        .switches
        .serde
        .then(|| serde::of_schema(&name, None, &quote!(::kafka_event::wire::Enum)));
    quote! {
        #docs
        #deprecated
        #head
        #allow
        pub enum #name { #(#[doc = #variant_docs] #attributes #variants),* }

        #allow
        impl #name {
            /// All symbols, in the order of the schema.
            pub const ALL: [Self; #count] = [#(Self::#variants),*];

            /// The symbol as the schema spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#variants => #texts),* }
            }
        }

        #identity
        #serde

        #[automatically_derived]
        impl ::core::fmt::Display for #name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::kafka_event::codec::Encode<::kafka_event::wire::Enum> for #name {
            #[inline]
            fn size_bound(&self) -> usize { #bound }

            #[inline]
            fn encode(&self, writer: &mut ::kafka_event::codec::Writer<'_>) {
                writer.varint(match *self { #(Self::#variants => #places),* });
            }
        }

        #[automatically_derived]
        impl<'de> ::kafka_event::codec::Decode<'de, ::kafka_event::wire::Enum> for #name {
            const LAYOUT: u64 = #layout;

            #[inline]
            fn decode(
                reader: &mut ::kafka_event::codec::Reader<'de>,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                match reader.varint()? {
                    #(#places => ::core::result::Result::Ok(Self::#variants),)*
                    index => ::core::result::Result::Err(reader.no_such_symbol(index, #count)),
                }
            }
        }
    }
}
