//! The fields of an own record that keys may lead through, by the names that Avro has for them.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::field::located;
use super::input::{OwnField, OwnRecord};
use super::matching::{Slot, plain};
use super::way::{hashed, step, way};
use super::with::{place_of, to_avro};
use crate::emit::codec::Implementor;
use crate::emit::scope::Scope;
use crate::emit::way::{Step, all};
use crate::manifest::may_lead_to_a_key;
use crate::model::TypeId;

/// What leads through the record, whoever's way it is: a topic's of another type, or of another contract. Nothing where it is no part of an event that is
/// published.
pub(super) fn fields(scope: &Scope<'_>, id: TypeId, own: &OwnRecord, slots: &[Slot<'_>]) -> TokenStream {
    // A type that is carried by hand may read what borrows or leaves fields out, and lead through it.
    let apart = apart(own, slots);
    if own.consume || own.this.has_lifetimes() {
        return apart.collect();
    }
    let fields = slots.iter().filter_map(|slot| Some((slot.field, slot.own?)));
    let fields = fields.filter(|(field, of)| may_lead_to_a_key(scope.model, &field.ty) && (of.with.is_some() || !is_elided(&of.ty)));
    let led = fields.map(|(field, of)| match &of.with {
        Some(with) => by_functions(scope, id, own, &field.name.avro, of, with),
        None => by_itself(own, &field.name.avro, of),
    });
    apart.chain(led).collect()
}

/// That what a field has here is not what the event has: a way that is written has the names of the fields, and that of generated code its own.
fn apart<'a>(own: &'a OwnRecord, slots: &'a [Slot<'_>]) -> impl Iterator<Item = TokenStream> + 'a {
    own.fields.iter().filter_map(move |field| {
        let (name, slot) = (
            plain(&field.name),
            slots.iter().find(|slot| slot.own.is_some_and(|own| own.name == field.name)),
        );
        let is_other = slot.is_some_and(|slot| slot.field.name.rust.trim_start_matches("r#") != name);
        let (hash, is_generated) = (hashed(&name), Ident::new("__IS_GENERATED", Span::mixed_site()));
        let (declared, of) = match (field.with.is_some() || field.skip, is_other) {
            (true, _) => (
                Some(quote!(const #is_generated: ::core::primitive::bool)),
                quote!(#hash, #is_generated),
            ),
            (false, true) => (None, quote!(#hash, true)),
            (false, false) => return None,
        };
        let Implementor {
            parameters,
            this,
            conditions,
            ..
        } = own.this.implementor_with(declared, Vec::new());
        Some(quote! {
            #[automatically_derived]
            impl #parameters ::kafka_event::__private::Apart<#of> for #this #conditions {}
        })
    })
}

/// Whether a type leaves a lifetime out, of which the compiler would speak wherever the type stands.
fn is_elided(ty: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
    let is = |place: usize, word: &str| tokens.get(place).is_some_and(|token| token.to_string().starts_with(word));
    (0..tokens.len()).any(|place| match &tokens[place] {
        TokenTree::Group(group) => is_elided(&group.stream()),
        TokenTree::Ident(name) => name == "Cow" && is(place + 1, "<") && !is(place + 2, "'"),
        TokenTree::Punct(mark) if mark.as_char() == '&' => !is(place + 1, "'"),
        TokenTree::Punct(mark) => mark.as_char() == '\'' && is(place + 1, "_"),
        TokenTree::Literal(_) => false,
    })
}

/// What a field's own type leads to.
fn by_itself(own: &OwnRecord, avro: &str, field: &OwnField) -> TokenStream {
    let [rest, wire] = ["__Rest", "__W"].map(|name| Ident::new(name, Span::mixed_site()));
    let (member, ty, span) = (&field.name, &field.ty, located(field.span));
    let condition = quote!(#ty: ::kafka_event::codec::EncodeKeyAt<#rest, #wire>);
    let of = own
        .this
        .implementor_with([quote!(#rest), quote!(#wire: ?::core::marker::Sized)], vec![condition]);
    let key = quote_spanned!(span=> ::kafka_event::codec::EncodeKeyAt::<#rest, #wire>::encode_key_at(&self.#member, __out));
    implementation(&of, &step(avro, &quote!(#rest)), &quote!(#wire), &key)
}

/// What functions give, where the contract's own ways lead there: the type that they give cannot be named, so that it is not known of others whether it is a
/// key.
fn by_functions(scope: &Scope<'_>, id: TypeId, own: &OwnRecord, avro: &str, field: &OwnField, with: &TokenStream) -> TokenStream {
    let member = &field.name;
    let led = ways_from(scope, id, avro).into_iter().map(|(whole, rest, wire)| {
        let given = to_avro(with, "self", member);
        let key = quote_spanned!(place_of(with)=> ::kafka_event::__private::LeadsOn::<#rest, #wire>::encode_key_on(&#given, __out));
        implementation(&own.this.implementor(Vec::new()), &whole, &wire, &key)
    });
    led.collect()
}

fn implementation(of: &Implementor, way: &TokenStream, wire: &TokenStream, key: &TokenStream) -> TokenStream {
    let Implementor {
        parameters,
        this,
        conditions,
        ..
    } = of;
    quote! {
        #[automatically_derived]
        impl #parameters ::kafka_event::codec::EncodeKeyAt<#way, #wire> for #this #conditions {
            #[inline(always)]
            fn encode_key_at(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool { #key }
        }
    }
}

/// The contract's ways that go on from a record by one of its fields: each whole, behind that field, and with the key's type; each of them once.
fn ways_from(scope: &Scope<'_>, id: TypeId, avro: &str) -> Vec<(TokenStream, TokenStream, TokenStream)> {
    let (mut known, mut ways) = (Vec::new(), Vec::new());
    for (steps, ty) in all(scope.model) {
        for Step { rest, .. } in steps.iter().filter(|step| step.record == id && step.rest[0].avro == avro) {
            let names: Vec<_> = rest.iter().map(|part| part.avro.as_str()).collect();
            if !known.contains(&names) {
                known.push(names);
                ways.push((way(rest), way(&rest[1..]), scope.wire(ty)));
            }
        }
    }
    ways
}
