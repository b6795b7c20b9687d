//! The names of lifetimes: `'de`, which is read from and which expansions keep for themselves, and those that nothing declares.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens as _;

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

/// Whether a type's fields name a lifetime that it does not declare: of that the compiler speaks wherever the type stands.
pub(crate) fn is_undeclared(input: &syn::DeriveInput) -> bool {
    let mut known: Vec<String> = input.generics.lifetimes().map(|known| known.lifetime.ident.to_string()).collect();
    known.extend(["static", "_"].map(str::to_owned));
    let fields: Vec<&syn::Field> = match &input.data {
        syn::Data::Struct(data) => data.fields.iter().collect(),
        syn::Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
        syn::Data::Union(_) => return false,
    };
    fields.into_iter().any(|field| names_another(field.ty.to_token_stream(), &known))
}

/// Whether a type names a lifetime that is neither known nor its own, by `for<'a>`.
fn names_another(ty: TokenStream, known: &[String]) -> bool {
    let tokens: Vec<TokenTree> = ty.into_iter().collect();
    let mut known = known.to_vec();
    let (mut is_own, mut was_tick) = (false, false);
    for (place, token) in tokens.iter().enumerate() {
        let after_tick = std::mem::replace(&mut was_tick, is_tick(token));
        match token {
            TokenTree::Ident(name) if name == "for" => is_own = true,
            TokenTree::Ident(name) if after_tick && is_own => known.push(name.to_string()),
            TokenTree::Ident(name) if after_tick && !known.contains(&name.to_string()) => return true,
            TokenTree::Punct(end) if end.as_char() == '>' && place > 0 => is_own = false,
            TokenTree::Group(group) if names_another(group.stream(), &known) => return true,
            _ => {}
        }
    }
    false
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
