//! A struct of one field that is carried as that field is, whatever carries it; beside it stands at most what takes no room.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::input::{OwnError, OwnNewtype};
use super::lasting::everlasting;
use super::record::apart;
use super::start::StartType;

/// The struct's implementations: all that its field has. No schema is asked.
///
/// # Errors
/// It borrows what no message lets it.
pub fn own_newtype(own: &OwnNewtype) -> Result<TokenStream, Vec<OwnError>> {
    let OwnNewtype { this, ty, place, count } = own;
    let errors = everlasting(StartType::Newtype(this, ty));
    if !errors.is_empty() {
        return Err(errors);
    }
    let w = Ident::new("__W", Span::mixed_site());
    let encode = this.for_all(&w, false, quote!(#ty: ::kafka_event::codec::Encode<#w>));
    let decode = this.for_all(&w, true, quote!(#ty: ::kafka_event::codec::Decode<'de, #w>));
    let encode_key = this.for_all(&w, false, quote!(#ty: ::kafka_event::codec::EncodeKey<#w>));
    let decode_key = this.for_all(&w, false, quote!(#ty: ::kafka_event::codec::DecodeKey<#w>));
    let (encoding, decoding) = (&encode.parameters, &decode.parameters);
    let (of_encode, of_decode) = (&encode.conditions, &decode.conditions);
    let (of_encode_key, of_decode_key) = (&encode_key.conditions, &decode_key.conditions);
    let holds = this.implementor(vec![]);
    let (held_by, of_holding) = (&holds.parameters, &holds.conditions);
    let [field, rest] = ["__NAME", "__Rest"].map(|name| Ident::new(name, Span::mixed_site()));
    let way = quote!(::kafka_event::codec::way::Field<#field, #rest>);
    let leads = quote!(#ty: ::kafka_event::codec::EncodeKeyAt<#way, #w>);
    let leads = this.implementor_with(
        [
            quote!(const #field: ::core::primitive::u64),
            quote!(#rest),
            quote!(#w: ?::core::marker::Sized),
        ],
        vec![leads],
    );
    let (leading, of_leading) = (&leads.parameters, &leads.conditions);
    let (newtype, this) = (this, this.this());
    let member = Literal::usize_unsuffixed(*place);
    let members = (0..*count).map(|number| {
        if number == *place {
            quote!(__value)
        } else {
            quote!(::core::marker::PhantomData)
        }
    });
    let made = if *count == 1 {
        quote!(Self)
    } else {
        quote!(|__value| Self(#(#members),*))
    };
    Ok(apart(
        newtype,
        &quote! {
            #[automatically_derived]
            impl #encoding ::kafka_event::codec::Encode<#w> for #this #of_encode {
                #[inline(always)]
                fn size_bound(&self) -> ::core::primitive::usize { <#ty as ::kafka_event::codec::Encode<#w>>::size_bound(&self.#member) }

                #[inline(always)]
                fn encode(&self, __writer: &mut ::kafka_event::codec::Writer<'_>) {
                    <#ty as ::kafka_event::codec::Encode<#w>>::encode(&self.#member, __writer);
                }
            }

            #[automatically_derived]
            impl #decoding ::kafka_event::codec::Decode<'de, #w> for #this #of_decode {
                const LAYOUT: ::core::primitive::u64 = <#ty as ::kafka_event::codec::Decode<'de, #w>>::LAYOUT;

                #[inline(always)]
                fn decode(
                    __reader: &mut ::kafka_event::codec::Reader<'de>,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    <#ty as ::kafka_event::codec::Decode<'de, #w>>::decode(__reader).map(#made)
                }

                #[inline]
                fn evolve(
                    __reader: &mut ::kafka_event::codec::Reader<'de>,
                    __step: ::kafka_event::evolution::Step<'de>,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    <#ty as ::kafka_event::codec::Decode<'de, #w>>::evolve(__reader, __step).map(#made)
                }
            }

            #[automatically_derived]
            impl #held_by ::kafka_event::__private::Newtype<#ty> for #this #of_holding {
                #[inline(always)]
                fn inner(&self) -> &#ty { &self.#member }
            }

            #[automatically_derived]
            impl #encoding ::kafka_event::codec::EncodeKey<#w> for #this #of_encode_key {
                #[inline]
                fn encode_key(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool {
                    <#ty as ::kafka_event::codec::EncodeKey<#w>>::encode_key(&self.#member, __out)
                }
            }

            #[automatically_derived]
            impl #leading ::kafka_event::codec::EncodeKeyAt<#way, #w> for #this #of_leading {
                #[inline(always)]
                fn encode_key_at(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool {
                    <#ty as ::kafka_event::codec::EncodeKeyAt<#way, #w>>::encode_key_at(&self.#member, __out)
                }
            }

            #[automatically_derived]
            impl #encoding ::kafka_event::codec::DecodeKey<#w> for #this #of_decode_key {
                #[inline]
                fn decode_key(__bytes: &[::core::primitive::u8]) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    <#ty as ::kafka_event::codec::DecodeKey<#w>>::decode_key(__bytes).map(#made)
                }
            }
        },
    ))
}
