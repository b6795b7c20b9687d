//! The event of a topic that carries several records: an enum of them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::doc;
use super::scope::{Scope, ident};
use super::topic::HERE;
use super::union::branches;
use crate::model::{Topic, Type, Union};

/// The variants, in the order of the records: named as those of a union are.
pub(super) fn variants(scope: &Scope<'_>, topic: &Topic) -> Vec<Ident> {
    let union = Union {
        branches: topic.records.iter().map(|id| Type::Named(*id)).collect(),
        place: 0,
    };
    branches(scope, &union).iter().map(|branch| ident(&branch.variant)).collect()
}

/// The enum, its borrowed twin, and their implementations.
pub(super) fn emit(scope: &Scope<'_>, topic: &Topic, name: &Ident, twin: &Ident) -> TokenStream {
    let variants = variants(scope, topic);
    let records: Vec<_> = topic.records.iter().map(|id| scope.path(HERE, *id)).collect();
    let docs = format!(" An event of the topic `{}`: one of its records.", topic.name.avro);
    let record_docs: Vec<_> = topic
        .records
        .iter()
        .map(|id| format!(" The record `{}`.", scope.model.named(*id).name().full()))
        .collect();
    let places: Vec<_> = (0..topic.records.len()).map(Literal::usize_unsuffixed).collect();
    let borrows = scope.switches.borrowed && topic.records.iter().any(|id| scope.named_borrows(*id));
    let (reference, read_ref, twin) = if borrows {
        let twin_docs = format!(
            " {} with text and bytes borrowed from the message.",
            doc::link("enum", &name.to_string())
        );
        let borrowed = topic.records.iter().map(|id| scope.borrowed(HERE, &Type::Named(*id)));
        let owned = topic.records.iter().map(|id| {
            if scope.named_borrows(*id) {
                quote!(event.into())
            } else {
                quote!(event)
            }
        });
        let definition = quote! {
            #[doc = #twin_docs]
            #[derive(Debug, Clone, PartialEq)]
            pub enum #twin<'a> { #(#[doc = #record_docs] #variants(#borrowed)),* }

            #[automatically_derived]
            impl ::core::convert::From<#twin<'_>> for #name {
                #[inline]
                fn from(borrowed: #twin<'_>) -> Self {
                    match borrowed { #(#twin::#variants(event) => Self::#variants(#owned),)* }
                }
            }
        };
        let read = quote! {
            match datum.record {
                #(#places => <#records as ::kafka_event::Event>::decode_datum_ref(datum).map(#twin::#variants),)*
                _ => ::core::result::Result::Err(::kafka_event::__private::no_such_record()),
            }
        };
        (quote!(#twin<'de>), read, Some(definition))
    } else {
        // Its records need not be without: another crate's may have twins where none are asked for here.
        (quote!(Self), quote!(::kafka_event::OwnedEvent::decode_datum(datum)), None)
    };
    quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#[doc = #record_docs] #variants(#records)),* }

        #(
            #[automatically_derived]
            impl ::core::convert::From<#records> for #name {
                #[inline]
                fn from(event: #records) -> Self { Self::#variants(event) }
            }
        )*
        #twin

        #[automatically_derived]
        impl ::kafka_event::Event for #name {
            type Ref<'de> = #reference;

            const RECORDS: &'static [::kafka_event::RecordSpec] = &[#(<#records as ::kafka_event::Event>::RECORDS[0]),*];

            #[inline]
            fn decode_datum_ref(
                datum: ::kafka_event::EncodedDatum<'_>,
            ) -> ::core::result::Result<Self::Ref<'_>, ::kafka_event::DecodeError> {
                #read_ref
            }
        }

        #[automatically_derived]
        impl ::kafka_event::OwnedEvent for #name {
            #[inline]
            fn decode_datum(
                datum: ::kafka_event::EncodedDatum<'_>,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                match datum.record {
                    #(#places => <#records as ::kafka_event::OwnedEvent>::decode_datum(datum).map(Self::#variants),)*
                    _ => ::core::result::Result::Err(::kafka_event::__private::no_such_record()),
                }
            }
        }

        #[automatically_derived]
        impl ::kafka_event::EncodeEvent for #name {
            #[inline]
            fn record(&self) -> &'static ::kafka_event::RecordSpec {
                match self { #(Self::#variants(_) => &<Self as ::kafka_event::Event>::RECORDS[#places],)* }
            }

            #[inline]
            fn encode_datum(
                &self,
                buffer: &mut ::std::vec::Vec<::core::primitive::u8>,
            ) -> ::core::result::Result<(), ::kafka_event::EncodeError> {
                match self { #(Self::#variants(event) => ::kafka_event::EncodeEvent::encode_datum(event, buffer),)* }
            }
        }
    }
}
