//! Decimals: their types, and their default values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::avro::decimal::{SMALL_DIGITS, scaled, unscaled};

/// The Rust type of a decimal.
pub(super) fn owned(precision: u32, scale: u32) -> TokenStream {
    let arguments = arguments(&[precision as usize, scale as usize]);
    if precision > SMALL_DIGITS {
        quote!(::kafka_event::logical::WideDecimal #arguments)
    } else {
        quote!(::kafka_event::logical::Decimal #arguments)
    }
}

/// Numbers as the arguments of a generic type.
pub(super) fn arguments(numbers: &[usize]) -> TokenStream {
    let numbers = numbers.iter().map(|number| Literal::usize_unsuffixed(*number));
    quote!(<#(#numbers),*>)
}

/// The value of a decimal's bytes; `None` where the type does not hold it.
pub(super) fn value(precision: u32, bytes: &[u8]) -> Option<TokenStream> {
    if precision > SMALL_DIGITS {
        let number = number(bytes);
        return Some(quote!(::kafka_event::logical::WideDecimal::from_unscaled(#number)));
    }
    let number = integer(unscaled(bytes)?, Literal::u128_unsuffixed);
    Some(quote!(::kafka_event::logical::Decimal::from_unscaled(#number)))
}

/// The value of a big-decimal's bytes; `None` where they are none.
pub(super) fn scaled_value(bytes: &[u8]) -> Option<TokenStream> {
    let (unscaled, scale) = scaled(bytes)?;
    let unscaled = number(unscaled);
    let scale = integer(scale.into(), Literal::u128_unsuffixed);
    Some(quote!(::kafka_event::logical::BigDecimal::new(#unscaled, #scale)))
}

/// What becomes a number of any length.
fn number(bytes: &[u8]) -> TokenStream {
    match unscaled(bytes) {
        Some(number) => {
            let literal = |absolute: u128| {
                format!("{absolute}i128")
                    .parse()
                    .unwrap_or_else(|_| Literal::u128_suffixed(absolute))
            };
            integer(number, literal)
        }
        None => {
            let bytes = Literal::byte_string(bytes);
            quote!(::kafka_event::logical::BigInt::from_be_bytes(#bytes))
        }
    }
}

/// By its magnitude, as the literals of all numbers are.
fn integer(number: i128, literal: impl FnOnce(u128) -> Literal) -> TokenStream {
    let absolute = literal(number.unsigned_abs());
    if number < 0 { quote!(-#absolute) } else { quote!(#absolute) }
}
