//! A type that stands for a topic whose event is another type: what lets several topics carry one event.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::field::located;
use super::find;
use super::input::{OwnError, OwnKey, OwnMarker, OwnTopic};
use super::key::{WrittenKey, as_written, by_schema, way};
use super::record::apart;
use super::start::StartType;
use super::topic::{Parts, implementations, is_record, only_record, without_parameters};
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
    match (without_parameters(&own.this, "a topic's marker"), marker(contract, of, own)) {
        (Ok(()), Ok(implementations)) => Ok(implementations),
        (parameters, implementations) => Err(parameters.err().into_iter().chain(implementations.err()).collect()),
    }
}

fn marker(contract: &Contract, of: &OwnTopic, own: &OwnMarker) -> Result<TokenStream, OwnError> {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    let found = find::topic(contract, &of.name, StartType::Marker(of, own))?;
    let id = only_record(&scope, found, of)?;
    let ty = OwnKey {
        tokens: own.event.ty.clone(),
        span: own.event.span,
    };
    let assertion = is_record(
        &scope,
        id,
        &ty,
        &quote!(::kafka_event::Record),
        &format!("the event of the topic `{}`", found.name.avro),
    );
    let parts = Parts {
        this: &own.this,
        event: own.event.ty.clone(),
        place: Some(own.event.span),
        is_published: !own.consume,
        is_consumed: true,
    };
    let encode_key = |path: &[Ident], _: &TokenStream| {
        let span = located(of.key.as_ref().map_or(own.event.span, |key| key.span));
        let event = quote_spanned!(span=> event);
        let value = match &of.key {
            Some(key) => as_written(event, &way(key)?, span),
            None => by_schema(event, path, span),
        };
        Ok(WrittenKey::asked(&value, span))
    };
    let topic = implementations(contract, &scope, found, of, &parts, encode_key)?;
    Ok(apart(&quote!(#assertion #topic)))
}
