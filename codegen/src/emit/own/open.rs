//! A field whose type is not known before a use: what it has to do stands among the conditions of the implementations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::field::{Asked, CarriedField, carries, its_layout, located, said};
use super::generics::OwnType;
use super::input::OwnField;
use super::matching::plain;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::{Field, Record};

/// One that its type carries, if it does where the struct is used.
///
/// The conditions are traits of the field's own, by which the compiler says of a use what the schema has. To write and to read are two: a type that
/// borrows is read from some lifetime alone, and is written all the same.
pub(super) fn carried(
    contract: &Contract,
    scope: &Scope<'_>,
    record: &Record,
    this: &OwnType,
    (field, own): (&Field, &OwnField),
    is_written: bool,
) -> CarriedField {
    let (member, ty, wire, avro) = (&own.name, &own.ty, scope.wire(&field.ty), &field.name.avro);
    let span = located(own.span);
    let same = its_layout(contract, scope, record, field).map(|(layout, message)| {
        quote_spanned! {span=>
            const {
                let layout = <#ty as ::kafka_event::codec::Decode<'de, #wire>>::LAYOUT;
                ::core::assert!(layout == #layout || layout == 0, #message);
            }
        }
    });
    let carried = CarriedField {
        item: TokenStream::new(),
        write: quote_spanned!(span=> fields.field::<#wire, #ty>(&self.#member);),
        read: quote_spanned!(span=> { #same fields.field::<#wire, #ty>(#avro)? }),
        conditions: None,
    };
    if this.holds_itself(ty) {
        return carried;
    }
    let (writes, reads) = (format_ident!("__Writes_{}", plain(member)), carries(own));
    let said = said(contract, scope, record, field, Asked::Open { is_written });
    let written = is_written.then(|| {
        quote! {
            #said
            trait #writes: ::kafka_event::codec::Encode<#wire> {}

            #[diagnostic::do_not_recommend]
            impl<T: ::kafka_event::codec::Encode<#wire>> #writes for T {}
        }
    });
    CarriedField {
        item: quote! {
            #written

            #said
            trait #reads<'de>: ::kafka_event::codec::Decode<'de, #wire> {}

            #[diagnostic::do_not_recommend]
            impl<'de, T: ::kafka_event::codec::Decode<'de, #wire>> #reads<'de> for T {}
        },
        conditions: Some((quote!(#ty: #writes), quote!(#ty: #reads<'de>))),
        ..carried
    }
}
