//! Files with their text, and places in them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::avro::pointer;
use crate::diagnostic::printable;

/// The largest file that is read, in bytes: what it becomes is many times as long, and has yet to be compiled.
const FILE_MAX: u64 = 16 << 20;

/// The largest sum of all files of a contract.
const FILES_MAX: u64 = 256 << 20;

/// The place of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub place: Place,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A value of a JSON file: object keys and array indices from the root inwards. Its bytes are looked for only when a report needs them.
    Pointer(Vec<String>),
    /// Bytes.
    Bytes(Range<usize>),
    /// The file as a whole.
    File,
}

impl Origin {
    /// A place within a JSON value.
    #[must_use]
    pub fn child(&self, step: impl ToString) -> Self {
        let mut steps = match &self.place {
            Place::Pointer(steps) => steps.clone(),
            _ => Vec::new(),
        };
        steps.push(step.to_string());
        Self {
            file: self.file,
            place: Place::Pointer(steps),
        }
    }
}

impl Origin {
    /// The same place, where the file stands behind those of other sources, as [`Sources::joined`] puts it.
    #[must_use]
    pub(crate) fn behind(&self, first: &Sources) -> Self {
        Self {
            file: FileId(first.files.len() + self.file.0),
            place: self.place.clone(),
        }
    }
}

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

    /// These files, and others behind them.
    #[must_use]
    pub(crate) fn joined(&self, others: &Self) -> Self {
        Self {
            files: [&self.files[..], &others.files[..]].concat(),
            bytes: self.bytes + others.bytes,
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Why it cannot be read, as a sentence's end.
    pub fn read(&mut self, path: &Path) -> Result<FileId, String> {
        // Opening a pipe would wait for its writer.
        if !fs::metadata(path).map_err(|error| error.to_string())?.is_file() {
            return Err("it is not a file".to_owned());
        }
        let mut file = fs::File::open(path).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let read = file
            .by_ref()
            .take(FILE_MAX + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        if read as u64 > FILE_MAX {
            return Err(format!("it is larger than {} MiB", FILE_MAX >> 20));
        }
        self.bytes += read as u64;
        if self.bytes > FILES_MAX {
            return Err(format!("all files together are larger than {} MiB", FILES_MAX >> 20));
        }
        // A letter of UTF-16 is beside a NUL, which no text of JSON or TOML has.
        if matches!(bytes[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..]) {
            return Err("it is UTF-16, and not UTF-8".to_owned());
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            format!("it is not UTF-8 (at byte {place})")
        })?;
        Ok(self.add(displayed(path), text))
    }

    /// A file by its id.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0]
    }

    /// The bytes of a place.
    #[must_use]
    pub fn range(&self, origin: &Origin) -> Range<usize> {
        let text = &self.file(origin.file).text;
        let range = match &origin.place {
            Place::Bytes(range) => range.clone(),
            Place::File => 0..0,
            Place::Pointer(steps) => pointer::find_all(text, &[steps]).remove(0).unwrap_or(0..0),
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

    /// Turns places into bytes, each file being searched once.
    pub(crate) fn locate<'o>(&self, origins: impl IntoIterator<Item = &'o mut Origin>) {
        let mut by_file: BTreeMap<FileId, Vec<&mut Place>> = BTreeMap::new();
        for origin in origins {
            if let Place::Pointer(_) = origin.place {
                by_file.entry(origin.file).or_default().push(&mut origin.place);
            }
        }
        for (file, places) in by_file {
            let pointers = places.iter().map(|place| match place {
                Place::Pointer(steps) => steps.as_slice(),
                _ => &[],
            });
            let ranges = pointer::find_all(&self.file(file).text, &pointers.collect::<Vec<_>>());
            for (place, range) in places.into_iter().zip(ranges) {
                *place = Place::Bytes(range.unwrap_or(0..0));
            }
        }
    }

    /// The line and column of a byte, both from 1; a column counts characters, and a byte-order mark none.
    #[must_use]
    pub fn position(&self, file: FileId, byte: usize) -> (usize, usize) {
        let text = &self.file(file).text;
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &text[..byte];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before[line_start..].chars().filter(|character| *character != '\u{feff}').count() + 1;
        (before.matches('\n').count() + 1, column)
    }
}

/// A path as messages show it.
pub(crate) fn displayed(path: &Path) -> String {
    printable(&path.to_string_lossy().replace('\\', "/"))
}

/// All files below a folder, in order of their paths. Links are followed to files, as build systems lay out their sandboxes, and not to
/// folders, which may lead in circles.
pub(crate) fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    /// Deeper folders are no contract; a bound keeps a mistake from reading a whole disk.
    const DEPTH_MAX: usize = 32;
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        let path = entry.path();
        if kind.is_dir() && depth == DEPTH_MAX {
            let message = format!("`{}` is more than {DEPTH_MAX} folders below", displayed(&path));
            return Err(io::Error::other(message));
        }
        if kind.is_dir() {
            walk(&path, depth + 1, found)?;
        } else if kind.is_file() || kind.is_symlink() && leads_to_file(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// A link to nothing counts, and is reported when it is read; but not those by which Emacs locks a file (`.#job.avsc`).
fn leads_to_file(link: &Path) -> bool {
    match fs::metadata(link) {
        Ok(target) => target.is_file(),
        Err(_) => !link.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".#")),
    }
}
