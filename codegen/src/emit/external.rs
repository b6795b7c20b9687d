//! Types that another crate generates: named, and asserted to be those that the schemas mean.

use proc_macro2::TokenStream;
use quote::quote;

use super::codec::hexadecimal;
use super::scope::Scope;
use crate::model::{Named, Type, TypeId};

/// Assertions at compile time, for each type that is not generated.
pub(super) fn assertions(scope: &Scope<'_>) -> TokenStream {
    let all = scope.choices.externals().map(|(id, path)| assertion(scope, id, path));
    quote!(#(#all)*)
}

fn assertion(scope: &Scope<'_>, id: TypeId, path: &TokenStream) -> TokenStream {
    let named = scope.model.named(id);
    let full = named.name().full();
    let shown = path.to_string().replace(' ', "");
    let layout = hexadecimal(scope.schemas.layout(id));
    let other = format!("`{shown}` is not the type `{full}` of the schemas here: mend the call of `extern_path`");
    let differs = format!(
        "`{shown}` was generated for another version of `{full}` than the schemas here have: their encodings differ; let both have the same schema"
    );
    let wire = scope.wire(&Type::Named(id));
    // The name of a type whose derive has failed is empty: what is wrong with it is said already.
    if let Named::Record(_) = named {
        return quote! {
            const _: () = {
                let name = <#path as ::kafka_event::Record>::FULL_NAME;
                ::core::assert!(name.is_empty() || ::kafka_event::__private::same(name, #full), #other);
                let layout = <#path as ::kafka_event::Record>::LAYOUT;
                ::core::assert!(name.is_empty() || layout == #layout, #differs);
            };
        };
    }
    // What does not say which type it is carries the right bytes, at least.
    quote! {
        const _: () = {
            let layout = <#path as ::kafka_event::codec::Decode<'static, #wire>>::LAYOUT;
            ::core::assert!(layout == #layout || layout == 0, #differs);
        };
    }
}

/// The path of a record's borrowed twin, before its lifetime.
pub(super) fn twin(path: &TokenStream) -> TokenStream {
    quote!(<#path as ::kafka_event::Record>::Ref)
}
