//! `#[derive(KafkaEvent)]`: attributes in, the generator's model and emitters out. No type logic lives here.

mod attribute;
mod discover;
mod stub;

use proc_macro::TokenStream;
use quote::{ToTokens as _, quote};
use syn::spanned::Spanned as _;

use discover::all;
use kafka_event_codegen::emit::own::{OwnField, OwnStruct, own_event};

/// Makes a struct the event of a topic of the manifest: it is checked against the topic's schema while it compiles.
///
/// ```ignore
/// #[derive(Debug, Clone, PartialEq, kafka_event::KafkaEvent)]
/// #[kafka(topic = "job-lifecycle")]
/// struct JobLifecycle {
///     job_id: String,
///     // … all fields of the schema
/// }
/// ```
///
/// The manifest is `schemas/topics.toml` in the package; `[package.metadata.kafka-event] manifest = "…"` in `Cargo.toml` names another, and
/// `#[kafka(topic = "…", manifest = "…")]` one for this struct alone. Paths begin at the package.
#[proc_macro_derive(KafkaEvent, attributes(kafka))]
pub fn derive_kafka_event(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    let expanded = expand(&input).unwrap_or_else(|error| {
        let (errors, stub) = (error.to_compile_error(), stub::event(&input));
        quote!(#errors #stub)
    });
    expanded.into()
}

fn expand(input: &syn::DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let attribute = attribute::parse(input)?;
    let own = own_struct(input)?;
    let found = discover::contract(&attribute)?;
    let event = own_event(&found.contract, &attribute.topic.value(), attribute.topic.span(), &own).map_err(|errors| {
        let errors = errors
            .into_iter()
            .map(|error| syn::Error::new(error.span, discover::relative(&error.message, &found.package)));
        all(errors).unwrap_or_else(|| syn::Error::new(input.span(), "the struct is not the topic's event"))
    })?;
    let tracked = found.tracked.iter().map(|path| {
        let path = format!("/{path}");
        quote!(
            const _: &[::core::primitive::u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path));
        )
    });
    // The compiler knows of the files by these, and runs the derive again when one changes.
    Ok(quote!(const _: () = { #(#tracked)* }; #event))
}

fn own_struct(input: &syn::DeriveInput) -> syn::Result<OwnStruct> {
    if !input.generics.params.is_empty() {
        return Err(syn::Error::new(
            input.generics.span(),
            "an event with generics is not supported by this version",
        ));
    }
    let named = match &input.data {
        syn::Data::Struct(data) => match &data.fields {
            syn::Fields::Named(named) => named,
            other => {
                let span = if other.is_empty() { input.ident.span() } else { other.span() };
                return Err(syn::Error::new(
                    span,
                    "an event is a struct with named fields: Avro knows fields by their names",
                ));
            }
        },
        _ => {
            return Err(syn::Error::new(
                input.ident.span(),
                "an event is a struct: a topic carries a record",
            ));
        }
    };
    let mut fields = Vec::new();
    let mut errors = Vec::new();
    for field in &named.named {
        errors.extend(
            field
                .attrs
                .iter()
                .filter(|attribute| attribute.path().is_ident("kafka"))
                .map(|attribute| syn::Error::new(attribute.span(), "fields take no `#[kafka(…)]` in this version")),
        );
        if let Some(name) = &field.ident {
            fields.push(OwnField {
                name: name.clone(),
                ty: field.ty.to_token_stream(),
                span: field.ty.span(),
            });
        }
    }
    match all(errors) {
        Some(error) => Err(error),
        None => Ok(OwnStruct {
            name: input.ident.clone(),
            fields,
        }),
    }
}
