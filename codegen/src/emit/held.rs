//! What holds a field: the types that the user chose for it, or those that are taken where nothing was said.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::logical::{logical_of, logical_of_fixed};
use super::scope::{Scope, Site};
use crate::avro::Json;
use crate::datum;
use crate::model::{Field, Fixed, Type, Union};
use crate::options::{FieldChoice, MapType, TypeChoice};

impl Scope<'_> {
    fn choice(&self, site: Site<'_>) -> Option<&FieldChoice> {
        self.choices.of_field(site.owner?, site.field?)
    }

    pub(super) fn chosen_string(&self, site: Site<'_>) -> Option<&TokenStream> {
        self.choice(site)?.string.as_ref()
    }

    pub(super) fn chosen_bytes(&self, site: Site<'_>) -> Option<&TokenStream> {
        self.choice(site)?.bytes.as_ref()
    }

    fn chosen_map(&self, site: Site<'_>) -> Option<&MapType> {
        self.choice(site)?.map.as_ref()
    }

    pub(super) fn is_chosen_map(&self, site: Site<'_>) -> bool {
        self.chosen_map(site).is_some()
    }

    /// The map of these keys and values that a site's field has.
    pub(super) fn map(&self, site: Site<'_>, key: &TokenStream, value: &TokenStream) -> TokenStream {
        match self.chosen_map(site) {
            Some(map) => map.of(key, value),
            None => quote!(::std::collections::BTreeMap<#key, #value>),
        }
    }

    /// The attributes of a field, those of a macro's first.
    pub(super) fn field_attributes(&self, site: Site<'_>, field: &Field) -> TokenStream {
        let attributes = self.choice(site.within(field)).map(|choice| &choice.attributes);
        attributes.map_or_else(TokenStream::new, |attributes| {
            let (before, behind) = (&attributes.before, &attributes.behind);
            quote!(#before #behind)
        })
    }

    /// A field's own type, which stands in for all that is not null.
    fn own(&self, site: Site<'_>, field: &Field) -> Option<&TokenStream> {
        self.choice(site.within(field))?.own.as_ref()
    }

    /// The type that stands in for a logical type's.
    pub(super) fn own_logical(&self, ty: &Type) -> Option<&TokenStream> {
        match ty {
            Type::Logical(logical) => self.choices.logical(logical_of(*logical)),
            _ => None,
        }
    }

    /// The same for a fixed.
    pub(super) fn own_fixed(&self, fixed: &Fixed) -> Option<&TokenStream> {
        self.choices.logical(logical_of_fixed(fixed.logical?))
    }

    /// The Rust type of a record's field.
    pub(super) fn held(&self, site: Site<'_>, field: &Field) -> TokenStream {
        match self.own(site, field) {
            Some(own) if may_be_null(&field.ty) => self.option(site, own),
            Some(own) => own.clone(),
            None => self.owned(site.within(field), &field.ty),
        }
    }

    /// The same of what is in the field's `Option`.
    pub(super) fn held_within(&self, site: Site<'_>, field: &Field, inner: &Type) -> TokenStream {
        match self.own(site, field) {
            Some(own) => own.clone(),
            None => self.owned(site.within(field), inner),
        }
    }

    /// The Rust type of the field in the record's borrowed twin.
    pub(super) fn held_borrowed(&self, site: Site<'_>, field: &Field) -> TokenStream {
        if self.field_borrows(site, field) {
            self.borrowed(site.within(field), &field.ty)
        } else {
            self.held(site, field)
        }
    }

    /// Whether the field of the twin differs from the record's.
    pub(super) fn field_borrows(&self, site: Site<'_>, field: &Field) -> bool {
        self.own(site, field).is_none() && self.borrows(&field.ty)
    }

    /// A default of a field that has a type of its own: read by that type. `None` where it has none, or the default is not of the field's type.
    pub(super) fn own_default(&self, site: Site<'_>, field: &Field, json: &Json) -> Option<Option<TokenStream>> {
        let own = self.own(site, field)?;
        let (ty, is_null) = match &field.ty {
            Type::Nullable { inner, .. } => (&**inner, *json == Json::Null),
            Type::Union(union) if union.null().is_some() => (&field.ty, *json == Json::Null),
            ty => (ty, false),
        };
        if is_null {
            return Some(Some(quote!(::core::option::Option::None)));
        }
        let value = match ty {
            // The other branches alone have no type of their own on the wire.
            Type::Union(_) if may_be_null(ty) => self.read_default(ty, &self.held(site, field), json),
            ty => self.read_default(ty, own, json).map(|value| match &field.ty {
                Type::Nullable { .. } => quote!(::core::option::Option::Some(#value)),
                _ => value,
            }),
        };
        Some(value)
    }

    /// A default that a type reads from its bytes, where no expression of ours could make it.
    pub(super) fn read_default(&self, ty: &Type, holder: &TokenStream, json: &Json) -> Option<TokenStream> {
        let bytes = Literal::byte_string(&datum::encoded(self.model, ty, json)?);
        let wire = self.wire(ty);
        Some(quote!(::kafka_event::__private::default::<#wire, #holder>(#bytes)))
    }

    /// The function that makes what holds a text of a borrowed one.
    pub(super) fn text_from(&self, site: Site<'_>) -> TokenStream {
        match self.chosen_string(site) {
            Some(ty) => quote!(<#ty as ::core::convert::From<&str>>::from),
            None => quote!(::std::string::String::from),
        }
    }

    /// The function that makes what holds bytes.
    pub(super) fn bytes_from(&self, site: Site<'_>) -> FromBytes {
        let Some(ty) = self.chosen_bytes(site) else {
            return FromBytes::Slice(quote!(::std::vec::Vec::from));
        };
        match ty.to_string().replace(' ', "").as_str() {
            "::std::boxed::Box<[u8]>" | "::std::sync::Arc<[u8]>" => FromBytes::Slice(quote!(<#ty as ::core::convert::From<&[u8]>>::from)),
            // Shared buffers take a vector over, and take a slice only where it lives for ever.
            _ => FromBytes::Vec(quote!(<#ty as ::core::convert::From<::std::vec::Vec<u8>>>::from)),
        }
    }

    /// The site of the field that a union of a record has its enum from: the first that holds it.
    pub(super) fn union_site<'a>(&'a self, site: Site<'a>, union: &Union) -> Site<'a> {
        let Some((owner, record)) = site.owner.and_then(|owner| Some((owner, self.model.record(owner)?))) else {
            return site;
        };
        // Where nothing was chosen, no field is looked for.
        let field = self
            .choices
            .has_fields(owner)
            .then(|| self.choices.union_field(owner, record, union));
        field.flatten().map_or(site, |field| site.within(field))
    }

    /// What was chosen for the enum of a union.
    pub(super) fn union_choice(&self, site: Site<'_>, union: &Union) -> Option<&TypeChoice> {
        let field = self.union_site(site, union).field?;
        self.choices.of_field(site.owner?, field).map(|choice| &choice.union)
    }
}

/// The function that makes what holds bytes, by what it takes.
pub(super) enum FromBytes {
    Slice(TokenStream),
    Vec(TokenStream),
}

fn may_be_null(ty: &Type) -> bool {
    match ty {
        Type::Nullable { .. } => true,
        Type::Union(union) => union.null().is_some(),
        _ => false,
    }
}
