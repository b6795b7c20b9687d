//! Topics and the catalog.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::codec::Implementor;
use super::names::plain;
use super::scope::{Scope, Site, ident};
use super::{allow, doc, event, group, spec, way};
use crate::model::{Ident, Key, Topic};
use crate::name::free;

/// Modules of our own stand beside the namespaces, at the root.
pub(super) const HERE: Site<'static> = Site {
    owner: None,
    module: &[],
    depth: 1,
    field: None,
};

/// The modules `topics` and `groups`, and the catalog; nothing without a manifest.
pub(super) fn emit(scope: &Scope<'_>) -> TokenStream {
    let model = scope.model;
    if model.topics.is_empty() {
        return TokenStream::new();
    }
    let allow = allow();
    let names = Beside::all(&model.topics);
    let topics = model
        .topics
        .iter()
        .zip(&names)
        .map(|(topic, names)| emit_topic(scope, topic, names));
    let topic_names = model.topics.iter().map(|topic| ident(&topic.name.rust));
    let ways = way::emit(scope);
    let (groups, group_specs) = group::emit(scope, &names);
    quote! {
        /// The topics of the manifest: a marker for each.
        #allow
        pub mod topics { #(#topics)* #ways }
        #groups

        /// All topics and groups of the manifest.
        #allow
        pub static CATALOG: ::kafka_event::Catalog = ::kafka_event::Catalog {
            topics: &[#(<topics::#topic_names as ::kafka_event::Topic>::SPEC),*],
            groups: &[#(#group_specs),*],
        };
    }
}

/// A name behind a marker's, which nothing else in its module has.
pub(super) fn beside(taken: &mut HashSet<String>, marker: &Ident, suffix: &str) -> proc_macro2::Ident {
    ident(&free(taken, &format!("{}{suffix}", plain(marker))))
}

/// What stands beside a topic's marker.
pub(super) struct Beside {
    /// The enum of its events and its twin, where it carries several records.
    pub(super) events: Option<(proc_macro2::Ident, proc_macro2::Ident)>,
    publisher: proc_macro2::Ident,
    consumer: proc_macro2::Ident,
}

impl Beside {
    fn all(topics: &[Topic]) -> Vec<Self> {
        // A module is a scope: no name of ours may be that of a marker.
        let mut taken: HashSet<String> = topics.iter().map(|topic| topic.name.rust.clone()).collect();
        let mut named = |topic: &Topic, suffix: &str| beside(&mut taken, &topic.name, suffix);
        topics
            .iter()
            .map(|topic| Self {
                events: (topic.records.len() > 1).then(|| (named(topic, "Event"), named(topic, "EventRef"))),
                publisher: named(topic, "Publisher"),
                consumer: named(topic, "Consumer"),
            })
            .collect()
    }
}

fn emit_topic(scope: &Scope<'_>, topic: &Topic, names: &Beside) -> TokenStream {
    let marker = ident(&topic.name.rust);
    let docs = doc::attributes(topic.doc.as_deref(), &format!("The topic `{}`.", topic.name.avro));
    let implementation = implementation(scope, topic, &of_marker(scope, topic, names));
    let events = names.events.as_ref().map(|(event, twin)| event::emit(scope, topic, event, twin));
    let name = &topic.name.avro;
    let clients = scope.switches.clients.then(|| {
        let Beside { publisher, consumer, .. } = names;
        let publisher_docs = format!(" Publishes to `{name}`.");
        let consumer_docs = format!(" Consumes `{name}` alone.");
        quote! {
            #[doc = #publisher_docs]
            pub type #publisher = ::kafka_event::Publisher<#marker>;

            #[doc = #consumer_docs]
            pub type #consumer = ::kafka_event::Consumer<::kafka_event::Only<#marker>>;
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #marker;
        #implementation
        #events
        #clients
    }
}

/// The type of what a topic publishes; `events` is its enum, where it carries several records.
fn event_type(scope: &Scope<'_>, topic: &Topic, events: Option<TokenStream>) -> TokenStream {
    let event = events.unwrap_or_else(|| scope.path(HERE, topic.records[0]));
    match topic.key {
        Key::Record(_) => {
            let key = key_type(scope, topic);
            quote!(::kafka_event::Keyed<#key, #event>)
        }
        Key::None | Key::Field { .. } => event,
    }
}

pub(super) fn key_type(scope: &Scope<'_>, topic: &Topic) -> TokenStream {
    match &topic.key {
        Key::None => quote!(()),
        Key::Field { ty, .. } => scope.key(HERE, ty),
        Key::Record(id) => scope.path(HERE, *id),
    }
}

/// The type of what a topic's consumer is given.
pub(super) fn message_type(scope: &Scope<'_>, topic: &Topic, events: Option<TokenStream>) -> TokenStream {
    let event = event_type(scope, topic, events);
    if topic.cleanup.is_compacted() {
        let key = key_type(scope, topic);
        quote!(::kafka_event::Compacted<#key, #event>)
    } else {
        event
    }
}

/// Whose `impl Topic` it is, and what is known of it there.
pub(super) struct TopicOf {
    /// The type.
    pub(super) implementor: Implementor,
    /// What its messages carry.
    pub(super) event: TokenStream,
    /// What keys them.
    pub(super) key: TokenStream,
    /// The record that keys them, as a constant, where one does.
    pub(super) key_record: TokenStream,
    /// The contract that it belongs to.
    pub(super) catalog: TokenStream,
    /// How an event's key is encoded, where its events can be published.
    pub(super) encode_key: Option<TokenStream>,
    /// Whether its messages can be consumed.
    pub(super) is_consumed: bool,
}

/// That of a generated marker, for the generated event.
fn of_marker(scope: &Scope<'_>, topic: &Topic, names: &Beside) -> TopicOf {
    let marker = ident(&topic.name.rust);
    let events = names.events.as_ref().map(|(event, _)| quote!(#event));
    let key = key_type(scope, topic);
    let implementor = Implementor::new(TokenStream::new(), quote!(#marker));
    TopicOf {
        event: event_type(scope, topic, events),
        key_record: quote!(<#key as ::kafka_event::Event>::RECORDS[0]),
        key,
        catalog: quote!(&super::CATALOG),
        encode_key: Some(encode_key(scope, topic, names, &implementor)),
        implementor,
        is_consumed: true,
    }
}

/// `impl Topic`, and what may be done with it.
pub(super) fn implementation(scope: &Scope<'_>, topic: &Topic, of: &TopicOf) -> TokenStream {
    let TopicOf { event, key, .. } = of;
    let Implementor {
        parameters,
        this,
        conditions,
        ..
    } = &of.implementor;
    let [given, out, message] = ["event", "out", "message"].map(|name| of.implementor.local(name));
    let spec = spec::topic(topic, &of.catalog, &of.key_record);
    let published = of.encode_key.as_ref().map(|encode_key| {
        quote! {
            #[automatically_derived]
            impl #parameters ::kafka_event::PublishedTopic for #this #conditions {
                #[inline]
                fn encode_key(
                    #given: &Self::Event,
                    #out: &mut ::std::vec::Vec<::core::primitive::u8>,
                ) -> ::core::result::Result<::core::primitive::bool, ::kafka_event::EncodeError> {
                    #encode_key
                }
            }
        }
    });
    let consumed = of.is_consumed.then(|| {
        let (message_type, decode) = if topic.cleanup.is_compacted() {
            (quote!(::kafka_event::Compacted<#key, #event>), quote!(decode_compacted))
        } else {
            (quote!(#event), quote!(decode_value))
        };
        quote! {
            #[automatically_derived]
            impl #parameters ::kafka_event::ConsumedTopic for #this #conditions {
                type Message = #message_type;

                #[inline]
                fn decode(
                    #message: ::kafka_event::EncodedEvent<'_>,
                ) -> ::core::result::Result<Self::Message, ::kafka_event::DecodeError> {
                    ::kafka_event::#decode::<Self>(#message)
                }
            }
        }
    });
    let compacted = topic
        .cleanup
        .is_compacted()
        .then(|| compacted(scope, topic, &of.implementor, of.encode_key.is_some()));
    quote! {
        #[automatically_derived]
        impl #parameters ::kafka_event::Topic for #this #conditions {
            type Event = #event;
            type Key = #key;
            const SPEC: &'static ::kafka_event::TopicSpec = &#spec;
        }
        #published
        #consumed
        #compacted
    }
}

/// The body of `encode_key` for generated events.
fn encode_key(scope: &Scope<'_>, topic: &Topic, names: &Beside, of: &Implementor) -> TokenStream {
    let (paths, ty) = match &topic.key {
        Key::None => return no_key(of),
        Key::Record(_) => return record_key(of),
        Key::Field { paths, ty } => (paths, ty),
    };
    let (wire, event) = (scope.wire(ty), quote!(event));
    let mut keys = topic
        .records
        .iter()
        .zip(paths)
        .map(|(id, path)| way::encoded(scope, &event, *id, path, &wire));
    let encoded = match &names.events {
        Some((name, _)) => {
            let variants = event::variants(scope, topic);
            quote! {
                match event {
                    #(#name::#variants(event) => #keys,)*
                }
            }
        }
        None => keys.next().expect("a topic has a record"),
    };
    quote!(::core::result::Result::Ok(#encoded))
}

/// The body of `encode_key` where nothing keys the messages.
pub(super) fn no_key(of: &Implementor) -> TokenStream {
    let (event, out) = (of.local("event"), of.local("out"));
    quote! {
        _ = (#event, #out);
        ::core::result::Result::Ok(false)
    }
}

/// That where a record of its own does.
pub(super) fn record_key(of: &Implementor) -> TokenStream {
    let (event, out) = (of.local("event"), of.local("out"));
    quote!(::kafka_event::encode_record_key(<Self as ::kafka_event::Topic>::SPEC, &#event.key, #out).map(|()| true))
}

/// `impl CompactedTopic`.
fn compacted(scope: &Scope<'_>, topic: &Topic, of: &Implementor, is_published: bool) -> TokenStream {
    let Implementor {
        parameters,
        this,
        conditions,
        ..
    } = of;
    let [given, out, message] = ["key", "out", "message"].map(|name| of.local(name));
    let (encode, decode) = match &topic.key {
        Key::None => unreachable!("the checks give a compacted topic a key"),
        Key::Record(_) => (
            quote!(::kafka_event::encode_record_key(<Self as ::kafka_event::Topic>::SPEC, #given, #out)),
            quote!(::kafka_event::decode_record_key(<Self as ::kafka_event::Topic>::SPEC, #message)),
        ),
        Key::Field { ty, .. } => {
            let wire = scope.wire(ty);
            (
                quote! {
                    _ = ::kafka_event::codec::EncodeKey::<#wire>::encode_key(#given, #out);
                    ::core::result::Result::Ok(())
                },
                quote!(::kafka_event::__private::decode_field_key::<#wire, _>(#message)),
            )
        }
    };
    // What is only read has a key that may be, too; whoever implements the rest by hand is told so.
    let (condition, encode) = if is_published {
        (TokenStream::new(), encode)
    } else {
        (
            quote!(where for<'__any> Self: ::kafka_event::PublishedTopic),
            quote! {
                _ = (#given, #out);
                ::core::result::Result::Err(::kafka_event::__private::only_read())
            },
        )
    };
    quote! {
        #[automatically_derived]
        impl #parameters ::kafka_event::CompactedTopic for #this #conditions {
            fn encode_tombstone(
                #given: &Self::Key,
                #out: &mut ::std::vec::Vec<::core::primitive::u8>,
            ) -> ::core::result::Result<(), ::kafka_event::EncodeError> #condition {
                #encode
            }

            fn decode_key(
                #message: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Key, ::kafka_event::DecodeError> {
                #decode
            }
        }
    }
}
