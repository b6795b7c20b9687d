//! A field whose type is not known before a use: what it has to do stands among the conditions of the implementations.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::field::{Asked, CarriedField, Held, Pair, carries, its_layout, located, said, same_in};
use super::generics::OwnType;
use super::matching::plain;
use crate::model::{Field, Model, Named, Record, Type, TypeId};

/// One that its type carries, if it does where the struct is used.
///
/// The conditions are traits of the field's own, by which the compiler says of a use what the schema has. To write and to read are two: a type that
/// borrows is read from some lifetime alone, and is written all the same; where its layout is asserted, of any lifetime that it is read from.
///
/// They write and read by themselves: that their type is `Decode`, too, would stand twice among the conditions where the user asks for it, and of two that
/// differ in their lifetimes the compiler takes none.
pub(super) fn carried(of: &Pair<'_, '_>) -> CarriedField {
    let (member, ty, avro) = (&of.own.name, &of.own.ty, &of.field.name.avro);
    let (wire, span) = (of.scope.wire(&of.field.ty), located(of.own.span));
    if of.this.holds_itself(ty) || is_round(of.scope.model, of.record, of.this, of.field, ty) {
        let layout = quote!(<#ty as ::kafka_event::codec::Decode<'de, #wire>>);
        let same = same_in(of, Held::Itself, &layout, span);
        return CarriedField {
            asked: TokenStream::new(),
            item: TokenStream::new(),
            write: quote_spanned!(span=> #same __fields.field::<#wire, #ty>(&self.#member);),
            read: quote_spanned!(span=> { #same __fields.field::<#wire, #ty>(#avro)? }),
            conditions: None,
            is_asserted: same.is_some(),
            kept: None,
        };
    }
    let (writes, reads) = (format_ident!("__Writes_{}", plain(member)), carries(of.own));
    let said = said(of, Asked::Open);
    let has_layout = its_layout(of, Held::Itself).is_some();
    let (lifetime, of_lifetime, is_read) = if has_layout {
        (
            Some(quote!('de,)),
            Some(quote!(<'de>)),
            Some(quote!(+ ::kafka_event::codec::Decode<'de, #wire>)),
        )
    } else {
        (None, None, None)
    };
    let layout = has_layout.then(|| {
        quote!(
            const LAYOUT: ::core::primitive::u64;
        )
    });
    let of_layout =
        has_layout.then(|| quote!(const LAYOUT: ::core::primitive::u64 = <T as ::kafka_event::codec::Decode<'de, #wire>>::LAYOUT;));
    // Records that lead back to this one ask for the same of what this one is told to hold.
    let (is_encode, is_decode) = if of.is_elaborated {
        (
            quote!(::kafka_event::codec::Encode<#wire> #is_read +),
            quote!(::kafka_event::codec::Decode<'de, #wire> +),
        )
    } else {
        Default::default()
    };
    let written = of.is_written.then(|| {
        quote! {
            #said
            pub(crate) trait #writes #of_lifetime: #is_encode ::core::marker::Sized {
                #layout
                fn write<F: ::kafka_event::codec::FieldWriter>(__fields: &mut F, __value: &Self);
            }

            #[diagnostic::do_not_recommend]
            impl<#lifetime T: ::kafka_event::codec::Encode<#wire> #is_read> #writes #of_lifetime for T {
                #of_layout
                #[inline(always)]
                fn write<F: ::kafka_event::codec::FieldWriter>(__fields: &mut F, __value: &Self) {
                    __fields.field::<#wire, T>(__value);
                }
            }
        }
    });
    let by = |by: &Ident, lifetime: Option<TokenStream>| {
        let by = quote_spanned!(span=> <#ty as #by #lifetime>);
        let same = same_in(of, Held::Itself, &by, span);
        (by, same)
    };
    let kept = of.is_kept.then(|| {
        let keeps = format_ident!("__Keeps_{}", plain(member));
        let written = if has_layout {
            quote!(for<'de> #writes<'de>)
        } else {
            quote!(#writes)
        };
        let asked = quote! {
            #said
            pub(crate) trait #keeps: #written + for<'de> #reads<'de> {}

            #[diagnostic::do_not_recommend]
            impl<T: #written + for<'de> #reads<'de>> #keeps for T {}
        };
        (asked, quote!(#ty: #keeps))
    });
    let (asked_of_kept, kept) = kept.unzip();
    let (written_by, same_written) = by(&writes, of_lifetime.clone());
    let (read_by, same_read) = by(&reads, Some(quote!(<'de>)));
    CarriedField {
        asked: quote! {
            #written

            #said
            pub(crate) trait #reads<'de>: #is_decode ::core::marker::Sized {
                #layout
                fn read<F: ::kafka_event::codec::FieldReader<'de>>(
                    __fields: &mut F,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError>;
            }

            #[diagnostic::do_not_recommend]
            impl<'de, T: ::kafka_event::codec::Decode<'de, #wire>> #reads<'de> for T {
                #of_layout
                #[inline(always)]
                fn read<F: ::kafka_event::codec::FieldReader<'de>>(
                    __fields: &mut F,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    __fields.field::<#wire, T>(#avro)
                }
            }
            #asked_of_kept
        },
        item: TokenStream::new(),
        write: quote_spanned!(span=> #same_written #written_by::write(__fields, &self.#member);),
        read: quote_spanned!(span=> { #same_read #read_by::read(__fields)? }),
        conditions: Some((quote!(#ty: #writes #of_lifetime), quote!(#ty: #reads<'de>))),
        is_asserted: has_layout,
        kept,
    }
}

/// Whether the field leads back to its record in the schema, and its type may: by a name that is no parameter's, which an alias or a newtype has.
///
/// Its conditions would then be asked for to prove themselves.
pub(super) fn is_round(model: &Model, record: &Record, this: &OwnType, field: &Field, ty: &TokenStream) -> bool {
    let mut seen = Vec::new();
    this.is_open(ty) && this.holds_another(ty) && leads_to(model, &field.ty, &record.name.full(), &mut seen)
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
