//! Tokens as a tree of brackets, with what each takes on one line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::{entry, space};

/// A token, or a bracket with what is in it.
pub(super) struct Tree {
    pub(super) kind: Kind,
    /// Whether a space stands before it where it is not the first of its line.
    pub(super) spaced: bool,
    /// Whether it and the sign behind it are one operator.
    pub(super) is_joint: bool,
    /// How deep it stands in `<` and `>`, where commas end nothing.
    pub(super) angles: u32,
}

pub(super) enum Kind {
    /// A name, a lifetime or a literal.
    Word(String),
    /// An operator, or a separator.
    Sign(String),
    /// What a doc comment says, without its slashes.
    Doc(String),
    Bracket(Bracket),
}

pub(super) struct Bracket {
    pub(super) delimiter: Delimiter,
    pub(super) inner: Vec<Tree>,
    /// The characters that it takes on one line, with both brackets.
    pub(super) width: usize,
    /// Whether something in it must have a line of its own.
    pub(super) is_tall: bool,
    /// Whether it is what a macro or an attribute is given, or within: each comma may mean something there.
    pub(super) is_verbatim: bool,
    /// Whether it is of a call or of parameters, where a comma behind the only one makes no tuple.
    pub(super) is_call: bool,
    /// Whether it is an index, which is not broken.
    pub(super) is_index: bool,
}

impl Tree {
    pub(super) fn bracket(&self) -> Option<&Bracket> {
        match &self.kind {
            Kind::Bracket(bracket) => Some(bracket),
            _ => None,
        }
    }

    pub(super) fn is_brace(&self) -> bool {
        self.bracket().is_some_and(|bracket| bracket.delimiter == Delimiter::Brace)
    }

    pub(super) fn is_sign(&self, text: &str) -> bool {
        matches!(&self.kind, Kind::Sign(sign) if sign == text)
    }

    pub(super) fn is_word(&self, text: &str) -> bool {
        matches!(&self.kind, Kind::Word(word) if word == text)
    }

    /// `'a`, and not `'a'`.
    pub(super) fn is_lifetime(&self) -> bool {
        matches!(&self.kind, Kind::Word(word) if word.starts_with('\'') && !word.ends_with('\''))
    }

    pub(super) fn is_tall(&self) -> bool {
        match &self.kind {
            Kind::Doc(_) => true,
            Kind::Bracket(bracket) => bracket.is_tall,
            _ => false,
        }
    }

    /// The characters that it takes on one line, but for a space before it.
    pub(super) fn width(&self) -> usize {
        match &self.kind {
            Kind::Word(text) | Kind::Sign(text) => text.chars().count(),
            Kind::Doc(text) => text.chars().count() + 3,
            Kind::Bracket(bracket) => bracket.width,
        }
    }
}

/// The characters that trees take on one line.
pub(super) fn width(trees: &[Tree]) -> usize {
    let spaces = trees.iter().skip(1).filter(|tree| tree.spaced).count();
    spaces + trees.iter().map(Tree::width).sum::<usize>()
}

/// A comma before a closing bracket, where it is one of several or those of braces: that of `(a,)` makes a tuple.
pub(super) fn without_last_comma(bracket: &Bracket) -> &[Tree] {
    let inner = bracket.inner.as_slice();
    match inner.split_last() {
        Some((last, rest)) if last.is_sign(",") && !bracket.is_verbatim => {
            let is_tuple = bracket.delimiter == Delimiter::Parenthesis && !bracket.is_call;
            let is_single = !rest.iter().any(|tree| tree.angles == 0 && tree.is_sign(","));
            if is_tuple && is_single { inner } else { rest }
        }
        _ => inner,
    }
}

pub(super) fn of(tokens: TokenStream) -> Vec<Tree> {
    within(tokens, false)
}

