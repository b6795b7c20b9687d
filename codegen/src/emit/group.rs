//! Consumer groups: a marker for each, an enum of its messages, and its topic of dead letters.

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::topic::{Beside, beside, message_type};
use super::{allow, doc, spec};
use crate::model::{DeadLetter, Group};

/// The module `groups`, nothing without one; and the groups of the catalog. The names are those beside the markers of all topics.
pub(super) fn emit(scope: &Scope<'_>, names: &[Beside]) -> (Option<TokenStream>, Vec<TokenStream>) {
    let groups = &scope.model.groups;
    if groups.is_empty() {
        return (None, Vec::new());
    }
    let allow = allow();
    let mut taken: HashSet<String> = groups.iter().map(|group| group.name.rust.clone()).collect();
    let items = groups.iter().map(|group| emit_group(scope, group, names, &mut taken));
    let module = quote! {
        /// The consumer groups of the manifest: a marker for each, and an enum of its events.
        #allow
        pub mod groups { #(#items)* }
    };
    let specs = groups.iter().map(|group| {
        let id = &group.name.avro;
        let name = ident(&group.name.rust);
        quote! {
            ::kafka_event::GroupSpec {
                id: #id,
                topics: <groups::#name as ::kafka_event::Subscription>::TOPICS,
                dead_letter: <groups::#name as ::kafka_event::Group>::DEAD_LETTER,
            }
        }
    });
    (Some(module), specs.collect())
}

fn emit_group(scope: &Scope<'_>, group: &Group, names: &[Beside], taken: &mut HashSet<String>) -> TokenStream {
    let marker = ident(&group.name.rust);
    let event = beside(taken, &group.name, "Event");
    let (id, shown) = (&group.name.avro, doc::code(&group.name.avro));
    let docs = doc::attributes(group.doc.as_deref(), &format!("The consumer group {shown}."));
    let event_docs = format!(" An event of one of the topics that the group {shown} reads.");
    let topics: Vec<_> = group.topics.iter().map(|id| (scope.model.topic(*id), &names[id.0])).collect();
    let markers: Vec<_> = topics.iter().map(|(topic, _)| ident(&topic.name.rust)).collect();
    let variants = topics.iter().map(|(topic, names)| {
        let what = if topic.cleanup.is_compacted() {
            "An event or a tombstone"
        } else {
            "An event"
        };
        let docs = format!(" {what} of `{}`.", topic.name.avro);
        let events = names.events.as_ref().map(|(event, _)| quote!(super::topics::#event));
        let (variant, message) = (ident(&topic.name.rust), message_type(scope, topic, events));
        quote!(#[doc = #docs] #variant(#message))
    });
    let places = (0..topics.len()).map(Literal::usize_unsuffixed);
    let dead_letter = group.dead_letter.as_ref().map(|topic| {
        let spec = dead_letter(topic);
        quote! {
            const DEAD_LETTER: ::core::option::Option<&'static ::kafka_event::TopicSpec> = ::core::option::Option::Some(&#spec);
        }
    });
    let consumer = scope.switches.clients.then(|| {
        let consumer = beside(taken, &group.name, "Consumer");
        let docs = format!(" Consumes the topics of the group {shown}.");
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
                topic: ::core::primitive::usize,
                message: ::kafka_event::EncodedEvent<'_>,
            ) -> ::core::result::Result<Self::Event, ::kafka_event::DecodeError> {
                match topic {
                    #(#places => ::kafka_event::decode_message::<super::topics::#markers>(message).map(#event::#markers),)*
                    _ => ::core::result::Result::Err(::kafka_event::__private::no_such_topic()),
                }
            }
        }

        #[automatically_derived]
        impl ::kafka_event::Group for #marker {
            const ID: &'static ::core::primitive::str = #id;
            #dead_letter
        }
        #consumer
    }
}

/// A topic of dead letters as a constant: it has no record of its own.
fn dead_letter(topic: &DeadLetter) -> TokenStream {
    let name = &topic.name;
    let partitions = Literal::u32_unsuffixed(topic.partitions);
    let replication = Literal::u16_unsuffixed(topic.replication);
    let in_sync = Literal::u16_unsuffixed(topic.min_insync_replicas);
    let retention = spec::retention(topic.retention);
    let compression = spec::compression(topic.compression);
    let config = spec::config(&topic.config);
    quote! {
        ::kafka_event::TopicSpec {
            name: #name,
            key: ::kafka_event::KeySpec::Original,
            partitions: #partitions,
            replication: #replication,
            min_insync_replicas: #in_sync,
            retention: #retention,
            cleanup: ::kafka_event::Cleanup::Delete,
            compression: ::kafka_event::Compression::#compression,
            framing: ::kafka_event::Framing::Bare,
            records: &[],
            config: #config,
            catalog: || &super::CATALOG,
        }
    }
}
