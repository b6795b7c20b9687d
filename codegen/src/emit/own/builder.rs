//! A builder of an own record, where it asks for one: the generated records' own.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use super::field::located;
use super::input::{OwnField, OwnRecord};
use super::matching::{Slot, plain};
use crate::avro::Json;
use crate::emit::builder::{Builder, Part, Setters};
use crate::emit::scope::Scope;

/// The builder; nothing where none is asked for.
pub(super) fn builder(scope: &Scope<'_>, own: &OwnRecord, slots: &[Slot<'_>]) -> TokenStream {
    let Some(visibility) = &own.builder else {
        return TokenStream::new();
    };
    let name = plain(&own.this.name);
    // In the builder `Self` would be that.
    let own_type = |field: &OwnField| own.this.everlasting(&field.ty);
    let deprecated = own.this.is_deprecated.then(|| quote!(deprecated,));
    let setters = Setters(own.fields.iter().map(|field| plain(&field.name)).collect());
    let carried = slots.iter().filter_map(|slot| {
        let field = slot.own?;
        let ty = own_type(field);
        // Where a default is null, the setter takes the value itself.
        let is_null = field.with.is_none() && matches!(slot.field.default, Some(Json::Null));
        let within = is_null.then(|| within_option(&ty)).flatten();
        Some(part(&setters, field, ty, preset(scope, slot), within))
    });
    let alone = own.fields.iter().filter(|field| field.skip).map(|field| {
        let ty = own_type(field);
        let default = quote!(<#ty as ::core::default::Default>::default());
        part(&setters, field, ty, Some(default), None)
    });
    let builder = Builder {
        of: &own.this.implementor(Vec::new()),
        visibility,
        derives: TokenStream::new(),
        builder: format_ident!("{name}Builder", span = Span::call_site()),
        held: format_ident!("__{name}Parts", span = Span::call_site()),
        link: format!("[`{name}`]"),
        allow: quote!(#[allow(
            dead_code,
            #deprecated
            missing_debug_implementations,
            non_camel_case_types,
            clippy::all,
            clippy::pedantic
        )]),
        parts: carried.chain(alone).collect(),
    };
    builder.emit()
}

fn part(setters: &Setters, field: &OwnField, ty: TokenStream, default: Option<TokenStream>, within: Option<TokenStream>) -> Part {
    let docs = match &field.doc {
        Some(doc) => {
            let lines = doc.lines().map(|line| format!(" {line}"));
            quote!(#(#[doc = #lines])*)
        }
        None => {
            let doc = format!(" Sets the field `{}`.", plain(&field.name));
            quote!(#[doc = #doc])
        }
    };
    let mut setter = setters.of(&field.name.to_string());
    setter.set_span(field.name.span());
    Part {
        member: field.name.clone(),
        setter,
        docs,
        ty,
        default,
        within,
    }
}

/// What an `Option` holds, where a type is spelled as the language's.
fn within_option(ty: &TokenStream) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
    let is = |place: usize, mark: char| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    let open = (0..tokens.len()).find(|place| is(*place, '<'))?;
    let is_word = |back: usize, word: &str| {
        let token = open.checked_sub(back).map(|place| &tokens[place]);
        matches!(token, Some(TokenTree::Ident(name)) if name == word)
    };
    let is_option = is_word(1, "Option") && (open == 1 || is_word(4, "option"));
    let last = tokens.len() - 1;
    (is_option && is(last, '>')).then(|| tokens[open + 1..last].iter().cloned().collect())
}

/// The schema's default as the field's type has it.
fn preset(scope: &Scope<'_>, slot: &Slot<'_>) -> Option<TokenStream> {
    let (own, bytes) = (slot.own?, Literal::byte_string(&scope.model.default_of(slot.field)?));
    let (wire, span) = (scope.wire(&slot.field.ty), located(own.span));
    let default = quote_spanned!(span=> ::kafka_event::__private::default::<#wire, _>(#bytes));
    Some(match &own.with {
        Some(with) => quote_spanned!(span=> ::kafka_event::__private::accepted(#with::from_avro(#default))),
        None => default,
    })
}
