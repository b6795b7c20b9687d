//! A type as the emitters take it.

use kafka_event_codegen::emit::own::{
    OwnEnum, OwnEvents, OwnField, OwnKey, OwnMarker, OwnParameter, OwnRecord, OwnTopic, OwnType, OwnVariant, OwnVariantType, OwnWord,
    ParameterKind, RecordOf, own_doc,
};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::spanned::Spanned as _;

use crate::attribute::{OfField, OfType, OfVariant};
use crate::word::add;

/// A type of one of the kinds that derive.
pub(crate) enum Own {
    Record(RecordOf, OwnRecord),
    Enum(OwnWord, OwnEnum),
    Events(OwnTopic, OwnEvents),
    Marker(OwnTopic, OwnMarker),
    Newtype(OwnType, TokenStream),
}

impl Own {
    /// Where an error of the whole contract belongs: what the type names of it.
    pub(crate) fn place(&self) -> Span {
        match self {
            Self::Record(RecordOf::Topic(topic), _) | Self::Events(topic, _) | Self::Marker(topic, _) => topic.name.span,
            Self::Record(RecordOf::Record(word), _) | Self::Enum(word, _) => word.span,
            Self::Newtype(this, _) => this.name.span(),
        }
    }
}

/// A type with where its contract and its runtime are, as far as it says so itself.
pub(crate) struct Input {
    pub(crate) own: Own,
    pub(crate) manifest: Option<OwnWord>,
    pub(crate) runtime: Option<TokenStream>,
}

pub(crate) fn read(input: &syn::DeriveInput) -> syn::Result<Input> {
    let of = OfType::read(&input.attrs)?;
    let (manifest, runtime) = (of.manifest.0.clone(), of.runtime.0.clone());
    let own = match &input.data {
        syn::Data::Struct(data) => of_struct(input, of, &data.fields)?,
        syn::Data::Enum(data) => of_enum(input, of, data)?,
        syn::Data::Union(data) => {
            let message = "a `union` says not which of its fields is there\nhelp: write a struct or an enum";
            return Err(syn::Error::new(data.union_token.span(), message));
        }
    };
    Ok(Input { own, manifest, runtime })
}

fn of_struct(input: &syn::DeriveInput, of: OfType, fields: &syn::Fields) -> syn::Result<Own> {
    if let Some(word) = &of.enumeration.0 {
        return Err(syn::Error::new(
            word.span,
            "a struct is no enum\nhelp: write `record = \"…\"`, or an enum",
        ));
    }
    let named = match fields {
        syn::Fields::Named(named) => named.named.iter().collect(),
        syn::Fields::Unit => Vec::new(),
        syn::Fields::Unnamed(unnamed) => return newtype(input, &of, unnamed),
    };
    let this = own_type(input);
    if let Some(event) = of.event.0 {
        let Some(name) = of.topic.0 else {
            let message = "an event without a topic\nhelp: add `topic = \"…\"`";
            return Err(syn::Error::new(event.span, message));
        };
        if !matches!(fields, syn::Fields::Unit) {
            let message = "a struct with fields is an event itself\nhelp: take `event = …` away, or all fields: `struct Name;`";
            return Err(syn::Error::new(event.span, message));
        }
        refuse_word(of.rename_all.0.as_ref(), "there are no fields to rename")?;
        let topic = OwnTopic { name, key: of.key.0 };
        let event = OwnVariantType {
            ty: event.tokens,
            span: event.span,
        };
        let consume = of.consume.0.is_some();
        return Ok(Own::Marker(topic, OwnMarker { this, consume, event }));
    }
    let record_of = match (of.topic.0, of.record.0) {
        (Some(_), Some(record)) => {
            let message = "the topic says which record it carries\nhelp: take `record = \"…\"` away";
            return Err(syn::Error::new(record.span, message));
        }
        (Some(name), None) => RecordOf::Topic(OwnTopic { name, key: of.key.0 }),
        (None, Some(record)) => {
            if let Some(OwnKey { span, .. }) = of.key.0 {
                return Err(syn::Error::new(
                    span,
                    "a record without a topic has no key\nhelp: take `key = …` away",
                ));
            }
            RecordOf::Record(record)
        }
        (None, None) => {
            return Err(syn::Error::new(
                input.ident.span(),
                "the struct does not say what it is\nhelp: add `#[kafka(topic = \"…\")]` for a topic's event, or `#[kafka(record = \"…\")]` for a record within one",
            ));
        }
    };
    let mut errors = None;
    let mut own_fields = Vec::new();
    for field in named {
        match own_field(field) {
            Ok(field) => own_fields.push(field),
            Err(error) => add(&mut errors, error),
        }
    }
    match errors {
        Some(errors) => Err(errors),
        None => Ok(Own::Record(
            record_of,
            OwnRecord {
                this,
                consume: of.consume.0.is_some(),
                rename_all: of.rename_all.0,
                fields: own_fields,
            },
        )),
    }
}

