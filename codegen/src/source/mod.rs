//! Files with their text, and places in them.
//!
//! | file | its job |
//! | --- | --- |
//! | `place` | where something is said |
//! | `files` | the files that were read, and why one cannot be |
//! | `positions` | lines and columns |
//! | `folders` | what may be read, and all that is below a folder |

mod files;
mod folders;
mod place;
mod positions;

use std::path::Path;

pub(crate) use files::Unread;
pub use files::{SourceFile, Sources};
pub(crate) use folders::{Given, walk};
pub use place::{FileId, Origin, Place, Pointer};
pub(crate) use positions::Positions;

use crate::diagnostic::printable;

/// A path as its system writes it, with nothing in it that steers a terminal.
#[cfg(feature = "emit")]
pub(crate) fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// A path as findings show it, everywhere the same.
pub(crate) fn displayed(path: &Path) -> String {
    printable(&path.to_string_lossy().replace('\\', "/"))
}
