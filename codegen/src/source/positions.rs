//! Lines and columns.

use super::{FileId, Origin, SourceFile, Sources};
use crate::collections::sort_by_number;

/// Lines and columns of the places that a report has, which are thousands, in any order, and a schema may be one line: each is counted from the one
/// before it in the file.
#[derive(Debug)]
pub(crate) struct Positions(Vec<Vec<Position>>);

/// A byte by its line and its column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Position {
    byte: usize,
    pub(crate) line: usize,
    /// The byte that the line begins at.
    pub(crate) line_start: usize,
    pub(crate) column: usize,
}

impl Position {
    pub(super) const BEGIN: Self = Self {
        byte: 0,
        line: 1,
        line_start: 0,
        column: 1,
    };

    /// Goes on to a byte that is not before it, or to where its character begins.
    pub(super) fn go_to(&mut self, text: &str, byte: usize) {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let passed = &text[self.byte..byte];
        let mut in_line = passed;
        if let Some((_, behind)) = passed.rsplit_once('\n') {
            in_line = behind;
            self.line += passed.matches('\n').count();
            (self.line_start, self.column) = (byte - behind.len(), 1);
        }
        self.column += in_line.chars().filter(|character| *character != '\u{feff}').count();
        self.byte = byte;
    }
}

impl Positions {
    /// Of where each of these places begins.
    pub(crate) fn new<'o>(sources: &Sources, origins: impl Iterator<Item = &'o Origin>) -> Self {
        let mut by_file: Vec<Vec<usize>> = vec![Vec::new(); sources.files().len()];
        for origin in origins {
            by_file[origin.file.0].push(sources.range(origin).start);
        }
        let counted = |(file, mut bytes): (&SourceFile, Vec<usize>)| {
            sort_by_number(&mut bytes, |byte| *byte as u64);
            bytes.dedup();
            let mut at = Position::BEGIN;
            let positions = bytes.into_iter().map(|byte| {
                at.go_to(&file.text, byte);
                at
            });
            positions.collect()
        };
        Self(sources.files().iter().zip(by_file).map(counted).collect())
    }

    /// Of a byte that one of them begins at.
    pub(crate) fn of(&self, file: FileId, byte: usize) -> Position {
        let known = self.0.get(file.0).map_or(&[][..], Vec::as_slice);
        let place = known.binary_search_by_key(&byte, |at| at.byte);
        place.map_or(Position::BEGIN, |place| known[place])
    }
}
