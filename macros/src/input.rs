//! A type as the emitters take it.

use kafka_event_attributes::{self as attributes, Errors, OfField, OfType, OfVariant, own_type, own_variant, refuse_words, refused};
use kafka_event_codegen::emit::own::{
    OwnEnum, OwnEvents, OwnField, OwnKey, OwnMarker, OwnRecord, OwnTopic, OwnType, OwnVariantType, OwnWord, RecordOf,
};
use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;

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

/// Where a type says that its runtime is, whatever else is wrong with it.
pub(crate) fn runtime(input: &syn::DeriveInput) -> Option<TokenStream> {
    OfType::read(&input.attrs, &mut Errors::default()).runtime.0
}

/// Reads a type; or all that is wrong with its attributes.
pub(crate) fn read(input: &syn::DeriveInput) -> syn::Result<Input> {
    let mut errors = Errors::default();
    let of = OfType::read(&input.attrs, &mut errors);
    let (fields, variants) = parts(&input.data, &mut errors);
    errors.finish()?;
    let (manifest, runtime) = (of.manifest.0.clone(), of.runtime.0.clone());
    let own = match &input.data {
        syn::Data::Struct(data) => of_struct(input, of, &data.fields, fields)?,
        syn::Data::Enum(data) => of_enum(input, of, data, variants)?,
        syn::Data::Union(data) => {
            let why = "a `union` does not say which of its fields is there";
            return Err(refused(data.union_token.span(), why, "write a struct or an enum"));
        }
    };
    Ok(Input { own, manifest, runtime })
}

/// What the fields or variants say, in their order.
fn parts(data: &syn::Data, errors: &mut Errors) -> (Vec<OfField>, Vec<OfVariant>) {
    match data {
        syn::Data::Struct(data) => match &data.fields {
            syn::Fields::Named(named) => {
                let fields = named.named.iter().map(|field| OfField::read(&field.attrs, errors));
                (fields.collect(), Vec::new())
            }
            _ => Default::default(),
        },
        syn::Data::Enum(data) => {
            let variants = data.variants.iter().map(|variant| OfVariant::read(&variant.attrs, errors));
            (Vec::new(), variants.collect())
        }
        syn::Data::Union(_) => Default::default(),
    }
}

fn of_struct(input: &syn::DeriveInput, of: OfType, fields: &syn::Fields, said: Vec<OfField>) -> syn::Result<Own> {
    if let Some(word) = &of.enumeration.0 {
        return Err(refused(word.span, "a struct is no enum", "write `record = \"…\"`, or an enum"));
    }
    let named = match fields {
        syn::Fields::Named(named) => named.named.iter().collect(),
        syn::Fields::Unit => Vec::new(),
        syn::Fields::Unnamed(unnamed) => return newtype(input, &of, fields, unnamed),
    };
    let this = own_type(input);
    if let Some(event) = of.event.0 {
        let Some(name) = of.topic.0 else {
            let why = "a topic's marker does not say which topic it is";
            return Err(refused(event.span, why, "add `topic = \"…\"`"));
        };
        if !matches!(fields, syn::Fields::Unit) {
            let help = format!("take `event = …` away, or all fields: `struct {};`", input.ident);
            return Err(refused(event.span, "a struct with fields is an event itself", &help));
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
            let why = "the manifest says which record the topic carries";
            return Err(refused(record.span, why, "take `record = \"…\"` away"));
        }
        (Some(name), None) => RecordOf::Topic(OwnTopic { name, key: of.key.0 }),
        (None, Some(record)) => {
            if let Some(OwnKey { span, .. }) = of.key.0 {
                return Err(refused(span, "a record without a topic has no key", "take `key = …` away"));
            }
            RecordOf::Record(record)
        }
        (None, None) => {
            let help = "add `#[kafka(topic = \"…\")]` for a topic's event, or `#[kafka(record = \"…\")]` for a record within one";
            return Err(refused(input.ident.span(), "the struct does not say what it is", help));
        }
    };
    let mut errors = Errors::default();
    let fields = named.iter().zip(said);
    let fields = fields.filter_map(|(field, said)| own_field(field, said, &mut errors)).collect();
    errors.finish()?;
    let own = OwnRecord {
        this,
        consume: of.consume.0.is_some(),
        rename_all: of.rename_all.0,
        fields,
    };
    Ok(Own::Record(record_of, own))
}

