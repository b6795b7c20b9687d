//! What can be asked of the types in a type that fails: all that is wrong is told at once.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::find;
use super::input::{OwnEvents, OwnRecord, OwnTopic};
use super::lasting::is_everlasting;
use super::matching::slots;
use super::record::{Members, RecordOf, apart, keys};
use super::start::StartType;
use super::{events, threads, topic};
use crate::emit::Switches;
use crate::emit::codec::Implementor;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::Key;
use crate::options::Choices;

/// What asks it of a type for which there are errors, beside what stands in for its implementations: nothing of that is said twice.
#[must_use]
pub fn known(contract: &Contract, ty: StartType<'_>) -> TokenStream {
    let (this, asked) = match ty {
        StartType::Record(Some(of), own) => (&own.this, of_record(contract, of, own)),
        StartType::Events(of, own) => (&own.this, of_events(contract, of, own)),
        _ => return TokenStream::new(),
    };
    asked.map(|asked| apart(this, &asked)).unwrap_or_default()
}

/// The fields that the record has, as they are written and read.
fn of_record(contract: &Contract, of: &RecordOf, own: &OwnRecord) -> Option<TokenStream> {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    let found = match of {
        RecordOf::Topic(of) => Some((of, find::topic(contract, &of.name, StartType::Record(None, own)).ok()?)),
        RecordOf::Record(_) => None,
    };
    let record = match (of, found) {
        (RecordOf::Record(word), _) => find::record(contract, word).ok()?.1,
        (RecordOf::Topic(_), found) => {
            let (of, topic) = found?;
            contract.model.record(topic::only_record(&scope, topic, of).ok()?)?
        }
    };
    let mut slots = slots(contract, &scope, of, record, own).slots;
    for slot in &mut slots {
        slot.own = slot.own.filter(|field| !is_everlasting(&field.ty));
    }
    let members = match found {
        Some((of, topic)) => Members::of(contract, &scope, record, own, &slots, false, keys(topic, of, own)),
        None => Members::of(contract, &scope, record, own, &slots, false, |_| false),
    };
    let threads = found.map(|_| threads::asked_of(own));
    let key = found.and_then(|(of, topic)| key(contract, &scope, topic, of, own));
    let (items, reads, writes) = (&members.items, &members.reads, &members.writes);
    let alone = own.fields.iter().filter(|field| field.skip).map(|field| &field.name);
    let defaults = members.made.iter().filter(|(name, _)| alone.clone().any(|alone| alone == name));
    let defaults = defaults.map(|(_, value)| value);
    let encode = (!own.consume).then(|| {
        let Implementor {
            giver,
            parameters,
            this,
            conditions,
            ..
        } = &members.writer;
        quote! {
            #[automatically_derived]
            #[allow(unused_variables)]
            impl #parameters ::kafka_event::codec::EncodeFields for #this #conditions {
                fn encode_fields<#giver: ::kafka_event::codec::FieldWriter>(&self, __fields: &mut #giver) { #(#writes)* }
            }
        }
    });
    let Implementor {
        giver,
        parameters,
        this,
        conditions,
        ..
    } = &members.reader;
    Some(quote! {
        #items
        #threads
        #key
        #encode

        #[automatically_derived]
        #[allow(unused_variables)]
        impl #parameters ::kafka_event::codec::DecodeFields<'de> for #this #conditions {
            fn decode_fields<#giver: ::kafka_event::codec::FieldReader<'de>>(
                __fields: &mut #giver,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                #reads
                #(_ = #defaults;)*
                ::core::unreachable!()
            }
        }
    })
}

/// The type of a key that is a record.
fn key(contract: &Contract, scope: &Scope<'_>, found: &crate::model::Topic, of: &OwnTopic, own: &OwnRecord) -> Option<TokenStream> {
    let (Key::Record(id), Some(named)) = (&found.key, &of.key) else {
        return None;
    };
    let is_way = named
        .tokens
        .clone()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Punct(dot) if dot.as_char() == '.'));
    let is_field = own.fields.iter().any(|field| field.name == named.tokens.to_string());
    let is_owned = !own.this.has_lifetimes();
    if is_way || is_field || topic::everlasting_key(named, is_owned).is_some() {
        return None;
    }
    Some(topic::key_fit(contract, scope, found, *id, named, is_owned && !own.consume, is_owned).asked())
}

/// What the variants hold.
fn of_events(contract: &Contract, of: &OwnTopic, own: &OwnEvents) -> Option<TokenStream> {
    let found = find::topic(contract, &of.name, StartType::Events(of, own)).ok()?;
    if own.this.is_generic() {
        return None;
    }
    Some(events::held_types(contract, found, own))
}
