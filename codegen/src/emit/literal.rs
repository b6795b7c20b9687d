//! A schema's default values as Rust expressions.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::codec::text;
use super::held::FromBytes;
use super::scope::{Scope, Site, ident};
use super::{decimal, site_allow, union};
use crate::avro::{Json, latin1, meant};
use crate::model::{Field, FixedLogical, Logical, Named, Record, Type};

/// `impl Default`, where every field has a default.
pub(super) fn default_impl(scope: &Scope<'_>, site: Site<'_>, record: &Record, name: &Ident) -> Option<TokenStream> {
    let fields = record
        .fields
        .iter()
        .map(|field| {
            let member = ident(&field.name.rust);
            let value = of_field(scope, site, field, field.default.as_ref())?;
            Some(quote!(#member: #value))
        })
        .collect::<Option<Vec<_>>>()?;
    let allow = site_allow(site);
    Some(quote! {
        #[automatically_derived]
        #allow
        impl ::core::default::Default for #name {
            fn default() -> Self { Self { #(#fields),* } }
        }
    })
}

/// The expression of a field's value; `None` where it has none, or the value is not of its type, which the checks refuse.
pub(super) fn of_field(scope: &Scope<'_>, site: Site<'_>, field: &Field, json: Option<&Json>) -> Option<TokenStream> {
    let json = json?;
    match scope.own_default(site, field, json) {
        Some(own) => own,
        None => value(scope, site.within(field), &field.ty, json),
    }
}

/// The expression of a default; `None` where it is not a value of the type, which the checks refuse.
fn value(scope: &Scope<'_>, site: Site<'_>, ty: &Type, json: &Json) -> Option<TokenStream> {
    Some(match (ty, json) {
        (Type::Null, Json::Null) => quote!(()),
        (Type::Boolean, Json::Bool(value)) => quote!(#value),
        (Type::Int, Json::Int(value)) => integer(i64::from(i32::try_from(*value).ok()?)),
        (Type::Long, Json::Int(value)) => integer(*value),
        (Type::Float, number) => float(f64::from(meant::single(number)?), &quote!(f32), |value| {
            Literal::f32_unsuffixed(value as f32)
        }),
        (Type::Double, number) => float(number.as_f64()?, &quote!(f64), Literal::f64_unsuffixed),
        (Type::String, Json::String(value)) if scope.chosen_string(site).is_some() => {
            let (from, value) = (scope.text_from(site), text(value));
            quote!(#from(#value))
        }
        (Type::String, Json::String(value)) if value.is_empty() => quote!(::std::string::String::new()),
        (Type::String, Json::String(value)) => {
            let value = text(value);
            quote!(::std::string::String::from(#value))
        }
        (Type::Bytes, Json::String(value)) if scope.chosen_bytes(site).is_some() => {
            let bytes = Literal::byte_string(&latin1(value)?);
            match scope.bytes_from(site) {
                FromBytes::Slice(from) => quote!(#from(#bytes.as_slice())),
                FromBytes::Vec(from) => quote!(#from(::std::vec::Vec::from(#bytes))),
            }
        }
        (Type::Bytes, Json::String(value)) if value.is_empty() => quote!(::std::vec::Vec::new()),
        (Type::Bytes, Json::String(value)) => {
            let bytes = Literal::byte_string(&latin1(value)?);
            quote!(::std::vec::Vec::from(#bytes))
        }
        (Type::Logical(_), json) if scope.own_logical(ty).is_some() => scope.read_default(ty, &scope.owned(site, ty), json)?,
        (Type::Logical(logical), json) => logical_value(*logical, json)?,
        (Type::Array(_), Json::Array(items)) if items.is_empty() => quote!(::std::vec::Vec::new()),
        (Type::Array(inner), Json::Array(items)) => {
            let items = items
                .iter()
                .map(|item| value(scope, site, inner, item))
                .collect::<Option<Vec<_>>>()?;
            quote!(::std::vec::Vec::from([#(#items),*]))
        }
        (Type::Map(inner), Json::Object(entries)) if scope.is_chosen_map(site) || scope.chosen_string(site).is_some() => {
            let (key, held) = (scope.owned(site, &Type::String), scope.owned(site, inner));
            let (map, from) = (scope.map(site, &key, &held), scope.text_from(site));
            let entries = entries
                .iter()
                .map(|(key, json)| {
                    let (key, value) = (text(key), value(scope, site, inner, json)?);
                    Some(quote!((#from(#key), #value)))
                })
                .collect::<Option<Vec<_>>>()?;
            quote!(<#map as ::core::iter::FromIterator<(#key, #held)>>::from_iter([#(#entries),*]))
        }
        (Type::Map(_), Json::Object(entries)) if entries.is_empty() => quote!(::std::collections::BTreeMap::new()),
        (Type::Map(inner), Json::Object(entries)) => {
            let entries = entries
                .iter()
                .map(|(key, json)| {
                    let (key, value) = (text(key), value(scope, site, inner, json)?);
                    Some(quote!((::std::string::String::from(#key), #value)))
                })
                .collect::<Option<Vec<_>>>()?;
            quote!(::std::collections::BTreeMap::from([#(#entries),*]))
        }
        (Type::Nullable { .. }, Json::Null) => quote!(::core::option::Option::None),
        (Type::Nullable { inner, .. }, json) => {
            let value = value(scope, site, inner, json)?;
            quote!(::core::option::Option::Some(#value))
        }
        (Type::Union(union), Json::Null) if union.null().is_some() => quote!(::core::option::Option::None),
        (Type::Union(union), json) => {
            let name = scope.union_path(site, union);
            let site = scope.union_site(site, union);
            let chosen = union::branches(scope, union)
                .into_iter()
                .find_map(|branch| Some((ident(&branch.variant), value(scope, site, branch.ty, json)?)));
            let (variant, value) = chosen?;
            let value = quote!(#name::#variant(#value));
            if union.null().is_some() {
                quote!(::core::option::Option::Some(#value))
            } else {
                value
            }
        }
        (Type::Boxed(id), json) => {
            let value = value(scope, site, &Type::Named(*id), json)?;
            quote!(::std::boxed::Box::new(#value))
        }
        (Type::Named(id), json) => named_value(scope, site, *id, json)?,
        _ => return None,
    })
}

fn named_value(scope: &Scope<'_>, site: Site<'_>, id: crate::model::TypeId, json: &Json) -> Option<TokenStream> {
    let path = scope.path(site, id);
    // How it is made, only its own crate knows.
    if scope.choices.external(id).is_some() {
        return scope.read_default(&Type::Named(id), &path, json);
    }
    match (scope.model.named(id), json) {
        (Named::Enum(enumeration), Json::String(symbol)) => {
            let symbol = enumeration.symbols.iter().find(|known| known.avro == *symbol)?;
            let variant = ident(&symbol.rust);
            Some(quote!(#path::#variant))
        }
        (Named::Fixed(fixed), json) if scope.own_fixed(fixed).is_some() => scope.read_default(&Type::Named(id), &path, json),
        (Named::Fixed(fixed), Json::String(value)) => {
            let bytes = latin1(value).filter(|bytes| bytes.len() == fixed.size)?;
            let literal = Literal::byte_string(&bytes);
            Some(match fixed.logical {
                Some(FixedLogical::Uuid) => quote!(::kafka_event::uuid::Uuid::from_bytes(*#literal)),
                Some(FixedLogical::Duration) => {
                    let mut parts = bytes
                        .chunks_exact(4)
                        .map(|part| Literal::u32_unsuffixed(u32::from_le_bytes(part.try_into().expect("chunks of four"))));
                    let (months, days, millis) = (parts.next()?, parts.next()?, parts.next()?);
                    quote!(::kafka_event::logical::Duration { months: #months, days: #days, millis: #millis })
                }
                Some(FixedLogical::Decimal { precision, .. }) => decimal::value(precision, &bytes)?,
                None if super::fixed::is_boxed(fixed) => quote!(#path(::kafka_event::__private::boxed(#literal))),
                None => quote!(#path(*#literal)),
            })
        }
        (Named::Record(record), Json::Object(entries)) => {
            // Of a union it may be another branch's value.
            let values = record.values(entries).ok()?;
            // Its unions are its own, wherever the default stands.
            let inner = Site {
                owner: Some(id),
                field: None,
                ..site
            };
            let fields = record
                .fields
                .iter()
                .zip(values)
                .map(|(field, stated)| {
                    let json = stated.or(field.default.as_ref())?;
                    let member = ident(&field.name.rust);
                    let value = of_field(scope, inner, field, Some(json))?;
                    Some(quote!(#member: #value))
                })
                .collect::<Option<Vec<_>>>()?;
            Some(quote!(#path { #(#fields),* }))
        }
        _ => None,
    }
}

fn logical_value(logical: Logical, json: &Json) -> Option<TokenStream> {
    Some(match (logical, json) {
        (Logical::Uuid, Json::String(text)) => {
            let digits: String = text.chars().filter(|character| *character != '-').collect();
            let number = u128::from_str_radix(&digits, 16)
                .ok()
                .filter(|_| text.len() == 36 && digits.len() == 32)?;
            let literal: Literal = format!("0x{number:032x}").parse().ok()?;
            quote!(::kafka_event::uuid::Uuid::from_u128(#literal))
        }
        (Logical::Decimal { precision, .. }, Json::String(text)) => decimal::value(precision, &latin1(text)?)?,
        (Logical::BigDecimal, Json::String(text)) => decimal::scaled_value(&latin1(text)?)?,
        (Logical::Uuid | Logical::Decimal { .. } | Logical::BigDecimal, _) => return None,
        (Logical::Date | Logical::TimeMillis, Json::Int(value)) if i32::try_from(*value).is_err() => return None,
        (counted, Json::Int(value)) => {
            let name = ident(&format!("{counted:?}"));
            let value = integer(*value);
            quote!(::kafka_event::logical::#name(#value))
        }
        _ => return None,
    })
}

/// By its magnitude: that of the least number of a type is one more than the type's greatest.
fn integer(value: i64) -> TokenStream {
    signed(Literal::u64_unsuffixed(value.unsigned_abs()), value < 0)
}

fn signed(absolute: Literal, negative: bool) -> TokenStream {
    if negative { quote!(-#absolute) } else { quote!(#absolute) }
}

fn float(value: f64, ty: &TokenStream, literal: impl FnOnce(f64) -> Literal) -> TokenStream {
    if value.is_nan() {
        quote!(#ty::NAN)
    } else if value == f64::INFINITY {
        quote!(#ty::INFINITY)
    } else if value == f64::NEG_INFINITY {
        quote!(#ty::NEG_INFINITY)
    } else {
        signed(literal(value.abs()), value.is_sign_negative())
    }
}
