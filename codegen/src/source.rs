//! Files with their text, and places in them.

use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::avro::pointer;
use crate::collections::sort_by_number;
use crate::diagnostic::printable;
use crate::limits;

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
    /// A value of a JSON file. Its bytes are looked for only when a report needs them.
    Pointer(Pointer),
    /// The same, with its bytes.
    Value(Pointer, Range<usize>),
    /// Bytes.
    Bytes(Range<usize>),
    /// The file as a whole.
    File,
}

/// The way to a value of a JSON file: object keys and array indices from the root inwards. Ways share what they have in common: a schema may
/// have a million values a hundred levels deep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pointer(Option<Arc<Step>>);

#[derive(Debug, PartialEq, Eq)]
struct Step {
    before: Pointer,
    name: String,
}

impl Pointer {
    /// The keys and indices, from the root inwards.
    #[must_use]
    pub fn steps(&self) -> Vec<&str> {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some(step) = &at.0 {
            steps.push(step.name.as_str());
            at = &step.before;
        }
        steps.reverse();
        steps
    }

    /// The first steps of it.
    fn begin(&self, steps: usize) -> Self {
        let mut at = self;
        for _ in steps..self.steps().len() {
            at = at.0.as_ref().map_or(at, |step| &step.before);
        }
        at.clone()
    }
}

/// As RFC 6901 writes it: empty of the whole file.
impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = |step: &str| step.replace('~', "~0").replace('/', "~1");
        self.steps().into_iter().try_for_each(|step| write!(f, "/{}", escaped(step)))
    }
}

impl Origin {
    /// The way to it, where it is a value of a JSON file.
    #[must_use]
    pub fn pointer(&self) -> Option<&Pointer> {
        match &self.place {
            Place::Pointer(pointer) | Place::Value(pointer, _) => Some(pointer),
            Place::Bytes(_) | Place::File => None,
        }
    }

    /// A place within a JSON value.
    #[must_use]
    pub fn child(&self, step: impl ToString) -> Self {
        let before = self.pointer().cloned().unwrap_or_default();
        let name = step.to_string();
        Self {
            file: self.file,
            place: Place::Pointer(Pointer(Some(Arc::new(Step { before, name })))),
        }
    }
}

#[cfg(feature = "compat")]
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

    /// Names the files below a folder from there, so that messages are the same on every machine.
    pub fn name_from(&mut self, folder: &Path) {
        let folder = format!("{}/", displayed(folder));
        for file in &mut self.files {
            if let Some(below) = file.path.strip_prefix(&folder) {
                file.path = below.to_owned();
            }
        }
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
    const BEGIN: Self = Self {
        byte: 0,
        line: 1,
        line_start: 0,
        column: 1,
    };

    /// Goes on to a byte that is not before it, or to where its character begins.
    fn go_to(&mut self, text: &str, byte: usize) {
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
        let mut by_file: Vec<Vec<usize>> = vec![Vec::new(); sources.files.len()];
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
        Self(sources.files.iter().zip(by_file).map(counted).collect())
    }

    /// Of a byte that one of them begins at.
    pub(crate) fn of(&self, file: FileId, byte: usize) -> Position {
        let known = self.0.get(file.0).map_or(&[][..], Vec::as_slice);
        let place = known.binary_search_by_key(&byte, |at| at.byte);
        place.map_or(Position::BEGIN, |place| known[place])
    }
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

/// A path as its system writes it, with nothing in it that steers a terminal.
#[cfg(feature = "emit")]
pub(crate) fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// A path as findings show it, everywhere the same.
pub(crate) fn displayed(path: &Path) -> String {
    printable(&path.to_string_lossy().replace('\\', "/"))
}

/// The folders that a contract may be read from, with all that is below them: wherever links lead, nothing else is read. A contract from outside
/// would have a machine's files told, or in the code, by a link to them.
#[derive(Debug, Default)]
pub(crate) struct Given(Vec<PathBuf>);

impl Given {
    /// What is given by a path: a folder, or the folder of a file, under its own name and under that which links lead to.
    pub(crate) fn add(&mut self, path: &Path) {
        let folder = |path: &Path| match path.parent() {
            Some(parent) if path.is_file() && parent.as_os_str().is_empty() => PathBuf::from("."),
            Some(parent) if path.is_file() => parent.to_owned(),
            _ => path.to_owned(),
        };
        let real = fs::canonicalize(path).map(|real| folder(&real));
        self.0.extend([fs::canonicalize(folder(path)), real].into_iter().flatten());
    }

    /// The same of schemas: of a file that is a link only what it leads to itself, and not what is beside that.
    pub(crate) fn add_schemas(&mut self, path: &Path) {
        self.0.extend(fs::canonicalize(path));
        if path.is_file() {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            self.0.extend(fs::canonicalize(folder.unwrap_or(Path::new("."))));
        }
    }

    /// Where a path leads that is outside of them.
    pub(crate) fn outside(&self, path: &Path) -> Option<PathBuf> {
        // What is not there is reported where it is read.
        let real = fs::canonicalize(path).ok()?;
        let is_below = self.0.iter().any(|given| real.starts_with(given));
        (!is_below).then_some(real)
    }
}

/// All files below a folder, in order of their paths. Links are followed to files, as build systems lay out their sandboxes, and not to
/// folders, which may lead in circles. What is no file at all, as a pipe, is left out.
pub(crate) fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    walk_below(folder, 0, &mut 0, found)
}

fn walk_below(folder: &Path, depth: usize, seen: &mut usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        *seen += 1;
        if *seen > limits::ENTRIES {
            let message = format!("there are more than {} files and folders", limits::ENTRIES);
            return Err(io::Error::other(message));
        }
        entries.push(entry?.path());
    }
    entries.sort();
    for path in entries {
        // Of what cannot be looked at the reason is told when it is read.
        let Ok(entry) = fs::symlink_metadata(&path) else {
            found.push(path);
            continue;
        };
        let kind = entry.file_type();
        if kind.is_dir() && depth == limits::FOLDER_DEPTH {
            let message = format!("`{}` is more than {} folders below", displayed(&path), limits::FOLDER_DEPTH);
            return Err(io::Error::other(message));
        }
        if kind.is_dir() {
            walk_below(&path, depth + 1, seen, found)?;
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
