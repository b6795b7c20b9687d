//! A type as its attributes and its form have it, or all that is wrong with it.

use kafka_event_codegen::emit::own::{
    OwnEnum, OwnEvents, OwnKey, OwnMarker, OwnNewtype, OwnRecord, OwnTopic, OwnVariant, OwnVariantType, OwnWord, RecordOf, StartType,
    no_case, spelled_type,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;

use crate::attribute::{OfField, OfType, OfVariant};
use crate::errors::Errors;
use crate::laid_out;
use crate::parts::{OF_A_UNION, own_field, own_type, own_variant, refuse_words};

/// A type of one of the kinds that a contract has something for.
#[derive(Debug)]
pub enum Own {
    /// A struct, with what it is for, where it says so.
    Record(Option<RecordOf>, OwnRecord),
    /// An enum of symbols, with the Avro enum that it is, where it says so.
    Enum(Option<OwnWord>, OwnEnum),
    /// An enum of a topic's records.
    Events(OwnTopic, OwnEvents),
    /// A type that stands for a topic of another's events.
    Marker(OwnTopic, OwnMarker),
    /// A struct of one unnamed field that is carried.
    Newtype(OwnNewtype),
}

impl Own {
    /// Whether it says what it is, as a type that derives does.
    #[must_use]
    pub fn is_said(&self) -> bool {
        !matches!(self, Self::Record(None, _) | Self::Enum(None, _))
    }

    /// Whether it says of a contract what it is: a newtype is of none.
    #[must_use]
    pub fn is_of_contract(&self) -> bool {
        self.is_said() && !matches!(self, Self::Newtype(..))
    }

    /// The type's name.
    #[must_use]
    pub fn name(&self) -> &Ident {
        let this = match self {
            Self::Record(_, OwnRecord { this, .. })
            | Self::Enum(_, OwnEnum { this, .. })
            | Self::Events(_, OwnEvents { this, .. })
            | Self::Marker(_, OwnMarker { this, .. })
            | Self::Newtype(OwnNewtype { this, .. }) => this,
        };
        &this.name
    }

    /// Where an error of the whole contract belongs: what the type names of it, else its own name.
    #[must_use]
    pub fn place(&self) -> Span {
        match self {
            Self::Record(Some(RecordOf::Topic(topic)), _) | Self::Events(topic, _) | Self::Marker(topic, _) => topic.name.span,
            Self::Record(Some(RecordOf::Record(word)), _) | Self::Enum(Some(word), _) => word.span,
            Self::Record(None, _) | Self::Enum(None, _) | Self::Newtype(..) => self.name().span(),
        }
    }

    /// The same as a contract may be begun with it.
    #[must_use]
    pub fn start(&self) -> StartType<'_> {
        match self {
            Self::Record(of, own) => StartType::Record(of.as_ref(), own),
            Self::Enum(name, own) => StartType::Enum(name.as_ref(), own),
            Self::Events(topic, own) => StartType::Events(topic, own),
            Self::Marker(topic, own) => StartType::Marker(topic, own),
            Self::Newtype(own) => StartType::Newtype(&own.this, &own.ty),
        }
    }
}

/// A type with where its contract and its runtime are, as far as it says so itself.
#[derive(Debug)]
pub struct Input {
    /// The type.
    pub own: Own,
    /// `manifest = "…"`
    pub manifest: Option<OwnWord>,
    /// `crate = path`
    pub runtime: Option<TokenStream>,
}

