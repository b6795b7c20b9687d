//! What a map's keys have to be, where they are what is wrong.

use proc_macro2::TokenStream;

use super::start::Shape;
use crate::model::Type;

/// What is wrong with a type that is spelled as a map.
#[derive(Debug, PartialEq)]
pub(super) struct Keys {
    /// Whether its values are spelled as those of the schema, and cannot be at fault.
    pub(super) are_alone: bool,
}

pub(super) const WHY: &str = "the keys of Avro's maps are text: a `String`, or a type that carries a string, and has `Eq` and `Hash` in a `HashMap`, `Ord` in a `BTreeMap`";

/// Whether a field's type is spelled as a map whose keys are no text; `suggested` is what its Avro type is in Rust.
///
/// Of a type that has another name nobody knows what it can do, and the compiler does not say what it lacks.
pub(super) fn of(ty: &TokenStream, avro: &Type, suggested: &str) -> Option<Keys> {
    let suggested: TokenStream = suggested.parse().ok()?;
    within(&Shape::of(ty), avro, &Shape::of(&suggested))
}

fn within(own: &Shape, avro: &Type, suggested: &Shape) -> Option<Keys> {
    let (Shape::Path { name, arguments: own, .. }, Shape::Path { arguments: suggested, .. }) = (own, suggested) else {
        return None;
    };
    match (avro, name.as_str(), &own[..], &suggested[..]) {
        (Type::Map(_), "HashMap" | "BTreeMap", [key, value, ..], [_, wanted]) => (!key.is_text()).then(|| Keys {
            are_alone: value == wanted,
        }),
        (Type::Array(inner) | Type::Nullable { inner, .. }, _, [own], [suggested]) => within(own, inner, suggested),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn keys_are_at_fault_where_they_are_no_text() {
        let map = Type::Map(Box::new(Type::Long));
        let keys = |ty: TokenStream| of(&ty, &map, "std::collections::BTreeMap<String, i64>");
        assert_eq!(keys(quote!(HashMap<i32, i64>)), Some(Keys { are_alone: true }));
        assert_eq!(keys(quote!(std::collections::BTreeMap<Id, i32>)), Some(Keys { are_alone: false }));
        assert_eq!(keys(quote!(HashMap<Id, i64, Hasher>)), Some(Keys { are_alone: true }));
        for ty in [
            quote!(HashMap<Arc<str>, i32>),
            quote!(BTreeMap<&'a str, i32>),
            quote!(Counts<Id, i64>),
            quote!(Vec<i64>),
            quote!([u8]),
        ] {
            assert_eq!(keys(ty), None);
        }
        let nested = Type::Array(Box::new(Type::Nullable {
            null_first: true,
            inner: Box::new(map.clone()),
        }));
        let ty = quote!(Vec<Option<HashMap<u8, i64>>>);
        assert_eq!(
            of(&ty, &nested, "Vec<Option<std::collections::BTreeMap<String, i64>>>"),
            Some(Keys { are_alone: true })
        );
    }
}
