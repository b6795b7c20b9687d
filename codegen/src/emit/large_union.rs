//! Unions of many branches: in a build without optimisation a function's frame has room for what each of its branches does, so that one that
//! did it all for large records would take megabytes. What is done for a branch is done in a function of its own, or of a few.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// How many branches are done in one function.
const FEW: usize = 8;

/// Whether a union is large.
pub(super) fn is(branches: usize) -> bool {
    branches > FEW
}

/// `impl Clone`, which is derived where it is not large. The compiler looks for no use within what is derived, and says nothing of it.
pub(super) fn clone(name: &Ident, generics: &TokenStream, variants: &[Ident]) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::core::clone::Clone for #name #generics {
            #[inline]
            fn clone(&self) -> Self {
                #[allow(dead_code)]
                fn branch<T: ::core::clone::Clone, U>(value: &T, of: fn(T) -> U) -> U { of(::core::clone::Clone::clone(value)) }
                match self { #(Self::#variants(value) => branch(value, Self::#variants),)* }
            }
        }
    }
}

/// The arms that read a union's branches.
pub(super) fn reads(places: &[Literal], variants: &[Ident], wires: &[TokenStream]) -> TokenStream {
    if !is(variants.len()) {
        quote!(#(#places => reader.read::<#wires, _>().map(Self::#variants),)*)
    } else {
        quote!(#(#places => ::kafka_event::__private::read_branch::<#wires, _, _>(reader, Self::#variants),)*)
    }
}

/// The same of what another version of the schema wrote.
pub(super) fn evolves(places: &[Literal], variants: &[Ident], wires: &[TokenStream]) -> TokenStream {
    if !is(variants.len()) {
        quote!(#(#places => reader.evolve::<#wires, _>(step).map(Self::#variants),)*)
    } else {
        quote!(#(#places => ::kafka_event::__private::evolve_branch::<#wires, _, _>(reader, step, Self::#variants),)*)
    }
}

/// The way from a borrowed union to the owned one: the value of each branch, called `value`, as it is owned.
pub(super) fn from_borrowed(borrowed: &Ident, owned: &Ident, variants: &[Ident], values: &[TokenStream]) -> TokenStream {
    if !is(variants.len()) {
        return quote!(match borrowed { #(#borrowed::#variants(value) => Self::#variants(#values),)* });
    }
    let groups = variants.chunks(FEW).zip(values.chunks(FEW)).enumerate();
    let (functions, arms): (Vec<_>, Vec<_>) = groups
        .map(|(number, (variants, values))| {
            let function = format_ident!("group{number}");
            let definition = quote! {
                fn #function(borrowed: #borrowed<'_>) -> #owned {
                    match borrowed {
                        #(#borrowed::#variants(value) => #owned::#variants(#values),)*
                        _ => ::core::unreachable!("it is none of the group"),
                    }
                }
            };
            (definition, quote!(#(#borrowed::#variants(_))|* => #function(borrowed),))
        })
        .unzip();
    quote! {
        #(#functions)*
        match borrowed { #(#arms)* }
    }
}
