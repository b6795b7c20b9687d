//! The types of keys that are known apart from their events.

use proc_macro2::TokenStream;
use quote::quote;

use super::decimal;
use super::logical::logical_name;
use super::scope::{Scope, Site, ident};
use crate::model::{Fixed, FixedLogical, Logical, Named, Type, TypeId};

impl Scope<'_> {
    /// The type of a key that is known apart from its event, as a tombstone's is: what holds the field by the user's choice may not be read back.
    pub(crate) fn key(&self, site: Site<'_>, ty: &Type) -> TokenStream {
        match ty {
            Type::Logical(logical) => runtime_logical(*logical),
            Type::Named(id) | Type::Boxed(id) if matches!(self.model.named(*id), Named::Fixed(fixed) if fixed.logical.is_some()) => {
                self.plain_fixed(*id)
            }
            other => self.owned(site, other),
        }
    }

    /// What a fixed holds, in types that need no generated code.
    pub(crate) fn plain_fixed(&self, id: TypeId) -> TokenStream {
        match self.model.named(id) {
            Named::Fixed(Fixed {
                logical: Some(FixedLogical::Uuid),
                ..
            }) => quote!(::kafka_event::uuid::Uuid),
            Named::Fixed(Fixed {
                logical: Some(FixedLogical::Duration),
                ..
            }) => quote!(::kafka_event::logical::Duration),
            Named::Fixed(fixed) => {
                let size = proc_macro2::Literal::usize_unsuffixed(fixed.size);
                quote!([u8; #size])
            }
            other => unreachable!("not a fixed: {}", other.name().full()),
        }
    }
}

/// What holds a logical type where nobody chose otherwise.
pub(super) fn runtime_logical(logical: Logical) -> TokenStream {
    match logical {
        Logical::Uuid => quote!(::kafka_event::uuid::Uuid),
        Logical::Decimal { precision, scale } => decimal::owned(precision, scale),
        logical => {
            let name = ident(logical_name(logical));
            quote!(::kafka_event::logical::#name)
        }
    }
}
