//! As much of Rust's grammar as a path, a type of paths, and an attribute need.

use std::fmt;
use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree, token_stream};
use quote::{ToTokens, TokenStreamExt as _, quote};

use crate::name::is_keyword;

/// A path, a tuple, an array or a slice.
pub(super) enum Type {
    Path(Path),
    Tuple(Vec<Type>),
    /// With the expression that is its length, where it has one.
    Array(Box<Type>, Option<TokenStream>),
}

/// A path, from the root of all crates where it begins with colons.
pub(super) struct Path {
    pub(super) is_global: bool,
    pub(super) segments: Vec<Segment>,
}

pub(super) struct Segment {
    pub(super) name: Ident,
    /// What stands in its angle brackets, where it has some.
    pub(super) arguments: Option<Vec<Argument>>,
}

pub(super) enum Argument {
    /// `_`
    Inferred,
    Type(Type),
    /// `Item = Type`
    Associated(Ident, Type),
    /// A lifetime or a constant.
    Other(TokenStream),
}

/// What a text is, instead of what it should be.
pub(super) struct Unexpected(String);

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Result<T> = std::result::Result<T, Unexpected>;

/// A whole text as a type.
pub(super) fn ty(text: &str) -> Result<Type> {
    whole(lexed(text)?, Tokens::ty)
}

/// A whole text as a path without arguments.
pub(super) fn path(text: &str) -> Result<Path> {
    whole(lexed(text)?, |tokens| tokens.path(false))
}

