//! That the fields of a topic's event go from thread to thread, as events do: told of each where it stands.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::field::end;
use super::fit::at;
use super::input::OwnRecord;

/// What asks it of each type that is known.
///
/// The topic's implementations ask it of the whole where they are used: asked where they stand, the compiler would say so of each of their bounds.
pub(super) fn asked_of(own: &OwnRecord) -> TokenStream {
    let mut asked_already = HashSet::new();
    // Each type once, where it stands first: most fields are of few types.
    let known = own.fields.iter().filter(|field| !own.this.is_open(&field.ty));
    let types: Vec<TokenStream> = known
        .filter(|field| asked_already.insert(field.ty.to_string()))
        .map(|field| {
            let (first, ty) = (field.span, own.this.everlasting(&field.ty));
            let last = end(&ty, first);
            let (reference, end) = (
                at(quote!(&'static <), first),
                at(quote!(as ::kafka_event::__private::GoesToOtherThreads>::Is), last),
            );
            quote!(#reference #ty #end)
        })
        .collect();
    if types.is_empty() {
        return TokenStream::new();
    }
    // A signature asks for what stands in it, and is cheaper for the compiler than code.
    quote! {
        trait __GoToOtherThreads {
            fn these(#(_: #types),*);
        }
    }
}

/// The same of a whole, asked where that is used: of any lifetime, so that the compiler speaks of none of these bounds where it does not hold.
pub(super) fn where_used(this: &TokenStream) -> TokenStream {
    quote!(for<'__any> #this: ::core::marker::Send + ::core::marker::Sync)
}
