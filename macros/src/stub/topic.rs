//! A topic's implementations, which are never run.

use kafka_event_attributes::OfType;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::without_default;

/// Implementations for the topic that a type is the event of, or its marker.
pub(super) fn topic(input: &syn::DeriveInput, said: &OfType) -> TokenStream {
    let name = &input.ident;
    let (_, arguments, conditions) = input.generics.split_for_impl();
    let predicates = conditions.map(|conditions| conditions.predicates.to_token_stream());
    let declared: Vec<_> = input.generics.params.iter().map(without_default).collect();
    let parameters = quote!(<#(#declared),*>);
    let conditions = quote!(where Self: ::core::marker::Send + ::core::marker::Sync + 'static, #predicates);
    // A marker's event is another type, and is used as that.
    let event = said.event.0.as_ref();
    let event = event.map_or_else(|| quote!(Self), |event| event.tokens.clone());
    quote! {
        #[automatically_derived]
        impl #parameters ::kafka_event::Topic for #name #arguments #conditions {
            type Event = #event;
            type Key = ();
            const SPEC: &'static ::kafka_event::TopicSpec = ::kafka_event::__private::UNEXPANDED;
        }

        #[automatically_derived]
        impl #parameters ::kafka_event::PublishedTopic for #name #arguments #conditions {
            fn encode_key(
                _: &Self::Event,
                _: &mut ::std::vec::Vec<::core::primitive::u8>,
            ) -> ::core::result::Result<::core::primitive::bool, ::kafka_event::EncodeError> {
                ::core::unreachable!()
            }
        }

        #[automatically_derived]
        impl #parameters ::kafka_event::ConsumedTopic for #name #arguments #conditions {
            type Message = #event;

            fn decode(
                _: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Message, ::kafka_event::DecodeError> {
                ::core::unreachable!()
            }
        }

        #[automatically_derived]
        impl #parameters ::kafka_event::CompactedTopic for #name #arguments #conditions {
            fn encode_tombstone(
                _: &Self::Key,
                _: &mut ::std::vec::Vec<::core::primitive::u8>,
            ) -> ::core::result::Result<(), ::kafka_event::EncodeError> {
                ::core::unreachable!()
            }

            fn decode_key(_: ::kafka_event::EncodedEvent<'_>) -> ::core::result::Result<Self::Key, ::kafka_event::DecodeError> {
                ::core::unreachable!()
            }
        }
    }
}
