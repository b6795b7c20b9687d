//! Reading what another version of a schema wrote: the methods that types made of others have for it.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::{large_union, union};

/// The method of `impl Decode` with this body.
fn method(lifetime: &TokenStream, body: &TokenStream) -> TokenStream {
    named(lifetime, &quote!(reader), &quote!(step), body)
}

/// The same with names of its own.
fn named(lifetime: &TokenStream, reader: &impl ToTokens, step: &impl ToTokens, body: &TokenStream) -> TokenStream {
    quote! {
        #[inline]
        fn evolve(
            #reader: &mut ::kafka_event::codec::Reader<#lifetime>,
            #step: ::kafka_event::evolution::Step<#lifetime>,
        ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
            #body
        }
    }
}

/// A struct's: its fields one by one.
pub(super) fn record(lifetime: &TokenStream, reader: &Ident, step: &Ident) -> TokenStream {
    named(lifetime, reader, step, &quote!(#step.record(#reader)))
}

/// A newtype's: by what it holds.
pub(super) fn newtype(wire: &TokenStream, lifetime: &TokenStream) -> TokenStream {
    let body = quote!(reader.evolve::<#wire, _>(step).map(Self));
    method(lifetime, &body)
}

/// That of a union's enum.
pub(super) fn union(lifetime: &TokenStream) -> TokenStream {
    let body = quote! {
        if step.is_alike() {
            return reader.read::<::kafka_event::wire::Union, Self>();
        }
        let (branch, step) = step.settled(reader)?.branch(reader)?;
        ::kafka_event::codec::DecodeBranch::evolve_branch(branch, reader, step)
    };
    method(lifetime, &body)
}

/// The method of `impl DecodeBranch` with this body.
fn branch_method(lifetime: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        fn evolve_branch(
            branch: i64,
            reader: &mut ::kafka_event::codec::Reader<#lifetime>,
            step: ::kafka_event::evolution::Step<#lifetime>,
        ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
            #body
        }
    }
}

/// That of an enum whose branches are read one by one.
pub(super) fn branches(
    lifetime: &TokenStream,
    places: &[Literal],
    variants: &[Ident],
    wires: &[TokenStream],
    count: &Literal,
) -> TokenStream {
    let unused = variants.is_empty().then(|| quote!(_ = step;));
    let evolved = union::chosen(&large_union::evolves(places, variants, wires), count);
    branch_method(lifetime, &quote!(#unused #evolved))
}
