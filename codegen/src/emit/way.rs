//! Ways to keys: as types, as expressions, and the generated records that lead on them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::names::plain;
use super::scope::{Scope, ident};
use super::topic::HERE;
use crate::model::{Field, Ident, Key, Model, Type, TypeId};

/// A way by these fields, to be read by people.
fn spelled(path: &[Ident], module: &TokenStream) -> TokenStream {
    path.iter().rev().fold(TokenStream::new(), |rest, part| {
        let (name, rest) = (&part.avro, (!rest.is_empty()).then(|| quote!(, #rest)));
        quote!(#module Field<{ #module name(#name) } #rest>)
    })
}

/// A field on a way, with the record that it is of and what is left of the way, itself included.
pub(super) struct Step<'a> {
    pub(super) record: TypeId,
    pub(super) field: &'a Field,
    pub(super) rest: &'a [Ident],
}

/// The fields on a record's way.
pub(super) fn steps<'a>(model: &'a Model, record: TypeId, path: &'a [Ident]) -> Vec<Step<'a>> {
    let (mut at, mut steps) = (Some(record), Vec::new());
    for (place, part) in path.iter().enumerate() {
        let Some((id, record)) = at.and_then(|id| Some((id, model.record(id)?))) else {
            break;
        };
        let Some(field) = record.fields.iter().find(|field| field.name.avro == part.avro) else {
            break;
        };
        steps.push(Step {
            record: id,
            field,
            rest: &path[place..],
        });
        at = match &field.ty {
            Type::Named(next) | Type::Boxed(next) => Some(*next),
            _ => None,
        };
    }
    steps
}

/// All ways of a contract's topics, each with the type of the key.
pub(super) fn all(model: &Model) -> impl Iterator<Item = (Vec<Step<'_>>, &Type)> {
    let keyed = model.topics.iter().filter_map(|topic| match &topic.key {
        Key::Field { paths, ty } => Some((topic, paths, ty)),
        _ => None,
    });
    keyed.flat_map(move |(topic, paths, ty)| {
        let roots = topic.records.iter().zip(paths);
        roots.map(move |(root, path)| (steps(model, *root, path), ty))
    })
}

/// The expression that writes the key of a record, whose Avro type is `wire`, to `out`: by its members, and from the first type on that this crate says to
/// be its own by what that says itself.
///
/// A type of another crate may be generated for another contract, without this way: its fields are called as they would be here. That what they have
/// there is in the event is asked.
pub(super) fn encoded(scope: &Scope<'_>, from: &TokenStream, record: TypeId, path: &[Ident], wire: &TokenStream) -> TokenStream {
    let (mut members, mut asked, mut is_elsewhere) = (Vec::new(), Vec::new(), false);
    for Step { record, field, rest } in steps(scope.model, record, path) {
        match scope.choices.external(record) {
            // What another crate's type holds is that crate's, whatever is said of it here.
            Some(external) if !is_elsewhere && is_of_this_crate(external) => return led(from, &members, rest, wire),
            Some(_) => is_elsewhere = true,
            None => {}
        }
        if is_elsewhere {
            let (holder, name) = (reference(from, &members), plain(&rest[0]));
            asked.push(quote! {
                ::kafka_event::__private::in_the_event(
                    &::kafka_event::__private::At(#holder).generated::<{ ::kafka_event::codec::way::name(#name) }>().__kafka_event_there(),
                );
            });
        }
        members.push(ident(&rest[0].rust));
        if scope.choices.is_own(record, field) && rest.len() > 1 {
            return led(from, &members, &rest[1..], wire);
        }
    }
    let key = quote!(::kafka_event::codec::EncodeKey::<#wire>::encode_key(&#from.#(#members).*, out));
    if asked.is_empty() {
        return key;
    }
    quote!({
        #[allow(unused_imports)]
        use ::kafka_event::__private::{IsApart as _, IsNotApart as _};

        #(#asked)*
        #key
    })
}

fn is_of_this_crate(path: &TokenStream) -> bool {
    let first = path.clone().into_iter().next();
    first.is_some_and(|first| ["crate", "self", "super"].iter().any(|word| first.to_string() == *word))
}

fn led(from: &TokenStream, members: &[proc_macro2::Ident], rest: &[Ident], wire: &TokenStream) -> TokenStream {
    let (way, from) = (spelled(rest, &quote!(::kafka_event::codec::way::)), reference(from, members));
    quote!(::kafka_event::codec::EncodeKeyAt::<#way, #wire>::encode_key_at(#from, out))
}

fn reference(from: &TokenStream, members: &[proc_macro2::Ident]) -> TokenStream {
    if members.is_empty() {
        from.clone()
    } else {
        quote!(&#from.#(#members).*)
    }
}

/// What leads through generated records for types of the application's own: those that hold them, and markers of their topics.
pub(super) fn emit(scope: &Scope<'_>) -> TokenStream {
    let mut known = BTreeSet::new();
    let mut implementations = Vec::new();
    for (steps, ty) in all(scope.model) {
        for Step { record, rest, .. } in steps {
            let names: Vec<_> = rest.iter().map(|part| part.avro.as_str()).collect();
            if scope.choices.external(record).is_none() && known.insert((record, names)) {
                implementations.push(implementation(scope, record, rest, ty));
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
    let (this, wire, way) = (scope.path(HERE, record), scope.wire(ty), spelled(path, &TokenStream::new()));
    let key = encoded(scope, &quote!(self), record, path, &wire);
    quote! {
        #[automatically_derived]
        impl EncodeKeyAt<#way, #wire> for #this {
            #[inline]
            fn encode_key_at(&self, out: &mut ::std::vec::Vec<u8>) -> bool { #key }
        }
    }
}
