//! What may be read, and all that is below a folder.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::displayed;
use crate::limits;

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
