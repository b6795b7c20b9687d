//! Files with their text, and places in them.

use std::fs;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::avro::pointer;

/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 64 << 20;

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

/// The files of a contract with their text.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
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

    /// Reads a file.
    ///
    /// # Errors
    /// Why it cannot be read, as a sentence's end.
    pub fn read(&mut self, path: &Path) -> Result<FileId, String> {
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
            Place::Pointer(steps) => pointer::find(text, steps).unwrap_or(0..0),
        };
        range.start.min(text.len())..range.end.min(text.len())
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

/// A path as messages and generated code show it.
pub(crate) fn displayed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
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
