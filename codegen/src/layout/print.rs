//! The tree to lines.

use proc_macro2::{Delimiter, Literal};

use super::breaks::{broken, chain, hugs, is_filled, is_list, is_wide, terms, without_comma};
use super::tree::{Bracket, Kind, Tree, width, without_last_comma};
use super::{WIDTH, entry};

const INDENT: usize = 4;

pub(super) fn file(trees: &[Tree]) -> String {
    let mut printer = Printer::default();
    printer.entries(trees, 0, Kept::AsItIs);
    printer.out
}

/// What becomes of the last comma of entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    AsItIs,
    /// It is there, whether it was or not.
    Always,
}

#[derive(Default)]
struct Printer {
    out: String,
    /// The characters of the line so far.
    column: usize,
}

impl Printer {
    /// Each with lines of its own, and what is larger than a line apart from the others.
    fn entries(&mut self, trees: &[Tree], indent: usize, comma: Kept) {
        let mut rest = trees;
        let mut last: Option<(&[Tree], bool)> = None;
        while !rest.is_empty() {
            let (entry, behind) = entry::first(rest);
            rest = behind;
            let head = entry::head(entry);
            let is_tall = entry[0].is_sign("#") || entry.iter().any(Tree::is_tall);
            if let Some((before, was_tall)) = last {
                let other = entry::head(before) != head;
                let is_item = head.is_some_and(|head| !matches!(head, "let" | "return"));
                if is_item && (is_tall || was_tall || other) && entry::head(before).is_some() {
                    self.out.push('\n');
                }
            }
            let ends = |last: &Tree| last.is_sign(",") || matches!(last.kind, Kind::Doc(_));
            let adds_comma = rest.is_empty() && comma == Kept::Always && !entry.last().is_some_and(ends);
            self.line(entry, indent, usize::from(adds_comma));
            if adds_comma {
                self.out.push(',');
            }
            self.end();
            last = Some((entry, is_tall));
        }
    }

    /// An entry, its attributes on lines of their own; `behind` is what comes on its last.
    fn line(&mut self, mut entry: &[Tree], indent: usize, behind: usize) {
        loop {
            let (attribute, rest) = match entry {
                [doc, ..] if matches!(doc.kind, Kind::Doc(_)) => entry.split_at(1),
                [hash, bracket, ..] if hash.is_sign("#") && bracket.bracket().is_some() => entry.split_at(2),
                _ => break,
            };
            self.begin(indent);
            match &attribute[0].kind {
                Kind::Doc(text) => {
                    self.text("///");
                    self.text(text);
                }
                _ => self.sequence(attribute, indent, 0),
            }
            entry = rest;
            if entry.is_empty() {
                return;
            }
            self.end();
        }
        self.begin(indent);
        self.sequence(entry, indent, behind);
    }

