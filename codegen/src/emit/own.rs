//! An application's own struct as the event of a topic: what the derive writes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Switches;
use super::codec::{CarriedField, Carrier, hexadecimal};
use super::scope::{Scope, ident};
use super::topic::{self, TopicOf};
use crate::diagnostic::nearest;
use crate::load::Contract;
use crate::model::{Field, Key, Model, Named, Record, Topic, Type, TypeId};
use crate::options::Choices;

/// A struct with named fields.
#[derive(Debug)]
pub struct OwnStruct {
    /// Its name.
    pub name: Ident,
    /// Its fields.
    pub fields: Vec<OwnField>,
}

/// A field of an own struct.
#[derive(Debug)]
pub struct OwnField {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: TokenStream,
    /// Where its type stands.
    pub span: Span,
}

/// What is wrong with a struct, and where.
#[derive(Debug)]
pub struct OwnError {
    /// The place.
    pub span: Span,
    /// The whole message, with its cure.
    pub message: String,
}

/// The struct's implementations as the event of a topic; or all that is wrong with it.
///
/// # Errors
/// The topic is not in the manifest, or the fields are not the record's.
pub fn own_event(contract: &Contract, topic: &str, topic_span: Span, own: &OwnStruct) -> Result<TokenStream, Vec<OwnError>> {
    let model = &contract.model;
    let Some(found) = model.topics.iter().find(|known| known.name.avro == topic) else {
        let names: Vec<&str> = model.topics.iter().map(|topic| topic.name.avro.as_str()).collect();
        let help = match nearest(topic, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its topics are: {}", names.join(", ")),
        };
        return Err(vec![OwnError {
            span: topic_span,
            message: format!("the manifest has no topic `{topic}`\nhelp: {help}"),
        }]);
    };
    if let Some(message) = unsupported(model, found) {
        return Err(vec![OwnError { span: topic_span, message }]);
    }
    let id = found.records[0];
    let Named::Record(record) = model.named(id) else {
        unreachable!("the checks give a topic records")
    };
    let scope = Scope::new(model, Switches::default(), Choices::default());
    let fields = matched(contract, &scope, record, own)?;

    let carrier = Carrier {
        name: &own.name,
        lifetime: None,
        fields: fields
            .iter()
            .map(|(field, own)| CarriedField {
                member: own.name.clone(),
                avro: field.name.avro.clone(),
                wire: scope.wire(&field.ty),
                span: own.span,
            })
            .collect(),
        evolves: true,
    };
    let (encode, decode) = (carrier.encode(), carrier.decode());
    let named = fields.iter().filter_map(|(field, own)| same_type(&scope, field, own));
    let identity = scope.schemas.identity(id).record(&own.name, &quote!(Self));
    let key = match &found.key {
        Key::None | Key::Record(_) => None,
        Key::Field { paths, .. } => fields
            .iter()
            .find(|(field, _)| field.name.avro == paths[0][0].avro)
            .map(|(_, own)| *own),
    };
    let own_key = key.map(|field| (field.name.clone(), field.span));
    let implementation = topic::implementation(
        &scope,
        found,
        &TopicOf::Own {
            event: &own.name,
            key: own_key,
        },
    );
    Ok(quote!(#identity #encode #decode #implementation #(#named)*))
}

/// Why no struct of one's own can be the topic's event.
fn unsupported(model: &Model, topic: &Topic) -> Option<String> {
    let full = |id: &TypeId| format!("`{}`", model.named(*id).name().full());
    let (what, instead) = match &topic.key {
        _ if topic.records.len() > 1 => {
            let records: Vec<_> = topic.records.iter().map(full).collect();
            let what = format!("carries several records ({}), and a struct is one", records.join(", "));
            (what, "use the generated enum, or give the record a topic of its own")
        }
        // Its type would be another of one's own, and two that must fit each other.
        Key::Record(id) => (
            format!("is keyed by the record {}, which is no field of the struct", full(id)),
            "use the generated types for this topic",
        ),
        // A nested key leads through types that only the application knows.
        Key::Field { paths, .. } if paths[0].len() > 1 => (
            "is keyed by a nested field".to_owned(),
            "key it by a field of the record itself, or use the generated types",
        ),
        Key::None | Key::Field { .. } => return None,
    };
    let topic = &topic.name.avro;
    Some(format!(
        "the topic `{topic}` {what}: the derive does not support this in this version\nhelp: {instead}"
    ))
}

/// Asserts that a field with a named type or a union has the schema's and no other, which the trait layer cannot tell by itself.
fn same_type(scope: &Scope<'_>, field: &Field, own: &OwnField) -> Option<TokenStream> {
    let (what, layout) = named_layout(scope, &field.ty)?;
    let (ty, wire, layout) = (&own.ty, scope.wire(&field.ty), hexadecimal(layout));
    let message = format!(
        "the schema has {what} in the field `{}`, and its type here is another",
        field.name.avro
    );
    Some(quote_spanned! {own.span=>
        const _: () = {
            let layout = <#ty as ::kafka_event::codec::Encode<#wire>>::LAYOUT;
            ::core::assert!(layout == #layout || layout == 0, #message);
        };
    })
}

/// The named type or union that a type is, or holds, and its layout.
fn named_layout(scope: &Scope<'_>, ty: &Type) -> Option<(String, u64)> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => named_layout(scope, inner),
        Type::Named(id) | Type::Boxed(id) => Some((format!("`{}`", scope.model.name(*id).full()), scope.schemas.layout(*id))),
        Type::Union(union) => Some(("a union".to_owned(), scope.schemas.union_layout(union))),
        _ => None,
    }
}

/// The record's fields, each with the struct's.
fn matched<'a>(
    contract: &'a Contract,
    scope: &Scope<'_>,
    record: &'a Record,
    own: &'a OwnStruct,
) -> Result<Vec<(&'a Field, &'a OwnField)>, Vec<OwnError>> {
    let spelled = |field: &OwnField| field.name.to_string().trim_start_matches("r#").to_owned();
    let is = |field: &Field, own: &OwnField| {
        let name = spelled(own);
        field.name.avro == name || field.name.rust.trim_start_matches("r#") == name
    };
    let mut errors = Vec::new();
    for field in &own.fields {
        if record.fields.iter().any(|known| is(known, field)) {
            continue;
        }
        let known = record.fields.iter().map(|field| field.name.rust.trim_start_matches("r#"));
        let help = match nearest(&spelled(field), known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its fields are: {}", known.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("the record `{}` has no field `{}`\nhelp: {help}", record.name.full(), field.name);
        errors.push(OwnError {
            span: field.name.span(),
            message,
        });
    }
    let mut fields = Vec::new();
    for field in &record.fields {
        match own.fields.iter().find(|own| is(field, own)) {
            Some(own) => fields.push((field, own)),
            None => {
                let file = field.origin.file;
                let sources = &contract.warnings.sources;
                let (line, _) = sources.position(file, sources.range(&field.origin).start);
                // The plain name: which path leads to a generated type, only the application knows.
                let ty = scope.suggested(&field.ty);
                let rust = ident(&field.name.rust);
                let message = format!(
                    "the field `{}` of `{}` is missing ({}:{line})\nhelp: add `{rust}: {ty},`",
                    field.name.avro,
                    record.name.full(),
                    sources.file(file).path,
                );
                errors.push(OwnError {
                    span: own.name.span(),
                    message,
                });
            }
        }
    }
    if errors.is_empty() { Ok(fields) } else { Err(errors) }
}
