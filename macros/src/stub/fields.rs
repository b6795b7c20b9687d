//! The fields of a failed type on the ways of another's key.

use kafka_event_attributes::OfType;
use kafka_event_codegen::emit::own::names_on_ways;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};

use super::without_default;
use crate::discover;

/// Every name that the contract's ways have leads to the type itself, which keys whatever it is asked to: the ways of the types that hold it would end
/// here, with an error of their own.
pub(super) fn fields(input: &syn::DeriveInput, said: &OfType) -> Option<TokenStream> {
    let is_record = matches!(&input.data, syn::Data::Struct(data) if matches!(data.fields, syn::Fields::Named(_)));
    // What borrows is on no way: it is never published.
    if !is_record || input.generics.lifetimes().next().is_some() {
        return None;
    }
    let contract = discover::known(said.manifest.0.as_ref())?;
    let names = names_on_ways(&contract);
    if names.is_empty() {
        return None;
    }
    let name = &input.ident;
    let (_, arguments, conditions) = input.generics.split_for_impl();
    let predicates = conditions.map(|conditions| conditions.predicates.to_token_stream());
    let declared: Vec<_> = input.generics.params.iter().map(without_default).collect();
    let named = Ident::new("__KafkaEventNamed", Span::call_site());
    Some(quote! {
        #[allow(dead_code, non_snake_case)]
        pub struct #named<'de, T> { __kafka_event_record: &'de T, #(pub #names: ::kafka_event::__private::At<'de, T>),* }

        // Another contract's ways lead through the fields as they are called here.
        #[automatically_derived]
        impl<T> ::core::ops::Deref for #named<'_, T> {
            type Target = T;
            fn deref(&self) -> &T { self.__kafka_event_record }
        }

        #[automatically_derived]
        impl<'de, #(#declared),*> ::kafka_event::__private::Fields<'de, #named<'de, Self>> for #name #arguments
        where Self: 'de, #predicates
        {
            fn named(&'de self) -> #named<'de, Self> { ::core::unreachable!() }
        }
    })
}
