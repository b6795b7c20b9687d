//! Paths and types: a model's type as Rust spells it, owned, borrowed and on the wire.

use std::cell::OnceCell;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::logical::logical_name;
use super::names::{Beside, Names, borrows};
use super::schemas::Schemas;
use super::union_names::UnionName;
use super::{Switches, decimal, external};
use crate::model::{Field, FixedLogical, Logical, Model, Named, Type, TypeId, TypeName, Union};
use crate::options::Choices;

/// A Rust identifier as the model spells it, raw where it says so.
pub(crate) fn ident(rust: &str) -> Ident {
    match rust.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(rust, Span::call_site()),
    }
}

/// A model with what every emitter asks of it.
pub(crate) struct Scope<'m> {
    pub(crate) model: &'m Model,
    pub(crate) switches: Switches,
    pub(crate) choices: Choices,
    pub(crate) schemas: Schemas<'m>,
    /// Made where they are asked for: the derive asks for none.
    names: OnceCell<Names<'m>>,
}

/// Where code stands: the module of a type, from which paths are spelled.
#[derive(Clone, Copy)]
pub(crate) struct Site<'a> {
    /// The record or root that unions belong to.
    pub(crate) owner: Option<TypeId>,
    /// The module's path from the root of generated code.
    pub(crate) module: &'a [crate::model::Ident],
    /// How many modules deep the site is; more than the path where it is a module of our own.
    pub(crate) depth: usize,
    /// The field of the owner whose value it is, by its Avro name: what the user chose for it holds.
    pub(crate) field: Option<&'a str>,
}

impl<'a> Site<'a> {
    /// The module of a type.
    pub(crate) fn of(id: TypeId, name: &'a TypeName) -> Self {
        Self {
            owner: Some(id),
            module: &name.namespace,
            depth: name.namespace.len(),
            field: None,
        }
    }

    /// The same within a field of its owner.
    pub(crate) fn within(self, field: &'a Field) -> Self {
        Self {
            field: Some(&field.name.avro),
            ..self
        }
    }
}

impl<'m> Scope<'m> {
    pub(crate) fn new(model: &'m Model, switches: Switches, choices: Choices) -> Self {
        Self {
            model,
            switches,
            names: OnceCell::new(),
            schemas: Schemas::new(model),
            choices,
        }
    }

