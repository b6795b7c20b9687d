//! What a failing derive writes beside its errors.
//!
//! | file | its job |
//! | --- | --- |
//! | `topic` | a topic's implementations |
//! | `lasting` | the type as a topic has it, which borrows from nothing that ends |
//! | `builder` | the builder that was asked for |

mod builder;
mod lasting;
mod topic;

use kafka_event_attributes::{Errors, OfType, is_phantom, unsized_fields};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::lifetime::is_undeclared;

/// Implementations that are never run: without them the compiler would add an error for each use of the type.
///
/// They carry every Avro type, since it is not known here which one the type would have been.
pub(crate) fn event(input: &syn::DeriveInput) -> TokenStream {
    // Nothing that is read is of a type without a size.
    if unsized_fields(input).next().is_some() {
        return TokenStream::new();
    }
    // Whatever is wrong with it, some of it may be read.
    let said = OfType::read(&input.attrs, &mut Errors::default());
    let name = &input.ident;
    let (_, arguments, conditions) = input.generics.split_for_impl();
    let predicates = conditions.map(|conditions| conditions.predicates.to_token_stream());
    let declared: Vec<_> = input.generics.params.iter().map(without_default).collect();
    let lifetimes: Vec<_> = input.generics.lifetimes().map(|lifetime| &lifetime.lifetime).collect();
    let read_from = if lifetimes.is_empty() {
        quote!('de)
    } else {
        quote!('de: #(#lifetimes)+*)
    };
    let borrowed = input.generics.params.iter().map(|parameter| match parameter {
        syn::GenericParam::Lifetime(_) => quote!('de),
        syn::GenericParam::Type(ty) => ty.ident.to_token_stream(),
        syn::GenericParam::Const(constant) => constant.ident.to_token_stream(),
    });
    let referred = lasting::referred(input);
    let topic = topic::topic(input, &said);
    let builder = builder::builder(input, &said);
    // A way that is written leads on through it.
    let held = held(input).filter(|_| !is_undeclared(input)).map(|ty| {
        quote! {
            #[automatically_derived]
            impl<#(#declared),*> ::kafka_event::__private::Newtype<#ty> for #name #arguments #conditions {
                fn inner(&self) -> &#ty { ::core::unreachable!() }
            }
        }
    });
    quote! {
        #[doc(hidden)]
        #[allow(deprecated)]
        const _: () = {
            #[automatically_derived]
            impl<#(#declared,)* __W: ?::core::marker::Sized> ::kafka_event::codec::Encode<__W> for #name #arguments #conditions {
                fn size_bound(&self) -> ::core::primitive::usize { ::core::unreachable!() }
                fn encode(&self, _: &mut ::kafka_event::codec::Writer<'_>) { ::core::unreachable!() }
            }

            #[automatically_derived]
            impl<#read_from, #(#declared,)* __W: ?::core::marker::Sized> ::kafka_event::codec::Decode<'de, __W> for #name #arguments #conditions {
                fn decode(_: &mut ::kafka_event::codec::Reader<'de>) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    ::core::unreachable!()
                }
            }

            #[automatically_derived]
            impl<#(#declared,)* __W: ?::core::marker::Sized> ::kafka_event::codec::EncodeKey<__W> for #name #arguments #conditions {
                fn encode_key(&self, _: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool { ::core::unreachable!() }
            }

            #[automatically_derived]
            impl<#(#declared,)* const __NAME: ::core::primitive::u64, __Rest, __W: ?::core::marker::Sized>
                ::kafka_event::codec::EncodeKeyAt<::kafka_event::codec::way::Field<__NAME, __Rest>, __W> for #name #arguments #conditions
            {
                fn encode_key_at(&self, _: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool { ::core::unreachable!() }
            }

            #[automatically_derived]
            impl<#(#declared,)* __W: ?::core::marker::Sized> ::kafka_event::codec::DecodeKey<__W> for #name #arguments #conditions {
                fn decode_key(_: &[::core::primitive::u8]) -> ::core::result::Result<Self, ::kafka_event::DecodeError> { ::core::unreachable!() }
            }

            #[automatically_derived]
            impl<#(#declared),*> ::kafka_event::Record for #name #arguments
            where Self: ::core::marker::Sized, #(#referred: 'static,)* #predicates
            {
                type Ref<'de> = #name<#(#borrowed),*>;
                const FULL_NAME: &'static ::core::primitive::str = "";
                const SCHEMA: &'static ::core::primitive::str = "";
                const FINGERPRINT: ::kafka_event::Fingerprint = ::kafka_event::Fingerprint(0);
                const LAYOUT: ::core::primitive::u64 = 0;
            }
            #held
            #topic
        };
        #builder
    }
}

/// What a newtype holds.
fn held(input: &syn::DeriveInput) -> Option<&syn::Type> {
    let syn::Data::Struct(syn::DataStruct {
        fields: syn::Fields::Unnamed(fields),
        ..
    }) = &input.data
    else {
        return None;
    };
    let mut carried = fields.unnamed.iter().map(|field| &field.ty).filter(|ty| !is_phantom(ty));
    carried.next().filter(|_| carried.next().is_none())
}

fn without_default(parameter: &syn::GenericParam) -> TokenStream {
    let mut parameter = parameter.clone();
    match &mut parameter {
        syn::GenericParam::Type(ty) => ty.default = None,
        syn::GenericParam::Const(constant) => constant.default = None,
        syn::GenericParam::Lifetime(_) => {}
    }
    parameter.to_token_stream()
}
