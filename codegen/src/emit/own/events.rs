//! An enum of the several records of a topic.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::field::located;
use super::find;
use super::input::{OwnError, OwnEvents, OwnTopic};
use super::key::{KeySaid, Led, WrittenKey, way};
use super::lasting::{everlasting, is_everlasting_record};
use super::matching::plain;
use super::record::apart;
use super::start::StartType;
use super::threads;
use super::topic::{Parts, implementations, unread, whole};
use super::variants::{Arm, arms};
use crate::emit::Switches;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::{Key, Topic};
use crate::options::Choices;

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

/// `impl Event`, and what else can be said of it.
fn event_of(scope: &Scope<'_>, topic: &Topic, own: &OwnEvents, arms: &[Arm<'_>]) -> TokenStream {
    let this = &own.this.name;
    let everlasting = own.this.within(&quote!('static));
    let shared = threads::where_used(&everlasting);
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
                    let read = if held.borrows {
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
            impl ::kafka_event::OwnedEvent for #this where #shared {
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
            impl ::kafka_event::EncodeEvent for #this where #shared {
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
        impl ::kafka_event::Event for #everlasting where #shared {
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
            let (asked, key) = held.fit.with_key_of_it(&plain(name), &written.code);
            (asked, quote_spanned!(span=> Self::#name(__event) => #key(__event, __out),))
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
