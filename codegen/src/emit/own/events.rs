//! An enum of the several records of a topic.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::field::located;
use super::find::{self, unknown};
use super::fit::{Fit, Wanted, fit};
use super::input::{OwnError, OwnEvents, OwnTopic, OwnVariant, OwnVariantType, OwnWord};
use super::key::{KeySaid, Led, WrittenKey, way};
use super::lasting::{everlasting, is_everlasting_record};
use super::matching::plain;
use super::record::apart;
use super::shown::shown;
use super::start::StartType;
use super::topic::{Parts, implementations, record_type, unread, whole};
use crate::diagnostic::nearest;
use crate::emit::Switches;
use crate::emit::event;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::{Key, Topic, TypeId};
use crate::options::Choices;

/// A record of the topic's, with what becomes of it.
enum Arm<'a> {
    /// A variant that holds it.
    Held(Box<Held<'a>>),
    /// The variant that stands for all others.
    Other(&'a Ident),
}

/// A variant that holds a record.
struct Held<'a> {
    variant: &'a OwnVariant,
    span: Span,
    /// The record's type, as it is asked for.
    fit: Fit,
}

/// The enum's implementations; or all that is wrong with it.
///
/// # Errors
/// The manifest has no such topic, or its records are not the variants.
pub fn own_events(contract: &Contract, of: &OwnTopic, own: &OwnEvents) -> Result<TokenStream, Vec<OwnError>> {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    let mut errors = Vec::new();
    if own.this.is_generic() {
        let message = "an enum of a topic's records has no parameters but lifetimes\nhelp: take the others away";
        errors.push(OwnError::new(whole(&own.this), message));
    }
    let found = match find::topic(contract, &of.name, StartType::Events(of, own)) {
        Ok(found) => found,
        Err(error) => {
            errors.push(error);
            return Err(errors);
        }
    };
    errors.extend(everlasting(StartType::Events(of, own)));
    let arms = arms(contract, &scope, found, own, &mut errors);
    let topic = topic(contract, &scope, found, of, own, &arms, &mut errors);
    let arms: Vec<_> = arms.into_iter().flatten().collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let event = event_of(&scope, found, own, &arms);
    Ok(apart(&own.this, &quote!(#event #topic)))
}

/// What asks for the types that the variants of an enum hold, where other things are wrong with it.
pub(super) fn held_types(contract: &Contract, topic: &Topic, own: &OwnEvents) -> TokenStream {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    let arms = arms(contract, &scope, topic, own, &mut Vec::new());
    let held = arms.iter().flatten().filter_map(|arm| match arm {
        Arm::Held(held) if !held.variant.ty.as_ref().is_some_and(is_everlasting_record) => Some(held.fit.asked()),
        Arm::Held(_) | Arm::Other(_) => None,
    });
    held.collect()
}

/// What a variant is to hold.
fn held<'a>(
    contract: &Contract,
    scope: &Scope<'_>,
    record: TypeId,
    own: &OwnEvents,
    variant: &'a OwnVariant,
    held: &OwnVariantType,
) -> Arm<'a> {
    let (full, name) = (scope.model.name(record).full(), plain(&variant.name));
    let wanted = Wanted {
        message: format!("is not the record `{full}`, for which the variant `{name}` stands"),
        label: format!("the topic carries `{full}` here"),
        name: format!("variant_{name}"),
        record,
        is_written: own.is_published(),
        is_owned: !own.this.has_lifetimes(),
    };
    let lasting = OwnVariantType {
        ty: own.this.everlasting(&held.ty),
        span: held.span,
    };
    Arm::Held(Box::new(Held {
        variant,
        span: held.span,
        fit: fit(contract, scope, &wanted, &lasting),
    }))
}

/// `impl Event`, and what else can be said of it.
fn event_of(scope: &Scope<'_>, topic: &Topic, own: &OwnEvents, arms: &[Arm<'_>]) -> TokenStream {
    let this = &own.this.name;
    let everlasting = own.this.within(&quote!('static));
    let records = topic.records.iter().zip(arms).map(|(id, arm)| match arm {
        Arm::Held(held) => {
            let picked = &held.fit.picked;
            quote!(<#picked as ::kafka_event::Event>::RECORDS[0])
        }
        Arm::Other(_) => unread(scope, *id),
    });
    let decode = || {
        let reads = arms.iter().enumerate().map(|(place, arm)| {
            let place = Literal::usize_unsuffixed(place);
            match arm {
                Arm::Held(held) => {
                    let (name, picked) = (&held.variant.name, &held.fit.picked);
                    let read = if own.this.has_lifetimes() {
                        quote!(<#picked as ::kafka_event::Event>::decode_datum_ref(__datum))
                    } else {
                        quote!(<#picked as ::kafka_event::OwnedEvent>::decode_datum(__datum))
                    };
                    let back = held.fit.back_of(&quote!(__event));
                    quote_spanned!(located(held.span)=> #place => #read.map(|__event| #this::#name(#back)),)
                }
                Arm::Other(name) => quote!(#place => ::core::result::Result::Ok(#this::#name),),
            }
        });
        quote! {
            match __datum.record {
                #(#reads)*
                _ => ::core::result::Result::Err(::kafka_event::__private::no_such_record()),
            }
        }
    };
    let borrows = own.this.has_lifetimes();
    let (reference, read_ref) = if borrows {
        (own.this.within(&quote!('de)), decode())
    } else {
        (quote!(Self), quote!(::kafka_event::OwnedEvent::decode_datum(__datum)))
    };
    let owned = (!borrows).then(|| {
        let read = decode();
        quote! {
            #[automatically_derived]
            impl ::kafka_event::OwnedEvent for #this {
                #[inline]
                fn decode_datum(
                    __datum: ::kafka_event::EncodedDatum<'_>,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    #read
                }
            }
        }
    });
    let encode = own.is_published().then(|| {
        let held = arms.iter().filter_map(|arm| match arm {
            Arm::Held(held) => Some((&held.variant.name, &held.fit)),
            Arm::Other(_) => None,
        });
        let (variants, types): (Vec<_>, Vec<_>) = held.unzip();
        let writes = variants.iter().zip(types).map(|(name, fit)| {
            let (picked, event) = (&fit.picked, fit.picked_of(&quote!(__event)));
            quote!(Self::#name(__event) => <#picked as ::kafka_event::EncodeEvent>::encode_datum(#event, __buffer),)
        });
        let places: Vec<_> = (0..variants.len()).map(Literal::usize_unsuffixed).collect();
        quote! {
            #[automatically_derived]
            impl ::kafka_event::EncodeEvent for #this {
                #[inline]
                fn record(&self) -> &'static ::kafka_event::RecordSpec {
                    match self { #(Self::#variants(_) => &<Self as ::kafka_event::Event>::RECORDS[#places],)* }
                }

                #[inline]
                fn encode_datum(
                    &self,
                    __buffer: &mut ::std::vec::Vec<::core::primitive::u8>,
                ) -> ::core::result::Result<(), ::kafka_event::EncodeError> {
                    match self { #(#writes)* }
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl ::kafka_event::Event for #everlasting {
            type Ref<'de> = #reference;

            const RECORDS: &'static [::kafka_event::RecordSpec] = &[#(#records),*];

            #[inline]
            fn decode_datum_ref(
                __datum: ::kafka_event::EncodedDatum<'_>,
            ) -> ::core::result::Result<Self::Ref<'_>, ::kafka_event::DecodeError> {
                #read_ref
            }
        }
        #owned
        #encode
    }
}

fn topic(
    contract: &Contract,
    scope: &Scope<'_>,
    topic: &Topic,
    of: &OwnTopic,
    own: &OwnEvents,
    arms: &[Option<Arm<'_>>],
    errors: &mut Vec<OwnError>,
) -> TokenStream {
    let parts = Parts {
        this: &own.this,
        event: quote!(Self),
        place: None,
        is_published: own.is_published(),
        is_consumed: !own.this.has_lifetimes(),
        kept: &[],
    };
    let has_ways = matches!(topic.key, Key::Field { .. }) && own.is_published();
    errors.extend(own.variants.iter().filter_map(|variant| variant.key.as_ref()).filter_map(|key| {
        let message = "no field is a key here\nhelp: take `key = …` away";
        if has_ways {
            way(key).err()
        } else {
            Some(OwnError::new(key.span, message))
        }
    }));
    if let (Key::Field { .. }, Some(key)) = (&topic.key, &of.key) {
        let message = "each record has its own way to the key\nhelp: write `#[kafka(key = …)]` on the variants whose way is another than the schema's";
        errors.push(OwnError::new(key.span, message));
        return TokenStream::new();
    }
    let held = arms.iter().flatten().filter_map(|arm| match arm {
        Arm::Held(held) => Some(held.fit.asked()),
        Arm::Other(_) => None,
    });
    let mut asked: TokenStream = held.collect();
    let encode_key = |_: &[crate::model::Ident], _: &TokenStream| {
        let Key::Field { paths, .. } = &topic.key else {
            unreachable!("it is asked for a key that is a field")
        };
        let mut said = Vec::new();
        let encoded = arms.iter().zip(paths).enumerate().filter_map(|(place, (arm, path))| match arm {
            Some(Arm::Held(held)) => Some((place, held, path)),
            Some(Arm::Other(_)) | None => None,
        });
        let encoded = encoded.map(|(place, held, path)| {
            let variant = held.variant;
            let (name, span) = (&variant.name, located(variant.key.as_ref().map_or(held.span, |key| key.span)));
            let event = quote_spanned!(span=> __event);
            let led = match variant.key.as_ref().map(way) {
                Some(Ok(way)) => Led::as_written(event, &way, span),
                // What is wrong with a way that is none is told already.
                Some(Err(_)) | None => Led::by_schema(event, path),
            };
            let of = KeySaid {
                contract,
                scope,
                topic,
                place,
            };
            let written = WrittenKey::asked(&of, &led, span);
            said.extend(written.asked);
            let (asked, key) = held.fit.with_key(&plain(name), &written.code);
            let event = held.fit.picked_of(&quote!(__event));
            (asked, quote_spanned!(span=> Self::#name(__event) => #key(#event, __out),))
        });
        let (with_keys, arms): (Vec<_>, Vec<_>) = encoded.unzip();
        asked = quote!(#(#with_keys)*);
        Ok(WrittenKey {
            code: quote!(match __event { #(#arms)* }),
            asked: said,
            condition: None,
        })
    };
    let implementations = implementations(contract, scope, topic, of, &parts, encode_key).unwrap_or_else(|error| {
        errors.push(error);
        TokenStream::new()
    });
    quote!(#asked #implementations)
}

/// What becomes of each of the topic's records, in their order; nothing of one that no variant fits.
fn arms<'a>(contract: &Contract, scope: &Scope<'_>, topic: &Topic, own: &'a OwnEvents, errors: &mut Vec<OwnError>) -> Vec<Option<Arm<'a>>> {
    let generated = event::variants(scope, topic);
    let names: Vec<_> = topic.records.iter().map(|id| scope.model.name(*id)).collect();
    // Of several of one name, each has its full name alone, and the one that is generated.
    let is_alone = |place: usize| names.iter().filter(|name| name.ident.avro == names[place].ident.avro).count() == 1;
    let is = |place: usize, variant: &OwnVariant| match &variant.rename {
        Some(word) => word.text == names[place].full() || word.text == names[place].ident.avro && is_alone(place),
        None => plain(&variant.name) == plain(&generated[place]) || plain(&variant.name) == names[place].ident.avro && is_alone(place),
    };
    let mut meant = Vec::new();
    let other = own.variants.iter().find(|variant| variant.other.is_some());
    for variant in &own.variants {
        let place = (0..names.len()).find(|place| is(*place, variant));
        match (variant.other, place, &variant.ty) {
            (Some(span), _, _) if !own.consume => {
                let message = "only an event that is consumed leaves records out\nhelp: give each record a variant, or add `consume` to the enum's `#[kafka(…)]`";
                errors.push(OwnError::new(span, message));
            }
            (Some(_), _, Some(held)) => {
                let message = "what stands for all other records holds nothing\nhelp: take what the variant holds away";
                errors.push(OwnError::new(held.span, message));
            }
            (Some(span), ..) if other.is_some_and(|other| other.name != variant.name) => {
                errors.push(OwnError::new(
                    span,
                    "two variants stand for all other records\nhelp: take one of the two away",
                ));
            }
            (Some(_), ..) => errors.extend(variant.rename.as_ref().map(|word| {
                let message = "what stands for all other records has the name of none\nhelp: take `rename = …` away";
                OwnError::new(word.span, message)
            })),
            (None, None, _) => {
                let word = variant.rename.clone().unwrap_or(OwnWord {
                    text: plain(&variant.name),
                    span: variant.name.span(),
                });
                let message = format!("the topic `{}` carries no record `{}`", topic.name.avro, word.text);
                if let Some(near) = nearest(&word.text, names.iter().map(|name| name.ident.avro.as_str())) {
                    meant.extend(names.iter().position(|name| name.ident.avro == near));
                }
                errors.push(unknown(
                    &word,
                    &message,
                    "records",
                    names.iter().map(|name| name.ident.avro.as_str()),
                ));
            }
            (None, Some(place), None) => {
                let message = format!(
                    "this variant holds no record\nhelp: write the type of `{}`: `{}({})`",
                    names[place].full(),
                    variant.name,
                    record_type(scope, topic, place)
                );
                errors.push(OwnError::new(variant.name.span(), message));
            }
            (None, Some(_), Some(_)) => {}
        }
    }
    let mut arms = Vec::new();
    let (mut missing, mut places) = (String::new(), String::new());
    for (place, name) in names.iter().enumerate() {
        let mut held = own.variants.iter().filter(|variant| variant.other.is_none() && is(place, variant));
        match held.next() {
            Some(variant) => {
                let ty = variant.ty.as_ref();
                arms.push(ty.map(|ty| self::held(contract, scope, topic.records[place], own, variant, ty)));
            }
            None => match other {
                Some(other) => arms.push(Some(Arm::Other(&other.name))),
                // What is misspelt is there, and told already.
                None if meant.contains(&place) => arms.push(None),
                None => {
                    arms.push(None);
                    missing += &format!("\n    {}({}),", generated[place], record_type(scope, topic, place));
                    if let Some(record) = scope.model.record(topic.records[place]) {
                        places += &format!("\n  --> {}", shown(contract, &record.origin));
                    }
                }
            },
        }
        errors.extend(held.map(|twice| {
            let message = format!(
                "another variant holds `{}` already\nhelp: take one of the two away, or rename it",
                name.full()
            );
            OwnError::new(twice.name.span(), message)
        }));
    }
    if !missing.is_empty() {
        let or = if own.consume {
            "let one variant without a value stand for all others: `#[kafka(other)]`"
        } else {
            "read some of them alone: `consume` in `#[kafka(…)]`, and a variant with `#[kafka(other)]`"
        };
        let message = format!(
            "the topic `{}` carries records that no variant holds{places}\nhelp: add{missing}\nhelp: or {or}",
            topic.name.avro
        );
        errors.push(OwnError::new(whole(&own.this), message));
    }
    arms
}
