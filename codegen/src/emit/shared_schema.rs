//! Records whose schemas the compiler puts together: long ones that have their definitions in common.
//!
//! The definitions stand once, in a table beside the first of the records. The schema of each is a walk through the table, which the compiler
//! takes where the schema is used, and not before.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::codec::{hexadecimal, text};
use super::scope::{Scope, Site};
use crate::model::TypeId;

/// What makes it a `Record`, with the table where it is the first of those that share one; `None` where its schema is written out.
pub(super) fn record(scope: &Scope<'_>, site: Site<'_>, id: TypeId, name: &Ident, borrowed: &TokenStream) -> Option<TokenStream> {
    let (owner, types) = scope.schemas.shared(&scope.choices).table_of(id)?;
    let full_name = scope.model.name(id).full();
    let (fingerprint, layout) = (scope.schemas.fingerprint(id), scope.schemas.layout(id));
    let (fingerprint, layout) = (hexadecimal(fingerprint), hexadecimal(layout));
    let numbers = [place(types, id), types.len(), scope.schemas.length(id)].map(Literal::usize_unsuffixed);
    let [root, count, length] = numbers;
    let holder = scope.path(site, owner);
    let table = (owner == id).then(|| table(scope, types, name));
    Some(quote! {
        #table

        #[automatically_derived]
        impl ::kafka_event::__private::SharedSchema for #name {
            type Ref<'de> = #borrowed;
            type Text = ::kafka_event::__private::Text<#holder, #root, #count, #length>;
            const FULL_NAME: &'static str = #full_name;
            const FINGERPRINT: ::kafka_event::Fingerprint = ::kafka_event::Fingerprint(#fingerprint);
            const LAYOUT: u64 = #layout;
        }
    })
}

fn table(scope: &Scope<'_>, types: &[TypeId], holder: &Ident) -> TokenStream {
    let definitions = types.iter().map(|id| {
        let definition = scope.schemas.whole.definition(*id);
        let [name, head, namespace, end] = [definition.name.as_str(), definition.head(), &definition.namespace, definition.end()].map(text);
        let within = definition.types().map(|(before, id)| {
            let (before, place) = (text(before), Literal::usize_unsuffixed(place(types, id)));
            quote!((#before, #place))
        });
        quote! {
            ::kafka_event::__private::Definition {
                name: #name,
                head: #head,
                namespace: #namespace,
                types: &[#(#within),*],
                end: #end,
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl ::kafka_event::__private::Definitions for #holder {
            const ALL: &'static [::kafka_event::__private::Definition] = &[#(#definitions),*];
        }
    }
}

/// Where a type stands in a table.
fn place(types: &[TypeId], id: TypeId) -> usize {
    types.binary_search(&id).expect("a table has all that its definitions lead to")
}
