//! A record: its struct, codec, schema, defaults, twin and builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::codec::{self, Implementor};
use super::names::Beside;
use super::scope::{Scope, Site, ident};
use super::{borrowed, builder, deprecated, doc, literal, serde, shared_schema, site_allow, union};
use crate::model::{Record, TypeId};
use crate::options::TypeChoice;

pub(super) fn emit(scope: &Scope<'_>, id: TypeId, record: &Record) -> TokenStream {
    let site = Site::of(id, &record.name);
    let name = ident(&record.name.ident.rust);
    let twin = scope.switches.borrowed && scope.named_borrows(id);

    let docs = doc::attributes(record.doc.as_deref(), &format!("The record `{}`.", record.name.full()));
    let allow = site_allow(site);
    let fields = record.fields.iter().map(|field| {
        let docs = doc::attributes(field.doc.as_deref(), &format!("The field `{}`.", field.name.avro));
        let (name, ty) = (ident(&field.name.rust), scope.held(site, field));
        let attributes = scope.field_attributes(site, field);
        let deprecated = deprecated::attribute(&field.properties);
        quote! { #docs #deprecated #attributes pub #name: #ty }
    });
    let deprecated = deprecated::attribute(&record.properties);

    let plain = Implementor::new(TokenStream::new(), quote!(#name));
    let encode = codec::encode(&plain, &codec::writes(scope, &record.fields));
    // Not through the twin, whose collections would be there beside those that are made of them.
    let implementor = Implementor::new(quote!(<'de>), quote!(#name));
    let layout = quote!(<Self as ::kafka_event::Record>::LAYOUT);
    let read = codec::reads(scope, &record.fields);
    let decode = codec::decode(&implementor, &quote!('de), &layout, &read, scope.switches.evolution);
    let reference = if twin {
        let twin = scope.beside(id, Beside::Twin);
        quote!(#twin<'de>)
    } else {
        quote!(Self)
    };
    let identity = match shared_schema::record(scope, site, id, &name, &reference) {
        Some(shared) => shared,
        None => scope.schemas.identity(id).record(&plain, &reference, None),
    };
    let serde = scope.switches.serde.then(|| {
        let twin = twin.then(|| scope.beside(id, Beside::Twin));
        serde::of_record(&name, twin.as_ref(), scope.schemas.shared(&scope.choices).has(id))
    });
    let default = literal::default_impl(scope, site, record, &name);
    let never: &[&str] = if default.is_none() { &[] } else { &["Default"] };
    let head = TypeChoice::head(scope.choices.of_type(id), &["Debug", "Clone", "PartialEq"], never);
    let twin = twin.then(|| borrowed::emit(scope, site, record));
    let builder = scope.switches.builders.then(|| builder::emit(scope, site, record));
    let unions = union::emit(scope, site);
    quote! {
        #docs
        #deprecated
        #head
        #allow
        pub struct #name { #(#fields),* }
        #identity
        #encode
        #decode
        #default
        #serde
        #twin
        #builder
        #unions
    }
}
