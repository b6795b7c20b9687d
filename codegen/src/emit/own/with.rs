//! A field that functions of the application's carry, each type of theirs asked for by a trait that says what the schema has.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::field::{Asked, CarriedField, Held, Pair, escaped, its_layout, located, said, same_in};
use super::matching::plain;

/// What functions give of a member of the whole, to write: the same words wherever it is asked for, of which the compiler says one thing.
pub(super) fn to_avro(with: &TokenStream, whole: &str, member: &Ident) -> TokenStream {
    let (place, to_avro) = (place_of(with), function("to_avro", with));
    let (whole, mut member) = (Ident::new(whole, place), member.clone());
    member.set_span(member.span().located_at(place));
    quote_spanned!(place=> #with::#to_avro(&#whole.#member))
}

/// Where functions are named.
pub(super) fn place_of(with: &TokenStream) -> Span {
    located(with.clone().into_iter().next().map_or_else(Span::call_site, |first| first.span()))
}

/// One of them, where the user wrote their path: there the compiler says what is deprecated, which it does not of a derive's own words.
fn function(name: &str, with: &TokenStream) -> Ident {
    Ident::new(
        name,
        with.clone().into_iter().last().map_or_else(Span::call_site, |last| last.span()),
    )
}

/// The field.
pub(super) fn carried(of: &Pair<'_, '_>, with: &TokenStream) -> CarriedField {
    let (member, ty, avro) = (&of.own.name, &of.own.ty, &of.field.name.avro);
    let wire = of.scope.wire(&of.field.ty);
    let (span, from_avro) = (place_of(with), function("from_avro", with));
    let to_avro = to_avro(with, "self", member);
    let named = |prefix: &str| format_ident!("{prefix}_{}", plain(member), span = span);
    let (writes, reads, makes) = (named("__Writes"), named("__Reads"), named("__Makes"));
    let said = |function| said(of, Asked::Of(function));
    let (written, read, made) = (said("to_avro` gives"), said("from_avro` takes"), said_of_made(of));
    // What a type stands for is said where it is read, from whatever lifetime.
    let same_in = |by| same_in(of, by, &quote!(<T as ::kafka_event::codec::Decode<'de, #wire>>), span);
    let (given, taken) = (same_in(Held::Given), same_in(Held::Taken));
    let asserted = asserted(of, with, &named("__layout_written"), &named("__layout_read"));
    // Said of the functions, it need not be said where they are used.
    let (in_write, in_read) = if asserted.is_some() {
        (None, None)
    } else {
        (given.as_ref(), taken.as_ref())
    };
    let (lifetime, of_lifetime, is_read, layout, of_layout) = match given {
        Some(_) => (
            Some(quote!('de,)),
            Some(quote!(<'de>)),
            quote!(+ ::kafka_event::codec::Decode<'de, #wire>),
            Some(quote!(
                const LAYOUT: ::core::primitive::u64;
            )),
            Some(quote!(const LAYOUT: ::core::primitive::u64 = <T as ::kafka_event::codec::Decode<'de, #wire>>::LAYOUT;)),
        ),
        None => (None, None, quote!(+ ?::core::marker::Sized), None, None),
    };
    let write = of.is_written.then(|| {
        quote! {
            #written
            pub(crate) trait #writes #of_lifetime {
                #layout
                fn write<F: ::kafka_event::codec::FieldWriter>(&self, __fields: &mut F);
            }

            #[diagnostic::do_not_recommend]
            impl<#lifetime T: ::kafka_event::codec::Encode<#wire> #is_read> #writes #of_lifetime for T {
                #of_layout
                #[inline(always)]
                fn write<F: ::kafka_event::codec::FieldWriter>(&self, __fields: &mut F) {
                    #in_write
                    __fields.field::<#wire, T>(self)
                }
            }
        }
    });
    let (asked_layouts, assertions) = asserted.unwrap_or_default();
    CarriedField {
        asked: quote! {
            #write

            #read
            pub(crate) trait #reads<'de>: ::core::marker::Sized {
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
                    #in_read
                    __fields.field::<#wire, T>(#avro)
                }
            }

            #made
            pub(crate) trait #makes<T>: ::core::marker::Sized {
                fn make(self) -> ::core::result::Result<T, ::kafka_event::DecodeError>;
            }

            #[diagnostic::do_not_recommend]
            impl<T, E: ::core::fmt::Display> #makes<T> for ::core::result::Result<T, E> {
                #[inline(always)]
                fn make(self) -> ::core::result::Result<T, ::kafka_event::DecodeError> {
                    ::kafka_event::__private::made(self, #avro)
                }
            }
            #asked_layouts
        },
        item: assertions,
        write: quote_spanned!(span=> #writes::write(&#to_avro, __fields);),
        read: quote_spanned!(span=> #makes::<#ty>::make(#with::#from_avro(#reads::read(__fields)?))?),
        conditions: None,
        is_asserted: false,
        kept: None,
    }
}

/// What the compiler says where `from_avro` gives no `Result`, or none of the field's type, or one whose error cannot be shown.
fn said_of_made(of: &Pair<'_, '_>) -> TokenStream {
    let suggested = of.scope.suggested(of.record, &of.field.ty);
    let message = format!(
        "`{{Self}}`, which `from_avro` gives, is no `Result<{{T}}, _>` whose error can be shown, for the field `{}`",
        escaped(&of.field.name.avro)
    );
    let cure = format!(
        "write `fn from_avro(value: {}) -> Result<{{T}}, E>`, where `E` is a `String` or another type that implements `Display`",
        escaped(&suggested)
    );
    quote!(#[diagnostic::on_unimplemented(message = #message, label = "the function gives another type", note = #cure)])
}

/// The assertions of what the functions give and take, where nothing of the type is left open: as soon as they are there, and not where they are used.
fn asserted(of: &Pair<'_, '_>, with: &TokenStream, written: &Ident, read: &Ident) -> Option<(TokenStream, TokenStream)> {
    if of.this.is_generic() || of.this.has_lifetimes() {
        return None;
    }
    let (layout, given) = its_layout(of, Held::Given)?;
    let (_, taken) = its_layout(of, Held::Taken)?;
    // The assertions stand beside the implementations, where nothing is `Self`.
    let (ty, with, span) = (of.this.everlasting(&of.own.ty), of.this.everlasting(with), written.span());
    let (writes, reads) = (
        format_ident!("__Writes_{}", plain(&of.own.name)),
        format_ident!("__Reads_{}", plain(&of.own.name)),
    );
    let to_avro = function("to_avro", &with);
    let of_written = of.is_written.then(|| {
        let function = quote! {
            pub(crate) const fn #written<'de, T: 'de, U: #writes<'de>>(_: &impl ::core::ops::Fn(&'de T) -> U) -> ::core::primitive::u64 { U::LAYOUT }
        };
        let layout = quote_spanned!(span=> #written::<#ty, _>(&|__value| #with::#to_avro(__value)));
        (function, (layout, given))
    });
    let of_read = {
        let function = quote! {
            pub(crate) const fn #read<'de, T: #reads<'de>, U>(_: &impl ::core::ops::Fn(T) -> U) -> ::core::primitive::u64 { T::LAYOUT }
        };
        (function, (quote_spanned!(span=> #read(&#with::from_avro)), taken))
    };
    let (functions, layouts): (Vec<_>, Vec<_>) = of_written.into_iter().chain([of_read]).unzip();
    let (layouts, messages): (Vec<_>, Vec<_>) = layouts.into_iter().unzip();
    let assertions = quote_spanned! {span=>
        #(const _: () = {
            let __layout = #layouts;
            ::core::assert!(__layout == #layout || __layout == 0, "{}", #messages);
        };)*
    };
    Some((quote!(#(#functions)*), assertions))
}
