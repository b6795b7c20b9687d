//! Rust that a user gives as text, made to mean the same in every module of the generated code.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::grammar::{self, Argument, Path, Type, Unexpected};

/// Words that mean a type of the language wherever they stand.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32", "u64", "u128", "usize",
];

/// Types of the standard library that may be given by their plain name.
const STANDARD: &[(&str, &[&str])] = &[
    ("Arc", &["std", "sync"]),
    ("BTreeMap", &["std", "collections"]),
    ("Box", &["std", "boxed"]),
    ("HashMap", &["std", "collections"]),
    ("Option", &["core", "option"]),
    ("String", &["std", "string"]),
    ("Vec", &["std", "vec"]),
];

/// Derives that need no path.
const DERIVES: &[&str] = &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// A type that may stand in any module.
pub(super) fn ty(text: &str) -> Result<TokenStream, String> {
    let mut ty = grammar::ty(text).map_err(|error| not_a_type(text, &error))?;
    if matches!(ty, Type::Array(_, None)) {
        return Err(format!("`{text}` has no size: put it into a box, as in `Box<{text}>`"));
    }
    settle(&mut ty)?;
    Ok(ty.into_token_stream())
}

/// The type of a map, but for its keys and values.
#[derive(Debug, Clone)]
pub(crate) struct MapType {
    path: TokenStream,
    /// In their order; `None` for what the schema decides, keys first.
    arguments: Vec<Option<TokenStream>>,
}

impl MapType {
    /// The map of these keys and values.
    pub(crate) fn of(&self, key: &TokenStream, value: &TokenStream) -> TokenStream {
        let mut left = [key, value].into_iter();
        let arguments = self
            .arguments
            .iter()
            .map(|argument| argument.clone().or_else(|| left.next().cloned()));
        let path = &self.path;
        quote!(#path<#(#arguments),*>)
    }
}

/// A map's type: a path without arguments, or with `_` for its keys and its values.
pub(super) fn map(text: &str) -> Result<MapType, String> {
    let Type::Path(mut path) = grammar::ty(text).map_err(|error| not_a_type(text, &error))? else {
        return Err(format!("`{text}` is not the path of a map's type"));
    };
    let given = path.segments.last_mut().and_then(|last| last.arguments.take());
    settle_path(&mut path, Single::Type)?;
    let mut arguments = vec![None, None];
    if let Some(mut given) = given {
        settle_arguments(&mut given)?;
        let settled = |argument: Argument| match argument {
            Argument::Inferred => None,
            other => Some(other.into_token_stream()),
        };
        arguments = given.into_iter().map(settled).collect();
    }
    if arguments.iter().filter(|argument| argument.is_none()).count() != 2 {
        return Err(format!(
            "`{text}` does not say where its keys and values are: write `_` for each, as in `HashMap<_, _, my_crate::Hasher>`"
        ));
    }
    Ok(MapType {
        path: path.into_token_stream(),
        arguments,
    })
}

/// A module's or a type's path, without arguments.
pub(super) fn path(text: &str) -> Result<TokenStream, String> {
    settled_path(text, "a path", Single::Crate)
}

/// A derive, as it may stand in any module.
pub(super) fn derive(text: &str) -> Result<TokenStream, String> {
    settled_path(text, "the path of a derive", Single::Derive)
}

fn settled_path(text: &str, what: &str, single: Single) -> Result<TokenStream, String> {
    let mut path = grammar::path(text).map_err(|error| format!("`{text}` is not {what}: {error}"))?;
    settle_path(&mut path, single)?;
    Ok(path.into_token_stream())
}

/// Attributes, apart from where they must stand: a macro's in front of derives, so that it sees them, and a derive's own behind them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributes {
    pub(crate) before: TokenStream,
    pub(crate) behind: TokenStream,
}

/// One attribute, or several.
pub(super) fn attributes(text: &str) -> Result<Attributes, String> {
    let parsed = grammar::attributes(text).map_err(|error| format!("`{text}` is not an attribute: {error}"))?;
    if parsed.is_empty() {
        return Err(format!("`{text}` is not an attribute: write it whole, as in `#[serde(default)]`"));
    }
    let mut attributes = Attributes::default();
    for (attribute, path) in parsed {
        // A derive's helper is one word; what has a path is a macro of its own.
        let place = if path > 1 { &mut attributes.before } else { &mut attributes.behind };
        place.extend(attribute);
    }
    Ok(attributes)
}

fn not_a_type(text: &str, error: &Unexpected) -> String {
    format!("`{text}` is neither the path of a type, nor a tuple or an array of such: {error}")
}

