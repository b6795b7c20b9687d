//! A builder that asks for the required fields first, in the schema's order, and then takes any other.

use std::collections::HashSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::codec::Implementor;
use super::names::Beside;
use super::scope::{Scope, Site, ident};
use super::{deprecated, doc, literal, site_allow};
use crate::avro::Json;
use crate::model::{Field, Record, Type};
use crate::name;

/// That of a generated record.
pub(super) fn emit(scope: &Scope<'_>, site: Site<'_>, record: &Record) -> TokenStream {
    let name = ident(&record.name.ident.rust);
    let owner = site.owner.expect("a builder is a record's");
    let setters = Setters(record.fields.iter().map(|field| field.name.rust.clone()).collect());
    let parts = record.fields.iter().map(|field| part(scope, site, &setters, field));
    Builder {
        of: &Implementor::new(TokenStream::new(), quote!(#name)),
        visibility: &quote!(pub),
        derives: quote!(#[derive(Debug, Clone)]),
        builder: scope.beside(owner, Beside::Builder),
        held: scope.beside(owner, Beside::Parts),
        link: doc::link("struct", &record.name.ident.rust),
        allow: site_allow(site),
        parts: parts.collect(),
    }
    .emit()
}

fn part(scope: &Scope<'_>, site: Site<'_>, setters: &Setters, field: &Field) -> Part {
    let docs = doc::attributes(field.doc.as_deref(), &format!("Sets the field `{}`.", field.name.avro));
    let deprecated = deprecated::attribute(&field.properties);
    let ty = scope.held(site, field);
    // Where a default is null, the setter takes the value itself.
    let within = match (&field.ty, &field.default) {
        (Type::Nullable { inner, .. }, Some(Json::Null)) => Some(scope.held_within(site, field, inner)),
        _ => None,
    };
    Part {
        member: ident(&field.name.rust),
        setter: setters.of(&field.name.rust),
        docs: quote!(#docs #deprecated),
        default: literal::of_field(scope, site, field, field.default.as_ref()),
        ty,
        within,
    }
}

/// The names of setters: each is named as its field; `build` ends the builder, so that a field of this name has one that is no other field's.
pub(super) struct Setters(pub(super) HashSet<String>);

impl Setters {
    /// That of a field.
    pub(super) fn of(&self, field: &str) -> Ident {
        if field != "build" {
            return ident(field);
        }
        ident(&name::free(&mut self.0.clone(), "build_"))
    }
}

/// What a builder is made of.
pub(super) struct Builder<'a> {
    /// The record.
    pub(super) of: &'a Implementor,
    /// How it is visible.
    pub(super) visibility: &'a TokenStream,
    /// What it derives.
    pub(super) derives: TokenStream,
    /// The builder's name.
    pub(super) builder: Ident,
    /// The name of what it holds.
    pub(super) held: Ident,
    /// The record, for docs.
    pub(super) link: String,
    pub(super) allow: TokenStream,
    /// The fields, in their order.
    pub(super) parts: Vec<Part>,
}

/// A field as a part of the builder.
pub(super) struct Part {
    pub(super) member: Ident,
    pub(super) setter: Ident,
    /// The docs of its setter, and whether it is deprecated.
    pub(super) docs: TokenStream,
    pub(super) ty: TokenStream,
    /// The expression of its default, where it has one.
    pub(super) default: Option<TokenStream>,
    /// The type that its setter takes, where that is what an `Option` holds.
    pub(super) within: Option<TokenStream>,
}

impl Builder<'_> {
    /// The builder, and the function that begins it.
    pub(super) fn emit(&self) -> TokenStream {
        let Self {
            of,
            visibility,
            derives,
            builder,
            held,
            link,
            allow,
            parts,
        } = self;
        let (name, value, usize) = (&of.this, of.local("value"), of.primitive("usize"));
        let all_steps = of.local("STEP");
        let steps = parts.iter().filter(|part| part.default.is_none()).count();
        let members = parts.iter().map(|Part { member, ty, default, .. }| {
            let ty = if default.is_some() {
                ty.clone()
            } else {
                quote!(::core::option::Option<#ty>)
            };
            quote!(#member: #ty)
        });
        let initial = parts.iter().map(|Part { member, default, .. }| {
            let value = default.clone().unwrap_or_else(|| quote!(::core::option::Option::None));
            quote!(#member: #value)
        });
        let built = parts.iter().map(|Part { member, default, .. }| match default {
            Some(_) => quote!(#member: self.parts.#member),
            None => quote!(#member: ::kafka_event::__private::required(self.parts.#member)),
        });
        let required = parts.iter().filter(|part| part.default.is_none()).enumerate().map(|(step, part)| {
            let (here, next) = (Literal::usize_unsuffixed(step), Literal::usize_unsuffixed(step + 1));
            let Part {
                member, setter, docs, ty, ..
            } = part;
            quote! {
                #allow
                impl #builder<#here> {
                    #docs
                    #visibility fn #setter(mut self, #value: impl ::core::convert::Into<#ty>) -> #builder<#next> {
                        self.parts.#member = ::core::option::Option::Some(#value.into());
                        #builder { parts: self.parts }
                    }
                }
            }
        });
        let optional: Vec<_> = parts
            .iter()
            .filter(|part| part.default.is_some())
            .map(|part| part.setter(visibility, &value))
            .collect();
        let optional = (!optional.is_empty()).then(|| {
            quote! { #allow impl<const #all_steps: #usize> #builder<#all_steps> { #(#optional)* } }
        });
        let last = Literal::usize_unsuffixed(steps);
        let start = format!(" Begins a `{name}`: the required fields first, in the schema's order, then any other.");
        let docs = format!(" Builds a {link}, from its step 0 to its step {steps}: one for each required field.");
        quote! {
            #allow
            impl #name {
                #[doc = #start]
                #visibility fn builder() -> #builder<0> {
                    #builder { parts: #held { #(#initial),* } }
                }
            }

            #[doc = #docs]
            #derives
            #[must_use]
            #allow
            #visibility struct #builder<const #all_steps: #usize> { parts: #held }

            #derives
            #allow
            struct #held { #(#members),* }

            #(#required)*
            #optional

            #allow
            impl #builder<#last> {
                /// The finished record.
                #[must_use]
                #visibility fn build(self) -> #name {
                    #name { #(#built),* }
                }
            }
        }
    }
}

impl Part {
    /// The setter of a field with a default.
    fn setter(&self, visibility: &TokenStream, value: &Ident) -> TokenStream {
        let Self {
            member,
            setter,
            docs,
            ty,
            within,
            ..
        } = self;
        let (ty, set) = match within {
            Some(within) => (within, quote!(::core::option::Option::Some(#value.into()))),
            None => (ty, quote!(#value.into())),
        };
        quote! {
            #docs
            #visibility fn #setter(mut self, #value: impl ::core::convert::Into<#ty>) -> Self {
                self.parts.#member = #set;
                self
            }
        }
    }
}
