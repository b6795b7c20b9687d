//! A record: its struct, codec, schema, defaults, twin and builder.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::codec::{CarriedField, Carrier, Identity};
use super::scope::{Scope, Site, ident};
use super::{borrowed, builder, doc, literal, union};
use crate::fingerprint;
use crate::model::{Field, Model, Record, TypeId};

pub(super) fn emit(scope: &Scope<'_>, id: TypeId, record: &Record) -> TokenStream {
    let module = &record.name.namespace;
    let site = Site {
        owner: Some(id),
        module,
        depth: module.len(),
    };
    let name = ident(&record.name.ident.rust);
    let twin = scope.switches.borrowed && scope.named_borrows(id);

    let docs = doc::attributes(record.doc.as_deref(), &format!("The record `{}`.", record.name.full()));
    let allow = allow_spelling(record);
    let fields = record.fields.iter().map(|field| {
        let docs = doc::attributes(field.doc.as_deref(), &format!("The field `{}`.", field.name.avro));
        let (name, ty) = (ident(&field.name.rust), scope.owned(site, &field.ty));
        quote! { #docs pub #name: #ty }
    });

    let carrier = Carrier {
        name: &name,
        lifetime: None,
        fields: carried(scope, &record.fields),
    };
    let encode = carrier.encode();
    let decode = if twin {
        borrowed::owned_decode(scope, id, record)
    } else {
        carrier.decode()
    };
    let reference = if twin {
        let twin = scope.beside(&record.name, "Ref");
        quote!(#twin<'de>)
    } else {
        quote!(Self)
    };
    let identity = identity(scope.model, id).record(&name, &reference);
    let default = literal::default_impl(scope, site, record, &name);
    let twin = twin.then(|| borrowed::emit(scope, site, record));
    let builder = scope.switches.builders.then(|| builder::emit(scope, site, record));
    let unions = union::emit(scope, site, record);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #allow
        pub struct #name { #(#fields),* }
        #identity
        #encode
        #decode
        #default
        #twin
        #builder
        #unions
    }
}

/// What a record's schema is, to be embedded in code.
pub(crate) fn identity(model: &Model, id: TypeId) -> Identity {
    Identity {
        full_name: model.named(id).name().full(),
        schema: fingerprint::schema_json(model, id),
        fingerprint: fingerprint::fingerprint(model, id),
        layout: fingerprint::layout_hash(model, id),
    }
}

pub(super) fn carried(scope: &Scope<'_>, fields: &[Field]) -> Vec<CarriedField> {
    fields
        .iter()
        .map(|field| CarriedField {
            member: ident(&field.name.rust),
            avro: field.name.avro.clone(),
            wire: scope.wire(&field.ty),
            span: Span::call_site(),
        })
        .collect()
}

/// A name that had to keep its exact Avro spelling is not in Rust's case.
pub(super) fn allow_spelling(record: &Record) -> TokenStream {
    let cased = |rust: &str| !rust.contains(char::is_uppercase);
    let fields = (!record.fields.iter().all(|field| cased(&field.name.rust))).then(|| quote!(#[allow(non_snake_case)]));
    let name = allow_type_spelling(&record.name.ident.rust);
    quote!(#name #fields)
}

pub(super) fn allow_type_spelling(rust: &str) -> TokenStream {
    let camel = rust.starts_with(char::is_uppercase) && !rust.contains('_');
    if camel {
        TokenStream::new()
    } else {
        quote!(#[allow(non_camel_case_types)])
    }
}
