//! What keys a topic: the way to it in an own type, how it is written, and what is asked of its type.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::field::escaped;
use super::input::{OwnError, OwnField, OwnKey, OwnRecord, OwnTopic};
use super::matching::plain;
use super::shown::shown;
use super::way::{self, hashed};
use crate::emit::scope::Scope;
use crate::emit::topic::key_type;
use crate::emit::way::steps;
use crate::load::Contract;
use crate::model::{Ident, Key, Topic, Type, TypeId};
use crate::words::described;

/// Refuses a way that begins at another field than the key's, or ends before it; through what is no record here it may have more steps, but not behind what
/// functions give.
pub(super) fn leads_to(key: &OwnKey, way: &[TokenTree], field: &OwnField, path: &[Ident], topic: &Topic) -> Result<(), OwnError> {
    let mut names = way.iter().filter(|step| matches!(step, TokenTree::Ident(_)));
    let begins = names.next().is_some_and(|first| field.name == first.to_string());
    if begins && names.count() + 1 >= path.len() {
        if field.with.is_some() && path.len() == 1 && way.len() > 1 {
            let message = format!(
                "functions carry the field `{0}`, and what they give is the key\nhelp: write `key = {0}`",
                field.name
            );
            return Err(OwnError::new(key.span, message));
        }
        return Ok(());
    }
    let schema: Vec<_> = path.iter().map(|part| part.avro.as_str()).collect();
    let rest: String = path[1..].iter().map(|part| format!(".{}", part.rust)).collect();
    let message = format!(
        "the topic `{}` is keyed by `{}`, and this leads elsewhere\nhelp: write `key = {}{rest}`, with the names that the fields have here; or nothing, where those are the schema's",
        topic.name.avro,
        schema.join("."),
        field.name
    );
    Err(OwnError::new(key.span, message))
}

/// The way to a field is no key that is a record.
pub(super) fn no_field(scope: &Scope<'_>, topic: &Topic, id: TypeId, key: &OwnKey) -> OwnError {
    let name = scope.model.name(id);
    let message = format!(
        "a record keys the topic `{}`, and this is a field\nhelp: write the type of `{}`: `key = {}`",
        topic.name.avro,
        name.full(),
        name.ident.rust
    );
    OwnError::new(key.span, message)
}

/// Whether a field's own type is that of the key, which what carries the field can then say, too.
pub(super) fn is_own_key(topic: &Topic, of: &OwnTopic, own: &OwnRecord, field: &OwnField) -> bool {
    let is_alone = matches!(&topic.key, Key::Field { paths, .. } if paths[0].len() == 1);
    let is_published = !own.consume && !own.this.has_lifetimes();
    is_alone && is_published && of.key.is_none() && field.with.is_none() && !own.this.is_open(&field.ty)
}

/// What a way leads to.
pub(super) struct Led {
    /// A reference to it.
    pub(super) value: TokenStream,
    /// What is left of the schema's way behind it, as a type.
    pub(super) way: TokenStream,
    /// Whether steps lead to it.
    has_steps: bool,
}

impl Led {
    /// What a way leads to that is written with the names of the types on it, from a reference.
    pub(super) fn as_written(from: TokenStream, steps: &[TokenTree], span: Span) -> Self {
        Self {
            value: as_written(from, steps, span),
            way: way::way(&[]),
            has_steps: !steps.is_empty(),
        }
    }

    /// A reference, from which the types on the way lead on by themselves.
    pub(super) fn by_schema(from: TokenStream, path: &[Ident]) -> Self {
        Self {
            value: from,
            way: way::way(path),
            has_steps: false,
        }
    }

    /// An expression that leads to it.
    fn within(&self, key: TokenStream, span: Span) -> TokenStream {
        if self.has_steps { on_its_way(&key, span) } else { key }
    }
}

