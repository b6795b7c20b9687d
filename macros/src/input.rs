//! A type as the emitters take it: one that says what it is.

use kafka_event_attributes::{self as attributes, Errors, OfType};
use kafka_event_codegen::emit::own::{OwnEnum, OwnEvents, OwnMarker, OwnRecord, OwnTopic, OwnType, OwnWord, RecordOf, StartType};
use proc_macro2::{Span, TokenStream};

/// A type of one of the kinds that derive.
pub(crate) enum Own {
    Record(RecordOf, OwnRecord),
    Enum(OwnWord, OwnEnum),
    Events(OwnTopic, OwnEvents),
    Marker(OwnTopic, OwnMarker),
    Newtype(OwnType, TokenStream),
}

impl Own {
    /// `None` of one that does not say what it is.
    fn of(own: attributes::Own) -> Option<Self> {
        Some(match own {
            attributes::Own::Record(of, own) => Self::Record(of?, own),
            attributes::Own::Enum(name, own) => Self::Enum(name?, own),
            attributes::Own::Events(topic, own) => Self::Events(topic, own),
            attributes::Own::Marker(topic, own) => Self::Marker(topic, own),
            attributes::Own::Newtype(this, ty) => Self::Newtype(this, ty),
        })
    }

    /// The same as a contract may be begun with it.
    pub(crate) fn start(&self) -> StartType<'_> {
        match self {
            Self::Record(of, own) => StartType::Record(Some(of), own),
            Self::Enum(name, own) => StartType::Enum(Some(name), own),
            Self::Events(topic, own) => StartType::Events(topic, own),
            Self::Marker(topic, own) => StartType::Marker(topic, own),
            Self::Newtype(this, ty) => StartType::Newtype(this, ty),
        }
    }

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
    let read = attributes::read(input, &mut errors).and_then(|read| {
        let own = Own::of(read.own);
        if own.is_none() {
            let (why, help) = match input.data {
                syn::Data::Enum(_) => (
                    "the enum does not say what it is",
                    "add `#[kafka(enum = \"…\")]` for an Avro enum, or `#[kafka(topic = \"…\")]` for the records of a topic",
                ),
                _ => (
                    "the struct does not say what it is",
                    "add `#[kafka(topic = \"…\")]` for a topic's event, or `#[kafka(record = \"…\")]` for a record within one",
                ),
            };
            errors.refuse(input.ident.span(), why, help);
        }
        Some(Input {
            own: own?,
            manifest: read.manifest,
            runtime: read.runtime,
        })
    });
    errors.finish(read)
}
