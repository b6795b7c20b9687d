//! A union that is more than optional: an enum of its branches but null.

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::borrowed::to_owned;
use super::codec::hexadecimal;
use super::names::plain;
use super::scope::{Scope, Site, ident};
use super::union_names::UnionName;
use super::{doc, evolve, large_union, serde, site_allow};
use crate::model::{Logical, Named, Type, Union};
use crate::name::{free_number, spelled};
use crate::options::TypeChoice;

/// The enums of the unions of a record or a root.
pub(super) fn emit(scope: &Scope<'_>, site: Site<'_>) -> TokenStream {
    let owner = site.owner.expect("a union belongs to a record or a root");
    let unions = scope.unions(owner).iter().map(|name| emit_one(scope, site, name));
    quote!(#(#unions)*)
}

fn emit_one(scope: &Scope<'_>, site: Site<'_>, names: &UnionName<'_>) -> TokenStream {
    let (union, rust) = (names.union, &names.owned);
    let site = scope.union_site(site, union);
    let choice = scope.union_choice(site, union);
    let branches = branches(scope, union);
    let is_large = large_union::is(branches.len());
    let base: &[&str] = if is_large {
        &["Debug", "PartialEq"]
    } else {
        &["Debug", "Clone", "PartialEq"]
    };
    let head = TypeChoice::head(choice, base, if is_large { &["Default", "Clone"] } else { &["Default"] });
    let borrowed_head = TypeChoice::borrowed_head(choice, base, if is_large { &["Clone"] } else { &[] });
    let twin = scope.switches.borrowed && union.branches.iter().any(|branch| scope.borrows(branch));
    let name = ident(rust);
    let docs = format!(" {}", names.docs);

    let types = branches.iter().map(|branch| scope.owned(site, branch.ty));
    let allow = site_allow(site);
    let definition = definition(&name, &TokenStream::new(), &head, &allow, &docs, &branches, types);
    let variants: Vec<_> = branches.iter().map(|branch| ident(&branch.variant)).collect();
    let clone = is_large.then(|| large_union::clone(&name, &TokenStream::new(), &variants));
    let wires: Vec<_> = branches.iter().map(|branch| scope.wire(branch.ty)).collect();
    let places: Vec<_> = branches.iter().map(|branch| Literal::usize_unsuffixed(branch.place)).collect();
    // A union of null alone has no value but null.
    let (size, written) = if branches.is_empty() {
        (quote!(match *self {}), quote!(_ = writer; match *self {}))
    } else {
        let size = quote! {
            5 + match self {
                #(Self::#variants(value) => ::kafka_event::codec::Encode::<#wires>::size_bound(value),)*
            }
        };
        let written = quote! {
            match self {
                #(Self::#variants(value) => {
                    writer.varint(#places);
                    writer.write::<#wires, _>(value);
                })*
            }
        };
        (size, written)
    };
    let layout = hexadecimal(scope.schemas.union_layout(union));
    let encode = quote! {
        #[automatically_derived]
        impl ::kafka_event::codec::Encode<::kafka_event::wire::Union> for #name {
            #[inline]
            fn size_bound(&self) -> usize { #size }

            #[inline]
            fn encode(&self, writer: &mut ::kafka_event::codec::Writer<'_>) { #written }
        }
    };
    let reads = Reads {
        places,
        variants,
        wires,
        count: Literal::usize_unsuffixed(union.branches.len()),
        layout,
        evolves: scope.switches.evolution,
    };
    let reference = ident(&names.twin);
    let serde = of_serde(scope, site, union, &name, twin.then_some(&reference));
    let decode = reads.decode(&name, false);
    if !twin {
        return quote!(#definition #clone #encode #decode #serde);
    }
    let reference_docs = format!(" {} with text and bytes borrowed from the encoded event.", doc::link("enum", rust));
    let types = branches.iter().map(|branch| scope.borrowed(site, branch.ty));
    let reference_definition = self::definition(&reference, &quote!(<'a>), &borrowed_head, &allow, &reference_docs, &branches, types);
    let decode_reference = reads.decode(&reference, true);
    let variants = &reads.variants;
    let clone_reference = is_large.then(|| large_union::clone(&reference, &quote!(<'_>), variants));
    let owned: Vec<_> = branches
        .iter()
        .map(|branch| to_owned(scope, site, branch.ty, &quote!(value)))
        .collect();
    let from = large_union::from_borrowed(&reference, &name, variants, &owned);
    quote! {
        #definition
        #clone
        #encode
        #decode
        #serde
        #reference_definition
        #clone_reference
        #decode_reference

        #[automatically_derived]
        impl ::core::convert::From<#reference<'_>> for #name {
            #[inline]
            fn from(borrowed: #reference<'_>) -> Self {
                #from
            }
        }
    }
}

/// serde's traits of a union's enum; that of a root which is never null is the root's own type, and has them as such.
fn of_serde(
    scope: &Scope<'_>,
    site: Site<'_>,
    union: &Union,
    name: &proc_macro2::Ident,
    twin: Option<&proc_macro2::Ident>,
) -> Option<TokenStream> {
    let owner = site.owner.filter(|_| scope.switches.serde)?;
    match scope.model.ty(owner) {
        Type::Union(root) if root.place == union.place && root.null().is_none() => None,
        _ => {
            let of = ident(&scope.model.name(owner).ident.rust);
            let is_shared = scope.schemas.shared(&scope.choices).has(owner);
            Some(serde::of_union(name, twin, &quote!(#of), union.place, is_shared))
        }
    }
}

fn definition(
    name: &proc_macro2::Ident,
    generics: &TokenStream,
    head: &TokenStream,
    allow: &TokenStream,
    docs: &str,
    branches: &[Branch<'_>],
    types: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let variants = branches.iter().zip(types).map(|(branch, ty)| {
        let docs = format!(" The branch `{}`.", branch.avro);
        let variant = ident(&branch.variant);
        quote!(#[doc = #docs] #variant(#ty))
    });
    quote! {
        #[doc = #docs]
        #head
        #allow
        pub enum #name #generics { #(#variants),* }
    }
}

/// What a union's reading is made of: of each branch but null its place, its variant and its Avro type.
struct Reads {
    places: Vec<Literal>,
    variants: Vec<proc_macro2::Ident>,
    wires: Vec<TokenStream>,
    /// How many branches there are, null among them.
    count: Literal,
    layout: Literal,
    evolves: bool,
}

impl Reads {
    /// The implementations of a type that borrows what it holds, or owns it.
    fn decode(&self, name: &proc_macro2::Ident, borrows: bool) -> TokenStream {
        let Self {
            places,
            variants,
            wires,
            count,
            layout,
            evolves,
        } = self;
        let lifetime = if borrows { quote!('a) } else { quote!('de) };
        let arguments = borrows.then(|| quote!(<'a>));
        let evolve_branch = evolves.then(|| evolve::branches(&lifetime, places, variants, wires, count));
        let evolve = evolves.then(|| evolve::union(&lifetime));
        let read = chosen(&large_union::reads(places, variants, wires), count);
        quote! {
            #[automatically_derived]
            impl<#lifetime> ::kafka_event::codec::DecodeBranch<#lifetime> for #name #arguments {
                const LAYOUT: u64 = #layout;

                #[inline]
                fn decode_branch(
                    branch: i64,
                    reader: &mut ::kafka_event::codec::Reader<#lifetime>,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    #read
                }

                #evolve_branch
            }

            #[automatically_derived]
            impl<#lifetime> ::kafka_event::codec::Decode<#lifetime, ::kafka_event::wire::Union> for #name #arguments {
                const LAYOUT: u64 = <Self as ::kafka_event::codec::DecodeBranch<#lifetime>>::LAYOUT;

                #[inline]
                fn decode(
                    reader: &mut ::kafka_event::codec::Reader<#lifetime>,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    let branch = reader.varint()?;
                    ::kafka_event::codec::DecodeBranch::decode_branch(branch, reader)
                }

                #evolve
            }
        }
    }
}

/// What is read of the branch that the arms have; of any other, an error.
pub(super) fn chosen(arms: &TokenStream, count: &Literal) -> TokenStream {
    let none = quote!(::core::result::Result::Err(reader.no_such_branch(branch, #count)));
    if arms.is_empty() {
        return none;
    }
    quote! {
        match branch {
            #arms
            branch => #none,
        }
    }
}

/// A branch that is not null.
pub(super) struct Branch<'m> {
    /// Its place in the schema's list.
    pub(super) place: usize,
    pub(super) ty: &'m Type,
    pub(super) variant: String,
    avro: String,
}

/// The branches but null, each with a variant's name that no other has.
pub(super) fn branches<'m>(scope: &Scope<'_>, union: &'m Union) -> Vec<Branch<'m>> {
    let (mut branches, mut taken) = (Vec::new(), HashSet::new());
    for (place, ty) in union.branches.iter().enumerate().filter(|(_, ty)| **ty != Type::Null) {
        let (base, avro) = match ty {
            Type::Null | Type::Broken | Type::Nullable { .. } | Type::Union(_) => continue,
            Type::Boolean => ("Boolean".to_owned(), "boolean".to_owned()),
            Type::Int => ("Int".to_owned(), "int".to_owned()),
            Type::Long => ("Long".to_owned(), "long".to_owned()),
            Type::Float => ("Float".to_owned(), "float".to_owned()),
            Type::Double => ("Double".to_owned(), "double".to_owned()),
            Type::Bytes => ("Bytes".to_owned(), "bytes".to_owned()),
            Type::String => ("String".to_owned(), "string".to_owned()),
            Type::Array(_) => ("Array".to_owned(), "array".to_owned()),
            Type::Map(_) => ("Map".to_owned(), "map".to_owned()),
            Type::Logical(Logical::Decimal { precision, scale }) => ("Decimal".to_owned(), format!("decimal({precision}, {scale})")),
            Type::Logical(logical) => (format!("{logical:?}"), format!("{logical:?}")),
            Type::Named(id) | Type::Boxed(id) => {
                let named: &Named = scope.model.named(*id);
                (plain(&named.name().ident).to_owned(), named.name().full())
            }
        };
        let mut variant = spelled(&base);
        if taken.contains(&variant) {
            let number = free_number(|number| taken.contains(&format!("{base}{number}")));
            variant = format!("{base}{number}");
        }
        taken.insert(variant.clone());
        branches.push(Branch { place, ty, variant, avro });
    }
    branches
}
