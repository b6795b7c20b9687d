//! A type that stands for a topic whose event is another type: what lets several topics carry one event.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::field::located;
use super::find;
use super::input::{OwnError, OwnKey, OwnMarker, OwnTopic};
use super::record::apart;
use super::start::StartType;
use super::topic::{Parts, implementations, is_record, only_record, way, without_parameters};
use crate::emit::Switches;
use crate::emit::scope::{Scope, ident};
use crate::load::Contract;
use crate::model::Ident;
use crate::options::Choices;

/// The type's implementations; or what is wrong with it.
///
/// # Errors
/// The manifest has no such topic, or it is none that one event serves.
pub fn own_marker(contract: &Contract, of: &OwnTopic, own: &OwnMarker) -> Result<TokenStream, Vec<OwnError>> {
    marker(contract, of, own).map_err(|error| vec![error])
}

fn marker(contract: &Contract, of: &OwnTopic, own: &OwnMarker) -> Result<TokenStream, OwnError> {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    without_parameters(&own.this, "a topic's marker")?;
    let found = find::topic(contract, &of.name, StartType::Marker(of, own))?;
    let id = only_record(&scope, found, of)?;
    let event = &own.event.ty;
    let assertion = is_record(
        &scope,
        id,
        &OwnKey {
            tokens: event.clone(),
            span: own.event.span,
        },
        "the event of the topic",
    );
    let parts = Parts {
        this: &own.this,
        event: event.clone(),
        is_published: !own.consume,
        is_consumed: true,
    };
    let encode_key = |path: &[Ident], wire: &TokenStream| {
        let members = match &of.key {
            Some(key) => way(key)?,
            None => {
                let members = path.iter().map(|part| ident(&part.rust));
                quote!(#(#members).*)
            }
        };
        let span = located(of.key.as_ref().map_or(own.event.span, |key| key.span));
        Ok(quote_spanned!(span=> ::kafka_event::codec::EncodeKey::<#wire>::encode_key(&event.#members, out)))
    };
    let topic = implementations(&scope, found, of, &parts, encode_key)?;
    Ok(apart(&quote!(#assertion #topic)))
}
