//! A type's tokens, as far as its place in a schema depends on them: no name is looked up.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::limits;

/// A type as it is spelled.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::emit::own) enum Shape {
    /// A path: its last name, the one before, and the last one's arguments but lifetimes.
    Path {
        before: Option<String>,
        name: String,
        arguments: Vec<Shape>,
    },
    /// `[T]`
    Slice(Box<Shape>),
    /// `[T; N]`, with the length where it is a number.
    Array(Box<Shape>, Option<u64>),
    /// `()`
    Unit,
    /// A number, as an argument.
    Number(u64),
    /// Anything else.
    Other,
}

impl Shape {
    /// The shape of a type.
    pub(in crate::emit::own) fn of(ty: &TokenStream) -> Self {
        whole(ty.clone(), 0)
    }

    /// The same with what stands for the parameters of the type that it is in, by their names.
    pub(super) fn with(&self, arguments: &[(String, Self)]) -> Self {
        match self {
            Self::Path {
                before,
                name,
                arguments: own,
            } => match arguments.iter().find(|(parameter, _)| own.is_empty() && parameter == name) {
                Some((_, argument)) => argument.clone(),
                None => Self::Path {
                    before: before.clone(),
                    name: name.clone(),
                    arguments: own.iter().map(|own| own.with(arguments)).collect(),
                },
            },
            Self::Slice(item) => Self::Slice(Box::new(item.with(arguments))),
            Self::Array(item, length) => Self::Array(Box::new(item.with(arguments)), *length),
            other => other.clone(),
        }
    }

    /// Whether it is the type of a name, without arguments.
    pub(super) fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Path { name, arguments, .. } if name == wanted && arguments.is_empty())
    }

    /// What is within boxes.
    pub(super) fn unboxed(mut self) -> Self {
        loop {
            self = match self {
                Self::Path { name, mut arguments, .. } if name == "Box" && arguments.len() == 1 => arguments.swap_remove(0),
                other => return other,
            }
        }
    }

    /// The last name of a path.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Path { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Whether it is text, owned or borrowed, by itself or behind a pointer.
    pub(in crate::emit::own) fn is_text(&self) -> bool {
        match self {
            Self::Path { name, arguments, .. } => match (name.as_str(), &arguments[..]) {
                ("String" | "str", []) => true,
                ("Box" | "Arc" | "Cow", [inner]) => inner.is_text(),
                _ => false,
            },
            _ => false,
        }
    }
}

/// Words that begin a type which is no path, or stand in one.
const NO_NAMES: [&str; 6] = ["dyn", "impl", "fn", "for", "unsafe", "extern"];

type Tokens = Peekable<IntoIter>;

/// All of the tokens as one type.
fn whole(tokens: TokenStream, depth: usize) -> Shape {
    let mut tokens = tokens.into_iter().peekable();
    match one(&mut tokens, depth) {
        Some(shape) if tokens.peek().is_none() => shape,
        _ => Shape::Other,
    }
}

/// The type that the tokens begin with; `None` of one that has no place in a schema, or nests deeper than a schema's types may.
fn one(tokens: &mut Tokens, depth: usize) -> Option<Shape> {
    if depth > limits::NESTED_TYPES {
        return None;
    }
    match tokens.peek()? {
        TokenTree::Group(group) => {
            let (delimiter, inner) = (group.delimiter(), group.stream());
            tokens.next();
            match delimiter {
                Delimiter::Bracket => items(inner, depth + 1),
                Delimiter::Parenthesis if inner.is_empty() => Some(Shape::Unit),
                Delimiter::Parenthesis | Delimiter::None => Some(whole(inner, depth + 1)),
                Delimiter::Brace => None,
            }
        }
        TokenTree::Literal(_) => number(&tokens.next()?).map(Shape::Number),
        TokenTree::Punct(punct) if punct.as_char() == '&' => {
            tokens.next();
            skip_lifetime(tokens);
            if matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "mut") {
                tokens.next();
            }
            one(tokens, depth)
        }
        TokenTree::Ident(_) | TokenTree::Punct(_) => path(tokens, depth),
    }
}

fn path(tokens: &mut Tokens, depth: usize) -> Option<Shape> {
    colons(tokens);
    let (mut before, mut name) = (None, word(tokens)?);
    if NO_NAMES.contains(&name.as_str()) {
        return None;
    }
    let mut arguments = Vec::new();
    loop {
        let goes_on = colons(tokens);
        if punct(tokens, '<') {
            arguments = self::arguments(tokens, depth + 1)?;
            return Some(Shape::Path { before, name, arguments });
        }
        if !goes_on {
            return Some(Shape::Path { before, name, arguments });
        }
        before = Some(std::mem::replace(&mut name, word(tokens)?));
    }
}

/// Arguments up to the bracket that closes them.
fn arguments(tokens: &mut Tokens, depth: usize) -> Option<Vec<Shape>> {
    let mut arguments = Vec::new();
    while !punct(tokens, '>') {
        if !skip_lifetime(tokens) {
            arguments.push(one(tokens, depth)?);
        }
        if !punct(tokens, ',') && !matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '>') {
            return None;
        }
    }
    Some(arguments)
}

