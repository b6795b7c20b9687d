//! Where a line may be broken, and where a comma may come.

use proc_macro2::Delimiter;

use super::tree::{Bracket, Kind, Tree, width};
use super::{WIDTH, entry};

/// A list in braces that is wider has a line for each of its fields.
const LITERAL: usize = 60;

/// Whether a list in braces is too wide for one line, though the line has room.
pub(super) fn is_wide(trees: &[Tree]) -> bool {
    trees.iter().any(|tree| tree.is_brace() && tree.width() > LITERAL)
}

/// Numbers and the like, of which many stand on one line.
pub(super) fn is_filled(bracket: &Bracket) -> bool {
    bracket.delimiter == Delimiter::Bracket
        && !bracket.is_verbatim
        && bracket.inner.len() > 16
        && bracket.inner.iter().all(|tree| {
            tree.is_sign(",") || matches!(&tree.kind, Kind::Word(word) if word.len() <= 6 && word.starts_with(|c: char| c.is_ascii_digit()))
        })
}

/// Whether entries end with commas, so that one may stand behind the last.
pub(super) fn is_list(bracket: &Bracket) -> bool {
    if bracket.is_verbatim {
        return false;
    }
    let mut rest = bracket.inner.as_slice();
    let mut has_comma = bracket.is_call;
    while !rest.is_empty() {
        let (entry, behind) = entry::first(rest);
        let last = entry.last();
        if last.is_some_and(|last| last.is_sign(";")) || entry::head(entry).is_some() {
            return false;
        }
        has_comma |= last.is_some_and(|last| last.is_sign(",")) || entry::is_field(entry);
        // Behind `..rest` no comma may stand, and an arm with a body needs none.
        if behind.is_empty()
            && (entry.first().is_some_and(|first| first.is_sign(".."))
                || last.is_some_and(Tree::is_brace) && bracket.delimiter == Delimiter::Brace && entry.iter().any(|tree| tree.is_sign("=>")))
        {
            return false;
        }
        rest = behind;
    }
    has_comma
}

pub(super) fn without_comma(argument: &[Tree]) -> &[Tree] {
    match argument.split_last() {
        Some((last, rest)) if last.is_sign(",") => rest,
        _ => argument,
    }
}

/// Whether an argument ends with a bracket that may be broken, so that it need not begin a line.
pub(super) fn hugs(argument: &[Tree]) -> bool {
    let argument = without_comma(argument);
    let has_attributes = argument
        .first()
        .is_some_and(|first| first.is_sign("#") || matches!(first.kind, Kind::Doc(_)));
    !has_attributes
        && argument
            .last()
            .is_some_and(|last| last.bracket().is_some_and(|bracket| !bracket.inner.is_empty() && !bracket.is_index))
        && argument.iter().filter(|tree| tree.is_tall()).count() <= 1
}

/// Where the terms of a sum begin, but for the first.
pub(super) fn terms(trees: &[Tree]) -> Option<Vec<usize>> {
    if entry::head(trees).is_some() || trees.iter().any(Tree::is_tall) {
        return None;
    }
    let is_sum = |tree: &Tree| tree.angles == 0 && ["+", "||", "|"].iter().any(|sign| tree.is_sign(sign));
    let terms: Vec<usize> = (1..trees.len())
        .filter(|&place| trees[place].spaced && is_sum(&trees[place]))
        .collect();
    (!terms.is_empty()).then_some(terms)
}

/// Where methods are called, if several are.
pub(super) fn chain(trees: &[Tree]) -> Option<Vec<usize>> {
    if entry::head(trees).is_some_and(|head| !matches!(head, "let" | "return" | "const" | "static")) {
        return None;
    }
    let is_call = |place: usize| {
        let name = trees.get(place + 1).is_some_and(|name| matches!(name.kind, Kind::Word(_)));
        // A call may say its types before its arguments.
        let called = trees
            .get(place + 2)
            .is_some_and(|next| next.is_sign("::") || next.bracket().is_some_and(|bracket| bracket.delimiter == Delimiter::Parenthesis));
        trees[place].is_sign(".") && trees[place].angles == 0 && name && called
    };
    let links: Vec<usize> = (0..trees.len()).filter(|&place| is_call(place)).collect();
    (links.len() > 1).then_some(links)
}

/// Which brackets of a sequence are broken: those that must be, or the last that may be, and what is needed for the others' line to fit.
pub(super) fn broken(trees: &[Tree], column: usize, behind: usize) -> Vec<usize> {
    let mut broken: Vec<usize> = (0..trees.len()).filter(|&place| trees[place].is_tall()).collect();
    // A constant among a type's arguments.
    let is_argument = |place: usize| trees[place].is_brace() && trees[place].angles > 0;
    let may = |place: usize| {
        let bracket = trees[place].bracket();
        bracket.is_some_and(|bracket| !bracket.inner.is_empty() && !bracket.is_index) && !is_argument(place)
    };
    let fits = |broken: &[usize]| {
        let first = broken.first().copied().unwrap_or(trees.len());
        let head = column + width(&trees[..first]) + 2;
        let tail = broken.last().map_or(0, |&last| 1 + width(&trees[last + 1..]) + behind);
        head <= WIDTH && tail <= WIDTH
    };
    if broken.is_empty() {
        let wide = (0..trees.len()).filter(|&place| trees[place].is_brace() && trees[place].width() > LITERAL);
        broken.extend(wide);
    }
    if broken.is_empty() {
        broken.extend((0..trees.len()).rfind(|&place| may(place)));
    }
    if !fits(&broken) {
        let first = broken.first().copied().unwrap_or(trees.len());
        if let Some(earlier) = (0..first).rfind(|&place| may(place) && trees[place].width() > 8) {
            broken.insert(0, earlier);
        }
    }
    broken
}
