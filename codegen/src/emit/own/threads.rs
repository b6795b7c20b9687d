//! That the fields of a topic's event go from thread to thread, as events do: told of each where it stands.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::asked::asked;
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
            let (reference, end) = (at(quote!(&'static <), first), at(quote!(as __GoesToOtherThreads>::Is), last));
            quote_spanned!(first=> ::core::option::Option<#reference #ty #end>)
        })
        .collect();
    if types.is_empty() {
        return TokenStream::new();
    }
    let asked = asked(
        "threads",
        &[quote! {
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not go from thread to thread, as the events of a topic do",
                label = "this is not `Send` and `Sync`",
                note = "an `Arc` stands in the place of an `Rc`, a `Mutex` or an atomic in that of a cell, and a `dyn Trait` says `+ Send + Sync`"
            )]
            pub(crate) trait __GoesToOtherThreads {
                type Is: ?::core::marker::Sized;
            }

            #[diagnostic::do_not_recommend]
            impl<T: ?::core::marker::Sized> __GoesToOtherThreads for T
            where
                ::kafka_event::__private::Threads: ::kafka_event::__private::Share<T>,
            {
                type Is = T;
            }
        }],
    );
    quote! {
        #asked
        const _: fn() = || { #(let _: #types = ::core::option::Option::None;)* };
    }
}
