//! serde's traits of a type, by its form: the runtime reads and writes it, led by the schema.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// Of what has a schema of its own, as a trait's constant says it.
pub(super) fn of_schema(name: &Ident, twin: Option<&Ident>, wire: &TokenStream) -> TokenStream {
    emit(name, twin, wire, &quote!(of(<#name as ::kafka_event::Schema>::SCHEMA)))
}

/// Of a record, whose schema may be put together.
pub(super) fn of_record(name: &Ident, twin: Option<&Ident>, is_shared: bool) -> TokenStream {
    let wire = quote!(::kafka_event::wire::Record);
    if is_shared {
        emit(name, twin, &wire, &quote!(of_shared::<#name>()))
    } else {
        of_schema(name, twin, &wire)
    }
}

/// Of the enum of a union, by its place among those of what it belongs to.
pub(super) fn of_union(name: &Ident, twin: Option<&Ident>, owner: &TokenStream, place: usize, is_shared: bool) -> TokenStream {
    let place = Literal::usize_unsuffixed(place);
    let form = if is_shared {
        quote!(of_union_of_shared::<#owner>(#place))
    } else {
        quote!(of_union(<#owner as ::kafka_event::Schema>::SCHEMA, #place))
    };
    emit(name, twin, &quote!(::kafka_event::wire::Union), &form)
}

fn emit(name: &Ident, twin: Option<&Ident>, wire: &TokenStream, form: &TokenStream) -> TokenStream {
    let of_twin = twin.map(|twin| {
        quote! {
            // No type is spelled where `S` is a parameter: one may have that name.
            fn owned(value: &#twin<'_>) -> #name {
                #name::from(::core::clone::Clone::clone(value))
            }

            #[automatically_derived]
            impl ::kafka_event::serde::Serialize for #twin<'_> {
                fn serialize<S: ::kafka_event::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                    ::kafka_event::serde::Serialize::serialize(&owned(self), to)
                }
            }
        }
    });
    quote! {
        const _: () = {
            static FORM: ::kafka_event::serde::Form = ::kafka_event::serde::Form::#form;

            #[automatically_derived]
            impl ::kafka_event::serde::Serialize for #name {
                fn serialize<S: ::kafka_event::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                    FORM.serialize::<#wire, _, _>(self, to)
                }
            }

            #[automatically_derived]
            impl<'de> ::kafka_event::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::kafka_event::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                    FORM.deserialize::<#wire, _, _>(from)
                }
            }

            #of_twin
        };
    }
}