/// What stands between square brackets.
fn items(inner: TokenStream, depth: usize) -> Option<Shape> {
    let mut tokens = inner.into_iter().peekable();
    let item = Box::new(one(&mut tokens, depth)?);
    if tokens.peek().is_none() {
        return Some(Shape::Slice(item));
    }
    let length = punct(&mut tokens, ';').then(|| tokens.next()).flatten();
    let length = length.filter(|_| tokens.peek().is_none());
    Some(Shape::Array(item, length.as_ref().and_then(number)))
}

fn number(token: &TokenTree) -> Option<u64> {
    let TokenTree::Literal(literal) = token else { return None };
    let text = literal.to_string().replace('_', "");
    text.strip_suffix("usize").unwrap_or(&text).parse().ok()
}

fn word(tokens: &mut Tokens) -> Option<String> {
    match tokens.next()? {
        TokenTree::Ident(ident) => Some(super::plain(&ident)),
        _ => None,
    }
}

/// Takes a mark, where it is next.
fn punct(tokens: &mut Tokens, wanted: char) -> bool {
    let is_next = matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted);
    if is_next {
        tokens.next();
    }
    is_next
}

fn colons(tokens: &mut Tokens) -> bool {
    punct(tokens, ':') && punct(tokens, ':')
}

fn skip_lifetime(tokens: &mut Tokens) -> bool {
    let is_next = punct(tokens, '\'');
    if is_next {
        tokens.next();
    }
    is_next
}

/// A type as a person would write it.
#[must_use]
pub fn spelled_type(ty: &TokenStream) -> String {
    let text: Vec<char> = ty.to_string().chars().collect();
    let is_word = |character: char| character == '_' || character.is_alphanumeric();
    let kept = |place: usize| {
        let neighbour = |place: Option<usize>| place.and_then(|place| text.get(place)).copied().unwrap_or(' ');
        let (before, after) = (neighbour(place.checked_sub(1)), neighbour(place.checked_add(1)));
        matches!(before, ',' | ';' | '+') || after == '+' || is_word(before) && (is_word(after) || after == '\'')
    };
    let spelled = text
        .iter()
        .enumerate()
        .filter(|(place, character)| !character.is_whitespace() || kept(*place));
    spelled
        .map(|(_, character)| if character.is_whitespace() { ' ' } else { *character })
        .collect()
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn path(before: Option<&str>, name: &str, arguments: Vec<Shape>) -> Shape {
        Shape::Path {
            before: before.map(str::to_owned),
            name: name.to_owned(),
            arguments,
        }
    }

    #[test]
    fn types_of_every_shape() {
        let byte = || Box::new(path(None, "u8", vec![]));
        for (tokens, wanted) in [
            (quote!(String), path(None, "String", vec![])),
            (quote!(&'a mut str), path(None, "str", vec![])),
            (quote!(::std::string::String), path(Some("string"), "String", vec![])),
            (quote!(r#type::r#T), path(Some("type"), "T", vec![])),
            (quote!(Cow<'a, [u8]>), path(None, "Cow", vec![Shape::Slice(byte())])),
            (quote!(Vec::<Vec<u8>>), path(None, "Vec", vec![path(None, "Vec", vec![*byte()])])),
            (
                quote!(Decimal<9, 2usize>),
                path(None, "Decimal", vec![Shape::Number(9), Shape::Number(2)]),
            ),
            (quote!([u8; 1_6]), Shape::Array(byte(), Some(16))),
            (quote!([u8; N]), Shape::Array(byte(), None)),
            (quote!([u8; 2 * 8]), Shape::Array(byte(), None)),
            (quote!(()), Shape::Unit),
            (quote!((u8)), *byte()),
            (quote!((u8, u8)), Shape::Other),
            (quote!(<T as Trait>::Item), Shape::Other),
            (quote!(Vec<u8>::Item), Shape::Other),
            (quote!(Iterator<Item = u8>), Shape::Other),
            (quote!(Box<dyn Fn(u8) -> u8>), Shape::Other),
            (quote!(fn(u8)), Shape::Other),
            (quote!(!), Shape::Other),
            (quote!(), Shape::Other),
        ] {
            assert_eq!(Shape::of(&tokens), wanted, "{tokens}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_no_type_of_a_schema() {
        let nested = |depth| (0..depth).fold(quote!(u8), |inner, _| quote!(Vec<#inner>));
        assert_ne!(Shape::of(&nested(16)), Shape::Other);
        assert_eq!(Shape::of(&nested(17)), Shape::Other);
    }

    #[test]
    fn types_are_spelled_as_people_write_them() {
        for (tokens, wanted) in [
            (
                quote!(std::collections::BTreeMap<String, Vec<u8>>),
                "std::collections::BTreeMap<String, Vec<u8>>",
            ),
            (quote!(Cow<'a, [u8; 4]>), "Cow<'a, [u8; 4]>"),
            (quote!(&'a str), "&'a str"),
            (quote!(Box<dyn Any + Send>), "Box<dyn Any + Send>"),
        ] {
            assert_eq!(spelled_type(&tokens), wanted);
        }
    }
}
