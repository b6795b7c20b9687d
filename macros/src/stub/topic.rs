//! A topic's implementations, which are never run.

use kafka_event_attributes::OfType;
use kafka_event_codegen::emit::own::{KeyShape, OwnKey, TopicShape, topic_shape};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::lasting::{Lasting, lasting, mentions};
use crate::discover;

/// What a failed type is as a topic, as far as its attributes and the contract say so: what uses it speaks of no other.
struct Shape {
    /// What stands beside the implementations.
    items: TokenStream,
    event: TokenStream,
    key: TokenStream,
    is_compacted: bool,
}

impl Shape {
    fn of(input: &syn::DeriveInput, said: &OfType) -> Self {
        let topic = said.topic.0.as_ref();
        let known = topic.and_then(|topic| topic_shape(&*discover::known(said.manifest.0.as_ref())?, &topic.text));
        let borrows = input.generics.lifetimes().next().is_some();
        let is_published = said.consume.0.is_none() && !borrows;
        let mut items = TokenStream::new();
        let mut named = |name: &str, named: &OwnKey| {
            if path(&named.tokens).is_none() || mentions(named.tokens.clone(), &Ident::new("static", Span::call_site())) {
                // What no record is called, or none that is read: it is told where it stands.
                return quote!(::kafka_event::__private::Nothing);
            }
            let (item, picked) = picked(name, &lasting(input, named.tokens.clone()), is_published, !borrows);
            items.extend(item);
            picked
        };
        // A marker's event is another type, and is used as that.
        let mut event = match &said.event.0 {
            Some(event) => named("event", event),
            None => quote!(Self),
        };
        let key = said.key.0.as_ref().filter(|key| is_type(key, input));
        let (key_record, is_compacted) = match known {
            Some(TopicShape {
                key: KeyShape::Type(ty),
                is_compacted,
            }) => {
                return Self {
                    items,
                    event,
                    key: ty,
                    is_compacted,
                };
            }
            Some(TopicShape { is_compacted, .. }) => (key, is_compacted),
            None => (key, false),
        };
        let key = match key_record {
            Some(record) => {
                let key = named("key", record);
                event = quote!(::kafka_event::Keyed<#key, #event>);
                key
            }
            None => quote!(()),
        };
        Self {
            items,
            event,
            key,
            is_compacted,
        }
    }
}

/// A type that the attribute names, where it is a record that may stand there, and another in its place where it is none: of that nothing is said here.
fn picked(name: &str, ty: &TokenStream, is_written: bool, is_owned: bool) -> (TokenStream, TokenStream) {
    let fits = format_ident!("__KAFKA_EVENT_FITS_{name}", span = Span::call_site());
    let of = quote!(::kafka_event::__private::Of::<#ty>);
    let written = is_written.then(|| quote!(&& #of::IS_WRITTEN));
    let owned = is_owned.then(|| quote!(&& #of::IS_OWNED));
    let item = quote! {
        const #fits: ::core::primitive::u8 = {
            #[allow(unused_imports)]
            use ::kafka_event::__private::Unfit as _;
            if !::kafka_event::__private::same(#of::NAME, "-") #owned #written {
                ::kafka_event::__private::BY_ITSELF
            } else {
                ::kafka_event::__private::UNFIT
            }
        };
    };
    (
        item,
        quote!(<::kafka_event::__private::Fit<#fits> as ::kafka_event::__private::Pick<#ty>>::Is),
    )
}

/// The path that a type is written as.
fn path(ty: &TokenStream) -> Option<syn::Path> {
    let mut ty = syn::parse2(ty.clone()).ok()?;
    // What a macro's parameter stands for.
    while let syn::Type::Group(group) = ty {
        ty = *group.elem;
    }
    match ty {
        syn::Type::Path(path) => Some(path.path),
        _ => None,
    }
}

/// Whether a key is the path of a type, and no way to a field.
fn is_type(key: &OwnKey, input: &syn::DeriveInput) -> bool {
    let Some(path) = path(&key.tokens) else { return false };
    let is_field = |name: &Ident| match &input.data {
        syn::Data::Struct(data) => data.fields.iter().any(|field| field.ident.as_ref() == Some(name)),
        _ => false,
    };
    // A way that begins at no field, as that of a marker's event does, is told from a type by how types are called.
    let only = path.get_ident();
    only.is_none_or(|name| !is_field(name) && name.to_string().starts_with(char::is_uppercase))
}

/// Implementations for the topic that a type is the event of, or its marker.
pub(super) fn topic(input: &syn::DeriveInput, said: &OfType) -> TokenStream {
    let Shape {
        items,
        event,
        key,
        is_compacted,
    } = Shape::of(input, said);
    let Lasting {
        this,
        declared,
        conditions,
    } = Lasting::of(input);
    let parameters = quote!(<#(#declared),*>);
    // Of any lifetime: the compiler asks this where the topic is used, and nothing of a type of which it does not hold.
    let conditions = quote!(where for<'__any> Self: ::core::marker::Send + ::core::marker::Sync + 'static, #conditions);
    let message = if is_compacted {
        quote!(::kafka_event::Compacted<#key, #event>)
    } else {
        event.clone()
    };
    // What borrows is never published.
    let published = input.generics.lifetimes().next().is_none().then(|| {
        quote! {
            #[automatically_derived]
            impl #parameters ::kafka_event::PublishedTopic for #this #conditions {
                fn encode_key(
                    _: &Self::Event,
                    _: &mut ::std::vec::Vec<::core::primitive::u8>,
                ) -> ::core::result::Result<::core::primitive::bool, ::kafka_event::EncodeError> {
                    ::core::unreachable!()
                }
            }
        }
    });
    // Nor is what names a type that is read alone.
    let published = published.filter(|_| said.consume.0.is_none() || said.event.0.is_none() && said.key.0.is_none());
    quote! {
        #items

        #[automatically_derived]
        impl #parameters ::kafka_event::Topic for #this #conditions {
            type Event = #event;
            type Key = #key;
            const SPEC: &'static ::kafka_event::TopicSpec = ::kafka_event::__private::UNEXPANDED;
        }

        #published

        #[automatically_derived]
        impl #parameters ::kafka_event::ConsumedTopic for #this #conditions {
            type Message = #message;

            fn decode(
                _: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Message, ::kafka_event::DecodeError> {
                ::core::unreachable!()
            }
        }

        #[automatically_derived]
        impl #parameters ::kafka_event::CompactedTopic for #this #conditions {
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
