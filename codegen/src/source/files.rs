//! The files that were read, and why one cannot be.

use std::fs;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::Path;

use super::positions::Position;
use super::{FileId, Origin, Place, Pointer, displayed};
use crate::avro::pointer;
use crate::limits;

/// The files of a contract with their text.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// How many have been read.
    bytes: u64,
}

/// A file with its text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// How messages name it: as the user did, with forward slashes.
    pub path: String,
    /// Its text, as it is on disk.
    pub text: String,
}

impl Sources {
    /// Adds a text under a name.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(SourceFile {
            path: path.into(),
            text: text.into(),
        });
        FileId(self.files.len() - 1)
    }

    /// Names the files below a folder from there, so that messages are the same on every machine.
    pub fn name_from(&mut self, folder: &Path) {
        let folder = format!("{}/", displayed(folder));
        for file in &mut self.files {
            if let Some(below) = file.path.strip_prefix(&folder) {
                file.path = below.to_owned();
            }
        }
    }

    /// All of them, in the order in which they were read.
    pub(super) fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file that was read first.
    #[cfg(feature = "derive")]
    pub(crate) fn first(&self) -> Option<&SourceFile> {
        self.files.first()
    }

    /// These files, and others behind them.
    #[cfg(feature = "compat")]
    #[must_use]
    pub(crate) fn joined(&self, others: &Self) -> Self {
        Self {
            files: [&self.files[..], &others.files[..]].concat(),
            bytes: self.bytes + others.bytes,
        }
    }

    /// Reads a file of no more than so many bytes.
    pub(crate) fn read(&mut self, path: &Path, most: u64) -> Result<FileId, Unread> {
        let metadata = fs::metadata(path).map_err(Unread::of)?;
        // Opening a pipe would wait for its writer, and a device never ends.
        if !metadata.is_file() {
            return Err(Unread::because("it is not a file", "put a file there"));
        }
        let mut file = fs::File::open(path).map_err(Unread::of)?;
        let mut bytes = Vec::new();
        let read = file.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(Unread::of)?;
        if read as u64 > most {
            let reason = format!("it is larger than {} MiB", most >> 20);
            return Err(Unread::because(reason, "divide it, or leave out what is no part of the contract"));
        }
        self.bytes += read as u64;
        if self.bytes > limits::ALL_BYTES {
            let reason = format!("all files together are larger than {} MiB", limits::ALL_BYTES >> 20);
            return Err(Unread::because(reason, "divide the contract"));
        }
        // A letter of UTF-16 is beside a NUL, which no text of JSON or TOML has.
        if matches!(bytes[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..]) {
            return Err(Unread::because("it is UTF-16, and not UTF-8", "save it in UTF-8"));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            Unread::because(format!("it is not UTF-8 (at byte {place})"), "save it in UTF-8")
        })?;
        Ok(self.add(displayed(path), text))
    }

    /// A file by its id.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0]
    }

    /// A number that grows with places, file by file: no file has as many bytes, nor a contract as many files, as would make two of them one.
    pub(crate) fn order(&self, origin: &Origin) -> u64 {
        ((origin.file.0 as u64) << 40) + self.range(origin).start as u64
    }

    /// The bytes of a place.
    #[must_use]
    pub fn range(&self, origin: &Origin) -> Range<usize> {
        let text = &self.file(origin.file).text;
        let range = match &origin.place {
            Place::Bytes(range) | Place::Value(_, range) => range.clone(),
            Place::File => 0..0,
            Place::Pointer(pointer) => located(text, std::slice::from_ref(pointer)).remove(0).1,
        };
        // A parser's place may be within a character.
        let (mut start, mut end) = (range.start.min(text.len()), range.end.min(text.len()));
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end.max(start)
    }

    /// Looks for the bytes of values, each file being searched once.
    pub(crate) fn locate<'o>(&self, origins: impl IntoIterator<Item = &'o mut Origin>) {
        let mut by_file: Vec<Vec<&mut Place>> = self.files.iter().map(|_| Vec::new()).collect();
        for origin in origins {
            if let Place::Pointer(_) = origin.place {
                by_file[origin.file.0].push(&mut origin.place);
            }
        }
        for (file, mut places) in self.files.iter().zip(by_file).filter(|(_, places)| !places.is_empty()) {
            let pointers = places.iter_mut().map(|place| match place {
                Place::Pointer(pointer) => std::mem::take(pointer),
                _ => Pointer::default(),
            });
            let pointers: Vec<_> = pointers.collect();
            for (place, (pointer, range)) in places.into_iter().zip(located(&file.text, &pointers)) {
                *place = Place::Value(pointer, range);
            }
        }
    }

    /// The line and column of a byte, both from 1; a column counts characters, and a byte-order mark none.
    #[must_use]
    pub fn position(&self, file: FileId, byte: usize) -> (usize, usize) {
        let mut at = Position::BEGIN;
        at.go_to(&self.file(file).text, byte);
        (at.line, at.column)
    }
}

/// The bytes of values of a text; of what is not there as it is looked for, those of what holds it, with the way to that.
fn located(text: &str, pointers: &[Pointer]) -> Vec<(Pointer, Range<usize>)> {
    let steps: Vec<_> = pointers.iter().map(Pointer::steps).collect();
    let found = pointer::find_all(text, &steps);
    let cut = |(pointer, found): (&Pointer, pointer::Found)| (pointer.begin(found.steps), found.bytes);
    pointers.iter().zip(found).map(cut).collect()
}

/// Why a file cannot be read, as a sentence's end.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) reason: String,
    /// What to do, where the file is there.
    pub(crate) help: Option<&'static str>,
}

impl Unread {
    fn because(reason: impl Into<String>, help: &'static str) -> Self {
        Self {
            reason: reason.into(),
            help: Some(help),
        }
    }

    fn of(error: io::Error) -> Self {
        Self {
            reason: error.to_string(),
            help: None,
        }
    }
}
