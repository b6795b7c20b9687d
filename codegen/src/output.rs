//! Generated files: formatted, headed, written only where they changed, and compared.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A generated file, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Its name in the output folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// How a file differs from what would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// It is not there.
    Missing(PathBuf),
    /// Its text differs.
    Differs {
        /// The file.
        path: PathBuf,
        /// The first line that does, from 1.
        line: usize,
    },
    /// Only its line ends differ.
    LineEnds(PathBuf),
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{}: not generated yet", path.display()),
            Self::Differs { path, line } => write!(f, "{}: differs from line {line} on", path.display()),
            Self::LineEnds(path) => write!(f, "{}: only the line ends differ (CRLF); see git's `core.autocrlf`", path.display()),
        }
    }
}

impl Generated {
    /// Writes the file into a folder where its text is not there yet; says whether it wrote.
    ///
    /// The text goes to a file beside it first, so that nothing half-written is left.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(&self, folder: &Path) -> io::Result<bool> {
        let path = folder.join(&self.name);
        if fs::read(&path).is_ok_and(|known| known == self.text.as_bytes()) {
            return Ok(false);
        }
        fs::create_dir_all(folder)?;
        let temporary = folder.join(format!(".{}.{}.tmp", self.name, std::process::id()));
        let written = fs::write(&temporary, &self.text).and_then(|()| fs::rename(&temporary, &path));
        if written.is_err() {
            _ = fs::remove_file(&temporary);
        }
        written.map(|()| true)
    }

    /// How the file in a folder differs; writes nothing.
    ///
    /// # Errors
    /// What the file system says, but that the file is not there.
    pub fn check(&self, folder: &Path) -> io::Result<Option<Drift>> {
        let path = folder.join(&self.name);
        let known = match fs::read(&path) {
            Ok(known) => known,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some(Drift::Missing(path))),
            Err(error) => return Err(error),
        };
        if known == self.text.as_bytes() {
            return Ok(None);
        }
        let known = String::from_utf8_lossy(&known);
        if known.replace("\r\n", "\n") == self.text {
            return Ok(Some(Drift::LineEnds(path)));
        }
        let same = known.lines().zip(self.text.lines()).take_while(|(known, new)| known == new).count();
        Ok(Some(Drift::Differs { path, line: same + 1 }))
    }
}
