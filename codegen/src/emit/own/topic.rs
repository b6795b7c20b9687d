//! The topic of an own type.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

use super::asked::asked;
use super::field::{By, carrying, located};
use super::fit::{Fit, Wanted, fit};
use super::generics::OwnType;
use super::input::{OwnError, OwnKey, OwnRecord, OwnTopic, OwnVariantType};
use super::key::{KeySaid, Led, WrittenKey, is_own_key, key_type_of, leads_to, no_field, way};
use super::lasting;
use super::matching::{Naming, Slots, lines, plain};
use super::shown::shown;
use super::threads;
use super::way as ways;
use super::with::to_avro;
use crate::emit::codec::{hexadecimal, text};
use crate::emit::event;
use crate::emit::scope::Scope;
use crate::emit::topic::{TopicOf, implementation, no_key, record_key};
use crate::load::Contract;
use crate::model::{Ident, Key, Record, Topic, TypeId};

/// The record of a topic that carries one.
pub(super) fn only_record(scope: &Scope<'_>, topic: &Topic, of: &OwnTopic) -> Result<TypeId, OwnError> {
    if let [id] = topic.records[..] {
        return Ok(id);
    }
    let name = |id: &TypeId| scope.model.name(*id);
    let records: Vec<_> = topic.records.iter().map(|id| format!("`{}`", name(id).full())).collect();
    let variants = event::variants(scope, topic);
    let variants = variants.iter().enumerate();
    let variants: String = variants
        .map(|(place, variant)| format!("\n        {variant}({}),", record_type(scope, topic, place)))
        .collect();
    let message = format!(
        "the topic `{0}` carries several records, and a struct is one: {1}\nhelp: write an enum of them\n    #[derive(KafkaEvent)]\n    #[kafka(topic = \"{0}\")]\n    enum {2}Event {{{variants}\n    }}\nhelp: each is a generated type, or one of your own with `#[kafka(record = \"{3}\")]`",
        topic.name.avro,
        records.join(", "),
        topic.name.rust,
        name(&topic.records[0]).full(),
    );
    Err(OwnError::new(of.name.span, message))
}

/// The plain name of the type of one of a topic's records; with its module, where another of them has that name.
pub(super) fn record_type(scope: &Scope<'_>, topic: &Topic, place: usize) -> String {
    let name = |id: TypeId| scope.model.name(id);
    let this = name(topic.records[place]);
    let is_alone = topic.records.iter().filter(|id| name(**id).ident.rust == this.ident.rust).count() == 1;
    let module = this.namespace.iter().filter(|_| !is_alone);
    let path: Vec<_> = module.chain([&this.ident]).map(|part| part.rust.as_str()).collect();
    path.join("::")
}

/// What the implementations of a type as a topic are made of.
pub(super) struct Parts<'a> {
    /// The type that is the topic.
    pub(super) this: &'a OwnType,
    /// What its messages carry, but for a key that is a record.
    pub(super) event: TokenStream,
    /// Where it names its event, if elsewhere.
    pub(super) place: Option<Span>,
    /// Whether its events can be published.
    pub(super) is_published: bool,
    /// Whether its messages can be consumed.
    pub(super) is_consumed: bool,
    /// What it asks of types that are not known before a use, for its events to be what they are for.
    pub(super) kept: &'a [TokenStream],
}