/// What a path of one word may be.
#[derive(Clone, Copy)]
enum Single {
    Type,
    Derive,
    Crate,
}

fn settle(ty: &mut Type) -> Result<(), String> {
    match ty {
        Type::Path(path) => settle_path(path, Single::Type),
        Type::Tuple(types) => types.iter_mut().try_for_each(settle),
        // Without a length only as an argument, as in `Box<[u8]>`: by itself it has no size.
        Type::Array(item, _) => settle(item),
    }
}

fn settle_arguments(arguments: &mut [Argument]) -> Result<(), String> {
    arguments.iter_mut().try_for_each(|argument| match argument {
        Argument::Type(ty) | Argument::Associated(_, ty) => settle(ty),
        Argument::Inferred | Argument::Other(_) => Ok(()),
    })
}

/// Makes a path begin where it means the same in every module: a schema's namespaces are modules, too, and may have a crate's name.
fn settle_path(path: &mut Path, single: Single) -> Result<(), String> {
    let shown = path.to_token_stream().to_string().replace(' ', "");
    path.segments
        .iter_mut()
        .filter_map(|segment| segment.arguments.as_deref_mut())
        .try_for_each(settle_arguments)?;
    if path.is_global {
        return Ok(());
    }
    let Some(first) = path.segments.first().map(|first| first.name.to_string()) else {
        return Err("a path is empty".to_owned());
    };
    match first.as_str() {
        "crate" if path.segments.len() == 1 && !matches!(single, Single::Crate) => return Err("`crate` alone is no type".to_owned()),
        "crate" => return Ok(()),
        "self" | "super" | "Self" => {
            return Err(format!(
                "`{shown}` begins with `{first}`, which is another place in each module of the generated code: begin with `crate` or a crate's name"
            ));
        }
        _ => {}
    }
    if path.segments.len() == 1 {
        match single {
            Single::Type => {
                if PRIMITIVES.contains(&first.as_str()) {
                    return Ok(());
                }
                let Some((_, parents)) = STANDARD.iter().find(|(name, _)| *name == first) else {
                    return Err(format!(
                        "`{shown}` does not say where it is: write its whole path, as in `crate::{shown}`"
                    ));
                };
                path.below(parents);
            }
            Single::Derive if DERIVES.contains(&first.as_str()) => return Ok(()),
            Single::Derive => {
                return Err(format!(
                    "`{shown}` does not say where it is: write the derive's whole path, as in `serde::Serialize`"
                ));
            }
            Single::Crate => {}
        }
    }
    path.is_global = true;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tokens: Result<TokenStream, String>) -> String {
        tokens.map_or_else(|refused| refused, |tokens| tokens.to_string().replace(' ', ""))
    }

    #[test]
    fn paths_begin_where_they_mean_the_same_everywhere() {
        for (given, wanted) in [
            ("Box<str>", "::std::boxed::Box<str>"),
            ("Arc < str >", "::std::sync::Arc<str>"),
            ("bytes::Bytes", "::bytes::Bytes"),
            ("::bytes::Bytes", "::bytes::Bytes"),
            ("crate::UserId", "crate::UserId"),
            ("chrono::DateTime<chrono::Utc>", "::chrono::DateTime<::chrono::Utc>"),
            ("crate::Both<String, i64>", "crate::Both<::std::string::String,i64>"),
            ("[u8; 16]", "[u8;16]"),
            ("Box<[u8]>", "::std::boxed::Box<[u8]>"),
            ("(i32, Vec<u8>)", "(i32,::std::vec::Vec<u8>,)"),
            ("()", "()"),
            ("(u8,)", "(u8,)"),
            ("crate::A::<'static, -1, { 2 + 3 }, true>", "crate::A<'static,-1,{2+3},true>"),
            ("crate::Of<Item = Vec<u8>>", "crate::Of<Item=::std::vec::Vec<u8>>"),
            ("crate::r#type::A", "crate::r#type::A"),
        ] {
            assert_eq!(text(ty(given)), wanted);
        }
        assert_eq!(text(derive("Eq")), "Eq");
        assert_eq!(text(derive("serde::Serialize")), "::serde::Serialize");
        assert_eq!(text(path("common")), "::common");
        assert_eq!(text(path("crate::common")), "crate::common");
    }

    #[test]
    fn maps_have_their_keys_and_values_where_they_say() {
        let of = |given: &str| text(map(given).map(|map| map.of(&quote!(K), &quote!(V))));
        assert_eq!(of("HashMap"), "::std::collections::HashMap<K,V>");
        assert_eq!(of("HashMap<_, _, ahash::State>"), "::std::collections::HashMap<K,V,::ahash::State>");
        assert_eq!(of("crate::Map<u8, _, _, 3>"), "crate::Map<u8,K,V,3>");
        assert!(of("HashMap<_>").contains("does not say where its keys and values are"));
        assert!(of("HashMap<String, i64>").contains("does not say where its keys and values are"));
        assert!(of("[u8; 2]").contains("not the path of a map's type"));
    }

    #[test]
    fn what_is_not_rust_is_refused() {
        for (refused, wanted) in [
            (text(ty("")), "it ends where a name should stand"),
            (text(ty("crate::A; struct B")), "`;` is one too many"),
            (text(ty("crate::type::A")), "`type` is no name"),
            (text(ty("crate::A<u8")), "it ends where `>` should stand"),
            (text(ty("crate::A<u8 u8>")), "`u8` stands in the place of `>`"),
            (text(ty("crate::A: B")), "one too many"),
            (text(ty("crate::A<B::C = u8>")), "no associated type's name"),
            (text(ty("(u8)")), "as in `(u8,)`"),
            (text(ty("(u8, u8 u8)")), "in the place of `,`"),
            (text(ty("[u8;]")), "the array's length"),
            (text(ty("[u8; 3; 4]")), "`;` is one too many"),
            (text(ty("[u8; self::N]")), "another place in each module"),
            (text(ty("[u8]")), "as in `Box<[u8]>`"),
            (text(ty("crate::A<crate::B:>")), "in the place of `>`"),
            (text(ty("Vec<u8:>")), "in the place of `>`"),
            (text(ty("(u8:,)")), "in the place of `,`"),
            (text(ty("crate::A<->>")), "is no argument"),
            (text(ty("crate::A<-struct>")), "no argument"),
            (text(ty("::crate::A")), "begins a path"),
            (text(ty("a::self::b")), "begins a path"),
            (text(ty("crate")), "no type"),
            (
                text(ty(&format!("{}u8{}", "(".repeat(20_000), ",)".repeat(20_000)))),
                "in one another",
            ),
            (text(ty("{ u8 }")), "it begins with"),
            (text(ty("Vec<Vec<u8>")), "it ends where `>` should stand"),
            (text(ty("(")), "neither the path of a type"),
            (text(map("HashMap<_, UserId, _>").map(|map| map.path)), "as in `crate::UserId`"),
            (text(ty("crate::A + Send")), "neither the path of a type"),
            (text(ty("dyn Send")), "neither the path of a type"),
            (text(ty("&'static str")), "neither the path of a type"),
            (text(ty("fn() -> i32")), "neither the path of a type"),
            (text(ty("crate::m!()")), "neither the path of a type"),
            (text(ty("UserId")), "as in `crate::UserId`"),
            (text(ty("Box<UserId>")), "as in `crate::UserId`"),
            (text(ty("super::UserId")), "another place in each module"),
            (text(ty("crate::F(i32)")), "one too many"),
            (text(path("a::b<c>")), "not a path"),
            (text(path("self::a")), "another place in each module"),
            (text(derive("Serialize")), "as in `serde::Serialize`"),
            (text(derive("Eq, Hash")), "not the path of a derive"),
            (text(attributes("serde(default)").map(|all| all.behind)), "not an attribute"),
            (text(attributes("").map(|all| all.behind)), "write it whole"),
            (text(attributes("#![allow(x)]").map(|all| all.behind)), "not an attribute"),
            (text(attributes("#[a] struct B;").map(|all| all.behind)), "not an attribute"),
            (text(attributes("#(a)").map(|all| all.behind)), "in a bracket's place"),
            (text(attributes("#[a b]").map(|all| all.behind)), "`b` is one too many"),
            (text(attributes("#[a =]").map(|all| all.behind)), "not an attribute"),
            (
                text(attributes("#[a = 1 2 ; struct X]").map(|all| all.behind)),
                "`;` is one too many",
            ),
            (text(attributes("#[1]").map(|all| all.behind)), "`1` is no name"),
            (text(attributes("#[]").map(|all| all.behind)), "it ends where a name should stand"),
        ] {
            assert!(refused.contains(wanted), "{refused:?}, wanted {wanted}");
        }
    }

    #[test]
    fn macros_stand_before_derives_and_helpers_behind() {
        let found = attributes("#[serde_with::serde_as] #[serde(default)] /// Docs.").unwrap();
        assert_eq!(found.before.to_string().replace(' ', ""), "#[serde_with::serde_as]");
        assert!(found.behind.to_string().replace(' ', "").starts_with("#[serde(default)]#[doc="));
    }
}
