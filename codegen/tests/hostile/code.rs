//! What is looked at of generated code: its shape without its texts, its comments, its items.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};

/// Nothing in a text steers a terminal, or turns the direction of what follows.
#[track_caller]
pub(crate) fn assert_told(text: &str) {
    let steers = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    assert!(!text.contains(steers), "{text:?}");
}

/// Tokens without docs, each text the same.
pub(crate) fn shape(tokens: TokenStream) -> Vec<TokenTree> {
    let mut shape: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let mut inner = self::shape(group.stream());
                // Which is behind the last of a list where each has a line of its own.
                inner.pop_if(|last| matches!(last, TokenTree::Punct(mark) if mark.as_char() == ','));
                let is_doc = matches!(&inner[..], [TokenTree::Ident(ident), ..] if ident == "doc");
                if is_doc && matches!(shape.last(), Some(TokenTree::Punct(mark)) if mark.as_char() == '#') {
                    shape.pop();
                } else {
                    shape.push(TokenTree::Group(Group::new(group.delimiter(), inner.into_iter().collect())));
                }
            }
            TokenTree::Literal(literal) if literal.to_string().contains('"') => {
                shape.push(TokenTree::Literal(match literal.to_string().starts_with('b') {
                    true => Literal::byte_string(b"x"),
                    false => Literal::string("x"),
                }));
            }
            other => shape.push(other),
        }
    }
    shape
}

/// Code that is Rust, and in which comments are docs; as tokens.
#[track_caller]
pub(crate) fn parsed(text: &str) -> TokenStream {
    assert_told(text);
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    // Behind the header, which is ours.
    let (_, code) = text.split_once("\n\n").unwrap();
    assert_eq!(comments(code), Vec::<&str>::new(), "{text}");
    quote::quote!(#file)
}

/// The comments of a code that are no docs.
pub(crate) fn comments(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '/', '\'', 'r']) {
        let (before, from) = rest.split_at(at);
        let hashes = from[1..].chars().take_while(|c| *c == '#').count();
        let is_raw =
            from.starts_with('r') && from[1 + hashes..].starts_with('"') && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let length = if is_raw {
            let close = format!("\"{}", "#".repeat(hashes));
            2 + hashes + from[2 + hashes..].find(&close).unwrap() + close.len()
        } else if let Some(string) = from.strip_prefix('"') {
            let mut escaped = false;
            let close = string.find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            close.unwrap() + 2
        } else if from.starts_with("//") || from.starts_with("/*") {
            let line = from.lines().next().unwrap();
            if !from.starts_with("///") || from.starts_with("////") {
                found.push(line);
            }
            line.len()
        } else {
            1
        };
        rest = &from[length..];
    }
    found
}

pub(crate) fn idents(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => idents(group.stream()),
            TokenTree::Ident(ident) => vec![ident.to_string()],
            _ => Vec::new(),
        })
        .collect()
}

/// The kinds and names of items, within modules too.
pub(crate) fn items(of: &[syn::Item]) -> Vec<String> {
    of.iter()
        .flat_map(|item| match item {
            syn::Item::Mod(module) => {
                let mut inner = vec![format!("mod {}", module.ident)];
                inner.extend(items(module.content.as_ref().map_or(&[], |(_, items)| items)));
                inner
            }
            syn::Item::Struct(item) => vec![format!("struct {}", item.ident)],
            syn::Item::Enum(item) => vec![format!("enum {}", item.ident)],
            syn::Item::Type(item) => vec![format!("type {}", item.ident)],
            syn::Item::Impl(_) => vec!["impl".to_owned()],
            syn::Item::Const(_) => vec!["const".to_owned()],
            syn::Item::Static(item) => vec![format!("static {}", item.ident)],
            other => vec![quote::quote!(#other).to_string()],
        })
        .collect()
}

/// The checks see what they are to see.
#[test]
fn the_checks_see_code() {
    let tokens = |code: &str| code.parse::<TokenStream>().unwrap();
    let shape_of = |code: &str| shape(tokens(code)).into_iter().collect::<TokenStream>().to_string();
    assert_eq!(
        shape_of("#[doc = \"a\"] #[doc = \"b\"] fn f() { g(\"a\", b\"c\") }"),
        shape_of("fn f() { g(r#\"\"\"#, b\"\") }")
    );
    assert_ne!(shape_of("fn f() { g(\"a\") }"), shape_of("fn f() { g(\"a\", \"b\") }"));
    assert_eq!(
        comments("/// a\nfn f() { \"//\"; r#\"/*\"\"#; '/'; b\"\\\"//\" } // x\n/* y"),
        ["// x", "/* y"]
    );
    assert_ne!(
        items(&syn::parse_file("mod a { fn f() {} }").unwrap().items),
        items(&syn::parse_file("mod a {}").unwrap().items)
    );
}
