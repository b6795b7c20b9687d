//! What `#[kafka(…)]` says on types, fields and variants.

use crate::word::{Flag, Module, Text, TypeOrWay, read};

/// On a type.
#[derive(Default)]
pub(crate) struct OfType {
    pub(crate) topic: Text,
    pub(crate) record: Text,
    pub(crate) enumeration: Text,
    pub(crate) manifest: Text,
    pub(crate) rename_all: Text,
    pub(crate) consume: Flag,
    pub(crate) key: TypeOrWay,
    pub(crate) event: TypeOrWay,
    pub(crate) runtime: Module,
}

impl OfType {
    pub(crate) fn read(attributes: &[syn::Attribute]) -> syn::Result<Self> {
        let mut of = Self::default();
        read(
            attributes,
            "a type",
            &mut [
                ("topic", &mut of.topic),
                ("record", &mut of.record),
                ("enum", &mut of.enumeration),
                ("consume", &mut of.consume),
                ("key", &mut of.key),
                ("event", &mut of.event),
                ("rename_all", &mut of.rename_all),
                ("manifest", &mut of.manifest),
                ("crate", &mut of.runtime),
            ],
        )?;
        Ok(of)
    }
}

/// On a field.
#[derive(Default)]
pub(crate) struct OfField {
    pub(crate) rename: Text,
    pub(crate) with: Module,
    pub(crate) skip: Flag,
}

impl OfField {
    pub(crate) fn read(attributes: &[syn::Attribute]) -> syn::Result<Self> {
        let mut of = Self::default();
        read(
            attributes,
            "a field",
            &mut [("rename", &mut of.rename), ("with", &mut of.with), ("skip", &mut of.skip)],
        )?;
        match (of.skip.0, &of.rename.0, &of.with.0) {
            (Some(span), Some(_), _) | (Some(span), _, Some(_)) => {
                let message = "a field that is skipped is not carried\nhelp: take `skip` away, or the other words";
                Err(syn::Error::new(span, message))
            }
            _ => Ok(of),
        }
    }
}

/// On a variant.
#[derive(Default)]
pub(crate) struct OfVariant {
    pub(crate) rename: Text,
    pub(crate) other: Flag,
    pub(crate) key: TypeOrWay,
}

impl OfVariant {
    pub(crate) fn read(attributes: &[syn::Attribute]) -> syn::Result<Self> {
        let mut of = Self::default();
        read(
            attributes,
            "a variant",
            &mut [("rename", &mut of.rename), ("other", &mut of.other), ("key", &mut of.key)],
        )?;
        Ok(of)
    }
}