    fn begin(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    fn end(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn flat(&mut self, trees: &[Tree]) {
        for (place, tree) in trees.iter().enumerate() {
            self.tree(tree, place == 0);
        }
    }

    /// A tree on the line as it is.
    fn tree(&mut self, tree: &Tree, is_first: bool) {
        if tree.spaced && !is_first {
            self.text(" ");
        }
        match &tree.kind {
            Kind::Word(text) | Kind::Sign(text) => self.text(text),
            // A comment would go on to the end of the line.
            Kind::Doc(text) => self.text(&format!("#[doc = {}]", Literal::string(text))),
            Kind::Bracket(bracket) => {
                let (open, close) = brackets(bracket);
                let inner = without_last_comma(bracket);
                let padding = if bracket.delimiter == Delimiter::Brace && !inner.is_empty() {
                    " "
                } else {
                    ""
                };
                self.text(open);
                self.text(padding);
                self.flat(inner);
                self.text(padding);
                self.text(close);
            }
        }
    }

    /// Trees from here on, in lines where one is too short; `behind` is what comes on the last of them.
    fn sequence(&mut self, trees: &[Tree], indent: usize, behind: usize) {
        if !trees.iter().any(Tree::is_tall) && self.column + width(trees) + behind <= WIDTH && !is_wide(trees) {
            return self.flat(trees);
        }
        if let Some(links) = chain(trees)
            && !trees.iter().any(Tree::is_tall)
        {
            return self.chain(trees, &links, indent);
        }
        if let Some(terms) = terms(trees) {
            return self.terms(trees, &terms, indent, behind);
        }
        let broken = broken(trees, self.column, behind);
        if let Some(place) = trees
            .iter()
            .position(|tree| tree.angles == 0 && (tree.is_sign("=") || tree.is_sign("=>")))
            && !trees.iter().any(Tree::is_tall)
            && (broken.is_empty() || (indent + INDENT + width(&trees[place + 1..]) + behind <= WIDTH && !is_wide(&trees[place..])))
        {
            let (left, right) = trees.split_at(place + 1);
            self.flat(left);
            self.end();
            self.begin(indent + INDENT);
            return self.sequence(right, indent + INDENT, behind);
        }
        let mut head_is_broken = false;
        for (place, tree) in trees.iter().enumerate() {
            match tree.bracket() {
                Some(bracket) if broken.contains(&place) => {
                    if tree.spaced && place != 0 {
                        self.text(" ");
                    }
                    self.lines(bracket, indent);
                }
                _ => {
                    let begins_line = self.breaks_before(trees, place, head_is_broken);
                    if begins_line {
                        head_is_broken = true;
                        self.end();
                        self.begin(indent);
                    }
                    self.tree(tree, place == 0 || begins_line);
                }
            }
        }
    }

    /// Whether the head of an item goes on in the next line, from its `for` or `where` on.
    fn breaks_before(&self, trees: &[Tree], place: usize, is_broken: bool) -> bool {
        let tree = &trees[place];
        let may = match entry::head(trees) {
            Some("impl") => {
                tree.angles == 0
                    && (tree.is_word("where") || tree.is_word("for") && !trees.get(place + 1).is_some_and(|next| next.is_sign("<")))
            }
            Some(_) => tree.angles == 0 && tree.is_word("where"),
            None => false,
        };
        if !may || is_broken {
            return may;
        }
        let end = trees[place + 1..].iter().position(|tree| tree.is_brace() || tree.is_word("where"));
        let rest = &trees[place..end.map_or(trees.len(), |end| place + 1 + end)];
        self.column + 1 + width(rest) + 2 > WIDTH
    }

    /// Calls of methods, each on a line of its own.
    fn chain(&mut self, trees: &[Tree], links: &[usize], indent: usize) {
        let mut from = 0;
        for (number, &link) in links.iter().enumerate() {
            if number == 0 {
                self.flat(&trees[..link]);
            } else {
                self.sequence(&trees[from..link], indent + INDENT, 0);
            }
            self.end();
            self.begin(indent + INDENT);
            from = link;
        }
        self.sequence(&trees[from..], indent + INDENT, 0);
    }

    /// A sum, each of its terms on a line of its own.
    fn terms(&mut self, trees: &[Tree], terms: &[usize], indent: usize, behind: usize) {
        let (mut from, mut of_term) = (0, indent);
        for &term in terms {
            self.sequence(&trees[from..term], of_term, 0);
            of_term = indent + INDENT;
            self.end();
            self.begin(of_term);
            from = term;
        }
        self.sequence(&trees[from..], of_term, behind);
    }

    /// A bracket whose inside has lines of its own.
    fn lines(&mut self, bracket: &Bracket, indent: usize) {
        let (open, close) = brackets(bracket);
        self.text(open);
        let (first, rest) = entry::first(&bracket.inner);
        // One argument goes on where the bracket opens.
        if bracket.delimiter != Delimiter::Brace && rest.is_empty() && hugs(first) {
            let is_tuple = bracket.delimiter == Delimiter::Parenthesis && !bracket.is_call;
            let argument = if is_tuple || bracket.is_verbatim {
                first
            } else {
                without_comma(first)
            };
            self.sequence(argument, indent, close.len());
            return self.text(close);
        }
        self.end();
        let is_list = is_list(bracket);
        if bracket.delimiter != Delimiter::Brace && is_filled(bracket) {
            self.filled(&bracket.inner, indent + INDENT);
        } else {
            self.entries(&bracket.inner, indent + INDENT, if is_list { Kept::Always } else { Kept::AsItIs });
        }
        self.begin(indent);
        self.text(close);
    }

    /// Short values one behind the other, as many as fit on a line.
    fn filled(&mut self, trees: &[Tree], indent: usize) {
        let mut rest = trees;
        self.begin(indent);
        while !rest.is_empty() {
            let (entry, behind) = entry::first(rest);
            if self.column != indent {
                if self.column + 1 + width(entry) > WIDTH {
                    self.end();
                    self.begin(indent);
                } else {
                    self.text(" ");
                }
            }
            self.flat(entry);
            rest = behind;
            if rest.is_empty() && !entry.last().is_some_and(|last| last.is_sign(",")) {
                self.text(",");
            }
        }
        self.end();
    }
}

fn brackets(bracket: &Bracket) -> (&'static str, &'static str) {
    match bracket.delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}
