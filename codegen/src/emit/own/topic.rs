//! The topic of an own type, and what keys it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::field::located;
use super::generics::OwnType;
use super::input::{OwnError, OwnKey, OwnRecord, OwnTopic};
use super::matching::Slot;
use crate::emit::codec::{hexadecimal, text};
use crate::emit::scope::{Scope, ident};
use crate::emit::topic::{TopicOf, implementation, key_type, no_key, record_key};
use crate::model::{Ident, Key, Topic, Type, TypeId};

/// The record of a topic that carries one.
pub(super) fn only_record(scope: &Scope<'_>, topic: &Topic, of: &OwnTopic) -> Result<TypeId, OwnError> {
    if let [id] = topic.records[..] {
        return Ok(id);
    }
    let name = |id: &TypeId| scope.model.name(*id);
    let records: Vec<_> = topic.records.iter().map(|id| format!("`{}`", name(id).full())).collect();
    let variants: String = topic
        .records
        .iter()
        .map(|id| format!("\n        {0}({0}),", name(id).ident.rust))
        .collect();
    let message = format!(
        "the topic `{0}` carries several records, and a struct is one: {1}\nhelp: write an enum of them\n    #[derive(KafkaEvent)]\n    #[kafka(topic = \"{0}\")]\n    enum {2}Event {{{variants}\n    }}",
        topic.name.avro,
        records.join(", "),
        topic.name.rust,
    );
    Err(OwnError::new(of.name.span, message))
}

/// What the implementations of a type as a topic are made of.
pub(super) struct Parts<'a> {
    /// The type that is the topic.
    pub(super) this: &'a OwnType,
    /// What its messages carry, but for a key that is a record.
    pub(super) event: TokenStream,
    /// Whether its events can be published.
    pub(super) is_published: bool,
    /// Whether its messages can be consumed.
    pub(super) is_consumed: bool,
}