/// Reads a type; `None` where what is wrong with it leaves open what it is.
///
/// Where words are not understood nothing more is asked: what is missing may be what they would have said.
pub fn read(input: &syn::DeriveInput, errors: &mut Errors) -> Option<Input> {
    let of = OfType::of(input, errors);
    let (fields, variants) = parts(&input.data, errors);
    laid_out::refuse(input, errors);
    if !errors.is_empty() {
        // Where the words are right it is told beside what the contract says.
        let error = of.rename_all.0.as_ref().and_then(no_case);
        error
            .into_iter()
            .for_each(|error| errors.add(syn::Error::new(error.span, error.message)));
        return None;
    }
    let (manifest, runtime) = (of.manifest.0.clone(), of.runtime.0.clone());
    let own = match &input.data {
        syn::Data::Struct(data) => of_struct(input, of, &data.fields, fields, errors),
        syn::Data::Enum(data) => of_enum(input, of, data, variants, errors),
        syn::Data::Union(data) => {
            let why = "a `union` does not say which of its fields is there";
            errors.refuse(data.union_token.span(), why, "write a struct or an enum");
            None
        }
    };
    Some(Input {
        own: own?,
        manifest,
        runtime,
    })
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

fn of_struct(input: &syn::DeriveInput, of: OfType, fields: &syn::Fields, said: Vec<OfField>, errors: &mut Errors) -> Option<Own> {
    let is_enum = of.enumeration.0.is_some();
    if let Some(word) = &of.enumeration.0 {
        errors.refuse(word.span, "a struct is no enum", "write `record = \"…\"`, or an enum");
    }
    let is_topic = of.topic.0.is_some() || of.event.0.is_some();
    if let Some(record) = of.record.0.as_ref().filter(|_| is_topic) {
        let why = "the manifest says which record the topic carries";
        errors.refuse(record.span, why, "take `record = \"…\"` away");
    }
    if let syn::Fields::Unnamed(unnamed) = fields {
        return newtype(input, &of, fields, unnamed, errors);
    }
    let (this, consume) = (own_type(input), of.consume.0.is_some());
    if let Some(event) = &of.event.0 {
        if of.topic.0.is_none() {
            let why = "a topic's marker does not say which topic it is";
            errors.refuse(event.span, why, "add `topic = \"…\"`");
        }
        if fields.is_empty() {
            refuse_word(of.rename_all.0.as_ref(), "there are no fields to rename", errors);
        } else {
            let help = format!("take `event = …` away, or all fields: `struct {};`", input.ident);
            errors.refuse(event.span, "a struct with fields is an event itself", &help);
        }
        laid_out::refuse_unsized_word(event, errors);
        let event = OwnVariantType {
            ty: event.tokens.clone(),
            span: event.span,
        };
        refuse_builder(&of, "a topic's marker has no fields to build", errors);
        let topic = OwnTopic {
            name: of.topic.0?,
            key: of.key.0,
        };
        return Some(Own::Marker(topic, OwnMarker { this, consume, event }));
    }
    if consume {
        refuse_builder(&of, "what is only read is not built", errors);
    } else if !input.generics.params.is_empty() {
        refuse_builder(&of, "a builder is of a struct without parameters, and a literal makes any", errors);
    }
    let is_field = |key: &&OwnKey| {
        fields
            .iter()
            .filter_map(|field| field.ident.as_ref())
            .any(|name| *name == key.tokens.to_string())
    };
    if let Some(key) = of.key.0.as_ref().filter(|key| !is_field(key)) {
        laid_out::refuse_unsized_word(key, errors);
    }
    let fields = fields.iter().zip(said);
    let fields = fields.filter_map(|(field, said)| own_field(field, said)).collect();
    let record_of = match (of.topic.0, of.record.0) {
        (Some(name), _) => Some(RecordOf::Topic(OwnTopic { name, key: of.key.0 })),
        (None, Some(record)) => {
            if let Some(OwnKey { span, .. }) = of.key.0 {
                errors.refuse(span, "a record without a topic has no key", "take `key = …` away");
            }
            Some(RecordOf::Record(record))
        }
        (None, None) if is_enum => return None,
        (None, None) => {
            of_what(of.key.0.as_ref(), errors)?;
            None
        }
    };
    let own = OwnRecord {
        this,
        consume,
        rename_all: of.rename_all.0,
        fields,
        builder: of.builder.0.map(|_| input.vis.to_token_stream()),
    };
    Some(Own::Record(record_of, own))
}

fn newtype(input: &syn::DeriveInput, of: &OfType, all: &syn::Fields, unnamed: &syn::FieldsUnnamed, errors: &mut Errors) -> Option<Own> {
    let fields = &unnamed.unnamed;
    let mut carried = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| fields.len() == 1 || !is_phantom(&field.ty));
    let (Some((place, field)), None) = (carried.next(), carried.next()) else {
        let why = "a struct with unnamed fields has one, and is carried as that is; beside it stands `PhantomData` alone";
        let help = "name the fields for a record, and say which: `#[kafka(record = \"…\")]`";
        errors.refuse(unnamed.span(), why, help);
        return None;
    };
    let why = "the only field of a newtype takes no `#[kafka(…)]`";
    refuse_words(all, why, "take it away", errors);
    if let Some(word) = of.topic.0.as_ref().or(of.record.0.as_ref()) {
        let why = "Avro knows fields by their names, and this struct's has none";
        let ty = spelled_type(&field.ty.to_token_stream());
        let help = format!(
            "name it: `struct {} {{ name: {ty} }}`; or take the attribute away, and the struct is carried as its field is",
            input.ident
        );
        errors.refuse(word.span, why, &help);
    } else {
        let words = [&of.rename_all, &of.manifest].map(|word| word.0.as_ref().map(|word| word.span));
        let keys = [&of.key, &of.event].map(|key| key.0.as_ref().map(|key| key.span));
        for span in words.into_iter().chain([of.consume.0, of.builder.0]).chain(keys).flatten() {
            errors.refuse(span, "a struct of one unnamed field is carried as that is", "take this away");
        }
    }
    Some(Own::Newtype(OwnNewtype {
        this: own_type(input),
        ty: field.ty.to_token_stream(),
        place,
        count: fields.len(),
    }))
}

