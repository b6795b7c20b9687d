//! Where something is said.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

#[cfg(feature = "compat")]
use super::Sources;

/// The place of a file in [`Sources`](super::Sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(super) usize);

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
    pub(super) fn begin(&self, steps: usize) -> Self {
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
            file: FileId(first.files().len() + self.file.0),
            place: self.place.clone(),
        }
    }
}
