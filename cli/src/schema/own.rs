//! A type as the library takes it.

use kafka_event_attributes::{Errors, OfField, OfType, OfVariant, own_field, own_type, own_variant, refuse_words};
use kafka_event_codegen::emit::own::{
    OwnEnum, OwnEvents, OwnMarker, OwnRecord, OwnTopic, OwnType, OwnVariantType, OwnWord, RecordOf, StartType,
};
use proc_macro2::TokenStream;
use quote::ToTokens as _;

use super::rust::Type;

/// A type of one of the kinds that a contract has something for.
pub(super) enum Own {
    Record(Option<RecordOf>, OwnRecord),
    Enum(Option<OwnWord>, OwnEnum),
    Newtype(OwnType, TokenStream),
    Events(OwnTopic, OwnEvents),
    Marker(OwnTopic, OwnMarker),
}

impl Own {
    pub(super) fn read(ty: &Type) -> syn::Result<Self> {
        let (input, mut errors) = (&ty.input, Errors::default());
        let of = OfType::read(&input.attrs, &mut errors);
        let own = match &input.data {
            syn::Data::Struct(data) => of_struct(input, of, &data.fields, &mut errors),
            syn::Data::Enum(data) => Some(of_enum(input, of, data, &mut errors)),
            syn::Data::Union(_) => {
                errors.refuse(input.ident.span(), "a `union` is no event", "write a struct");
                None
            }
        };
        errors.finish()?;
        own.ok_or_else(|| syn::Error::new(input.ident.span(), "the type is none of an event's"))
    }

    pub(super) fn view(&self) -> StartType<'_> {
        match self {
            Self::Record(of, own) => StartType::Record(of.as_ref(), own),
            Self::Enum(name, own) => StartType::Enum(name.as_ref(), own),
            Self::Newtype(this, ty) => StartType::Newtype(this, ty),
            Self::Events(topic, own) => StartType::Events(topic, own),
            Self::Marker(topic, own) => StartType::Marker(topic, own),
        }
    }
}

fn of_struct(input: &syn::DeriveInput, of: OfType, fields: &syn::Fields, errors: &mut Errors) -> Option<Own> {
    let (this, consume) = (own_type(input), of.consume.0.is_some());
    let key = of.key.0;
    let topic = of.topic.0.map(|name| OwnTopic { name, key });
    let topic = match (topic, of.event.0) {
        (Some(topic), Some(event)) => {
            let event = OwnVariantType {
                ty: event.tokens,
                span: event.span,
            };
            return Some(Own::Marker(topic, OwnMarker { this, consume, event }));
        }
        (topic, _) => topic,
    };
    if let syn::Fields::Unnamed(unnamed) = fields {
        let mut held = unnamed.unnamed.iter();
        let (Some(field), None) = (held.next(), held.next()) else {
            let why = format!("the fields of `{}` have no names, and those of a record have", input.ident);
            errors.refuse(input.ident.span(), &why, "name them: `field: Type`");
            return None;
        };
        let why = "the field of a newtype takes no `#[kafka(…)]`";
        refuse_words(fields, why, "take it away: the field is carried as its type is", errors);
        return Some(Own::Newtype(this, field.ty.to_token_stream()));
    }
    let fields = fields
        .iter()
        .filter_map(|field| own_field(field, OfField::read(&field.attrs, errors)));
    let own = OwnRecord {
        this,
        consume,
        rename_all: of.rename_all.0,
        fields: fields.collect(),
    };
    Some(Own::Record(topic.map(RecordOf::Topic).or(of.record.0.map(RecordOf::Record)), own))
}

fn of_enum(input: &syn::DeriveInput, of: OfType, data: &syn::DataEnum, errors: &mut Errors) -> Own {
    let (this, consume) = (own_type(input), of.consume.0.is_some());
    let variants = data.variants.iter().map(|variant| {
        let said = OfVariant::read(&variant.attrs, errors);
        // What a symbol holds is refused with what it could be.
        own_variant(variant, said, false, errors)
    });
    let variants = variants.collect();
    match of.topic.0 {
        Some(name) => Own::Events(OwnTopic { name, key: of.key.0 }, OwnEvents { this, consume, variants }),
        None => Own::Enum(
            of.enumeration.0,
            OwnEnum {
                this,
                consume,
                rename_all: of.rename_all.0,
                variants,
            },
        ),
    }
}