fn own_field(field: &syn::Field) -> syn::Result<OwnField> {
    let OfField { rename, with, skip } = OfField::read(&field.attrs)?;
    let name = field.ident.clone().expect("a field of a struct with named fields");
    Ok(OwnField {
        name,
        ty: field.ty.to_token_stream(),
        span: field.ty.span(),
        rename: rename.0,
        with: with.0,
        skip: skip.0.is_some(),
        doc: doc(&field.attrs),
    })
}

fn newtype(input: &syn::DeriveInput, of: &OfType, unnamed: &syn::FieldsUnnamed) -> syn::Result<Own> {
    let named = of.topic.0.as_ref().or(of.record.0.as_ref());
    if let Some(word) = named {
        let message = "Avro knows fields by their names, and this struct's have none\nhelp: name them: `struct Name { field: Type }`";
        return Err(syn::Error::new(word.span, message));
    }
    for word in [&of.rename_all, &of.manifest] {
        refuse_word(word.0.as_ref(), "a struct of one unnamed field is carried as that is")?;
    }
    if let Some(span) = of.consume.0.or(of.key.0.as_ref().or(of.event.0.as_ref()).map(|key| key.span)) {
        let message = "a struct of one unnamed field is carried as that is\nhelp: take this away";
        return Err(syn::Error::new(span, message));
    }
    let mut fields = unnamed.unnamed.iter();
    match (fields.next(), fields.next()) {
        (Some(field), None) => {
            if let Some(attribute) = field.attrs.iter().find(|attribute| attribute.path().is_ident("kafka")) {
                let message = "the only field of a newtype takes no `#[kafka(…)]`\nhelp: take it away";
                return Err(syn::Error::new(attribute.span(), message));
            }
            Ok(Own::Newtype(own_type(input), field.ty.to_token_stream()))
        }
        _ => Err(syn::Error::new(
            unnamed.span(),
            "a struct with unnamed fields has one, and is carried as that is\nhelp: name the fields for a record, and say which: `#[kafka(record = \"…\")]`",
        )),
    }
}

fn refuse_word(word: Option<&OwnWord>, why: &str) -> syn::Result<()> {
    match word {
        Some(word) => Err(syn::Error::new(word.span, format!("{why}\nhelp: take this away"))),
        None => Ok(()),
    }
}