/// The same of what is in a bracket.
fn within(tokens: TokenStream, is_verbatim: bool) -> Vec<Tree> {
    let mut trees = Vec::new();
    flatten(tokens, is_verbatim, &mut trees);
    space::set(&mut trees);
    let mut start = 0;
    while start < trees.len() {
        let length = entry::first(&trees[start..]).0.len();
        let is_body = entry::has_body(&trees[start..start + length]);
        for place in start..start + length {
            let (before, rest) = trees.split_at_mut(place);
            // Among a type's arguments stands a constant, and no body.
            let is_body = is_body && rest[0].angles == 0;
            measure(before.last(), &mut rest[0], is_body);
        }
        start += length;
    }
    trees
}

/// Says of a bracket what it is, by what stands before it.
fn measure(before: Option<&Tree>, tree: &mut Tree, is_body: bool) {
    let Kind::Bracket(bracket) = &mut tree.kind else { return };
    let follows =
        !tree.spaced && before.is_some_and(|before| matches!(&before.kind, Kind::Word(word) if word != "pub") || before.is_sign(">"));
    bracket.is_call = follows && bracket.delimiter == Delimiter::Parenthesis;
    bracket.is_index = follows && bracket.delimiter == Delimiter::Bracket;
    bracket.is_tall = is_tall(bracket, is_body);
    let inner = without_last_comma(bracket);
    let padding = if bracket.delimiter == Delimiter::Brace && !inner.is_empty() {
        2
    } else {
        0
    };
    bracket.width = width(inner) + 2 + padding;
}

/// Whether a bracket must have lines of its own.
fn is_tall(bracket: &Bracket, is_body: bool) -> bool {
    let has = |sign| bracket.inner.iter().any(|tree| tree.is_sign(sign));
    let is_block = || is_body || has(";") || has("#") || (has("=>") && !bracket.is_verbatim);
    !bracket.inner.is_empty() && (bracket.inner.iter().any(Tree::is_tall) || (bracket.delimiter == Delimiter::Brace && is_block()))
}

fn flatten(tokens: TokenStream, is_verbatim: bool, trees: &mut Vec<Tree>) {
    let mut sign = String::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let mut is_joint = false;
        let kind = match token {
            TokenTree::Punct(punct) => {
                sign.push(punct.as_char());
                // `<<` and `>>` are brackets here, one in another.
                let goes_on = punct.spacing() == Spacing::Joint
                    && match tokens.peek() {
                        Some(TokenTree::Punct(next)) => glues(&sign, next.as_char()),
                        Some(TokenTree::Ident(_)) => punct.as_char() == '\'',
                        _ => false,
                    };
                if goes_on {
                    continue;
                }
                is_joint = punct.spacing() == Spacing::Joint;
                Kind::Sign(std::mem::take(&mut sign))
            }
            // A lifetime.
            TokenTree::Ident(name) => Kind::Word(std::mem::take(&mut sign) + &name.to_string()),
            TokenTree::Literal(literal) => Kind::Word(literal.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flatten(group.stream(), is_verbatim, trees);
                continue;
            }
            TokenTree::Group(group) => {
                let doc = (!is_verbatim).then(|| entry::doc(trees.last(), &group)).flatten();
                if let Some(doc) = doc {
                    trees.pop();
                    Kind::Doc(doc)
                } else {
                    let is_given = trees.last().is_some_and(|last| last.is_sign("!") || last.is_sign("#"));
                    let is_verbatim = is_verbatim || is_given;
                    let (delimiter, stream) = (group.delimiter(), group.stream());
                    // Of what is held once, tokens are taken and not copied.
                    drop(group);
                    Kind::Bracket(Bracket {
                        delimiter,
                        inner: within(stream, is_verbatim),
                        width: 0,
                        is_tall: false,
                        is_verbatim,
                        is_call: false,
                        is_index: false,
                    })
                }
            }
        };
        trees.push(Tree {
            kind,
            spaced: false,
            is_joint,
            angles: 0,
        });
    }
}

/// Whether a character goes on with an operator.
fn glues(sign: &str, next: char) -> bool {
    matches!(
        (sign, next),
        (":", ':')
            | ("-" | "=", '>')
            | ("=" | "!" | "<" | ">" | "+" | "-" | "*" | "/" | "%" | "^" | "&" | "|", '=')
            | ("&", '&')
            | ("|", '|')
            | (".", '.')
            | ("..", '=' | '.')
    )
}