/// Of a struct that is a topic's one record.
pub(super) fn of_record(
    scope: &Scope<'_>,
    topic: &Topic,
    of: &OwnTopic,
    own: &OwnRecord,
    slots: &[Slot<'_>],
) -> Result<TokenStream, OwnError> {
    let owned = !own.this.has_lifetimes();
    let parts = Parts {
        this: &own.this,
        event: quote!(Self),
        is_published: owned && !own.consume,
        is_consumed: owned && (own.consume || slots.iter().all(|slot| slot.own.is_some())),
    };
    let encode_key = |path: &[Ident], wire: &TokenStream| {
        let (first, deeper) = path.split_first().expect("a path has a field");
        let Some(field) = slots
            .iter()
            .find(|slot| slot.field.name.avro == first.avro)
            .and_then(|slot| slot.own)
        else {
            let message = format!(
                "the field `{}` keys the topic, and the struct does not have it\nhelp: add it: events are published with their key",
                first.avro
            );
            return Err(OwnError::new(of.name.span, message));
        };
        let span = located(field.span);
        let (member, deeper) = (&field.name, deeper.iter().map(|part| ident(&part.rust)));
        let value = match (&of.key, &field.with) {
            (Some(key), _) => {
                let members = way(key)?;
                quote!(&event.#members)
            }
            (None, Some(with)) => quote!(&#with::to_avro(&event.#member)),
            (None, None) => quote!(&event.#member #(.#deeper)*),
        };
        // Where the field stands, so that the compiler says there what no key is.
        Ok(quote_spanned!(span=> ::kafka_event::codec::EncodeKey::<#wire>::encode_key(#value, out)))
    };
    implementations(scope, topic, of, &parts, encode_key)
}

/// `impl Topic`, and what may be done with it; `encode_key` writes the key that is a field, by its path and its Avro type.
pub(super) fn implementations(
    scope: &Scope<'_>,
    topic: &Topic,
    of: &OwnTopic,
    parts: &Parts<'_>,
    encode_key: impl FnOnce(&[Ident], &TokenStream) -> Result<TokenStream, OwnError>,
) -> Result<TokenStream, OwnError> {
    let (mut event, mut assertion) = (parts.event.clone(), None);
    let (key, encoded) = match &topic.key {
        Key::None => {
            if let Some(key) = &of.key {
                let message = format!(
                    "nothing keys the topic `{}` in the manifest\nhelp: take `key = …` away",
                    topic.name.avro
                );
                return Err(OwnError::new(key.span, message));
            }
            (quote!(()), parts.is_published.then(no_key))
        }
        Key::Field { paths, ty } => {
            let encoded = parts.is_published.then(|| encode_key(&paths[0], &scope.wire(ty))).transpose()?;
            let encoded = encoded.map(|encoded| quote!(::core::result::Result::Ok(#encoded)));
            (key_type_of(scope, topic), encoded)
        }
        Key::Record(id) => match &of.key {
            Some(key) => {
                assertion = Some(is_record(scope, *id, key, "the key of the topic"));
                let key = &key.tokens;
                event = quote!(::kafka_event::Keyed<#key, #event>);
                (key.clone(), parts.is_published.then(record_key))
            }
            // Who only reads may leave the key be.
            None if !parts.is_published && !topic.cleanup.is_compacted() => (quote!(()), None),
            None => {
                let full = scope.model.name(*id).full();
                let message = format!(
                    "the record `{full}` keys the topic `{}`\nhelp: say which type is that record: `key = …` in `#[kafka(…)]`, a generated type or one of your own with `#[kafka(record = \"{full}\")]`",
                    topic.name.avro
                );
                return Err(OwnError::new(of.name.span, message));
            }
        },
    };
    let key_record = match (&topic.key, &of.key) {
        (Key::Record(_), Some(OwnKey { tokens, .. })) => quote!(::kafka_event::RecordSpec::of::<#tokens>()),
        (Key::Record(id), None) => unread(scope, *id),
        _ => TokenStream::new(),
    };
    let mut conditions = Vec::new();
    if parts.this.is_generic() {
        conditions.push(if parts.is_published {
            quote!(Self: ::kafka_event::OwnedEvent + ::kafka_event::EncodeEvent)
        } else {
            quote!(Self: ::kafka_event::OwnedEvent)
        });
    }
    let implementation = implementation(
        scope,
        topic,
        &TopicOf {
            implementor: parts.this.everlasting_implementor(conditions),
            event,
            key,
            key_record,
            catalog: quote!(
                const {
                    &::kafka_event::Catalog {
                        topics: &[<Self as ::kafka_event::Topic>::SPEC],
                        groups: &[],
                    }
                }
            ),
            encode_key: encoded,
            is_consumed: parts.is_consumed,
        },
    );
    Ok(quote!(#assertion #implementation))
}

/// The way to a key's field, as it is written.
pub(super) fn way(key: &OwnKey) -> Result<TokenStream, OwnError> {
    let mut is_name = true;
    for token in key.tokens.clone() {
        let fits = match &token {
            proc_macro2::TokenTree::Ident(_) => is_name,
            proc_macro2::TokenTree::Punct(punct) => !is_name && punct.as_char() == '.',
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

/// Asserts that a type is a record of the schemas'.
pub(super) fn is_record(scope: &Scope<'_>, id: TypeId, ty: &OwnKey, what: &str) -> TokenStream {
    let full = scope.model.name(id).full();
    let layout = hexadecimal(scope.schemas.layout(id));
    let tokens = &ty.tokens;
    let other = format!("{what} is the record `{full}`, and this type is another");
    let differs = format!("{what} is the record `{full}`, and this type is of another version of it: their encodings differ");
    quote_spanned! {ty.span=>
        const _: () = {
            let name = <#tokens as ::kafka_event::Record>::FULL_NAME;
            ::core::assert!(::kafka_event::__private::same(name, #full), #other);
            let layout = <#tokens as ::kafka_event::Record>::LAYOUT;
            ::core::assert!(layout == #layout, #differs);
        };
    }
}

/// What is wrong with parameters of a type that can have none.
pub(super) fn without_parameters(this: &OwnType, what: &str) -> Result<(), OwnError> {
    if this.is_generic() || this.has_lifetimes() {
        let message = format!("{what} has no parameters\nhelp: take `<…>` away");
        return Err(OwnError::new(this.name.span(), message));
    }
    Ok(())
}

/// A place in the type's name, for what is said of the whole.
pub(super) fn whole(this: &OwnType) -> Span {
    this.name.span()
}

/// The type of an own event's key: that which every application knows, since the field's may be nobody else's.
fn key_type_of(scope: &Scope<'_>, topic: &Topic) -> TokenStream {
    match &topic.key {
        Key::Field {
            ty: Type::Named(id) | Type::Boxed(id),
            ..
        } => scope.plain_fixed(*id),
        _ => key_type(scope, topic),
    }
}

/// A record of which nothing is read, as a constant.
pub(super) fn unread(scope: &Scope<'_>, id: TypeId) -> TokenStream {
    let full_name = scope.model.name(id).full();
    let identity = scope.schemas.identity(id);
    let (schema, fingerprint) = (text(&identity.schema), hexadecimal(identity.fingerprint));
    quote! {
        ::kafka_event::RecordSpec {
            full_name: #full_name,
            schema: #schema,
            fingerprint: ::kafka_event::Fingerprint(#fingerprint),
            fields: ::core::option::Option::Some(&[]),
        }
    }
}