/// Of a struct that is a topic's one record.
pub(super) fn of_record(
    contract: &Contract,
    scope: &Scope<'_>,
    record: &Record,
    topic: &Topic,
    of: &OwnTopic,
    own: &OwnRecord,
    (matched, kept): (&Slots<'_>, &[TokenStream]),
) -> Result<TokenStream, OwnError> {
    if let (Key::Record(id), Some(key)) = (&topic.key, &of.key)
        && own.fields.iter().any(|field| field.name == key.tokens.to_string())
    {
        return Err(no_field(scope, topic, *id, key));
    }
    let (owned, slots) = (!own.this.has_lifetimes(), &matched.slots);
    let parts = Parts {
        this: &own.this,
        event: quote!(Self),
        place: None,
        is_published: owned && !own.consume,
        is_consumed: owned && (own.consume || slots.iter().all(|slot| slot.own.is_some())),
        kept,
    };
    let encode_key = |path: &[Ident], wire: &TokenStream| {
        let (first, deeper) = path.split_first().expect("a path has a field");
        let Some(field) = slots
            .iter()
            .find(|slot| slot.field.name.avro == first.avro)
            .and_then(|slot| slot.own)
        else {
            let found = slots.iter().map(|slot| slot.field).find(|field| field.name.avro == first.avro);
            let found = found.expect("a key leads through the record's fields");
            if matched.is_told(found) {
                return of
                    .key
                    .as_ref()
                    .map_or(Ok(()), |key| way(key).map(drop))
                    .map(|()| WrittenKey::plain(TokenStream::new()));
            }
            let message = format!(
                "the field `{}` keys the topic `{}`, and the struct does not have it\n  --> {}\nhelp: events are published with their key: add{}",
                first.avro,
                topic.name.avro,
                shown(contract, &found.origin),
                lines(scope, record, &[found], Naming::of(own.rename_all.as_ref())?)
            );
            return Err(OwnError::new(whole(&own.this), message));
        };
        // Where the field stands, so that the compiler says there what no key is.
        let span = located(of.key.as_ref().map_or(field.span, |key| key.span));
        let member = &field.name;
        let carried = match (&field.with, &of.key) {
            // The record leads to what functions give by itself.
            (Some(_), None) => {
                let way = ways::way(path);
                let code = quote_spanned!(span=> ::kafka_event::codec::EncodeKeyAt::<#way, #wire>::encode_key_at(__event, __out));
                return Ok(WrittenKey::plain(code));
            }
            (Some(with), Some(_)) => {
                let given = to_avro(with, "__event", member);
                quote_spanned!(span=> &#given)
            }
            (None, _) => quote_spanned!(span=> &__event.#member),
        };
        let led = match &of.key {
            Some(key) => {
                let way = way(key)?;
                leads_to(key, &way, field, path, topic)?;
                Led::as_written(carried, &way[1..], span)
            }
            None if is_own_key(topic, of, own, field) => {
                let carrying = carrying(field, wire, By::Keyed);
                let code = quote_spanned!(span=> #carrying::encode_key(&__event.#member, __out));
                return Ok(WrittenKey::plain(code));
            }
            None => Led::by_schema(carried, deeper),
        };
        // What is not known before a use is asked for by its trait.
        Ok(if own.this.is_open(&field.ty) {
            // A way of one step is the field itself.
            let leads_on = field.with.is_none() && of.key.as_ref().is_none_or(|key| way(key).is_ok_and(|way| way.len() == 1));
            WrittenKey::open(&led, leads_on.then_some(&field.ty), wire, span)
        } else {
            let said = KeySaid {
                contract,
                scope,
                topic,
                place: 0,
            };
            WrittenKey::asked(&said, &led, span)
        })
    };
    implementations(contract, scope, topic, of, &parts, encode_key)
}

/// `impl Topic`, and what may be done with it; `encode_key` writes the key that is a field, by its path and its Avro type.
pub(super) fn implementations(
    contract: &Contract,
    scope: &Scope<'_>,
    topic: &Topic,
    of: &OwnTopic,
    parts: &Parts<'_>,
    encode_key: impl FnOnce(&[Ident], &TokenStream) -> Result<WrittenKey, OwnError>,
) -> Result<TokenStream, OwnError> {
    let own = parts.this.implementor(Vec::new());
    let (mut event, mut assertion, mut condition) = (parts.event.clone(), None, None);
    let (key, encoded) = match &topic.key {
        Key::None => {
            if let Some(key) = &of.key {
                let message = format!(
                    "nothing keys the topic `{}` in the manifest\nhelp: take `key = …` away",
                    topic.name.avro
                );
                return Err(OwnError::new(key.span, message));
            }
            (quote!(()), parts.is_published.then(|| no_key(&own)))
        }
        Key::Field { .. } if !parts.is_published && of.key.is_some() => {
            let span = of.key.as_ref().map_or(of.name.span, |key| key.span);
            let message = match parts.this.lifetimes().next() {
                Some(lifetime) => {
                    // The derive keeps `'de` for itself, and calls the type's otherwise.
                    let lifetime = plain(lifetime).replace("__de", "de");
                    format!(
                        "it borrows by `'{lifetime}`, and what is published owns its fields: what is only read needs no way to its key\nhelp: let its fields own what they have, as a `String` does; or take `key = …` away"
                    )
                }
                None => "what is only read needs no way to its key\nhelp: take `key = …` away".to_owned(),
            };
            return Err(OwnError::new(span, message));
        }
        Key::Field { paths, ty } => {
            let encoded = parts.is_published.then(|| encode_key(&paths[0], &scope.wire(ty))).transpose()?;
            assertion = encoded.as_ref().map(|encoded| asked("key", &encoded.asked));
            let encoded = encoded.map(
                |WrittenKey {
                     code, condition: asked, ..
                 }| {
                    condition = asked;
                    quote!(::core::result::Result::Ok(#code))
                },
            );
            (key_type_of(scope, topic), encoded)
        }
        Key::Record(id) => match &of.key {
            Some(key) if key.tokens.clone().into_iter().any(|token| token.to_string() == ".") => {
                return Err(no_field(scope, topic, *id, key));
            }
            Some(named) => {
                if let Some(error) = everlasting_key(named, parts.is_published || parts.is_consumed) {
                    return Err(error);
                }
                let fit = key_fit(contract, scope, topic, *id, named, parts.is_published, parts.is_consumed);
                let picked = fit.picked.clone();
                assertion = Some(fit.asked());
                event = quote!(::kafka_event::Keyed<#picked, #event>);
                (picked, parts.is_published.then(|| record_key(&own)))
            }
            // Who only reads may leave the key be.
            None if !parts.is_published && !topic.cleanup.is_compacted() => (quote!(()), None),
            None => {
                let (full, plain) = (scope.model.name(*id).full(), &scope.model.name(*id).ident.rust);
                let message = format!(
                    "the record `{full}` keys the topic `{0}`\nhelp: say which type is that record: `#[kafka(topic = \"{0}\", key = {plain})]`, where `{plain}` is the generated type, or one of your own with `#[kafka(record = \"{full}\")]`",
                    topic.name.avro
                );
                return Err(OwnError::new(of.name.span, message));
            }
        },
    };
    let key_record = match (&topic.key, &of.key) {
        (Key::Record(_), Some(_)) => quote!(::kafka_event::RecordSpec::of::<#key>()),
        (Key::Record(id), None) => unread(scope, *id),
        _ => TokenStream::new(),
    };
    let mut conditions = Vec::new();
    if parts.this.is_generic() {
        conditions.extend(parts.kept.iter().cloned());
        conditions.push(if parts.is_published {
            quote!(Self: ::core::marker::Send + ::core::marker::Sync + 'static)
        } else if parts.is_consumed {
            quote!(Self: ::kafka_event::OwnedEvent)
        } else {
            // What borrows is read from a lifetime of its own, and from no other.
            quote!(Self: ::kafka_event::Event)
        });
        conditions.extend(condition);
    } else if parts.place.is_none() {
        conditions.push(threads::where_used(&quote!(Self)));
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
    // What is wrong with a type that an attribute names is said there.
    let place = match (&topic.key, &of.key) {
        (Key::Record(_), Some(key)) => Some(key.span),
        _ => parts.place,
    };
    let implementation = match place {
        Some(span) => placed(implementation, located(span)),
        None => implementation,
    };
    Ok(quote!(#assertion #implementation))
}

/// What is wrong with the type of a key that borrows for ever, where it is not borrowed.
pub(super) fn everlasting_key(key: &OwnKey, is_owned: bool) -> Option<OwnError> {
    lasting::named("a key that is a record", &key.tokens).filter(|_| is_owned)
}

/// The type that an event names for the record that keys its topic.
pub(super) fn key_fit(
    contract: &Contract,
    scope: &Scope<'_>,
    topic: &Topic,
    id: TypeId,
    named: &OwnKey,
    is_published: bool,
    is_consumed: bool,
) -> Fit {
    let wanted = Wanted {
        name: "key".to_owned(),
        message: format!("is no key of the topic `{}`", topic.name.avro),
        label: format!("the record `{}` keys the topic", scope.model.name(id).full()),
        record: id,
        is_written: is_published,
        is_owned: is_published || is_consumed,
        may_be_boxed: false,
    };
    let named = OwnVariantType {
        ty: named.tokens.clone(),
        span: named.span,
    };
    fit(contract, scope, &wanted, &named)
}

/// The same tokens at another place, where they mean what they meant.
fn placed(tokens: TokenStream, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = TokenTree::Group(Group::new(group.delimiter(), placed(group.stream(), span)));
        }
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.into_iter().map(place).collect()
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