fn of_enum(input: &syn::DeriveInput, of: OfType, data: &syn::DataEnum) -> syn::Result<Own> {
    let mut errors = None;
    let mut variants = Vec::new();
    for variant in &data.variants {
        match own_variant(variant) {
            Ok(variant) => variants.push(variant),
            Err(error) => add(&mut errors, error),
        }
    }
    if let Some(word) = &of.record.0 {
        let message =
            "an enum is no record\nhelp: write `enum = \"…\"` for an Avro enum, `topic = \"…\"` for the records of a topic, or a struct";
        add(&mut errors, syn::Error::new(word.span, message));
    }
    if let Some(OwnKey { span, .. }) = &of.event.0 {
        let message = "an enum's variants are its events\nhelp: take `event = …` away";
        add(&mut errors, syn::Error::new(*span, message));
    }
    if let Some(errors) = errors {
        return Err(errors);
    }
    let (this, consume) = (own_type(input), of.consume.0.is_some());
    match (of.topic.0, of.enumeration.0) {
        (Some(_), Some(word)) => {
            let message = "an enum of a topic's records is no Avro enum\nhelp: leave `topic = \"…\"` or `enum = \"…\"`";
            Err(syn::Error::new(word.span, message))
        }
        (Some(name), None) => {
            refuse_word(of.rename_all.0.as_ref(), "records are found by their own names")?;
            let topic = OwnTopic { name, key: of.key.0 };
            Ok(Own::Events(topic, OwnEvents { this, consume, variants }))
        }
        (None, Some(name)) => {
            let key = of.key.0.or(variants.iter().find_map(|variant| variant.key.clone()));
            if let Some(OwnKey { span, .. }) = key {
                return Err(syn::Error::new(span, "a symbol has no key\nhelp: take `key = …` away"));
            }
            let own = OwnEnum {
                this,
                consume,
                rename_all: of.rename_all.0,
                variants,
            };
            Ok(Own::Enum(name, own))
        }
        (None, None) => Err(syn::Error::new(
            input.ident.span(),
            "the enum does not say what it is\nhelp: add `#[kafka(enum = \"…\")]` for an Avro enum, or `#[kafka(topic = \"…\")]` for the records of a topic",
        )),
    }
}

fn own_variant(variant: &syn::Variant) -> syn::Result<OwnVariant> {
    let OfVariant { rename, other, key } = OfVariant::read(&variant.attrs)?;
    let ty = match &variant.fields {
        syn::Fields::Unit => None,
        syn::Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => Some(OwnVariantType {
            ty: unnamed.unnamed[0].ty.to_token_stream(),
            span: unnamed.unnamed[0].ty.span(),
        }),
        other => {
            let message = "a variant holds one record, or nothing\nhelp: write `Variant(Record)` or `Variant`";
            return Err(syn::Error::new(other.span(), message));
        }
    };
    Ok(OwnVariant {
        name: variant.ident.clone(),
        rename: rename.0,
        ty,
        other: other.0,
        key: key.0,
    })
}

fn own_type(input: &syn::DeriveInput) -> OwnType {
    let parameters = input.generics.params.iter().map(|parameter| match parameter {
        syn::GenericParam::Lifetime(lifetime) => {
            let (name, bounds) = (&lifetime.lifetime, &lifetime.bounds);
            OwnParameter {
                kind: ParameterKind::Lifetime,
                name: name.ident.clone(),
                declared: if bounds.is_empty() { quote!(#name) } else { quote!(#name: #bounds) },
            }
        }
        syn::GenericParam::Type(ty) => {
            let (name, bounds) = (&ty.ident, &ty.bounds);
            OwnParameter {
                kind: ParameterKind::Type,
                name: name.clone(),
                declared: if bounds.is_empty() { quote!(#name) } else { quote!(#name: #bounds) },
            }
        }
        syn::GenericParam::Const(constant) => {
            let (name, ty) = (&constant.ident, &constant.ty);
            OwnParameter {
                kind: ParameterKind::Const,
                name: name.clone(),
                declared: quote!(const #name: #ty),
            }
        }
    });
    let conditions = input.generics.where_clause.iter().flat_map(|conditions| &conditions.predicates);
    OwnType {
        name: input.ident.clone(),
        parameters: parameters.collect(),
        conditions: conditions.map(quote::ToTokens::to_token_stream).collect(),
        doc: doc(&input.attrs),
    }
}

fn doc(attributes: &[syn::Attribute]) -> Option<String> {
    own_doc(attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value: syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(line), ..
            }),
            ..
        }) if path.is_ident("doc") => Some(line.value()),
        _ => None,
    }))
}
