//! Tokens to text that is pleasant to read.
//!
//! A parser of all of Rust and a formatter over it would be most of what this crate adds to a build. What is laid out here is what `emit` makes, so
//! that a tree of brackets is enough: items with their attributes, bodies, lists and calls. Only spaces, line ends, and commas before a closing
//! bracket are added or left out; tokens stay as they are.
//!
//! | file | its job |
//! | --- | --- |
//! | `tree` | tokens to a tree of brackets, with what each takes on one line |
//! | `space` | where a space stands between two tokens |
//! | `entry` | where an item, a statement, a field or an arm ends |
//! | `breaks` | where a line may be broken, and where a comma may come |
//! | `print` | the tree to lines |

mod breaks;
mod entry;
mod print;
mod space;
mod tree;

use proc_macro2::TokenStream;

/// The widest line that is not broken where it can be.
const WIDTH: usize = 120;

/// The text of a file.
pub(crate) fn lay_out(tokens: TokenStream) -> String {
    print::file(&tree::of(tokens))
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

    use super::*;

    /// The text of a file, which must have the tokens of the file that was given.
    fn laid_out(code: &str) -> String {
        let tokens: TokenStream = code.parse().unwrap();
        let text = lay_out(tokens);
        let again: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}:\n{text}"));
        assert_eq!(bare(again.clone()), bare(code.parse().unwrap()), "{text}");
        assert_eq!(lay_out(again), text, "laid out twice");
        text
    }

    /// Tokens without what may come and go: a comma before a closing bracket. That of a tuple of one stays, and all that a macro or an attribute
    /// is given.
    pub(super) fn bare(tokens: TokenStream) -> String {
        let mut text = String::new();
        let mut before: Vec<TokenTree> = Vec::new();
        for token in tokens {
            match &token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::None => text += &bare(group.stream()),
                TokenTree::Group(group) if is_given(&before, group) => {
                    text += &format!("{:?}[{}] ", group.delimiter(), strict(group.stream()));
                }
                TokenTree::Group(group) => {
                    let inner = bare(group.stream());
                    let inner = match inner.strip_suffix(", ") {
                        Some(rest) if !is_tuple_of_one(&before, group) => rest,
                        _ => inner.trim_end(),
                    };
                    text += &format!("{:?}({}) ", group.delimiter(), inner.trim_end());
                }
                other => text += &format!("{} ", one(other)),
            }
            before.push(token);
        }
        text
    }

    /// A token that is no bracket; a comment is read as text of the other kind.
    fn one(token: &TokenTree) -> String {
        let text = token.to_string();
        match text.strip_prefix("r\"") {
            Some(raw) => format!("{:?}", raw.trim_end_matches('"')),
            None => text,
        }
    }

    fn is_sign(token: &TokenTree, sign: char) -> bool {
        matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
    }

    /// Whether a bracket is an attribute's or a macro's.
    fn is_given(before: &[TokenTree], group: &Group) -> bool {
        match before {
            [.., hash] if is_sign(hash, '#') => group.delimiter() == Delimiter::Bracket,
            [.., hash, bang] if is_sign(hash, '#') && is_sign(bang, '!') => group.delimiter() == Delimiter::Bracket,
            [.., TokenTree::Ident(_), bang] => is_sign(bang, '!'),
            _ => false,
        }
    }

    /// Whether a bracket is a tuple with one comma: without it, it would be no tuple. What follows a name or closes generics is a call.
    fn is_tuple_of_one(before: &[TokenTree], group: &Group) -> bool {
        const NO_NAMES: &[&str] = &["as", "else", "if", "in", "let", "match", "pub", "ref", "return"];
        let is_call = match before {
            [.., TokenTree::Ident(name)] => !NO_NAMES.contains(&name.to_string().as_str()),
            [.., dash, sign] if is_sign(sign, '>') => !is_sign(dash, '-') && !is_sign(dash, '='),
            _ => false,
        };
        let commas = group.stream().into_iter().filter(|token| is_sign(token, ',')).count();
        group.delimiter() == Delimiter::Parenthesis && commas == 1 && !is_call
    }

    #[test]
    fn code_is_laid_out_as_a_person_would() {
        let unchanged = include_str!("tests/example.rs.txt");
        assert_eq!(laid_out(unchanged), unchanged);
    }

    #[test]
    fn tokens_of_real_schemas_stay() {
        let Some(corpus) = std::env::var_os("KAFKA_EVENT_CORPUS") else {
            println!("skipped: no corpus");
            return;
        };
        let radar = std::path::Path::new(&corpus).join("schemas/RADAR-base+RADAR-Schemas");
        let contract = crate::Builder::new()
            .schemas([radar])
            .load()
            .unwrap_or_else(|report| panic!("{report}"));
        let emitted = crate::emit::emit(&contract.model, Default::default(), Default::default(), None);
        let text = lay_out(emitted.root.clone());
        let (laid_out, emitted) = (bare(text.parse().unwrap()), bare(emitted.root));
        if let Some(place) = laid_out.bytes().zip(emitted.bytes()).position(|(one, other)| one != other) {
            let around = |text: &str| {
                text[text.floor_char_boundary(place.saturating_sub(200))..]
                    .chars()
                    .take(300)
                    .collect::<String>()
            };
            panic!("{}\nwas\n{}", around(&laid_out), around(&emitted));
        }
        assert_eq!(laid_out.len(), emitted.len());
        let again = lay_out(text.parse().unwrap());
        let differs = text.lines().zip(again.lines()).find(|(one, other)| one != other);
        assert_eq!(differs, None, "laid out twice");
        // But for literals, and for long names that no bracket can break.
        let wide = |line: &&str| !line.contains('"') && !line.contains("///") && line.chars().count() > WIDTH;
        let paths = |line: &&str| line.trim().split(' ').any(|word| word.len() > WIDTH / 3);
        assert_eq!(text.lines().filter(wide).find(|line| !paths(line)), None);
    }

    /// What compares tokens sees each comma that means something.
    #[test]
    fn commas_that_may_not_go_are_told() {
        let tokens = |code: &str| bare(code.parse().unwrap());
        for (one, other) in [
            ("(1,)", "(1)"),
            ("a: (u8,)", "a: (u8)"),
            ("return (a,);", "return (a);"),
            ("pub (u8,)", "pub (u8)"),
            ("fn a() -> (u8,) {}", "fn a() -> (u8) {}"),
            ("a => (b,)", "a => (b)"),
            ("[(1,), (2,)]", "[(1), (2)]"),
            ("m!(a,)", "m!(a)"),
            ("m! { (a, b,) }", "m! { (a, b) }"),
            ("#[a(b,)]", "#[a(b)]"),
            ("#![a[b,]]", "#![a[b]]"),
            ("f(a b)", "f(a, b)"),
        ] {
            assert_ne!(tokens(one), tokens(other), "{one}");
        }
        for (one, other) in [
            ("f(a,)", "f(a)"),
            ("f::<A>(a,)", "f::<A>(a)"),
            ("(a, b,)", "(a, b)"),
            ("[a,]", "[a]"),
            ("A { b, }", "A { b }"),
            ("/// a \"b\"\nstruct A;", "#[doc = \" a \\\"b\\\"\"] struct A;"),
        ] {
            assert_eq!(tokens(one), tokens(other), "{one}");
        }
    }

    #[test]
    fn a_comma_at_the_end_goes_and_comes() {
        assert_eq!(laid_out("fn a() { f(A { b, }, c,) }"), "fn a() {\n    f(A { b }, c)\n}\n");
        assert_eq!(laid_out("const A: (u8,) = (1,);"), "const A: (u8,) = (1,);\n");
    }

    #[test]
    fn what_a_macro_or_an_attribute_is_given_stays() {
        let long = "A".repeat(70);
        for kept in [
            "const A: [u8; { n >>= 2; n <<= 1; 1 }] = x;",
            "#[a(1. .. 2., 0. .max, a: :b, & & c, - > d, (e,), f::g! { h, }, #[doc = \"i\"], j = k,)] struct A;",
            "#[a[b,]] struct A;",
            "const A: u8 = m!((a,), [b,], c,);",
            &format!("const A: [u8; crate::m!({long}, {long})] = [];"),
            &format!("#[my::sql(SELECT {long} = {long} + {long})] struct A;"),
            &format!("fn a() {{ |x: u8| {long} * {long} }}"),
            "struct A(pub (u8,), pub [u8; 2]);",
        ] {
            let text = lay_out(kept.parse().unwrap());
            let again: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}:\n{text}"));
            assert_eq!(strict(again), strict(kept.parse().unwrap()), "{text}");
        }
        assert_eq!(
            laid_out("struct A(#[doc = \" b\"] pub [u8; 4]);"),
            "struct A(\n    /// b\n    pub [u8; 4],\n);\n"
        );
    }

    /// Tokens with each comma, and which signs are one.
    fn strict(tokens: TokenStream) -> String {
        let mut text = String::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            text += &match token {
                TokenTree::Group(group) => format!("{:?}[{}] ", group.delimiter(), strict(group.stream())),
                TokenTree::Punct(punct) => {
                    let is_one = punct.spacing() == Spacing::Joint && matches!(tokens.peek(), Some(TokenTree::Punct(_)));
                    format!("{}{}", punct.as_char(), if is_one { "" } else { " " })
                }
                other => format!("{} ", one(&other)),
            };
        }
        text
    }

    #[test]
    fn docs_are_comments_only_where_they_mean_the_same() {
        assert_eq!(laid_out("#[doc = \" a \\\"b\\\"\"] struct A;"), "/// a \"b\"\nstruct A;\n");
        for kept in [
            "#[doc = \"/ a\"]\nstruct A;\n",
            "#[doc = \" a\\nb\"]\nstruct A;\n",
            "#[doc = \" a\\r\"]\nstruct A;\n",
        ] {
            assert_eq!(laid_out(kept), kept);
        }
    }

    #[test]
    fn what_is_too_long_and_cannot_be_broken_stays() {
        let long = format!("const {}: &str =\n    \"{}\";\n", "A".repeat(60), "b".repeat(200));
        assert_eq!(laid_out(&long), long);
    }
}