/// Whether a type is the language's `PhantomData`, as far as its name tells.
#[must_use]
pub fn is_phantom(ty: &syn::Type) -> bool {
    matches!(laid_out::bare(ty), syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "PhantomData"))
}

fn of_enum(input: &syn::DeriveInput, of: OfType, data: &syn::DataEnum, said: Vec<OfVariant>, errors: &mut Errors) -> Option<Own> {
    let is_other = of.record.0.is_some() || of.event.0.is_some();
    if let Some(word) = &of.record.0 {
        let help = "write `enum = \"…\"` for an Avro enum, `topic = \"…\"` for the records of a topic, or a struct";
        errors.refuse(word.span, "an enum is no record", help);
    }
    if let Some(OwnKey { span, .. }) = &of.event.0 {
        errors.refuse(*span, "an enum's variants are its events", "take `event = …` away");
    }
    refuse_builder(&of, "an enum's variants make it", errors);
    let (this, consume) = (own_type(input), of.consume.0.is_some());
    let is_symbols = of.enumeration.0.is_some() && of.topic.0.is_none();
    // Said of the first, it is said of all.
    let mut cure = Some(format!("\nhelp: {OF_A_UNION}"));
    let variants = data.variants.iter().zip(said);
    let variants: Vec<_> = variants
        .map(|(variant, said)| {
            let cure = cure.take_if(|_| !variant.fields.is_empty()).unwrap_or_default();
            own_variant(variant, said, is_symbols.then_some(&cure), errors)
        })
        .collect();
    let name = match (of.topic.0, of.enumeration.0) {
        (Some(_), Some(word)) => {
            let why = "an enum of a topic's records is no Avro enum";
            errors.refuse(word.span, why, "take `topic = \"…\"` or `enum = \"…\"` away");
            return None;
        }
        (Some(name), None) => {
            refuse_word(of.rename_all.0.as_ref(), "records are found by their own names", errors);
            let topic = OwnTopic { name, key: of.key.0 };
            return Some(Own::Events(topic, OwnEvents { this, consume, variants }));
        }
        (None, Some(name)) => {
            for key in keys(of.key.0.as_ref(), &variants) {
                errors.refuse(key.span, "a symbol has no key", "take `key = …` away");
            }
            Some(name)
        }
        (None, None) if is_other => return None,
        (None, None) => {
            of_what(keys(of.key.0.as_ref(), &variants).next(), errors)?;
            None
        }
    };
    let own = OwnEnum {
        this,
        consume,
        rename_all: of.rename_all.0,
        variants,
    };
    Some(Own::Enum(name, own))
}

/// What `key = …` says on an enum, and on its variants.
fn keys<'a>(key: Option<&'a OwnKey>, variants: &'a [OwnVariant]) -> impl Iterator<Item = &'a OwnKey> {
    key.into_iter().chain(variants.iter().filter_map(|variant| variant.key.as_ref()))
}

/// Refuses a key where nothing says of which topic it is.
fn of_what(key: Option<&OwnKey>, errors: &mut Errors) -> Option<()> {
    let Some(key) = key else { return Some(()) };
    let why = "a topic has a key, and nothing says which topic it is";
    errors.refuse(key.span, why, "add `topic = \"…\"`, or take `key = …` away");
    None
}

fn refuse_builder(of: &OfType, why: &str, errors: &mut Errors) {
    if let Some(span) = of.builder.0 {
        errors.refuse(span, why, "take `builder` away");
    }
}

fn refuse_word(word: Option<&OwnWord>, why: &str, errors: &mut Errors) {
    if let Some(word) = word {
        errors.refuse(word.span, why, "take this away");
    }
}
