//! Reading what another version of a schema wrote: the methods that types made of others have for it.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::codec::CarriedField;

/// The method of `impl Decode` with this body.
fn method(lifetime: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        fn evolve(
            reader: &mut ::kafka_event::codec::Reader<#lifetime>,
            step: ::kafka_event::evolution::Step<#lifetime>,
        ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
            #body
        }
    }
}

/// A struct's, field by field in its own order.
pub(super) fn record(fields: &[CarriedField], lifetime: &TokenStream) -> TokenStream {
    let reads = fields.iter().map(|field| {
        let (member, wire, avro) = (&field.member, &field.wire, &field.avro);
        let read = quote_spanned!(field.span=> fields.field::<#wire, _>(reader, #avro)?);
        quote!(#member: #read)
    });
    let mutable = (!fields.is_empty()).then(|| quote!(mut));
    let body = quote! {
        let ::core::option::Option::Some(#mutable fields) = step.settled(reader)?.fields(reader)? else {
            return reader.read::<::kafka_event::wire::Record, Self>();
        };
        let value = Self { #(#reads),* };
        fields.finish(reader)?;
        ::core::result::Result::Ok(value)
    };
    method(lifetime, &body)
}

/// That of an owned type: by its twin.
pub(super) fn through(wire: &TokenStream, twin: &TokenStream, lifetime: &TokenStream) -> TokenStream {
    let body = quote!(reader.evolve::<#wire, #twin>(step).map(::core::convert::Into::into));
    method(lifetime, &body)
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
    let body = quote! {
        #unused
        match branch {
            #(#places => reader.evolve::<#wires, _>(step).map(Self::#variants),)*
            branch => ::core::result::Result::Err(reader.no_such_branch(branch, #count)),
        }
    };
    branch_method(lifetime, &body)
}

/// That of an owned enum: by its twin.
pub(super) fn branches_through(twin: &TokenStream, lifetime: &TokenStream) -> TokenStream {
    let body = quote! {
        <#twin as ::kafka_event::codec::DecodeBranch<#lifetime>>::evolve_branch(branch, reader, step).map(::core::convert::Into::into)
    };
    branch_method(lifetime, &body)
}
