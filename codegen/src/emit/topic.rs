//! Topics, groups and the catalog of both.

use std::collections::HashSet;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::codec::text;
use super::names::plain;
use super::scope::{Scope, Site, ident};
use super::{allow, doc};
use crate::model::{Compression, Framing, Group, Ident, Key, Retention, Topic};
use crate::name::free;

/// Modules of our own stand beside the namespaces, at the root.
const HERE: Site<'static> = Site {
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
    // A module is a scope: no name of ours may be that of a marker.
    let mut taken: HashSet<String> = model.topics.iter().map(|topic| topic.name.rust.clone()).collect();
    let topics: Vec<_> = model.topics.iter().map(|topic| emit_topic(scope, topic, &mut taken)).collect();
    let topic_names = model.topics.iter().map(|topic| ident(&topic.name.rust));
    let mut taken: HashSet<String> = model.groups.iter().map(|group| group.name.rust.clone()).collect();
    let groups: Vec<_> = model.groups.iter().map(|group| emit_group(scope, group, &mut taken)).collect();
    let group_specs = model.groups.iter().map(|group| {
        let id = &group.name.avro;
        let name = ident(&group.name.rust);
        quote!(::kafka_event::GroupSpec { id: #id, topics: <groups::#name as ::kafka_event::Subscription>::TOPICS })
    });
    let groups = (!model.groups.is_empty()).then(|| {
        quote! {
            /// The consumer groups of the manifest: a marker for each, and an enum of its events.
            #allow
            pub mod groups { #(#groups)* }
        }
    });
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
fn beside(taken: &mut HashSet<String>, marker: &Ident, suffix: &str) -> proc_macro2::Ident {
    ident(&free(taken, &format!("{}{suffix}", plain(marker))))
}

fn emit_topic(scope: &Scope<'_>, topic: &Topic, taken: &mut HashSet<String>) -> TokenStream {
    let marker = ident(&topic.name.rust);
    let docs = doc::attributes(topic.doc.as_deref(), &format!("The topic `{}`.", topic.name.avro));
    let implementation = implementation(scope, topic, &TopicOf::Marker);
    let name = &topic.name.avro;
    let clients = scope.switches.clients.then(|| {
        let (publisher, consumer) = (beside(taken, &topic.name, "Publisher"), beside(taken, &topic.name, "Consumer"));
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
        #clients
    }
}

/// Whose `impl Topic` it is.
pub(crate) enum TopicOf<'a> {
    /// A generated marker's, for the generated event.
    Marker,
    /// An application's own event's.
    Own {
        /// The event, its own topic.
        event: &'a proc_macro2::Ident,
        /// The key's field, and where its type stands.
        key: Option<(proc_macro2::Ident, Span)>,
    },
}

/// `impl Topic`.
pub(crate) fn implementation(scope: &Scope<'_>, topic: &Topic, of: &TopicOf<'_>) -> TokenStream {
    let (key_path, fields) = match &topic.key {
        Key::None => (None, None),
        Key::Field { path, ty } => {
            let members = path.iter().map(|part| ident(&part.rust));
            let spelled = path.iter().map(|part| part.avro.as_str()).collect::<Vec<_>>().join(".");
            (Some(spelled), Some((quote!(#(#members).*), scope.wire(ty))))
        }
    };
    let (implementor, event, catalog) = match of {
        TopicOf::Marker => {
            let marker = ident(&topic.name.rust);
            (quote!(#marker), scope.path(HERE, topic.records[0]), quote!(&super::CATALOG))
        }
        TopicOf::Own { event, .. } => {
            let topics = quote!(&[<#event as ::kafka_event::Topic>::SPEC]);
            let catalog = quote!({
                static CATALOG: ::kafka_event::Catalog = ::kafka_event::Catalog { topics: #topics, groups: &[] };
                &CATALOG
            });
            (quote!(#event), quote!(Self), catalog)
        }
    };
    let encode_key = match (fields, of) {
        (
            Some((_, wire)),
            TopicOf::Own {
                key: Some((member, span)), ..
            },
        ) => {
            // Where the field stands, so that the compiler says there what no key is.
            quote_spanned!(*span=> ::kafka_event::codec::EncodeKey::<#wire>::encode_key(&event.#member, out))
        }
        (Some((members, wire)), _) => quote!(::kafka_event::codec::EncodeKey::<#wire>::encode_key(&event.#members, out)),
        (None, _) => quote!({
            _ = (event, out);
            false
        }),
    };
    let key_path = option(key_path.map(|path| quote!(#path)));
    let name = &topic.name.avro;
    let partitions = Literal::u32_unsuffixed(topic.partitions);
    let replication = Literal::u16_unsuffixed(topic.replication);
    let in_sync = Literal::u16_unsuffixed(topic.min_insync_replicas);
    let retention = retention(topic.retention);
    let compression = compression(topic.compression);
    let framing = match topic.framing {
        Framing::SingleObject => quote!(SingleObject),
        Framing::Bare => quote!(Bare),
    };
    let config = topic.config.iter().map(|(name, value)| {
        let (name, value) = (text(name), text(value));
        quote!((#name, #value))
    });
    quote! {
        #[automatically_derived]
        impl ::kafka_event::Topic for #implementor {
            type Event = #event;
            const SPEC: &'static ::kafka_event::TopicSpec = &::kafka_event::TopicSpec {
                name: #name,
                key: #key_path,
                partitions: #partitions,
                replication: #replication,
                min_insync_replicas: #in_sync,
                retention: #retention,
                compression: ::kafka_event::Compression::#compression,
                framing: ::kafka_event::Framing::#framing,
                records: <Self::Event as ::kafka_event::Event>::RECORDS,
                config: &[#(#config),*],
                catalog: || #catalog,
            };

            #[inline]
            fn encode_key(event: &Self::Event, out: &mut ::std::vec::Vec<::core::primitive::u8>) -> bool { #encode_key }
        }
    }
}

fn emit_group(scope: &Scope<'_>, group: &Group, taken: &mut HashSet<String>) -> TokenStream {
    let marker = ident(&group.name.rust);
    let event = beside(taken, &group.name, "Event");
    let id = &group.name.avro;
    let docs = doc::attributes(group.doc.as_deref(), &format!("The consumer group `{id}`."));
    let event_docs = format!(" An event of one of the topics that the group `{id}` reads.");
    let topics: Vec<_> = group.topics.iter().map(|topic| scope.model.topic(*topic)).collect();
    let markers: Vec<_> = topics.iter().map(|topic| ident(&topic.name.rust)).collect();
    let variants = topics.iter().map(|topic| {
        let docs = format!(" An event of `{}`.", topic.name.avro);
        let (variant, event) = (ident(&topic.name.rust), scope.path(HERE, topic.records[0]));
        quote!(#[doc = #docs] #variant(#event))
    });
    let places = (0..topics.len()).map(Literal::usize_unsuffixed);
    let consumer = scope.switches.clients.then(|| {
        let consumer = beside(taken, &group.name, "Consumer");
        let docs = format!(" Consumes the topics of the group `{id}`.");
        quote! {
            #[doc = #docs]
            pub type #consumer = ::kafka_event::Consumer<#marker>;
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #marker;

        #[doc = #event_docs]
        #[derive(Debug, Clone, PartialEq)]
        pub enum #event { #(#variants),* }

        #[automatically_derived]
        impl ::kafka_event::Subscription for #marker {
            type Event = #event;
            const TOPICS: &'static [&'static ::kafka_event::TopicSpec] =
                &[#(<super::topics::#markers as ::kafka_event::Topic>::SPEC),*];

            fn decode(
                topic: usize,
                message: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Event, ::kafka_event::DecodeError> {
                match topic {
                    #(#places => ::kafka_event::decode_value::<super::topics::#markers>(message).map(#event::#markers),)*
                    _ => ::core::result::Result::Err(::kafka_event::__private::no_such_topic()),
                }
            }
        }

        #[automatically_derived]
        impl ::kafka_event::Group for #marker {
            const ID: &'static str = #id;
        }
        #consumer
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn retention(retention: Retention) -> TokenStream {
    match retention {
        Retention::Millis(millis) => {
            let millis = Literal::u64_unsuffixed(millis);
            quote!(::kafka_event::Retention::Millis(#millis))
        }
        Retention::Forever => quote!(::kafka_event::Retention::Forever),
    }
}

fn compression(compression: Compression) -> TokenStream {
    match compression {
        Compression::None => quote!(None),
        Compression::Gzip => quote!(Gzip),
        Compression::Snappy => quote!(Snappy),
        Compression::Lz4 => quote!(Lz4),
        Compression::Zstd => quote!(Zstd),
    }
}
