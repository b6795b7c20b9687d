//! What was chosen, by the model's types and fields: what emitters ask.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Attributes, MapType};
use crate::collections::{ByName, ByType};
use crate::model::{Field, Record, Type, TypeId, Union};

/// All choices, each resolved against one model.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    /// Types that are not generated, by the path of what stands for them.
    pub(super) externals: ByType<TokenStream>,
    pub(super) types: ByType<TypeChoice>,
    /// By the field's Avro name.
    pub(super) fields: ByType<ByName<FieldChoice>>,
    /// By the symbol's Avro name.
    pub(super) symbols: ByType<ByName<Attributes>>,
    /// By Avro's name of the logical type.
    pub(super) logical: ByName<TokenStream>,
    /// The runtime's path, where it is not `::kafka_event`.
    pub(super) runtime: Option<TokenStream>,
}

/// What was chosen for a type, or for a union's enum.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypeChoice {
    pub(super) derives: Vec<TokenStream>,
    pub(super) borrowed: Vec<TokenStream>,
    pub(crate) attributes: Attributes,
}

/// What was chosen for a field of a record.
#[derive(Debug, Clone, Default)]
pub(crate) struct FieldChoice {
    /// The type that holds it, or holds what is not null.
    pub(crate) own: Option<TokenStream>,
    pub(crate) string: Option<TokenStream>,
    pub(crate) bytes: Option<TokenStream>,
    pub(crate) map: Option<MapType>,
    pub(crate) attributes: Attributes,
    /// Of the enum of its union.
    pub(crate) union: TypeChoice,
}

impl Choices {
    /// The path of the type that stands for one that is not generated.
    pub(crate) fn external(&self, id: TypeId) -> Option<&TokenStream> {
        self.externals.get(id)
    }

    /// All types that are not generated.
    pub(crate) fn externals(&self) -> impl Iterator<Item = (TypeId, &TokenStream)> {
        self.externals.iter()
    }

    pub(crate) fn of_type(&self, id: TypeId) -> Option<&TypeChoice> {
        self.types.get(id)
    }

    pub(crate) fn of_field(&self, record: TypeId, avro: &str) -> Option<&FieldChoice> {
        self.fields.get(record)?.get(avro)
    }

    /// Whether something was chosen for a field of a record.
    pub(crate) fn has_fields(&self, record: TypeId) -> bool {
        self.fields.contains(record)
    }

    pub(crate) fn of_symbol(&self, enumeration: TypeId, avro: &str) -> Option<&Attributes> {
        self.symbols.get(enumeration)?.get(avro)
    }

    /// Whether a field has a type of its own.
    pub(crate) fn is_own(&self, record: TypeId, field: &Field) -> bool {
        self.of_field(record, &field.name.avro).is_some_and(|choice| choice.own.is_some())
    }

    /// The field that a union of a record has its enum from: the first that holds it, and has no type of its own.
    pub(crate) fn union_field<'m>(&self, id: TypeId, record: &'m Record, union: &Union) -> Option<&'m Field> {
        let is_it = |ty: &Type| matches!(ty, Type::Union(known) if **known == *union);
        record
            .fields
            .iter()
            .find(|field| !self.is_own(id, field) && holds(&field.ty, &is_it))
    }

    /// The type that holds every value of a logical type, by Avro's name of it.
    pub(crate) fn logical(&self, avro: &str) -> Option<&TokenStream> {
        self.logical.get(avro)
    }

    pub(crate) fn runtime(&self) -> Option<&TokenStream> {
        self.runtime.as_ref()
    }
}

impl TypeChoice {
    /// The derives and attributes of a definition that has these derives anyway, and cannot have the others.
    pub(crate) fn head(choice: Option<&Self>, base: &[&str], never: &[&str]) -> TokenStream {
        let Some(choice) = choice else { return derives(base, &[], never) };
        let derives = derives(base, &choice.derives, never);
        let (before, behind) = (&choice.attributes.before, &choice.attributes.behind);
        quote!(#before #derives #behind)
    }

    /// The derives of its borrowed twin.
    pub(crate) fn borrowed_head(choice: Option<&Self>, base: &[&str], never: &[&str]) -> TokenStream {
        derives(base, choice.map_or(&[], |choice| &choice.borrowed), never)
    }
}

fn derives(base: &[&str], more: &[TokenStream], never: &[&str]) -> TokenStream {
    let mut all: Vec<TokenStream> = base.iter().map(|name| name.parse().expect("a derive's name is a token")).collect();
    let may = |derive: &&TokenStream| standard(derive).is_none_or(|name| !never.contains(&name.as_str()));
    for derive in more.iter().filter(may) {
        let same = |known: &TokenStream| match (standard(known), standard(derive)) {
            (Some(known), Some(derive)) => known == derive,
            _ => known.to_string() == derive.to_string(),
        };
        if !all.iter().any(same) {
            all.push(derive.clone());
        }
    }
    quote!(#[derive(#(#all),*)])
}

/// The name of a derive of the standard library's, however its path is spelled.
fn standard(derive: &TokenStream) -> Option<String> {
    let text = derive.to_string().replace(' ', "");
    let path = text.trim_start_matches("::");
    let of_a_library = path.starts_with("core::") || path.starts_with("std::");
    let name = path.rsplit("::").next()?;
    (of_a_library || name == path).then(|| name.to_owned())
}

/// Whether a type is, or holds without another named type between, one of which something is so.
pub(super) fn holds(ty: &Type, is_it: &impl Fn(&Type) -> bool) -> bool {
    is_it(ty)
        || match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => holds(inner, is_it),
            Type::Union(union) => union.branches.iter().any(|branch| holds(branch, is_it)),
            _ => false,
        }
}

/// The unions that a type is or holds without another named type between.
pub(super) fn each_union<'m>(ty: &'m Type, with: &mut impl FnMut(&'m Union)) {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => each_union(inner, with),
        Type::Union(union) => {
            with(union);
            union.branches.iter().for_each(|branch| each_union(branch, with));
        }
        _ => {}
    }
}
