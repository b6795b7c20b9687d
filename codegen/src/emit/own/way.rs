//! Ways to keys as types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::Ident;

/// A way by these fields: each name is hashed here, so that the compiler need not.
pub(super) fn way(path: &[Ident]) -> TokenStream {
    let end = quote!(::kafka_event::codec::way::End);
    path.iter().rev().fold(end, |rest, part| step(&part.avro, &rest))
}

/// A way that begins with a field.
pub(super) fn step(avro: &str, rest: &TokenStream) -> TokenStream {
    let name = hashed(avro);
    quote!(::kafka_event::codec::way::Field<#name, #rest>)
}

/// A field's name as `kafka_event::codec::way::name` has it.
pub(super) fn hashed(avro: &str) -> Literal {
    let hash = avro.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    Literal::u64_unsuffixed(hash)
}

#[cfg(test)]
mod tests {
    use super::hashed;

    /// The same values as those of `kafka_event::codec::way::name`.
    #[test]
    fn names_are_hashed_as_fnv_1a_has_it() {
        assert_eq!(hashed("").to_string(), 0xCBF2_9CE4_8422_2325_u64.to_string());
        assert_eq!(hashed("foobar").to_string(), 0x8594_4171_F739_67E8_u64.to_string());
    }
}
