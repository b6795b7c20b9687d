//! A field whose type is not known before a use: what it has to do stands among the conditions of the implementations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::field::{Asked, CarriedField, Pair, carries, located, said, same_in};
use super::matching::plain;

/// One that its type carries, if it does where the struct is used.
///
/// The conditions are traits of the field's own, by which the compiler says of a use what the schema has. To write and to read are two: a type that
/// borrows is read from some lifetime alone, and is written all the same; where its layout is asserted, of any lifetime that it is read from.
pub(super) fn carried(of: &Pair<'_, '_>) -> CarriedField {
    let (member, ty, avro) = (&of.own.name, &of.own.ty, &of.field.name.avro);
    let (wire, span) = (of.scope.wire(&of.field.ty), located(of.own.span));
    let same = same_in(of, ty, &wire, span);
    let carried = CarriedField {
        asked: TokenStream::new(),
        item: TokenStream::new(),
        write: quote_spanned!(span=> #same __fields.field::<#wire, #ty>(&self.#member);),
        read: quote_spanned!(span=> { #same __fields.field::<#wire, #ty>(#avro)? }),
        conditions: None,
        is_asserted: same.is_some(),
    };
    if of.this.holds_itself(ty) {
        return carried;
    }
    let (writes, reads) = (format_ident!("__Writes_{}", plain(member)), carries(of.own));
    let said = said(of, Asked::Open);
    let (lifetime, of_lifetime, is_read) = match same {
        Some(_) => (
            Some(quote!('de,)),
            Some(quote!(<'de>)),
            Some(quote!(+ ::kafka_event::codec::Decode<'de, #wire>)),
        ),
        None => (None, None, None),
    };
    let written = of.is_written.then(|| {
        quote! {
            #said
            pub(crate) trait #writes #of_lifetime: ::kafka_event::codec::Encode<#wire> #is_read {}

            #[diagnostic::do_not_recommend]
            impl<#lifetime T: ::kafka_event::codec::Encode<#wire> #is_read> #writes #of_lifetime for T {}
        }
    });
    CarriedField {
        asked: quote! {
            #written

            #said
            pub(crate) trait #reads<'de>: ::kafka_event::codec::Decode<'de, #wire> {}

            #[diagnostic::do_not_recommend]
            impl<'de, T: ::kafka_event::codec::Decode<'de, #wire>> #reads<'de> for T {}
        },
        conditions: Some((quote!(#ty: #writes #of_lifetime), quote!(#ty: #reads<'de>))),
        ..carried
    }
}
