//! Topics and the catalog.

use std::collections::HashSet;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::codec::text;
use super::names::plain;
use super::scope::{Scope, Site, ident};
use super::{allow, doc, event, group};
use crate::model::{Cleanup, Compression, Framing, Ident, Key, Retention, Topic, Type};
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
    let (groups, group_specs) = group::emit(scope, &names);
    quote! {
        /// The topics of the manifest: a marker for each.
        #allow
        pub mod topics { #(#topics)* }
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
    let implementation = implementation(scope, topic, &TopicOf::Marker(names));
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

fn key_type(scope: &Scope<'_>, topic: &Topic) -> TokenStream {
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

/// Whose `impl Topic` it is.
pub(crate) enum TopicOf<'a> {
    /// A generated marker's, for the generated event.
    Marker(&'a Beside),
    /// An application's own event's.
    Own {
        /// The event, its own topic.
        event: &'a proc_macro2::Ident,
        /// The key's field, and where its type stands.
        key: Option<(proc_macro2::Ident, Span)>,
    },
}

/// `impl Topic`, and of a compacted one `impl CompactedTopic`.
pub(crate) fn implementation(scope: &Scope<'_>, topic: &Topic, of: &TopicOf<'_>) -> TokenStream {
    let (implementor, event, key, message, catalog) = match of {
        TopicOf::Marker(names) => {
            let marker = ident(&topic.name.rust);
            let events = || names.events.as_ref().map(|(event, _)| quote!(#event));
            (
                quote!(#marker),
                event_type(scope, topic, events()),
                key_type(scope, topic),
                message_type(scope, topic, events()),
                quote!(&super::CATALOG),
            )
        }
        TopicOf::Own { event, .. } => {
            let topics = quote!(&[<#event as ::kafka_event::Topic>::SPEC]);
            let catalog = quote!({
                static CATALOG: ::kafka_event::Catalog = ::kafka_event::Catalog { topics: #topics, groups: &[] };
                &CATALOG
            });
            let key = own_key_type(scope, topic);
            let message = if topic.cleanup.is_compacted() {
                quote!(::kafka_event::Compacted<#key, Self>)
            } else {
                quote!(Self)
            };
            (quote!(#event), quote!(Self), key, message, catalog)
        }
    };
    let spec = spec(scope, topic, &catalog);
    let encode_key = encode_key(scope, topic, of);
    let decode = if topic.cleanup.is_compacted() {
        quote!(::kafka_event::decode_compacted::<Self>(message))
    } else {
        quote!(::kafka_event::decode_value::<Self>(message))
    };
    let compacted = topic.cleanup.is_compacted().then(|| compacted(scope, topic, &implementor));
    quote! {
        #[automatically_derived]
        impl ::kafka_event::Topic for #implementor {
            type Event = #event;
            type Key = #key;
            type Message = #message;
            const SPEC: &'static ::kafka_event::TopicSpec = &#spec;

            #[inline]
            fn encode_key(
                event: &Self::Event,
                out: &mut ::std::vec::Vec<::core::primitive::u8>,
            ) -> ::core::result::Result<::core::primitive::bool, ::kafka_event::EncodeError> {
                #encode_key
            }

            #[inline]
            fn decode(
                message: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Message, ::kafka_event::DecodeError> {
                #decode
            }
        }
        #compacted
    }
}

/// The type of an own event's key: that which every application knows, since the field's may be nobody else's.
fn own_key_type(scope: &Scope<'_>, topic: &Topic) -> TokenStream {
    match &topic.key {
        Key::Field {
            ty: Type::Named(id) | Type::Boxed(id),
            ..
        } => scope.plain_fixed(*id),
        _ => key_type(scope, topic),
    }
}

fn encode_key(scope: &Scope<'_>, topic: &Topic, of: &TopicOf<'_>) -> TokenStream {
    let (paths, ty) = match &topic.key {
        Key::None => {
            return quote! {
                _ = (event, out);
                ::core::result::Result::Ok(false)
            };
        }
        Key::Record(_) => {
            return quote!(::kafka_event::encode_record_key(Self::SPEC, &event.key, out).map(|()| true));
        }
        Key::Field { paths, ty } => (paths, ty),
    };
    let wire = scope.wire(ty);
    let members = |path: &[Ident]| {
        let members = path.iter().map(|part| ident(&part.rust));
        quote!(#(#members).*)
    };
    let encoded = match of {
        TopicOf::Own {
            key: Some((member, span)), ..
        } => {
            // Where the field stands, so that the compiler says there what no key is.
            quote_spanned!(*span=> ::kafka_event::codec::EncodeKey::<#wire>::encode_key(&event.#member, out))
        }
        TopicOf::Marker(Beside {
            events: Some((name, _)), ..
        }) => {
            let variants = event::variants(scope, topic);
            let paths = paths.iter().map(|path| members(path));
            quote! {
                match event {
                    #(#name::#variants(event) => ::kafka_event::codec::EncodeKey::<#wire>::encode_key(&event.#paths, out),)*
                }
            }
        }
        TopicOf::Own { .. } | TopicOf::Marker(_) => {
            let members = members(&paths[0]);
            quote!(::kafka_event::codec::EncodeKey::<#wire>::encode_key(&event.#members, out))
        }
    };
    quote!(::core::result::Result::Ok(#encoded))
}

/// `impl CompactedTopic`.
fn compacted(scope: &Scope<'_>, topic: &Topic, implementor: &TokenStream) -> TokenStream {
    let (encode, decode) = match &topic.key {
        Key::None => unreachable!("the checks give a compacted topic a key"),
        Key::Record(_) => (
            quote!(::kafka_event::encode_record_key(<Self as ::kafka_event::Topic>::SPEC, key, out)),
            quote!(::kafka_event::decode_record_key(<Self as ::kafka_event::Topic>::SPEC, message)),
        ),
        Key::Field { ty, .. } => {
            let wire = scope.wire(ty);
            (
                quote! {
                    _ = ::kafka_event::codec::EncodeKey::<#wire>::encode_key(key, out);
                    ::core::result::Result::Ok(())
                },
                quote!(::kafka_event::__private::decode_field_key::<#wire, _>(message)),
            )
        }
    };
    quote! {
        #[automatically_derived]
        impl ::kafka_event::CompactedTopic for #implementor {
            fn encode_tombstone(
                key: &Self::Key,
                out: &mut ::std::vec::Vec<::core::primitive::u8>,
            ) -> ::core::result::Result<(), ::kafka_event::EncodeError> {
                #encode
            }

            fn decode_key(
                message: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Key, ::kafka_event::DecodeError> {
                #decode
            }
        }
    }
}

/// The settings of a topic as a constant.
fn spec(scope: &Scope<'_>, topic: &Topic, catalog: &TokenStream) -> TokenStream {
    let key = match &topic.key {
        Key::None => quote!(None),
        Key::Field { paths, .. } => {
            let spelled = paths[0].iter().map(|part| part.avro.as_str()).collect::<Vec<_>>().join(".");
            quote!(Field(#spelled))
        }
        Key::Record(id) => {
            let key = scope.path(HERE, *id);
            quote!(Record(<#key as ::kafka_event::Event>::RECORDS[0]))
        }
    };
    let name = &topic.name.avro;
    let partitions = Literal::u32_unsuffixed(topic.partitions);
    let replication = Literal::u16_unsuffixed(topic.replication);
    let in_sync = Literal::u16_unsuffixed(topic.min_insync_replicas);
    let retention = retention(topic.retention);
    let cleanup = match topic.cleanup {
        Cleanup::Delete => quote!(Delete),
        Cleanup::Compact => quote!(Compact),
        Cleanup::CompactDelete => quote!(CompactDelete),
    };
    let compression = compression(topic.compression);
    let framing = match topic.framing {
        Framing::SingleObject => quote!(SingleObject),
        Framing::Bare => quote!(Bare),
        Framing::Confluent => quote!(Confluent),
        Framing::ConfluentHeader => quote!(ConfluentHeader),
    };
    let config = config(&topic.config);
    quote! {
        ::kafka_event::TopicSpec {
            name: #name,
            key: ::kafka_event::KeySpec::#key,
            partitions: #partitions,
            replication: #replication,
            min_insync_replicas: #in_sync,
            retention: #retention,
            cleanup: ::kafka_event::Cleanup::#cleanup,
            compression: ::kafka_event::Compression::#compression,
            framing: ::kafka_event::Framing::#framing,
            records: <Self::Event as ::kafka_event::Event>::RECORDS,
            config: #config,
            catalog: || #catalog,
        }
    }
}

pub(super) fn config(config: &[(String, String)]) -> TokenStream {
    let config = config.iter().map(|(name, value)| {
        let (name, value) = (text(name), text(value));
        quote!((#name, #value))
    });
    quote!(&[#(#config),*])
}

pub(super) fn retention(retention: Retention) -> TokenStream {
    match retention {
        Retention::Millis(millis) => {
            let millis = Literal::u64_unsuffixed(millis);
            quote!(::kafka_event::Retention::Millis(#millis))
        }
        Retention::Forever => quote!(::kafka_event::Retention::Forever),
    }
}

pub(super) fn compression(compression: Compression) -> TokenStream {
    match compression {
        Compression::None => quote!(None),
        Compression::Gzip => quote!(Gzip),
        Compression::Snappy => quote!(Snappy),
        Compression::Lz4 => quote!(Lz4),
        Compression::Zstd => quote!(Zstd),
    }
}
