//! What a struct's form in memory rules out.

use kafka_event_codegen::emit::own::{OwnKey, spelled_type};
use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;

use crate::errors::Errors;

/// Refuses what the compiler would speak of at each use that an implementation makes of a field.
pub(crate) fn refuse(input: &syn::DeriveInput, errors: &mut Errors) {
    refuse_packed(input, errors);
    for field in unsized_fields(input) {
        let help = match (owned(&field.ty), &field.ident) {
            (None, _) => "write the type that it is in each event".to_owned(),
            (Some(owned), None) => format!("write `struct {}({owned})`", input.ident),
            (Some(owned), Some(name)) => format!("write `{name}: {owned}`"),
        };
        errors.refuse(field.ty.span(), "a type that has no size of its own cannot be read", &help);
    }
}

/// The fields of a struct whose types have no size that the compiler knows, by what nobody spells otherwise.
///
/// A type of the application's own that is called `str` is told from the language's where a path leads to it: `self::str`.
pub fn unsized_fields(input: &syn::DeriveInput) -> impl Iterator<Item = &syn::Field> {
    let fields = match &input.data {
        syn::Data::Struct(data) => Some(data.fields.iter()),
        syn::Data::Enum(_) | syn::Data::Union(_) => None,
    };
    fields.into_iter().flatten().filter(|field| is_unsized(&field.ty))
}

fn is_unsized(ty: &syn::Type) -> bool {
    match bare(ty) {
        syn::Type::Slice(_) | syn::Type::TraitObject(_) => true,
        ty => is_str(ty),
    }
}

/// Refuses a type that is named for a record, and has no size.
pub(crate) fn refuse_unsized(named: &syn::Type, span: Span, errors: &mut Errors) {
    if is_unsized(named) {
        let why = "a type that has no size of its own is no record";
        errors.refuse(span, why, "write the type of the record");
    }
}

/// The same of a word's tokens, which may be none of a type.
pub(crate) fn refuse_unsized_word(word: &OwnKey, errors: &mut Errors) {
    if let Ok(ty) = syn::parse2(word.tokens.clone()) {
        refuse_unsized(&ty, word.span, errors);
    }
}

/// What owns the same, as it is written; nothing where that could not be read, either.
fn owned(ty: &syn::Type) -> Option<String> {
    match bare(ty) {
        syn::Type::Slice(slice) => Some(format!("Vec<{}>", spelled_type(&slice.elem.to_token_stream()))),
        ty => is_str(ty).then(|| "String".to_owned()),
    }
}

fn is_str(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.qself.is_none() && path.path.is_ident("str"))
}

/// A type without the marks that a macro's parameter leaves around it.
pub(crate) fn bare(ty: &syn::Type) -> &syn::Type {
    match ty {
        syn::Type::Group(group) => bare(&group.elem),
        syn::Type::Paren(paren) => bare(&paren.elem),
        ty => ty,
    }
}

/// Refuses `#[repr(packed)]`, of which the compiler would speak at each field.
fn refuse_packed(input: &syn::DeriveInput, errors: &mut Errors) {
    if !matches!(&input.data, syn::Data::Struct(data) if !data.fields.is_empty()) {
        return;
    }
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        // What is no `repr` the compiler refuses.
        _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("packed") {
                let why = "a packed struct lends none of its fields, and they are written where they stand";
                errors.refuse(meta.path.span(), why, "take `packed` away");
            }
            if meta.input.peek(syn::token::Paren) {
                let number;
                syn::parenthesized!(number in meta.input);
                number.parse::<TokenStream>()?;
            }
            Ok(())
        });
    }
}
