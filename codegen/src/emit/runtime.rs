//! Generated code whose runtime is elsewhere than at `::kafka_event`.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};

/// Words after which a path begins, where any other name would go on.
const BEFORE_PATHS: &[&str] = &[
    "as", "dyn", "else", "for", "if", "impl", "in", "match", "mut", "ref", "return", "use", "where", "while",
];

/// The code with another path in place of each leading `::kafka_event`.
pub(super) fn moved(tokens: TokenStream, path: &TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    // Whether a `::` that comes next begins a path.
    let mut begins = true;
    let mut in_lifetime = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(first) if first.as_char() == ':' && first.spacing() == Spacing::Joint => {
                let second = tokens.next();
                let is_runtime = begins && matches!(tokens.peek(), Some(TokenTree::Ident(name)) if name == "kafka_event");
                if is_runtime {
                    tokens.next();
                    out.extend(path.clone());
                } else {
                    out.push(TokenTree::Punct(first));
                    out.extend(second);
                }
                begins = false;
                in_lifetime = false;
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), moved(group.stream(), path));
                inner.set_span(group.span());
                out.push(TokenTree::Group(inner));
                begins = true;
                in_lifetime = false;
            }
            TokenTree::Ident(name) => {
                begins = in_lifetime || BEFORE_PATHS.iter().any(|word| name == word);
                in_lifetime = false;
                out.push(TokenTree::Ident(name));
            }
            TokenTree::Punct(punct) => {
                in_lifetime = punct.as_char() == '\'';
                begins = true;
                out.push(TokenTree::Punct(punct));
            }
            literal @ TokenTree::Literal(_) => {
                begins = true;
                in_lifetime = false;
                out.push(literal);
            }
        }
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(code: &str) -> String {
        moved(code.parse().unwrap(), &"::facade::kafka".parse().unwrap())
            .to_string()
            .replace(' ', "")
    }

    #[test]
    fn only_what_begins_with_the_runtime_is_moved() {
        for (code, wanted) in [
            ("::kafka_event::Record", "::facade::kafka::Record"),
            ("impl<'de> ::kafka_event::Record for X {}", "impl<'de>::facade::kafka::RecordforX{}"),
            ("<X as ::kafka_event::Record>::LAYOUT", "<Xas::facade::kafka::Record>::LAYOUT"),
            ("fn f(a: &'a ::kafka_event::A) {}", "fnf(a:&'a::facade::kafka::A){}"),
            (
                "A::<::kafka_event::B, (::kafka_event::C)>",
                "A::<::facade::kafka::B,(::facade::kafka::C)>",
            ),
            ("super::kafka_event::A", "super::kafka_event::A"),
            ("::other::kafka_event::A", "::other::kafka_event::A"),
            ("crate::kafka_event::A", "crate::kafka_event::A"),
            ("kafka_event::A", "kafka_event::A"),
            ("\"::kafka_event::A\"", "\"::kafka_event::A\""),
            ("::kafka_events::A", "::kafka_events::A"),
            ("a: ::kafka_event::A", "a:::facade::kafka::A"),
            ("use ::kafka_event::A;", "use::facade::kafka::A;"),
            ("if ::kafka_event::A {}", "if::facade::kafka::A{}"),
            ("match x { 0 => ::kafka_event::f() }", "matchx{0=>::facade::kafka::f()}"),
        ] {
            assert_eq!(rewritten(code), wanted);
        }
    }
}
