//! What a variant holds: asked for by a trait of its own, so that of a type that is no such record one thing is said.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::field::escaped;
use super::input::{OwnEvents, OwnVariant};
use super::matching::plain;
use super::shown::shown;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::TypeId;

/// The trait of what a variant holds, which the compiler names.
pub(super) fn holds(variant: &OwnVariant) -> Ident {
    format_ident!("__Holds_{}", plain(&variant.name))
}

/// Its declaration, with what the compiler says of a type that is none.
pub(super) fn declared(contract: &Contract, scope: &Scope<'_>, id: TypeId, own: &OwnEvents, variant: &OwnVariant) -> TokenStream {
    let full = scope.model.name(id).full();
    let (borrows, is_published) = (own.this.has_lifetimes(), own.is_published());
    let message = escaped(&format!(
        "the record `{full}`, for which the variant `{}` stands",
        plain(&variant.name)
    ));
    let message = format!("`{{Self}}` is not {message}");
    let label = escaped(&format!("the topic carries `{full}` here"));
    let place = scope.model.record(id).map(|record| shown(contract, &record.origin));
    let place = place.map(|place| {
        let place = format!("schema: {}", escaped(&place));
        quote!(note = #place,)
    });
    let without = if is_published { ", without `consume`" } else { "" };
    let cure = escaped(&format!(
        "write the type that is generated for it, or one of your own with `#[derive(KafkaEvent)]` and `#[kafka(record = \"{full}\")]`{without}"
    ));
    let datum = quote!(datum: ::kafka_event::EncodedDatum<'_>);
    let (declared, bounds, implemented) = if borrows {
        (
            quote! {
                type Borrowed<'de>;
                fn decode(#datum) -> ::core::result::Result<Self::Borrowed<'_>, ::kafka_event::DecodeError>;
            },
            quote!(::kafka_event::Event),
            quote! {
                type Borrowed<'de> = <T as ::kafka_event::Event>::Ref<'de>;

                #[inline]
                fn decode(#datum) -> ::core::result::Result<Self::Borrowed<'_>, ::kafka_event::DecodeError> {
                    <T as ::kafka_event::Event>::decode_datum_ref(datum)
                }
            },
        )
    } else {
        (
            quote!(fn decode(#datum) -> ::core::result::Result<Self, ::kafka_event::DecodeError>;),
            quote!(::kafka_event::OwnedEvent),
            quote! {
                #[inline]
                fn decode(#datum) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    <T as ::kafka_event::OwnedEvent>::decode_datum(datum)
                }
            },
        )
    };
    let signature = quote! {
        fn encode(
            &self,
            buffer: &mut ::std::vec::Vec<::core::primitive::u8>,
        ) -> ::core::result::Result<(), ::kafka_event::EncodeError>
    };
    let encode_declared = is_published.then(|| quote!(#signature;));
    let encodes = is_published.then(|| quote!(+ ::kafka_event::EncodeEvent));
    let encode = is_published.then(|| {
        quote! {
            #[inline]
            #signature { ::kafka_event::EncodeEvent::encode_datum(self, buffer) }
        }
    });
    let holds = holds(variant);
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, #place note = #cure)]
        pub(crate) trait #holds: ::core::marker::Sized {
            const FULL_NAME: &'static ::core::primitive::str;
            const LAYOUT: ::core::primitive::u64;
            const SPEC: ::kafka_event::RecordSpec;
            #declared
            #encode_declared
        }

        #[diagnostic::do_not_recommend]
        impl<T: ::kafka_event::Record + #bounds #encodes> #holds for T {
            const FULL_NAME: &'static ::core::primitive::str = <T as ::kafka_event::Record>::FULL_NAME;
            const LAYOUT: ::core::primitive::u64 = <T as ::kafka_event::Record>::LAYOUT;
            const SPEC: ::kafka_event::RecordSpec = ::kafka_event::RecordSpec::of::<T>();
            #implemented
            #encode
        }
    }
}