fn own_field(field: &syn::Field, said: OfField, errors: &mut Errors) -> Option<OwnField> {
    if let (syn::Type::Reference(reference), None, None) = (&field.ty, &said.skip.0, &said.with.0)
        && let Some(lifetime) = reference.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static")
    {
        let why = "a field that borrows does so from the message that it is read from, which does not stay for ever";
        let help = "give the struct a lifetime, `<'a>`, and write `&'a` here; or let the field own what it has, as a `String` does";
        errors.refuse(lifetime.span(), why, help);
    }
    attributes::own_field(field, said)
}

fn newtype(input: &syn::DeriveInput, of: &OfType, all: &syn::Fields, unnamed: &syn::FieldsUnnamed) -> syn::Result<Own> {
    let mut fields = unnamed.unnamed.iter();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        let why = "a struct with unnamed fields has one, and is carried as that is";
        let help = "name the fields for a record, and say which: `#[kafka(record = \"…\")]`";
        return Err(refused(unnamed.span(), why, help));
    };
    if let Some(word) = of.topic.0.as_ref().or(of.record.0.as_ref()) {
        let why = "Avro knows fields by their names, and this struct's has none";
        let ty = field.ty.to_token_stream().to_string();
        let help = format!(
            "name it: `struct {} {{ name: {ty} }}`; or take the attribute away, and the struct is carried as its field is",
            input.ident
        );
        return Err(refused(word.span, why, &help));
    }
    let as_it_is = "a struct of one unnamed field is carried as that is";
    for word in [&of.rename_all, &of.manifest] {
        refuse_word(word.0.as_ref(), as_it_is)?;
    }
    if let Some(span) = of.consume.0.or(of.key.0.as_ref().or(of.event.0.as_ref()).map(|key| key.span)) {
        return Err(refused(span, as_it_is, "take this away"));
    }
    let mut errors = Errors::default();
    let why = "the only field of a newtype takes no `#[kafka(…)]`";
    refuse_words(all, why, "take it away", &mut errors);
    errors.finish()?;
    Ok(Own::Newtype(own_type(input), field.ty.to_token_stream()))
}

fn refuse_word(word: Option<&OwnWord>, why: &str) -> syn::Result<()> {
    word.map_or(Ok(()), |word| Err(refused(word.span, why, "take this away")))
}

fn of_enum(input: &syn::DeriveInput, of: OfType, data: &syn::DataEnum, said: Vec<OfVariant>) -> syn::Result<Own> {
    let mut errors = Errors::default();
    if let Some(word) = &of.record.0 {
        let help = "write `enum = \"…\"` for an Avro enum, `topic = \"…\"` for the records of a topic, or a struct";
        errors.refuse(word.span, "an enum is no record", help);
    }
    if let Some(OwnKey { span, .. }) = &of.event.0 {
        errors.refuse(*span, "an enum's variants are its events", "take `event = …` away");
    }
    errors.finish()?;
    let (this, consume) = (own_type(input), of.consume.0.is_some());
    let is_symbols = of.enumeration.0.is_some();
    let mut errors = Errors::default();
    let variants = data.variants.iter().zip(said);
    let variants: Vec<_> = variants
        .map(|(variant, said)| own_variant(variant, said, is_symbols, &mut errors))
        .collect();
    match (of.topic.0, of.enumeration.0) {
        (Some(_), Some(word)) => {
            let why = "an enum of a topic's records is no Avro enum";
            Err(refused(word.span, why, "take `topic = \"…\"` or `enum = \"…\"` away"))
        }
        (Some(name), None) => {
            refuse_word(of.rename_all.0.as_ref(), "records are found by their own names")?;
            errors.finish()?;
            let topic = OwnTopic { name, key: of.key.0 };
            Ok(Own::Events(topic, OwnEvents { this, consume, variants }))
        }
        (None, Some(name)) => {
            let keys = of.key.0.iter().chain(variants.iter().filter_map(|variant| variant.key.as_ref()));
            for key in keys {
                errors.refuse(key.span, "a symbol has no key", "take `key = …` away");
            }
            errors.finish()?;
            let own = OwnEnum {
                this,
                consume,
                rename_all: of.rename_all.0,
                variants,
            };
            Ok(Own::Enum(name, own))
        }
        (None, None) => {
            let help = "add `#[kafka(enum = \"…\")]` for an Avro enum, or `#[kafka(topic = \"…\")]` for the records of a topic";
            Err(refused(input.ident.span(), "the enum does not say what it is", help))
        }
    }
}
