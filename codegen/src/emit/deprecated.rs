//! `#[deprecated]`, of what the schema says is not to be used any more.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use super::doc;
use crate::avro::Json;
use crate::deprecation::{self, Deprecation};

/// The attribute of a type or a field, where it is deprecated.
pub(super) fn attribute(properties: &[(String, Json)]) -> Option<TokenStream> {
    deprecation::of(properties).map(noted)
}

/// The attribute with what is said on it.
pub(super) fn noted(deprecation: Deprecation<'_>) -> TokenStream {
    match deprecation.note {
        Some(note) => {
            let note = doc::note(note);
            quote!(#[deprecated(note = #note)])
        }
        None => quote!(#[deprecated]),
    }
}

/// Items that name what is deprecated without a word on it: the schema's own codec is no use of a field.
///
/// What is in a module is the module's; those of the root stand in a module of the application.
pub(super) fn allowed(items: TokenStream) -> TokenStream {
    let mut out = Vec::new();
    let mut tokens = items.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_attribute = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '#');
        if is_attribute {
            out.push(token);
            out.extend(tokens.next());
            continue;
        }
        let mut item = vec![token];
        while !is_whole(&item) {
            let Some(token) = tokens.next() else { break };
            item.push(token);
        }
        if keyword(&item).is_some() {
            out.extend(quote!(#[allow(deprecated)]));
        }
        out.append(&mut item);
    }
    out.into_iter().collect()
}

/// What an item is, of those that may name something.
fn keyword(item: &[TokenTree]) -> Option<&'static str> {
    const KEYWORDS: &[&str] = &["const", "enum", "fn", "impl", "mod", "static", "struct", "type"];
    let words = item.iter().take(3).filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    // `const fn` is a function.
    let mut found = words.filter_map(|word| KEYWORDS.iter().find(|keyword| word == **keyword));
    let first = found.next().copied()?;
    Some(if first == "const" {
        found.next().copied().unwrap_or(first)
    } else {
        first
    })
}

/// Whether an item ends with its last token: with a semicolon, or with the braces of a body.
fn is_whole(item: &[TokenTree]) -> bool {
    match item.last() {
        Some(TokenTree::Punct(mark)) => mark.as_char() == ';',
        Some(TokenTree::Group(group)) => {
            group.delimiter() == Delimiter::Brace && !matches!(keyword(item), Some("const" | "static" | "type"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_is_allowed_by_itself() {
        let items = quote! {
            const _: () = { const INNER: u8 = 0; };
            #[doc = " A struct."]
            #[derive(Debug)]
            pub struct A { pub a: u8 }
            pub struct B(pub u8);
            impl A { fn a(&self) {} }
            ::core::include!("part.rs");
            pub(crate) static C: D = D { d: 1 };
            pub type E = [u8; { 1 }];
            pub const fn f() -> [u8; 1] { [0] }
            pub mod g { pub fn h() {} }
        };
        let wanted = quote! {
            #[allow(deprecated)]
            const _: () = { const INNER: u8 = 0; };
            #[doc = " A struct."]
            #[derive(Debug)]
            #[allow(deprecated)]
            pub struct A { pub a: u8 }
            #[allow(deprecated)]
            pub struct B(pub u8);
            #[allow(deprecated)]
            impl A { fn a(&self) {} }
            ::core::include!("part.rs");
            #[allow(deprecated)]
            pub(crate) static C: D = D { d: 1 };
            #[allow(deprecated)]
            pub type E = [u8; { 1 }];
            #[allow(deprecated)]
            pub const fn f() -> [u8; 1] { [0] }
            #[allow(deprecated)]
            pub mod g { pub fn h() {} }
        };
        assert_eq!(allowed(items).to_string(), wanted.to_string());
    }
}
