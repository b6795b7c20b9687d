//! The fields of an own record that a topic's key leads through, by the names that the schema's ways have.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::input::OwnRecord;
use super::matching::{Slot, plain};
use super::record::RecordOf;
use crate::emit::scope::ident;
use crate::load::Contract;
use crate::model::{Key, Model, Topic, Type, TypeId};

/// `impl Fields`, for what knows the record by the contract alone; nothing where it is no part of an event that is published, or where its fields have the
/// schema's names and no key leads through them.
///
/// A name that the struct has for another field than the schema, or for none, is not mistaken for the schema's; nor is what functions carry taken for what
/// they give.
pub(super) fn fields(model: &Model, id: TypeId, of: &RecordOf, own: &OwnRecord, slots: &[Slot<'_>]) -> TokenStream {
    if own.consume || own.this.has_lifetimes() {
        return TokenStream::new();
    }
    let led = led_through(model, id, of);
    let at = quote!(::kafka_event::__private::At);
    let (mut fields, mut is_asked_for) = (Vec::new(), false);
    for slot in slots {
        let name = ident(&slot.field.name.rust);
        let namesake = own.fields.iter().find(|field| plain(&field.name) == plain(&name));
        let is_led = led.contains(&slot.field.name.avro.as_str());
        let (ty, value) = match slot.own {
            Some(field) if field.with.is_some() => {
                let shadow = quote!(::kafka_event::__private::CarriedByFunctions);
                is_asked_for = true;
                (shadow.clone(), shadow)
            }
            Some(field) => {
                let is_called_so = namesake.is_some_and(|namesake| namesake.name == field.name);
                if is_called_so && !is_led {
                    continue;
                }
                is_asked_for |= is_led || namesake.is_some();
                let (member, ty) = (&field.name, &field.ty);
                (quote!(#at<'de, #ty>), quote!(#at(&self.#member)))
            }
            None if namesake.is_none() => continue,
            None => {
                let shadow = quote!(::kafka_event::__private::LeftOut);
                is_asked_for = true;
                (shadow.clone(), shadow)
            }
        };
        fields.push((name, ty, value));
    }
    if !is_asked_for {
        return TokenStream::new();
    }
    let named = Ident::new("__KafkaEventNamed", Span::call_site());
    let parameters: Vec<_> = (0..fields.len()).map(|number| format_ident!("F{number}")).collect();
    let names: Vec<_> = fields.iter().map(|(name, _, _)| name).collect();
    let values = fields.iter().map(|(_, _, value)| value);
    let types = fields.iter().map(|(_, ty, _)| ty);
    let of = own.this.reader(vec![quote!(Self: 'de)]);
    let (declared, this, conditions) = (&of.parameters, &of.this, &of.conditions);
    let named_of = quote!(#named<&'de Self, #(#types),*>);
    quote! {
        #[allow(dead_code, non_snake_case)]
        pub struct #named<R, #(#parameters),*> { __kafka_event_record: R, #(pub #names: #parameters),* }

        // Another manifest's way may lead through other fields: those have the names that they have here.
        #[automatically_derived]
        impl<R: ::core::ops::Deref, #(#parameters),*> ::core::ops::Deref for #named<R, #(#parameters),*> {
            type Target = R::Target;
            #[inline(always)]
            fn deref(&self) -> &R::Target { &self.__kafka_event_record }
        }

        #[automatically_derived]
        impl #declared ::kafka_event::__private::Fields<'de, #named_of> for #this #conditions {
            #[inline(always)]
            fn named(&'de self) -> #named_of { #named { __kafka_event_record: self, #(#names: #values),* } }
        }
    }
}

/// All names on the ways to a contract's keys, in the order of the alphabet, as generated code has them.
#[must_use]
pub fn names_on_ways(contract: &Contract) -> Vec<Ident> {
    let topics = contract.model.topics.iter();
    let paths = topics.flat_map(|topic| match &topic.key {
        Key::Field { paths, .. } => paths.as_slice(),
        _ => &[],
    });
    let names: BTreeSet<_> = paths.flatten().map(|part| part.rust.as_str()).collect();
    names.into_iter().map(ident).collect()
}

/// The names of the record's fields on the ways from a topic's record, and from itself where that is another type's: of a topic of several records, or of a
/// type that only marks its topic.
fn led_through<'m>(model: &'m Model, id: TypeId, of: &RecordOf) -> Vec<&'m str> {
    let carries = |topic: &&Topic| topic.records.contains(&id);
    let is_own = matches!(of, RecordOf::Topic(_)) && model.topics.iter().filter(carries).count() == 1;
    let mut names: Vec<&str> = Vec::new();
    for topic in &model.topics {
        let Key::Field { paths, .. } = &topic.key else { continue };
        for (root, path) in topic.records.iter().zip(paths) {
            let mut at = *root;
            for (depth, part) in path.iter().enumerate() {
                if at == id && (depth > 0 || !is_own) && !names.contains(&part.avro.as_str()) {
                    names.push(&part.avro);
                }
                let field = model
                    .record(at)
                    .and_then(|record| record.fields.iter().find(|field| field.name.avro == part.avro));
                match field.map(|field| &field.ty) {
                    Some(Type::Named(next) | Type::Boxed(next)) => at = *next,
                    _ => break,
                }
            }
        }
    }
    names
}
