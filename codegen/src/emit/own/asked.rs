//! Where the traits stand that ask for what a type lacks: apart from the user's names.

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

/// What the names of these modules begin with.
const MODULE: &str = "__asked";

/// Traits in a module of their own, which none of the user's names reach: beside the user's own module `diagnostic` the compiler would look there for the
/// attributes of that name.
///
/// They hold no token of the user's, and are visible where they stand; `of` tells one such module from another.
pub(super) fn asked(of: &str, traits: &[TokenStream]) -> TokenStream {
    if traits.iter().all(TokenStream::is_empty) {
        return TokenStream::new();
    }
    let module = Ident::new(&format!("{MODULE}_{of}"), Span::call_site());
    quote!(use #module::*; mod #module { #(#traits)* })
}

/// The same code with the traits beside it.
///
/// A path that the user gives to the runtime may begin at a name that is known in the user's module alone, or in a function.
pub(super) fn beside(code: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = code.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word)
                if word == "use" && matches!(tokens.peek(), Some(TokenTree::Ident(name)) if name.to_string().starts_with(MODULE)) =>
            {
                let module = tokens.by_ref().find_map(|token| match token {
                    TokenTree::Group(group) => Some(group.stream()),
                    _ => None,
                });
                out.extend(module);
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), beside(group.stream()));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            other => out.extend([other]),
        }
    }
    out
}

/// The same code, whose traits call the runtime in what they say as the user calls it.
pub(super) fn spoken(code: TokenStream, path: &TokenStream) -> TokenStream {
    let path = path.to_string().replace(' ', "");
    let name = format!("{}::", path.strip_prefix("::").unwrap_or(&path));
    renamed(code, &name, false)
}

/// What is said, where it `is_said`.
fn renamed(code: TokenStream, name: &str, mut is_said: bool) -> TokenStream {
    let within = is_said;
    let rename = |token| match token {
        TokenTree::Ident(word) => {
            is_said = within || word == "on_unimplemented";
            TokenTree::Ident(word)
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), renamed(group.stream(), name, is_said));
            inner.set_span(group.span());
            is_said = within;
            TokenTree::Group(inner)
        }
        TokenTree::Literal(text) if within => {
            let renamed = text.to_string().replace("kafka_event::", name);
            let mut renamed: Literal = renamed.parse().unwrap_or_else(|_| text.clone());
            renamed.set_span(text.span());
            TokenTree::Literal(renamed)
        }
        other => other,
    };
    code.into_iter().map(rename).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_has_the_users_name_of_the_runtime() {
        let code: TokenStream = "#[diagnostic::on_unimplemented(note = \"`kafka_event::wire::Long`, by `kafka_event_codegen::Builder`\")] \
            trait T { const SCHEMA: &'static str = \"kafka_event::wire\"; }"
            .parse()
            .unwrap();
        let spoken = spoken(code, &"::platform::kafka".parse().unwrap()).to_string();
        assert!(
            spoken.contains("`platform::kafka::wire::Long`, by `kafka_event_codegen::Builder`"),
            "{spoken}"
        );
        assert!(spoken.contains("\"kafka_event::wire\""), "{spoken}");
    }
}
