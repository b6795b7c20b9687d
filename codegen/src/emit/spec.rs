//! The settings of topics and groups as constants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::codec::text;
use crate::model::{Cleanup, Compression, Framing, Key, Retention, Topic};

/// The settings of a topic as a constant.
pub(super) fn topic(topic: &Topic, catalog: &TokenStream, key_record: &TokenStream) -> TokenStream {
    let key = match &topic.key {
        Key::None => quote!(None),
        Key::Field { paths, .. } => {
            let spelled = paths[0].iter().map(|part| part.avro.as_str()).collect::<Vec<_>>().join(".");
            quote!(Field(#spelled))
        }
        Key::Record(_) => quote!(Record(#key_record)),
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
