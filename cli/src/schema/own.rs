//! A type as the library takes it.

use kafka_event_codegen::emit::own::{
    OwnEnum, OwnEvents, OwnField, OwnMarker, OwnParameter, OwnRecord, OwnTopic, OwnType, OwnVariant, OwnVariantType, OwnWord,
    ParameterKind, RecordOf, StartType,
};
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;

use super::attribute::{Place, Words, doc, refused};
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
        let input = &ty.input;
        let words = Words::read(&input.attrs, &Place::TYPE)?;
        match &input.data {
            syn::Data::Struct(data) => of_struct(input, &words, &data.fields),
            syn::Data::Enum(data) => of_enum(input, &words, data),
            syn::Data::Union(_) => Err(syn::Error::new(input.ident.span(), "a `union` is no event\nhelp: write a struct")),
        }
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

fn topic(words: &Words) -> Option<OwnTopic> {
    let name = words.text("topic")?;
    Some(OwnTopic {
        name,
        key: words.tokens("key"),
    })
}

fn of_struct(input: &syn::DeriveInput, words: &Words, fields: &syn::Fields) -> syn::Result<Own> {
    let this = own_type(input);
    let consume = words.flag("consume").is_some();
    if let (Some(topic), Some(event)) = (topic(words), words.tokens("event")) {
        let event = OwnVariantType {
            ty: event.tokens,
            span: event.span,
        };
        return Ok(Own::Marker(topic, OwnMarker { this, consume, event }));
    }
    if let syn::Fields::Unnamed(unnamed) = fields {
        let [field] = &unnamed.unnamed.iter().collect::<Vec<_>>()[..] else {
            let message = format!(
                "the fields of `{}` have no names, and those of a record have\nhelp: name them: `field: Type`",
                input.ident
            );
            return Err(syn::Error::new(input.ident.span(), message));
        };
        without_words(
            fields,
            "the field of a newtype",
            "take it away: the field is carried as its type is",
        )?;
        return Ok(Own::Newtype(this, field.ty.to_token_stream()));
    }
    let of = topic(words)
        .map(RecordOf::Topic)
        .or_else(|| words.text("record").map(RecordOf::Record));
    let fields = fields.iter().filter_map(|field| Some((field.ident.clone()?, field)));
    let fields = all(fields.map(own_field))?;
    Ok(Own::Record(
        of,
        OwnRecord {
            this,
            consume,
            rename_all: words.text("rename_all"),
            fields,
        },
    ))
}

fn own_field((name, field): (syn::Ident, &syn::Field)) -> syn::Result<OwnField> {
    let words = Words::read(&field.attrs, &Place::FIELD)?;
    Ok(OwnField {
        name,
        ty: field.ty.to_token_stream(),
        span: field.ty.span(),
        rename: words.text("rename"),
        with: words.tokens("with").map(|with| with.tokens),
        skip: words.flag("skip").is_some(),
        doc: doc(&field.attrs),
    })
}

fn of_enum(input: &syn::DeriveInput, words: &Words, data: &syn::DataEnum) -> syn::Result<Own> {
    let topic = topic(words);
    let variants = all(data.variants.iter().map(|variant| own_variant(variant, topic.is_none())))?;
    let (this, consume) = (own_type(input), words.flag("consume").is_some());
    Ok(match topic {
        Some(topic) => Own::Events(topic, OwnEvents { this, consume, variants }),
        None => Own::Enum(
            words.text("enum"),
            OwnEnum {
                this,
                consume,
                rename_all: words.text("rename_all"),
                variants,
            },
        ),
    })
}

fn own_variant(variant: &syn::Variant, is_symbol: bool) -> syn::Result<OwnVariant> {
    let (name, fields) = (&variant.ident, &variant.fields);
    let words = Words::read(&variant.attrs, &Place::VARIANT)?;
    without_words(fields, "what a variant holds", "write it before the variant")?;
    let ty = match fields {
        syn::Fields::Unit => None,
        syn::Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => unnamed.unnamed.first().map(|field| OwnVariantType {
            ty: field.ty.to_token_stream(),
            span: field.ty.span(),
        }),
        _ if is_symbol => return Err(refused(fields.span(), "a symbol holds nothing", &format!("write `{name}` alone"))),
        _ => {
            let help = format!("write `{name}(…)` with the type of the record, or `{name}` alone with `#[kafka(other)]`");
            return Err(refused(fields.span(), "a variant holds one record, or nothing", &help));
        }
    };
    Ok(OwnVariant {
        name: name.clone(),
        rename: words.text("rename"),
        ty,
        other: words.flag("other"),
        key: words.tokens("key"),
    })
}

/// Refuses `#[kafka(…)]` where no words are taken.
fn without_words(fields: &syn::Fields, what: &str, help: &str) -> syn::Result<()> {
    let mut attributes = fields.iter().flat_map(|field| &field.attrs);
    match attributes.find(|attribute| attribute.path().is_ident("kafka")) {
        Some(attribute) => Err(refused(attribute.path().span(), &format!("{what} takes no `#[kafka(…)]`"), help)),
        None => Ok(()),
    }
}

/// All of them; or all that is wrong with them.
fn all<T>(results: impl Iterator<Item = syn::Result<T>>) -> syn::Result<Vec<T>> {
    let (mut found, mut errors) = (Vec::new(), None::<syn::Error>);
    for result in results {
        match (result, &mut errors) {
            (Ok(one), _) => found.push(one),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    errors.map_or(Ok(found), Err)
}

fn own_type(input: &syn::DeriveInput) -> OwnType {
    let parameters = input.generics.params.iter().map(|parameter| {
        let (kind, name) = match parameter {
            syn::GenericParam::Lifetime(lifetime) => (ParameterKind::Lifetime, &lifetime.lifetime.ident),
            syn::GenericParam::Type(ty) => (ParameterKind::Type, &ty.ident),
            syn::GenericParam::Const(constant) => (ParameterKind::Const, &constant.ident),
        };
        OwnParameter {
            kind,
            name: name.clone(),
            declared: parameter.to_token_stream(),
        }
    });
    OwnType {
        name: input.ident.clone(),
        parameters: parameters.collect(),
        conditions: Vec::new(),
        doc: doc(&input.attrs),
    }
}
