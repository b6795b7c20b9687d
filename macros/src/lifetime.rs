//! The names of lifetimes: `'de`, which is read from and which expansions keep for themselves, and those that nothing declares.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
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
///
/// Of what may be none of that, in a macro or in code, nothing is known here: who is told of nothing must not be left with a stub.
pub(crate) fn is_undeclared(input: &syn::DeriveInput) -> bool {
    let mut known: Vec<String> = input.generics.lifetimes().map(|known| plain(&known.lifetime.ident)).collect();
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
    let mut known = known.to_vec();
    let (mut is_own, mut was_tick) = (false, false);
    for token in ty {
        let after_tick = std::mem::replace(&mut was_tick, is_tick(&token));
        match &token {
            TokenTree::Ident(name) if name == "for" => is_own = true,
            TokenTree::Ident(name) if after_tick && is_own => known.push(plain(name)),
            TokenTree::Ident(name) if after_tick && !known.contains(&plain(name)) => return true,
            TokenTree::Punct(mark) if mark.as_char() == '>' => is_own = false,
            // A macro's tokens; and the length of an array, which may have labels.
            TokenTree::Punct(mark) if matches!(mark.as_char(), '!' | ';') => return false,
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace && names_another(group.stream(), &known) => return true,
            _ => {}
        }
    }
    false
}

/// A lifetime's name without what makes a keyword a name.
fn plain(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
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
