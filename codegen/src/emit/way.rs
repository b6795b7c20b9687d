//! Ways to keys: as types, as expressions, and the generated records that lead on them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::topic::HERE;
use crate::model::{Ident, Key, Type, TypeId};

/// A way by these fields.
pub(super) fn way(path: &[Ident]) -> TokenStream {
    match path.split_last() {
        None => quote!(::kafka_event::codec::way::End),
        Some((last, before)) => {
            let name = &last.avro;
            let last = quote!(::kafka_event::codec::way::Field<{ ::kafka_event::codec::way::name(#name) }>);
            before.iter().rev().fold(last, |rest, part| step(&part.avro, &rest))
        }
    }
}

/// A way that begins with a field.
pub(super) fn step(avro: &str, rest: &TokenStream) -> TokenStream {
    quote!(::kafka_event::codec::way::Field<{ ::kafka_event::codec::way::name(#avro) }, #rest>)
}

/// The expression that writes the key of a record, whose Avro type is `wire`, to `out`: by its members, and from the first type on that is the
/// application's own by what that says itself.
///
/// A type of another crate may be generated for another contract, without this way: its fields are called as they would be here.
pub(super) fn encoded(scope: &Scope<'_>, from: &TokenStream, record: TypeId, path: &[Ident], wire: &TokenStream) -> TokenStream {
    let (mut at, mut members) = (record, Vec::new());
    for (place, part) in path.iter().enumerate() {
        if scope.choices.external(at).is_some_and(is_of_this_crate) {
            return led(from, &members, &path[place..], wire);
        }
        members.push(ident(&part.rust));
        let record = scope.model.record(at);
        let field = record.and_then(|record| record.fields.iter().find(|field| field.name.avro == part.avro));
        let Some(field) = field else { break };
        if scope.choices.is_own(at, field) && place + 1 < path.len() {
            return led(from, &members, &path[place + 1..], wire);
        }
        if let Type::Named(next) | Type::Boxed(next) = field.ty {
            at = next;
        }
    }
    quote!(::kafka_event::codec::EncodeKey::<#wire>::encode_key(&#from.#(#members).*, out))
}

fn is_of_this_crate(path: &TokenStream) -> bool {
    let first = path.clone().into_iter().next();
    first.is_some_and(|first| ["crate", "self", "super"].iter().any(|word| first.to_string() == *word))
}

fn led(from: &TokenStream, members: &[proc_macro2::Ident], rest: &[Ident], wire: &TokenStream) -> TokenStream {
    let way = way(rest);
    let from = if members.is_empty() {
        from.clone()
    } else {
        quote!(&#from.#(#members).*)
    };
    quote!(::kafka_event::codec::EncodeKeyAt::<#way, #wire>::encode_key_at(#from, out))
}

/// What leads through generated records for types of the application's own: those that hold them, and markers of their topics.
pub(super) fn emit(scope: &Scope<'_>) -> TokenStream {
    let mut known = BTreeSet::new();
    let mut implementations = Vec::new();
    for topic in &scope.model.topics {
        let Key::Field { paths, ty } = &topic.key else { continue };
        for (root, path) in topic.records.iter().zip(paths) {
            let mut at = *root;
            for (place, part) in path.iter().enumerate() {
                let rest = &path[place..];
                let names: Vec<_> = rest.iter().map(|part| part.avro.as_str()).collect();
                if scope.choices.external(at).is_none() && known.insert((at, names)) {
                    implementations.push(implementation(scope, at, rest, ty));
                }
                let field = scope
                    .model
                    .record(at)
                    .and_then(|record| record.fields.iter().find(|field| field.name.avro == part.avro));
                match field.map(|field| &field.ty) {
                    Some(Type::Named(next) | Type::Boxed(next)) => at = *next,
                    _ => break,
                }
            }
        }
    }
    if implementations.is_empty() {
        return TokenStream::new();
    }
    quote! {
        /// The ways to keys through these records, for types of an application's own that hold them.
        const _: () = {
            use ::kafka_event::codec::EncodeKeyAt;
            use ::kafka_event::codec::way::Field;
            use ::kafka_event::codec::way::name;

            #(#implementations)*
        };
    }
}

fn implementation(scope: &Scope<'_>, record: TypeId, path: &[Ident], ty: &Type) -> TokenStream {
    let (this, wire) = (scope.path(HERE, record), scope.wire(ty));
    let key = encoded(scope, &quote!(self), record, path, &wire);
    let way = path.iter().rev().fold(TokenStream::new(), |rest, part| {
        let (name, rest) = (&part.avro, (!rest.is_empty()).then(|| quote!(, #rest)));
        quote!(Field<{ name(#name) } #rest>)
    });
    quote! {
        #[automatically_derived]
        impl EncodeKeyAt<#way, #wire> for #this {
            #[inline]
            fn encode_key_at(&self, out: &mut ::std::vec::Vec<u8>) -> bool { #key }
        }
    }
}
