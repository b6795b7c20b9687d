//! The name of the lifetime that is read from, `'de`, which expansions keep for themselves.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

/// A type whose own `'de`, if it has one, is called otherwise: the parameters of implementations need not have the names of the type's.
pub(crate) fn apart(input: TokenStream) -> TokenStream {
    // A group that is made anew no longer knows where it begins and ends, which errors point at.
    if !is_mentioned(&input) {
        return input;
    }
    let mut was_tick = false;
    input
        .into_iter()
        .map(|token| {
            let after_tick = std::mem::replace(&mut was_tick, is_tick(&token));
            match token {
                TokenTree::Ident(name) if after_tick && name == "de" => TokenTree::Ident(Ident::new("__de", name.span())),
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), apart(group.stream()));
                    inner.set_span(group.span());
                    TokenTree::Group(inner)
                }
                other => other,
            }
        })
        .collect()
}

fn is_mentioned(tokens: &TokenStream) -> bool {
    let mut was_tick = false;
    tokens.clone().into_iter().any(|token| {
        let after_tick = std::mem::replace(&mut was_tick, is_tick(&token));
        match token {
            TokenTree::Ident(name) => after_tick && name == "de",
            TokenTree::Group(group) => is_mentioned(&group.stream()),
            _ => false,
        }
    })
}

fn is_tick(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(tick) if tick.as_char() == '\'')
}
