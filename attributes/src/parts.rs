//! The parts of a type as the generator takes them.

use kafka_event_codegen::emit::own::{OwnField, OwnParameter, OwnType, OwnVariant, OwnVariantType, ParameterKind, own_doc};
use proc_macro2::Span;
use quote::{ToTokens as _, quote};
use syn::spanned::Spanned as _;

use crate::attribute::{OfField, OfVariant};
use crate::errors::Errors;
use crate::laid_out::refuse_unsized;

/// A type's name, parameters, conditions and comment.
pub(crate) fn own_type(input: &syn::DeriveInput) -> OwnType {
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
        is_deprecated: is_deprecated(input),
    }
}

/// Whether a type, or a part of it, is deprecated, or says that it may use what is: of that the compiler need not speak again where it derives.
fn is_deprecated(input: &syn::DeriveInput) -> bool {
    let of_fields = |fields: &syn::Fields| fields.iter().any(|field| says_deprecated(&field.attrs));
    says_deprecated(&input.attrs)
        || match &input.data {
            syn::Data::Struct(data) => of_fields(&data.fields),
            syn::Data::Enum(data) => {
                let mut variants = data.variants.iter();
                variants.any(|variant| says_deprecated(&variant.attrs) || of_fields(&variant.fields))
            }
            syn::Data::Union(_) => false,
        }
}

fn says_deprecated(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let is_level = path.is_ident("allow") || path.is_ident("expect");
        let says = |list: &syn::MetaList| list.tokens.clone().into_iter().any(|token| token.to_string() == "deprecated");
        path.is_ident("deprecated") || is_level && attribute.meta.require_list().is_ok_and(says)
    })
}

/// A field with what it says; `None` of one without a name.
pub(crate) fn own_field(field: &syn::Field, OfField { rename, with, skip }: OfField) -> Option<OwnField> {
    Some(OwnField {
        name: field.ident.clone()?,
        ty: field.ty.to_token_stream(),
        span: place(&field.ty),
        rename: rename.0,
        with: with.0,
        skip: skip.0.is_some(),
        doc: doc(&field.attrs),
    })
}

/// What to do where variants hold values, as a union's would.
pub const OF_A_UNION: &str = "a union of the schema's has no derive: its field has the enum that `kafka_event_codegen::Builder::new().build()` in `build.rs` generates for it, or functions of your own carry it, by `#[kafka(with = path)]`";

/// A variant with what it says; one of an Avro enum's holds nothing, and `cure` is what else to do where it does.
pub(crate) fn own_variant(variant: &syn::Variant, said: OfVariant, cure: Option<&str>, errors: &mut Errors) -> OwnVariant {
    refuse_words(
        &variant.fields,
        "what a variant holds takes no `#[kafka(…)]`",
        "write it before the variant",
        errors,
    );
    let mut ty = None;
    match &variant.fields {
        syn::Fields::Unit => {}
        syn::Fields::Unnamed(unnamed) if cure.is_none() && unnamed.unnamed.len() == 1 => {
            refuse_unsized(&unnamed.unnamed[0].ty, unnamed.unnamed[0].ty.span(), errors);
            ty = Some(OwnVariantType {
                ty: unnamed.unnamed[0].ty.to_token_stream(),
                span: place(&unnamed.unnamed[0].ty),
            });
        }
        fields => {
            let name = &variant.ident;
            let (why, help) = match cure {
                Some(cure) => ("a symbol holds nothing", format!("write `{name}` alone{cure}")),
                None => (
                    "a variant holds one record, or nothing",
                    format!("write `{name}(…)` with the type of the record, or `{name}` alone with `#[kafka(other)]`"),
                ),
            };
            errors.refuse(fields.span(), why, &help);
        }
    }
    OwnVariant {
        name: variant.ident.clone(),
        rename: said.rename.0,
        ty,
        other: said.other.0,
        key: said.key.0,
    }
}

/// Refuses `#[kafka(…)]` on fields that take no words.
pub(crate) fn refuse_words(fields: &syn::Fields, why: &str, help: &str, errors: &mut Errors) {
    let mut attributes = fields.iter().flat_map(|field| &field.attrs);
    if let Some(attribute) = attributes.find(|attribute| attribute.path().is_ident("kafka")) {
        errors.refuse(attribute.path().span(), why, help);
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

/// Where a type is written: what a macro's own parameter stands for is where that is given.
pub(crate) fn place(ty: &syn::Type) -> Span {
    match ty {
        syn::Type::Group(group) => place(&group.elem),
        other => other.span(),
    }
}