/// The expression that writes a key.
pub(super) struct WrittenKey {
    pub(super) code: TokenStream,
    /// The trait by which its type is asked for, where it is.
    pub(super) asked: Vec<TokenStream>,
    /// What has to hold of a type that is not known before a use.
    pub(super) condition: Option<TokenStream>,
}

impl WrittenKey {
    /// That of a type for which nothing is asked here.
    pub(super) fn plain(code: TokenStream) -> Self {
        Self {
            code,
            asked: Vec::new(),
            condition: None,
        }
    }

    /// That of a type that is not known before a use; `from` is the type that the way begins at, where that leads on by itself.
    pub(super) fn open(led: &Led, from: Option<&TokenStream>, wire: &TokenStream, span: Span) -> Self {
        let (value, way) = (&led.value, &led.way);
        let key = quote_spanned!(span=> ::kafka_event::codec::EncodeKeyAt::<#way, #wire>::encode_key_at(#value, __out));
        Self {
            condition: from.map(|ty| quote!(#ty: ::kafka_event::codec::EncodeKeyAt<#way, #wire>)),
            ..Self::plain(led.within(key, span))
        }
    }

    /// That of what is asked for in the schema's words, by a trait of its own.
    pub(super) fn asked(of: &KeySaid<'_, '_>, led: &Led, span: Span) -> Self {
        let (value, mut name) = (&led.value, of.name());
        name.set_span(span);
        Self {
            code: led.within(quote_spanned!(span=> #name::key(#value, __out)), span),
            asked: vec![of.declared(&led.way)],
            condition: None,
        }
    }
}

/// What is said of a type that does not key a topic.
#[derive(Clone, Copy)]
pub(super) struct KeySaid<'a, 'm> {
    pub(super) contract: &'a Contract,
    pub(super) scope: &'a Scope<'m>,
    pub(super) topic: &'a Topic,
    /// Of which of the topic's records.
    pub(super) place: usize,
}

impl KeySaid<'_, '_> {
    fn name(&self) -> proc_macro2::Ident {
        match self.place {
            0 => proc_macro2::Ident::new("__KeysTheTopic", Span::call_site()),
            place => quote::format_ident!("__KeysTheTopic{place}"),
        }
    }

    /// The trait of types that can key the topic, or lead to what does.
    fn declared(&self, way: &TokenStream) -> TokenStream {
        let Self {
            contract,
            scope,
            topic,
            place,
        } = self;
        let Key::Field { paths, ty } = &topic.key else {
            return TokenStream::new();
        };
        let (name, path, wire) = (self.name(), paths.get(*place), scope.wire(ty));
        let message = format!("`{{Self}}` does not key the topic `{}`", escaped(&topic.name.avro));
        let path = path.map_or(&[][..], Vec::as_slice);
        let parts: Vec<_> = path.iter().map(|part| part.avro.as_str()).collect();
        let label = escaped(&format!(
            "the key is `{}`, {} in the schema",
            parts.join("."),
            described(scope.model, ty)
        ));
        let steps = topic.records.get(*place).map(|id| steps(scope.model, *id, path));
        let field = steps.unwrap_or_default().pop().map(|step| step.field);
        let place = field.map(|field| format!("schema: {}", escaped(&shown(contract, &field.origin))));
        let place = place.map(|place| quote!(note = #place,));
        let record = topic.records.first().and_then(|id| scope.model.record(*id));
        let suggested = record.map(|record| scope.suggested(record, ty));
        let cure = escaped(&format!(
            "types with `#[derive(KafkaEvent)]` lead there, by fields that they have, or by what functions give where their own manifest has the way; or let `key = …` lead to the field that is `{}`, a newtype of it with `#[derive(KafkaEvent)]`, or another type that implements `EncodeKey`",
            suggested.as_deref().unwrap_or("…")
        ));
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label, #place note = #cure)]
            pub(crate) trait #name {
                fn key(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool;
            }

            #[diagnostic::do_not_recommend]
            impl<T: ::kafka_event::codec::EncodeKeyAt<#way, #wire> + ?::core::marker::Sized> #name for T {
                #[inline(always)]
                fn key(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool {
                    ::kafka_event::codec::EncodeKeyAt::<#way, #wire>::encode_key_at(self, __out)
                }
            }
        }
    }
}

/// The steps of a way to a key's field, as it is written: names, and the numbers of fields that have none.
pub(super) fn way(key: &OwnKey) -> Result<Vec<TokenTree>, OwnError> {
    let mut steps = Vec::new();
    let mut is_step = true;
    for token in key.tokens.clone() {
        let fits = match &token {
            TokenTree::Ident(_) => is_step,
            TokenTree::Literal(_) => is_step && !steps.is_empty(),
            TokenTree::Punct(punct) => !is_step && punct.as_char() == '.',
            TokenTree::Group(_) => false,
        };
        if !fits {
            let message =
                "this is no way to a field\nhelp: the key is a field: write its name, or the names that lead to it: `customer.id`";
            return Err(OwnError::new(token.span(), message));
        }
        if is_step {
            steps.push(token);
        }
        is_step = !is_step;
    }
    Ok(steps)
}

/// What a way leads to that is written with the names of the types on it: through newtypes, whether it names their fields or not, and through no field that
/// functions carry, or that is skipped.
fn as_written(from: TokenStream, steps: &[TokenTree], span: Span) -> TokenStream {
    steps.iter().fold(from, |from, step| match step {
        TokenTree::Literal(_) => quote_spanned!(span=> &(*#from).#step),
        TokenTree::Ident(name) => {
            let (within, hash) = (within(from, span), hashed(&plain(name)));
            // The field may be that of what the type derefs to.
            let behind = |times: usize| {
                let times = (0..times).map(|_| quote_spanned!(span=> .__kafka_event_behind()));
                quote_spanned!(span=> __at #(#times)*)
            };
            let places = (0..=DEREFS).map(behind);
            let places = places.map(|at| quote_spanned!(span=> __kafka_event::in_the_event(&#at.named::<#hash>().__kafka_event_there());));
            let last = behind(DEREFS);
            let last = quote_spanned!(span=> __kafka_event::the_last(&#last.__kafka_event_pointer()););
            // A `match` keeps what functions give until the key is written.
            quote_spanned!(span=> match #within { __at => { #(#places)* #last &(*__at.0).#step } })
        }
        _ => from,
    })
}

/// An expression with what a way in it needs: around all of it, so that what functions give lives until the key is written.
fn on_its_way(key: &TokenStream, span: Span) -> TokenStream {
    quote_spanned! {span=> {
        #[allow(unused_imports)]
        use ::kafka_event::__private::{
            self as __kafka_event, Behind as _, IsApart as _, IsNoPointer as _, IsNotApart as _, IsPointer as _, NotBehind as _, NotWithin as _, Within as _,
        };
        #key
    }}
}

/// How many pointers within one another a field is looked for behind; more are refused.
const DEREFS: usize = 4;

/// How many newtypes within one another, boxes among them, a way leads through between two fields.
const NEWTYPES: usize = 8;

/// What is left of a reference behind the newtypes around it: the methods stop where there are no more.
fn within(from: TokenStream, span: Span) -> TokenStream {
    let within = (0..NEWTYPES).map(|_| quote_spanned!(span=> .__kafka_event_within()));
    quote_spanned!(span=> __kafka_event::At(#from)#(#within)*)
}

/// The type of an own event's key: that which every application knows, since the field's may be nobody else's.
pub(super) fn key_type_of(scope: &Scope<'_>, topic: &Topic) -> TokenStream {
    match &topic.key {
        Key::Field {
            ty: Type::Named(id) | Type::Boxed(id),
            ..
        } => scope.plain_fixed(*id),
        _ => key_type(scope, topic),
    }
}
