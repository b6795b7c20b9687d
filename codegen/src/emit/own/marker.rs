//! A type that stands for a topic whose event is another type: what lets several topics carry one event.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::field::located;
use super::find;
use super::fit::{Wanted, fit};
use super::input::{OwnError, OwnMarker, OwnTopic};
use super::key::{KeySaid, Led, WrittenKey, way};
use super::lasting::named;
use super::record::apart;
use super::start::StartType;
use super::topic::{Parts, implementations, only_record, without_parameters};
use crate::emit::Switches;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::Ident;
use crate::options::Choices;

/// The type's implementations; or all that is wrong with it.
///
/// # Errors
/// The manifest has no such topic, or it is none that one event serves.
pub fn own_marker(contract: &Contract, of: &OwnTopic, own: &OwnMarker) -> Result<TokenStream, Vec<OwnError>> {
    let parameters = without_parameters(&own.this, "a topic's marker").err();
    let errors = parameters.into_iter().chain(named("a marker's event", &own.event.ty));
    match marker(contract, of, own) {
        Ok(implementations) => {
            let errors: Vec<_> = errors.collect();
            if errors.is_empty() { Ok(implementations) } else { Err(errors) }
        }
        Err(error) => Err(errors.chain([error]).collect()),
    }
}

fn marker(contract: &Contract, of: &OwnTopic, own: &OwnMarker) -> Result<TokenStream, OwnError> {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    let found = find::topic(contract, &of.name, StartType::Marker(of, own))?;
    let id = only_record(&scope, found, of)?;
    let wanted = Wanted {
        name: "event".to_owned(),
        message: format!("is no event of the topic `{}`", found.name.avro),
        label: format!("the topic carries the record `{}`", scope.model.name(id).full()),
        record: id,
        is_written: !own.consume,
        is_owned: true,
        may_be_boxed: false,
    };
    let fit = fit(contract, &scope, &wanted, &own.event);
    let parts = Parts {
        this: &own.this,
        event: fit.picked.clone(),
        place: Some(own.event.span),
        is_published: !own.consume,
        is_consumed: true,
        kept: &[],
    };
    let mut asked = fit.asked();
    let encode_key = |path: &[Ident], _: &TokenStream| {
        let span = located(of.key.as_ref().map_or(own.event.span, |key| key.span));
        let event = quote_spanned!(span=> __event);
        let led = match &of.key {
            Some(key) => Led::as_written(event, &way(key)?, span),
            None => Led::by_schema(event, path),
        };
        let said = KeySaid {
            contract,
            scope: &scope,
            topic: found,
            place: 0,
        };
        let key = WrittenKey::asked(&said, &led, span);
        let (with_key, name) = fit.with_key_of_picked("event", &key.code);
        asked = with_key;
        Ok(WrittenKey {
            code: quote!(#name(__event, __out)),
            asked: key.asked,
            condition: None,
        })
    };
    let topic = implementations(contract, &scope, found, of, &parts, encode_key)?;
    Ok(apart(&own.this, &quote!(#asked #topic)))
}
