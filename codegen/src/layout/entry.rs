//! Where an item, a statement, a field or an arm ends.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::tree::{Kind, Tree};

/// What begins an item or a statement, which no comma ends.
const HEADS: &[&str] = &[
    "const", "enum", "extern", "fn", "impl", "let", "mod", "return", "static", "struct", "trait", "type", "union", "use",
];

/// What may stand before those.
const BEFORE: &[&str] = &["async", "default", "pub", "unsafe"];

/// The word that says what an entry is, behind its attributes and its visibility.
pub(super) fn head(entry: &[Tree]) -> Option<&str> {
    let mut trees = entry.iter().peekable();
    while let Some(tree) = trees.next() {
        match &tree.kind {
            Kind::Doc(_) => {}
            Kind::Sign(sign) if sign == "#" => {
                trees.next();
            }
            Kind::Word(word) if BEFORE.contains(&word.as_str()) => {
                trees.next_if(|next| next.bracket().is_some_and(|bracket| bracket.delimiter == Delimiter::Parenthesis));
            }
            Kind::Word(word) if word == "const" && trees.peek().is_some_and(|next| next.is_word("fn")) => {}
            Kind::Word(word) => return HEADS.contains(&word.as_str()).then_some(word),
            _ => return None,
        }
    }
    None
}

/// Whether an entry is an item whose braces are its body.
pub(super) fn has_body(entry: &[Tree]) -> bool {
    let has_body = |head| matches!(head, "enum" | "extern" | "fn" | "impl" | "mod" | "struct" | "trait" | "union");
    head(entry).is_some_and(has_body)
}

/// Whether an entry is a field with its type or its value, behind its attributes and its visibility.
pub(super) fn is_field(entry: &[Tree]) -> bool {
    let mut rest = entry;
    loop {
        rest = match rest {
            [doc, rest @ ..] if matches!(doc.kind, Kind::Doc(_)) => rest,
            [hash, _, rest @ ..] if hash.is_sign("#") => rest,
            [visibility, scope, rest @ ..] if visibility.is_word("pub") && scope.bracket().is_some() => rest,
            [visibility, rest @ ..] if visibility.is_word("pub") => rest,
            [name, colon, ..] => return matches!(name.kind, Kind::Word(_)) && !name.is_lifetime() && colon.is_sign(":"),
            _ => return false,
        };
    }
}

/// The first entry, with what ends it, and what stands behind.
pub(super) fn first(trees: &[Tree]) -> (&[Tree], &[Tree]) {
    let mut is_item = None;
    for (place, tree) in trees.iter().enumerate() {
        let end = match &tree.kind {
            Kind::Sign(sign) if sign == ";" => true,
            Kind::Sign(sign) if sign == "," && tree.angles == 0 => !*is_item.get_or_insert_with(|| head(trees).is_some()),
            Kind::Bracket(bracket) if bracket.delimiter == Delimiter::Brace && tree.angles == 0 => trees.get(place + 1).is_none_or(begins),
            _ => false,
        };
        if end {
            return trees.split_at(place + 1);
        }
    }
    (trees, &[])
}

/// Whether what stands behind closing braces begins an entry, and does not go on with theirs.
fn begins(next: &Tree) -> bool {
    match &next.kind {
        Kind::Doc(_) => true,
        Kind::Word(word) => !matches!(word.as_str(), "else" | "as"),
        Kind::Sign(sign) => matches!(sign.as_str(), "#" | "::" | "<" | "&" | "*"),
        Kind::Bracket(_) => true,
    }
}

/// The text of `#[doc = "…"]`, where a comment can say the same.
pub(super) fn doc(before: Option<&Tree>, group: &Group) -> Option<String> {
    if group.delimiter() != Delimiter::Bracket || !before.is_some_and(|before| before.is_sign("#")) {
        return None;
    }
    let mut tokens = group.stream().into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(equals)), Some(TokenTree::Literal(literal)), None) =
        (tokens.next(), tokens.next(), tokens.next(), tokens.next())
    else {
        return None;
    };
    if name != "doc" || equals.as_char() != '=' {
        return None;
    }
    let written = literal.to_string();
    let text = match written.strip_prefix('r') {
        Some(raw) => raw.strip_prefix('"')?.strip_suffix('"')?.to_owned(),
        None => plain(written.strip_prefix('"')?.strip_suffix('"')?)?,
    };
    // What four slashes begin is no doc, and a comment ends with its line.
    (!text.starts_with('/') && !text.contains(['\n', '\r'])).then_some(text)
}

/// A literal's text, where its escapes are of quotes and backslashes alone.
fn plain(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next()? {
                escaped @ ('\\' | '"' | '\'') => text.push(escaped),
                _ => return None,
            },
            other => text.push(other),
        }
    }
    Some(text)
}
