//! What keys a topic: the way to it in an own type, how it is written, and what is asked of its type.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::asked::asked;
use super::field::escaped;
use super::input::{OwnError, OwnField, OwnKey, OwnRecord, OwnTopic};
use super::shown::shown;
use crate::emit::scope::{Scope, ident};
use crate::emit::topic::key_type;
use crate::load::Contract;
use crate::model::{Field, Ident, Key, Topic, Type, TypeId};
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

/// The expression that writes a key.
pub(super) struct WrittenKey {
    pub(super) code: TokenStream,
    /// Whether its type is asked for by the trait of [`key_said`].
    pub(super) is_asked: bool,
}

impl WrittenKey {
    /// That of a type for which nothing is asked here.
    pub(super) fn plain(code: TokenStream) -> Self {
        Self { code, is_asked: false }
    }

    /// An expression with a way in it, whose type is asked for nowhere else.
    pub(super) fn of(code: &TokenStream, span: Span) -> Self {
        Self::plain(on_its_way(code, span))
    }

    /// That of a value, by the trait of [`key_said`].
    pub(super) fn asked(value: &TokenStream, span: Span) -> Self {
        Self {
            code: on_its_way(&quote_spanned!(span=> __KeysTheTopic::key(#value, __out)), span),
            is_asked: true,
        }
    }
}

/// The trait of types that can key a topic, with what the compiler says of others.
pub(super) fn key_said(contract: &Contract, scope: &Scope<'_>, topic: &Topic, paths: &[Vec<Ident>], ty: &Type) -> TokenStream {
    let wire = scope.wire(ty);
    let message = format!("`{{Self}}` does not key the topic `{}`", escaped(&topic.name.avro));
    let label = format!("the key is {} in the schema", escaped(&described(scope.model, ty)));
    let field = key_field(scope, topic, paths);
    let place = field.map(|field| format!("schema: {}", escaped(&shown(contract, &field.origin))));
    let place = place.map(|place| quote!(note = #place,));
    let record = topic.records.first().and_then(|id| scope.model.record(*id));
    let suggested = record.map(|record| scope.suggested(record, ty));
    let cure = escaped(&format!(
        "let `key = …` lead to the field that is `{}`, a newtype of it with `#[derive(KafkaEvent)]`, or another type that implements `EncodeKey`",
        suggested.as_deref().unwrap_or("…")
    ));
    let declared = quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, #place note = #cure)]
        pub(crate) trait __KeysTheTopic {
            fn key(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool;
        }

        #[diagnostic::do_not_recommend]
        impl<T: ::kafka_event::codec::EncodeKey<#wire> + ?::core::marker::Sized> __KeysTheTopic for T {
            #[inline(always)]
            fn key(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool {
                ::kafka_event::codec::EncodeKey::<#wire>::encode_key(self, __out)
            }
        }
    };
    asked("key", &[declared])
}

/// The field at the end of the first record's way to the key.
fn key_field<'m>(scope: &Scope<'m>, topic: &Topic, paths: &[Vec<Ident>]) -> Option<&'m Field> {
    let (mut id, mut found) = (*topic.records.first()?, None);
    for part in paths.first()? {
        let field = scope.model.record(id)?.fields.iter().find(|field| field.name.avro == part.avro)?;
        if let Type::Named(next) | Type::Boxed(next) = &field.ty {
            id = *next;
        }
        found = Some(field);
    }
    found
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

/// What a way leads to that is written with the names of the types on it, from a reference: through newtypes, whether it names their fields or not.
pub(super) fn as_written(from: TokenStream, way: &[TokenTree], span: Span) -> TokenStream {
    way.iter().fold(from, |from, step| match step {
        TokenTree::Literal(_) => quote_spanned!(span=> &(*#from).#step),
        _ => {
            let within = within(from, span);
            quote_spanned!(span=> &(*#within.0).#step)
        }
    })
}

/// What a way of the schema's leads to, from a reference: through newtypes, and by whatever names a record of the application's has for the fields.
pub(super) fn by_schema(from: TokenStream, path: &[Ident], span: Span) -> TokenStream {
    if path.is_empty() {
        return from;
    }
    let place = path.iter().fold(from, |from, part| {
        let (mut name, within) = (ident(&part.rust), within(from, span));
        name.set_span(span);
        quote_spanned!(span=> &#within.fields().#name)
    });
    quote_spanned!(span=> __kafka_event::At(#place).value())
}

/// What is left of a reference behind all newtypes around it: the methods stop where there are no more, and nobody has as many as this.
fn within(from: TokenStream, span: Span) -> TokenStream {
    quote_spanned!(span=> __kafka_event::At(#from).within().within().within().within())
}

/// An expression with what its methods are looked for in.
fn on_its_way(value: &TokenStream, span: Span) -> TokenStream {
    quote_spanned! {span=> {
        #[allow(unused_imports)]
        use ::kafka_event::__private::{self as __kafka_event, OfFields as _, Otherwise as _, Within as _};
        #value
    }}
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
