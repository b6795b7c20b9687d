//! What keys a topic: the way to it in an own type, how it is written, and what is asked of its type.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::asked::asked;
use super::field::{escaped, located};
use super::input::{OwnError, OwnField, OwnKey, OwnRecord, OwnTopic};
use super::shown::shown;
use crate::emit::scope::{Scope, ident};
use crate::emit::topic::key_type;
use crate::load::Contract;
use crate::model::{Field, Ident, Key, Topic, Type, TypeId};
use crate::words::described;

/// Refuses a way that begins at another field than the key's, or is as long as no way to it is.
pub(super) fn leads_to(key: &OwnKey, field: &OwnField, path: &[Ident], topic: &Topic) -> Result<(), OwnError> {
    let mut names = key.tokens.clone().into_iter().filter(|token| matches!(token, TokenTree::Ident(_)));
    let begins = names.next().is_some_and(|first| field.name == first.to_string());
    if begins && names.count() + 1 == path.len() {
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

    /// That of a value, by the trait of [`key_said`].
    pub(super) fn asked(value: TokenStream, span: Span) -> Self {
        Self {
            code: quote_spanned!(span=> __KeysTheTopic::key(#value, out)),
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
            fn key(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool;
        }

        #[diagnostic::do_not_recommend]
        impl<T: ::kafka_event::codec::EncodeKey<#wire> + ?::core::marker::Sized> __KeysTheTopic for T {
            #[inline(always)]
            fn key(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool {
                ::kafka_event::codec::EncodeKey::<#wire>::encode_key(self, out)
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

/// The type of a key that is a record, through the trait that says once what is no such type.
pub(super) fn record_key_type(key: &OwnKey) -> TokenStream {
    let tokens = &key.tokens;
    quote_spanned!(located(key.span)=> <#tokens as ::kafka_event::__private::RecordKey>::Key)
}

/// The way to a key's field, as it is written.
pub(super) fn way(key: &OwnKey) -> Result<TokenStream, OwnError> {
    let mut is_name = true;
    for token in key.tokens.clone() {
        let fits = match &token {
            TokenTree::Ident(_) => is_name,
            TokenTree::Punct(punct) => !is_name && punct.as_char() == '.',
            _ => false,
        };
        if !fits {
            let message =
                "this is no way to a field\nhelp: the key is a field: write its name, or the names that lead to it: `customer.id`";
            return Err(OwnError::new(token.span(), message));
        }
        is_name = !is_name;
    }
    Ok(key.tokens.clone())
}

/// The names that lead to a key's field, with a place.
pub(super) fn members(path: &[Ident], span: Span) -> Vec<proc_macro2::Ident> {
    let member = |part: &Ident| {
        let mut name = ident(&part.rust);
        name.set_span(span);
        name
    };
    path.iter().map(member).collect()
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