/// A whole text as attributes, each with its path's length.
pub(super) fn attributes(text: &str) -> Result<Vec<(TokenStream, usize)>> {
    whole(lexed(text)?, |tokens| {
        let mut attributes = Vec::new();
        while tokens.0.peek().is_some() {
            tokens.sign('#')?;
            let group = tokens.group(Delimiter::Bracket)?;
            let length = whole(group.stream(), Tokens::meta)?;
            attributes.push((quote!(# #group), length));
        }
        Ok(attributes)
    })
}

/// Deeper brackets are nobody's type, and what reads them goes down into each.
const DEEPEST: usize = 64;

fn lexed(text: &str) -> Result<TokenStream> {
    // Literals may hold brackets, too: a bound, and not a count.
    let mut depth = 0usize;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' | b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Unexpected(format!("it has more than {DEEPEST} brackets in one another")));
        }
    }
    text.parse().map_err(|error| Unexpected(format!("{error}")))
}

fn whole<T>(tokens: TokenStream, parse: impl FnOnce(&mut Tokens) -> Result<T>) -> Result<T> {
    let mut tokens = Tokens(tokens.into_iter().peekable());
    let parsed = parse(&mut tokens)?;
    match tokens.0.next() {
        None => Ok(parsed),
        Some(token) => Err(Unexpected(format!("`{token}` is one too many"))),
    }
}

struct Tokens(Peekable<token_stream::IntoIter>);

impl Tokens {
    fn ty(&mut self) -> Result<Type> {
        let Some(TokenTree::Group(group)) = self.0.peek() else {
            return self.path(true).map(Type::Path);
        };
        let group = group.clone();
        self.0.next();
        match group.delimiter() {
            Delimiter::Parenthesis => whole(group.stream(), |inner| {
                let mut types = Vec::new();
                while inner.0.peek().is_some() {
                    types.push(inner.ty()?);
                    match inner.0.peek() {
                        None if types.len() == 1 => return Err(Unexpected("a tuple of one has a comma, as in `(u8,)`".to_owned())),
                        None => {}
                        Some(_) => inner.sign(',')?,
                    }
                }
                Ok(Type::Tuple(types))
            }),
            Delimiter::Bracket => whole(group.stream(), |inner| {
                let item = Box::new(inner.ty()?);
                let length = inner.takes(';').then(|| inner.expression("the array's length")).transpose()?;
                Ok(Type::Array(item, length))
            }),
            _ => Err(Unexpected(format!("it begins with `{group}`"))),
        }
    }

    fn path(&mut self, has_arguments: bool) -> Result<Path> {
        let is_global = self.takes_colons();
        let mut segments = Vec::new();
        loop {
            let name = self.name()?;
            // `Vec<T>` and `Vec::<T>` are one.
            let mut goes_on = self.takes_colons();
            let mut arguments = None;
            if has_arguments && self.takes('<') {
                arguments = Some(self.arguments()?);
                goes_on = self.takes_colons();
            }
            let begins = ["crate", "self", "super", "Self"].iter().any(|word| name == word);
            if begins && (is_global || !segments.is_empty()) {
                return Err(Unexpected(format!("`{name}` begins a path, or is not in it")));
            }
            segments.push(Segment { name, arguments });
            if !goes_on {
                return Ok(Path { is_global, segments });
            }
        }
    }

    /// What stands behind `<`, with the `>`.
    fn arguments(&mut self) -> Result<Vec<Argument>> {
        let mut arguments = Vec::new();
        while !self.takes('>') {
            arguments.push(self.argument()?);
            if !self.takes(',') {
                self.sign('>')?;
                break;
            }
        }
        Ok(arguments)
    }

    fn argument(&mut self) -> Result<Argument> {
        match self.0.peek() {
            // A lifetime, or a negative number.
            Some(TokenTree::Punct(sign)) if matches!(sign.as_char(), '\'' | '-') => {
                let is_lifetime = sign.as_char() == '\'';
                let tokens: Vec<_> = self.0.by_ref().take(2).collect();
                match tokens.last() {
                    Some(TokenTree::Ident(_)) if is_lifetime => {}
                    Some(TokenTree::Literal(_)) if !is_lifetime => {}
                    Some(other) => return Err(Unexpected(format!("`{other}` is no argument"))),
                    None => return Err(ended("an argument")),
                }
                Ok(Argument::Other(tokens.into_iter().collect()))
            }
            Some(TokenTree::Literal(_)) => Ok(Argument::Other(self.0.by_ref().take(1).collect())),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                Ok(Argument::Other(self.0.by_ref().take(1).collect()))
            }
            Some(TokenTree::Ident(word)) if word == "true" || word == "false" => Ok(Argument::Other(self.0.by_ref().take(1).collect())),
            Some(TokenTree::Ident(word)) if word == "_" => {
                self.0.next();
                Ok(Argument::Inferred)
            }
            _ => {
                let ty = self.ty()?;
                if !self.takes('=') {
                    return Ok(Argument::Type(ty));
                }
                match ty {
                    Type::Path(Path {
                        is_global: false,
                        mut segments,
                    }) if segments.len() == 1 && segments[0].arguments.is_none() => {
                        Ok(Argument::Associated(segments.remove(0).name, self.ty()?))
                    }
                    other => Err(Unexpected(format!("`{}` is no associated type's name", other.to_token_stream()))),
                }
            }
        }
    }

    /// What an attribute's brackets hold; the length of its path.
    fn meta(&mut self) -> Result<usize> {
        let path = self.path(false)?;
        match self.0.next() {
            None | Some(TokenTree::Group(_)) => {}
            Some(TokenTree::Punct(sign)) if sign.as_char() == '=' => {
                self.expression("the attribute's value")?;
            }
            Some(token) => return Err(Unexpected(format!("`{token}` is one too many"))),
        }
        Ok(path.segments.len())
    }

    /// All that is left, which rustc reads: nothing that would end it, or mean another place in each module.
    fn expression(&mut self, what: &str) -> Result<TokenStream> {
        let tokens: TokenStream = self.0.by_ref().collect();
        for token in tokens.clone() {
            match &token {
                TokenTree::Punct(sign) if matches!(sign.as_char(), ',' | ';') => {
                    return Err(Unexpected(format!("`{token}` is one too many")));
                }
                TokenTree::Ident(word) if word == "self" || word == "super" => {
                    return Err(Unexpected(format!(
                        "`{token}` is another place in each module of the generated code"
                    )));
                }
                _ => {}
            }
        }
        if tokens.is_empty() { Err(ended(what)) } else { Ok(tokens) }
    }

    fn name(&mut self) -> Result<Ident> {
        match self.0.next() {
            Some(TokenTree::Ident(word)) if !is_keyword(&word.to_string()) && word != "_" => Ok(word),
            Some(token) => Err(Unexpected(format!("`{token}` is no name"))),
            None => Err(ended("a name")),
        }
    }

    fn group(&mut self, delimiter: Delimiter) -> Result<Group> {
        match self.0.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Ok(group),
            Some(token) => Err(Unexpected(format!("`{token}` stands in a bracket's place"))),
            None => Err(ended("a bracket")),
        }
    }

    fn sign(&mut self, wanted: char) -> Result<()> {
        if self.takes(wanted) {
            return Ok(());
        }
        match self.0.next() {
            Some(token) => Err(Unexpected(format!("`{token}` stands in the place of `{wanted}`"))),
            None => Err(ended(&format!("`{wanted}`"))),
        }
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.0
            .next_if(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == wanted))
            .is_some()
    }

    fn takes_colons(&mut self) -> bool {
        let mut ahead = self.0.clone();
        ahead.next();
        if !matches!(ahead.next(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':') {
            return false;
        }
        let is_first =
            |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ':' && sign.spacing() == Spacing::Joint);
        self.0.next_if(is_first).is_some() && self.takes(':')
    }
}

fn ended(wanted: &str) -> Unexpected {
    Unexpected(format!("it ends where {wanted} should stand"))
}

impl Path {
    /// Puts modules before its first name.
    pub(super) fn below(&mut self, parents: &[&str]) {
        let parents = parents.iter().map(|parent| Segment {
            name: Ident::new(parent, Span::call_site()),
            arguments: None,
        });
        self.segments.splice(0..0, parents);
    }
}

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Path(path) => path.to_token_stream(),
            Self::Tuple(types) => quote!((#(#types,)*)),
            Self::Array(item, Some(length)) => quote!([#item; #length]),
            Self::Array(item, None) => quote!([#item]),
        });
    }
}

impl ToTokens for Path {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for (place, Segment { name, arguments }) in self.segments.iter().enumerate() {
            if place > 0 || self.is_global {
                tokens.extend(quote!(::));
            }
            tokens.append(name.clone());
            if let Some(arguments) = arguments {
                tokens.extend(quote!(<#(#arguments),*>));
            }
        }
    }
}

impl ToTokens for Argument {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Inferred => quote!(_),
            Self::Type(ty) => ty.to_token_stream(),
            Self::Associated(name, ty) => quote!(#name = #ty),
            Self::Other(other) => other.clone(),
        });
    }
}
