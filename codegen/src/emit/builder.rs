//! A builder that asks for the required fields first, in the schema's order, and then takes any other.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::names::Beside;
use super::scope::{Scope, Site, ident};
use super::{deprecated, doc, literal, site_allow};
use crate::avro::Json;
use crate::model::{Field, Record, Type};
use crate::name;

pub(super) fn emit(scope: &Scope<'_>, site: Site<'_>, record: &Record) -> TokenStream {
    let name = ident(&record.name.ident.rust);
    let owner = site.owner.expect("a builder is a record's");
    let (builder, parts) = (scope.beside(owner, Beside::Builder), scope.beside(owner, Beside::Parts));
    let allow = site_allow(site);
    let fields: Vec<Part<'_>> = record.fields.iter().map(|field| Part::new(scope, site, field)).collect();
    let steps = fields.iter().filter(|part| part.default.is_none()).count();

    let members = fields.iter().map(|Part { field, ty, default }| {
        let member = ident(&field.name.rust);
        let ty = if default.is_some() {
            ty.clone()
        } else {
            quote!(::core::option::Option<#ty>)
        };
        quote!(#member: #ty)
    });
    let initial = fields.iter().map(|Part { field, default, .. }| {
        let member = ident(&field.name.rust);
        let value = default.clone().unwrap_or_else(|| quote!(::core::option::Option::None));
        quote!(#member: #value)
    });
    let built = fields.iter().map(|Part { field, default, .. }| {
        let member = ident(&field.name.rust);
        match default {
            Some(_) => quote!(#member: self.parts.#member),
            None => quote!(#member: ::kafka_event::__private::required(self.parts.#member)),
        }
    });
    let required = fields.iter().filter(|part| part.default.is_none()).enumerate().map(|(step, part)| {
        let (here, next) = (Literal::usize_unsuffixed(step), Literal::usize_unsuffixed(step + 1));
        let (member, setter, docs, ty) = (ident(&part.field.name.rust), part.setter_name(record), part.docs(), &part.ty);
        quote! {
            #allow
            impl #builder<#here> {
                #docs
                pub fn #setter(mut self, value: impl ::core::convert::Into<#ty>) -> #builder<#next> {
                    self.parts.#member = ::core::option::Option::Some(value.into());
                    #builder { parts: self.parts }
                }
            }
        }
    });
    let optional: Vec<_> = fields
        .iter()
        .filter(|part| part.default.is_some())
        .map(|part| part.setter(scope, site, record))
        .collect();
    let optional = (!optional.is_empty()).then(|| {
        quote! { #allow impl<const STEP: usize> #builder<STEP> { #(#optional)* } }
    });
    let last = Literal::usize_unsuffixed(steps);
    let start = format!(" Begins a `{name}`: the required fields first, in the schema's order, then any other.");
    let link = doc::link("struct", &record.name.ident.rust);
    let docs = format!(" Builds a {link}, from its step 0 to its step {steps}: one for each required field.");
    quote! {
        #allow
        impl #name {
            #[doc = #start]
            pub fn builder() -> #builder<0> {
                #builder { parts: #parts { #(#initial),* } }
            }
        }

        #[doc = #docs]
        #[derive(Debug, Clone)]
        #[must_use]
        #allow
        pub struct #builder<const STEP: usize> { parts: #parts }

        #[derive(Debug, Clone)]
        #allow
        struct #parts { #(#members),* }

        #(#required)*
        #optional

        #allow
        impl #builder<#last> {
            /// The finished record.
            #[must_use]
            pub fn build(self) -> #name {
                #name { #(#built),* }
            }
        }
    }
}

/// A field as a part of the builder: with the expression of its default, where it has one.
struct Part<'m> {
    field: &'m Field,
    ty: TokenStream,
    default: Option<TokenStream>,
}

impl<'m> Part<'m> {
    fn new(scope: &Scope<'_>, site: Site<'_>, field: &'m Field) -> Self {
        let default = literal::of_field(scope, site, field, field.default.as_ref());
        Self {
            field,
            ty: scope.held(site, field),
            default,
        }
    }

    /// The docs of its setter, and whether it is deprecated.
    fn docs(&self) -> TokenStream {
        let docs = doc::attributes(self.field.doc.as_deref(), &format!("Sets the field `{}`.", self.field.name.avro));
        let deprecated = deprecated::attribute(&self.field.properties);
        quote!(#docs #deprecated)
    }

    /// A setter is named as its field; `build` ends the builder, so that a field of this name has one that is no other field's.
    fn setter_name(&self, record: &Record) -> Ident {
        let name = &self.field.name.rust;
        if name != "build" {
            return ident(name);
        }
        let mut taken = record.fields.iter().map(|field| field.name.rust.clone()).collect();
        ident(&name::free(&mut taken, "build_"))
    }

    /// The setter of a field with a default; where that is null, it takes the value itself.
    fn setter(&self, scope: &Scope<'_>, site: Site<'_>, record: &Record) -> TokenStream {
        let (member, setter, docs) = (ident(&self.field.name.rust), self.setter_name(record), self.docs());
        let (ty, value) = match (&self.field.ty, &self.field.default) {
            (Type::Nullable { inner, .. }, Some(Json::Null)) => (
                scope.held_within(site, self.field, inner),
                quote!(::core::option::Option::Some(value.into())),
            ),
            _ => (self.ty.clone(), quote!(value.into())),
        };
        quote! {
            #docs
            pub fn #setter(mut self, value: impl ::core::convert::Into<#ty>) -> Self {
                self.parts.#member = #value;
                self
            }
        }
    }
}
