//! A field whose type is not known before a use: what it has to do stands among the conditions of the implementations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::field::{Asked, CarriedField, Held, Pair, carries, located, said, same_in};
use super::matching::plain;
use crate::model::{Model, Named, Type, TypeId};

/// One that its type carries, if it does where the struct is used.
///
/// The conditions are traits of the field's own, by which the compiler says of a use what the schema has. To write and to read are two: a type that
/// borrows is read from some lifetime alone, and is written all the same; where its layout is asserted, of any lifetime that it is read from.
pub(super) fn carried(of: &Pair<'_, '_>) -> CarriedField {
    let (member, ty, avro) = (&of.own.name, &of.own.ty, &of.field.name.avro);
    let (wire, span) = (of.scope.wire(&of.field.ty), located(of.own.span));
    let same = same_in(of, Held::Itself, ty, &wire, span);
    let carried = CarriedField {
        asked: TokenStream::new(),
        item: TokenStream::new(),
        write: quote_spanned!(span=> #same __fields.field::<#wire, #ty>(&self.#member);),
        read: quote_spanned!(span=> { #same __fields.field::<#wire, #ty>(#avro)? }),
        conditions: None,
        is_asserted: same.is_some(),
    };
    if of.this.holds_itself(ty) || is_round(of) {
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

/// Whether the field leads back to its record in the schema, and its type may: by a name that is no parameter's, which an alias or a newtype has.
///
/// Its conditions would then be asked for to prove themselves.
fn is_round(of: &Pair<'_, '_>) -> bool {
    let mut seen = Vec::new();
    let leads_back = leads_to(of.scope.model, &of.field.ty, &of.record.name.full(), &mut seen);
    leads_back && of.this.holds_another(&of.own.ty)
}

/// Whether a type of the schema's holds a record, by itself or in what it holds.
fn leads_to(model: &Model, ty: &Type, record: &str, seen: &mut Vec<TypeId>) -> bool {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => leads_to(model, inner, record, seen),
        Type::Union(union) => union.branches.iter().any(|branch| leads_to(model, branch, record, seen)),
        Type::Named(id) | Type::Boxed(id) => {
            let Named::Record(named) = model.named(*id) else { return false };
            if named.name.full() == record {
                return true;
            }
            if seen.contains(id) {
                return false;
            }
            seen.push(*id);
            named.fields.iter().any(|field| leads_to(model, &field.ty, record, seen))
        }
        _ => false,
    }
}