    fn names(&self) -> &Names<'m> {
        self.names.get_or_init(|| Names::new(self.model, &self.choices))
    }

    /// A name of ours beside a type's, which nothing else in its module has.
    pub(crate) fn beside(&self, record: TypeId, what: Beside) -> Ident {
        ident(self.names().beside(record, what))
    }

    pub(crate) fn unions(&self, record: TypeId) -> &[UnionName<'m>] {
        self.names().unions.get(record).map_or(&[], Vec::as_slice)
    }

    fn union_name(&self, site: Site<'_>, union: &Union) -> (TypeId, &UnionName<'m>) {
        let owner = site.owner.expect("a union is spelled for its record");
        // Each has a place of its own among those of its owner.
        let known = self.unions(owner).iter().find(|known| known.union.place == union.place);
        (owner, known.expect("every union of a record has been named"))
    }

    /// The path from a site to a union's enum.
    pub(super) fn union_path(&self, site: Site<'_>, union: &Union) -> TokenStream {
        let (owner, name) = self.union_name(site, union);
        self.path_to(site, self.model.name(owner), &ident(&name.owned))
    }

    /// The path from a site to the borrowed twin of a union's enum.
    fn union_twin_path(&self, site: Site<'_>, union: &Union) -> TokenStream {
        let (owner, name) = self.union_name(site, union);
        self.path_to(site, self.model.name(owner), &ident(&name.twin))
    }

    /// Whether values of the type hold text or bytes that a twin could borrow.
    pub(crate) fn borrows(&self, ty: &Type) -> bool {
        borrows(ty, &self.names().borrowing)
    }

    pub(crate) fn named_borrows(&self, id: TypeId) -> bool {
        self.names().borrowing.contains(id)
    }

    /// A prelude's type: its plain name, or its whole path where the module has a type of that name.
    fn prelude(&self, site: Site<'_>, name: &str, path: TokenStream) -> TokenStream {
        // A module of our own has names of its own.
        let is_own = site.depth != site.module.len();
        if is_own || self.names().is_taken(site.module, name) {
            return path;
        }
        let name = ident(name);
        quote!(#name)
    }

    /// The path from a site to a named type.
    pub(crate) fn path(&self, site: Site<'_>, id: TypeId) -> TokenStream {
        if let Some(external) = self.choices.external(id) {
            return external.clone();
        }
        let name = self.model.named(id).name();
        let last = ident(&name.ident.rust);
        self.path_to(site, name, &last)
    }

    /// The path from a site to a named type's borrowed twin.
    pub(crate) fn borrowed_path(&self, site: Site<'_>, id: TypeId) -> TokenStream {
        if let Some(external) = self.choices.external(id) {
            return external::twin(external);
        }
        self.path_to(site, self.model.named(id).name(), &self.beside(id, Beside::Twin))
    }

    fn path_to(&self, site: Site<'_>, name: &TypeName, last: &Ident) -> TokenStream {
        if site.depth == site.module.len() && name.namespace == site.module {
            return quote!(#last);
        }
        let up = (0..site.depth).map(|_| quote!(super::));
        let up = if site.depth == 0 { quote!(self::) } else { quote!(#(#up)*) };
        let parts = name.namespace.iter().map(|part| ident(&part.rust));
        quote!(#up #(#parts::)* #last)
    }

    /// The Rust type that holds values of a type.
    pub(crate) fn owned(&self, site: Site<'_>, ty: &Type) -> TokenStream {
        match ty {
            Type::String => match self.chosen_string(site) {
                Some(chosen) => self.standard(site, chosen),
                None => self.prelude(site, "String", quote!(::std::string::String)),
            },
            Type::Bytes => match self.chosen_bytes(site) {
                Some(chosen) => self.standard(site, chosen),
                None => {
                    let vec = self.vec(site);
                    quote!(#vec<u8>)
                }
            },
            Type::Array(inner) => {
                let (vec, inner) = (self.vec(site), self.owned(site, inner));
                quote!(#vec<#inner>)
            }
            Type::Map(inner) => self.map(site, &self.owned(site, &Type::String), &self.owned(site, inner)),
            Type::Nullable { inner, .. } => self.option(site, &self.owned(site, inner)),
            Type::Union(union) => {
                let name = self.union_path(site, union);
                if union.null().is_some() {
                    self.option(site, &quote!(#name))
                } else {
                    quote!(#name)
                }
            }
            Type::Named(id) => self.path(site, *id),
            Type::Boxed(id) => self.boxed(site, &self.path(site, *id)),
            scalar => self.scalar(scalar),
        }
    }

    /// The Rust type that holds the same, its text and bytes borrowed for `'a`.
    pub(crate) fn borrowed(&self, site: Site<'_>, ty: &Type) -> TokenStream {
        if !self.borrows(ty) {
            return self.owned(site, ty);
        }
        match ty {
            Type::String => quote!(&'a str),
            Type::Bytes => quote!(&'a [u8]),
            Type::Array(inner) => {
                let (vec, inner) = (self.vec(site), self.borrowed(site, inner));
                quote!(#vec<#inner>)
            }
            Type::Map(inner) => self.map(site, &quote!(&'a str), &self.borrowed(site, inner)),
            Type::Nullable { inner, .. } => self.option(site, &self.borrowed(site, inner)),
            Type::Union(union) => {
                let name = self.union_twin_path(site, union);
                if union.null().is_some() {
                    self.option(site, &quote!(#name<'a>))
                } else {
                    quote!(#name<'a>)
                }
            }
            Type::Named(id) => {
                let path = self.borrowed_path(site, *id);
                quote!(#path<'a>)
            }
            Type::Boxed(id) => {
                let path = self.borrowed_path(site, *id);
                self.boxed(site, &quote!(#path<'a>))
            }
            scalar => self.scalar(scalar),
        }
    }

    /// The type as a person would write it in a record, with the path to what the prelude has not: records and enums by their plain name, and unions by
    /// that of the enum that is generated, to which only the application knows the way.
    #[cfg(feature = "derive")]
    pub(crate) fn suggested(&self, record: &crate::model::Record, ty: &Type) -> String {
        match ty {
            Type::Array(inner) => format!("Vec<{}>", self.suggested(record, inner)),
            Type::Map(inner) => format!("{MAPS}BTreeMap<String, {}>", self.suggested(record, inner)),
            Type::Nullable { inner, .. } => format!("Option<{}>", self.suggested(record, inner)),
            Type::Union(union) => {
                let owner = self.model.types().find(|(_, named)| *named.name() == record.name);
                let known = owner.map_or(&[][..], |(owner, _)| self.unions(owner));
                let name = known.iter().find(|known| known.union.place == union.place);
                let name = name.map_or("…", |name| name.owned.as_str());
                if union.null().is_some() {
                    format!("Option<{name}>")
                } else {
                    name.to_owned()
                }
            }
            Type::Named(id) => match self.model.named(*id) {
                // Its own name is one that only generated code has.
                Named::Fixed(fixed) => match fixed.logical {
                    Some(logical) => in_words(&super::fixed::meant(logical)),
                    None => format!("[u8; {}]", fixed.size),
                },
                named => named.name().ident.rust.clone(),
            },
            Type::Boxed(id) => format!("Box<{}>", self.model.named(*id).name().ident.rust),
            Type::String => "String".to_owned(),
            Type::Bytes => "Vec<u8>".to_owned(),
            scalar => in_words(&self.scalar(scalar)),
        }
    }

    fn vec(&self, site: Site<'_>) -> TokenStream {
        self.prelude(site, "Vec", quote!(::std::vec::Vec))
    }

    /// A type that was given: the standard library's by its plain name, where that means it here.
    fn standard(&self, site: Site<'_>, given: &TokenStream) -> TokenStream {
        match given.to_string().replace(' ', "").as_str() {
            "::std::boxed::Box<str>" => self.boxed(site, &quote!(str)),
            "::std::boxed::Box<[u8]>" => self.boxed(site, &quote!([u8])),
            _ => given.clone(),
        }
    }

    pub(super) fn option(&self, site: Site<'_>, inner: &TokenStream) -> TokenStream {
        let option = self.prelude(site, "Option", quote!(::core::option::Option));
        quote!(#option<#inner>)
    }

    fn boxed(&self, site: Site<'_>, inner: &TokenStream) -> TokenStream {
        let boxed = self.prelude(site, "Box", quote!(::std::boxed::Box));
        quote!(#boxed<#inner>)
    }

    fn scalar(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Null => quote!(()),
            Type::Boolean => quote!(bool),
            Type::Int => quote!(i32),
            Type::Long => quote!(i64),
            Type::Float => quote!(f32),
            Type::Double => quote!(f64),
            Type::Logical(logical) => match self.own_logical(ty) {
                Some(own) => own.clone(),
                None => super::key::runtime_logical(*logical),
            },
            composite => unreachable!("not a scalar: {composite:?}"),
        }
    }

    /// The type on the wire, as [`kafka_event::wire`] names it.
    pub(crate) fn wire(&self, ty: &Type) -> TokenStream {
        let wire = quote!(::kafka_event::wire);
        match ty {
            Type::Null | Type::Broken => quote!(#wire::Null),
            Type::Boolean => quote!(#wire::Boolean),
            Type::Int => quote!(#wire::Int),
            Type::Long => quote!(#wire::Long),
            Type::Float => quote!(#wire::Float),
            Type::Double => quote!(#wire::Double),
            Type::Bytes => quote!(#wire::Bytes),
            Type::String => quote!(#wire::Str),
            Type::Logical(logical) => {
                let name = ident(logical_name(*logical));
                let arguments = match logical {
                    Logical::Decimal { precision, scale } => decimal::arguments(&[*precision as usize, *scale as usize]),
                    _ => TokenStream::new(),
                };
                quote!(#wire::#name #arguments)
            }
            Type::Array(inner) => {
                let inner = self.wire(inner);
                quote!(#wire::Array<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.wire(inner);
                quote!(#wire::Map<#inner>)
            }
            Type::Nullable { null_first, inner } => {
                let inner = self.wire(inner);
                let null = proc_macro2::Literal::usize_unsuffixed(usize::from(!null_first));
                quote!(#wire::Nullable<#inner, #null>)
            }
            Type::Union(union) => match union.null() {
                Some(null) => {
                    let null = proc_macro2::Literal::usize_unsuffixed(null);
                    quote!(#wire::NullableUnion<#null>)
                }
                None => quote!(#wire::Union),
            },
            Type::Named(id) | Type::Boxed(id) => match self.model.named(*id) {
                Named::Record(_) => quote!(#wire::Record),
                Named::Enum(_) => quote!(#wire::Enum),
                Named::Fixed(fixed) => match fixed.logical {
                    Some(FixedLogical::Uuid) => quote!(#wire::UuidFixed),
                    Some(FixedLogical::Duration) => quote!(#wire::Duration),
                    Some(FixedLogical::Decimal { precision, scale }) => {
                        let arguments = decimal::arguments(&[fixed.size, precision as usize, scale as usize]);
                        quote!(#wire::DecimalFixed #arguments)
                    }
                    None => {
                        let size = proc_macro2::Literal::usize_unsuffixed(fixed.size);
                        quote!(#wire::Fixed<#size>)
                    }
                },
            },
        }
    }
}

/// Where the maps are that an application writes.
#[cfg(feature = "derive")]
pub(crate) const MAPS: &str = "std::collections::";

/// A type of the runtime's or the language's, as an application writes it.
#[cfg(feature = "derive")]
fn in_words(ty: &TokenStream) -> String {
    let tokens = ty.to_string().replace(' ', "").replace(',', ", ");
    tokens.trim_start_matches("::").to_owned()
}
