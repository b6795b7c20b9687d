//! What a failing derive writes beside its errors.

use proc_macro2::TokenStream;
use quote::quote;

/// Implementations that are never run: without them the compiler would add an error for each use of the event.
pub(crate) fn event(input: &syn::DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let name = &input.ident;
    quote! {
        #[automatically_derived]
        impl ::kafka_event::codec::Encode<::kafka_event::wire::Record> for #name {
            fn size_bound(&self) -> usize { ::core::unreachable!() }
            fn encode(&self, _: &mut ::kafka_event::codec::Writer<'_>) { ::core::unreachable!() }
        }

        #[automatically_derived]
        impl<'de> ::kafka_event::codec::Decode<'de, ::kafka_event::wire::Record> for #name {
            fn decode(_: &mut ::kafka_event::codec::Reader<'de>) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                ::core::unreachable!()
            }
        }

        #[automatically_derived]
        impl ::kafka_event::Record for #name {
            type Ref<'de> = Self;
            const FULL_NAME: &'static str = "";
            const SCHEMA: &'static str = "";
            const FINGERPRINT: ::kafka_event::Fingerprint = ::kafka_event::Fingerprint(0);
            const LAYOUT: u64 = 0;
        }

        #[automatically_derived]
        impl ::kafka_event::Topic for #name {
            type Event = Self;
            type Key = ();
            type Message = Self;
            const SPEC: &'static ::kafka_event::TopicSpec = ::kafka_event::__private::UNEXPANDED;

            fn encode_key(
                _: &Self::Event,
                _: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<bool, ::kafka_event::EncodeError> {
                ::core::unreachable!()
            }

            fn decode(
                _: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Message, ::kafka_event::DecodeError> {
                ::core::unreachable!()
            }
        }
    }
}
