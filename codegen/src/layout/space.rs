//! Where a space stands between two tokens.

use proc_macro2::Delimiter;

use super::tree::{Kind, Tree};

/// Words that are no operand: a sign behind them is a prefix.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "fn", "for", "if", "impl", "in", "let", "loop",
    "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait", "type", "union", "unsafe", "use", "where", "while",
];

/// What stands before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, or what belongs to the token behind it: `&`, `::`, `<`.
    Tight,
    /// A name, a value, a call: what an operator may stand behind.
    Operand,
    /// `for` and the like.
    Keyword,
    /// `pub` and `fn`, whose brackets are their own.
    Owner,
    /// The name of a macro with its `!`.
    Macro,
    /// A lifetime.
    Lifetime,
    /// The parameters of an `impl` or a `for`, which a path stands behind.
    Parameters,
    /// Anything else that a space follows.
    Loose,
}

/// Says of each tree whether a space stands before it, and how deep in `<` and `>` it is.
pub(super) fn set(trees: &mut [Tree]) {
    let mut before = Before::Tight;
    // Of each `<` that is open, whether it is of parameters.
    let mut angles: Vec<bool> = Vec::new();
    let mut in_closure = false;
    let mut last: Option<(String, bool)> = None;
    for tree in trees {
        tree.angles = u32::try_from(angles.len()).unwrap_or(u32::MAX);
        let after = !matches!(before, Before::Tight);
        let is_operand = matches!(before, Before::Operand | Before::Macro);
        (tree.spaced, before) = match &tree.kind {
            Kind::Doc(_) => (after, Before::Loose),
            Kind::Word(_) if tree.is_lifetime() => (after, Before::Lifetime),
            Kind::Word(word) if word == "pub" || word == "fn" => (after, Before::Owner),
            Kind::Word(word) if KEYWORDS.contains(&word.as_str()) => (after, Before::Keyword),
            Kind::Word(_) => (after, Before::Operand),
            Kind::Bracket(bracket) => {
                let follows = match bracket.delimiter {
                    Delimiter::Parenthesis => is_operand || before == Before::Owner,
                    Delimiter::Bracket => is_operand,
                    _ => false,
                };
                let behind = match before {
                    // `pub(crate)`
                    Before::Owner => Before::Loose,
                    _ => Before::Operand,
                };
                (after && !follows, behind)
            }
            Kind::Sign(sign) => match sign.as_str() {
                "," | ";" | ":" => (false, Before::Loose),
                "?" if is_operand => (false, Before::Operand),
                // `?Sized`
                "?" => (after, Before::Tight),
                "." => (false, Before::Tight),
                "::" => (after && !is_operand, Before::Tight),
                ".." | "..=" => (after && !is_operand, Before::Tight),
                "<" => {
                    let of_parameters = matches!(before, Before::Keyword | Before::Owner);
                    angles.push(of_parameters);
                    (after && !is_operand && !of_parameters, Before::Tight)
                }
                ">" => {
                    let of_parameters = angles.pop().unwrap_or(false);
                    tree.angles = tree.angles.saturating_sub(1);
                    (false, if of_parameters { Before::Parameters } else { Before::Operand })
                }
                "!" if before == Before::Operand => (false, Before::Macro),
                "&" | "&&" | "*" | "-" | "!" if !is_operand => (after, Before::Tight),
                "#" => (after, Before::Tight),
                "|" if in_closure => {
                    in_closure = false;
                    (false, Before::Loose)
                }
                "|" if !is_operand => {
                    in_closure = true;
                    (after, Before::Tight)
                }
                _ => (true, Before::Loose),
            },
        };
        let text = match &tree.kind {
            Kind::Word(text) | Kind::Sign(text) => Some(text),
            _ => None,
        };
        if let (Some((last, is_joint)), Some(text)) = (&last, text) {
            tree.spaced = !is_joint && (tree.spaced || merges(last, text));
        }
        last = text.map(|text| (text.clone(), tree.is_joint));
    }
}

/// Whether two tokens would be read as others without a space between them. Brackets of generics are read one by one.
fn merges(before: &str, text: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().last(), text.chars().next()) else {
        return false;
    };
    match (last, first) {
        // A number may end with its point.
        ('.', '.') => true,
        (':', ':') | ('&', '&') | ('|', '|') | ('/', '/' | '*') | ('-' | '=', '>') | ('<', '-') => true,
        ('=' | '!' | '+' | '-' | '*' | '/' | '%' | '^' | '&' | '|' | '<' | '>' | '.', '=') => true,
        _ => false,
    }
}
