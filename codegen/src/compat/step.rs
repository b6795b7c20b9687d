//! What becomes of each part of what was written.

use crate::diagnostic::Report;
use crate::model::{Field, Model, TypeId};
use crate::stack;

use super::mode::Version;
use super::{ends, resolver};

/// A writer's type read as a reader's: a step for each pair of types that meet, so that recursion ends.
#[derive(Debug, Clone)]
pub struct Resolution {
    steps: Vec<Step>,
    root: StepId,
    /// What cannot be read and why, the reader's place first; warnings where it can, and somebody should look.
    pub report: Report,
    /// Of each step, whether no value that is met there can be read.
    never: Vec<bool>,
}

/// The place of a step in a [`Resolution`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(u32);

/// What becomes of a value of the writer's type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The reader's own decoder reads it: both are written alike.
    AsIs,
    /// The reader's own decoder reads it, unless it is one of the values that the writer's type has and the reader's has not: bytes that are no
    /// UTF-8, a text that is no UUID, a number of more digits than the reader's type holds.
    Narrowed(Written),
    /// A number becomes another kind of number.
    Promote(Promotion),
    /// Each item of an array, or value of a map.
    Each(StepId),
    /// A record's fields.
    Record(RecordStep),
    /// Of each symbol of the writer's the place of the reader's; `None` where the reader has none, and no default.
    Symbols(Vec<Option<usize>>),
    /// The value becomes a branch of the reader's union.
    Into {
        /// The branch's place.
        branch: usize,
        /// What becomes of the value.
        step: StepId,
    },
    /// The writer's union.
    Branches {
        /// What becomes of each branch's value.
        steps: Vec<StepId>,
        /// How many branches the reader's union has; `None` where it is no union.
        read: Option<usize>,
    },
    /// It cannot be read, for the reason of this code.
    Fail(&'static str),
}

/// As what a value was written that is read as one of fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Written {
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// So many bytes.
    Fixed(usize),
}

/// How a number that was written becomes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Promotion {
    /// An int to a long: they are written alike, and one of more than 32 bits is none.
    IntToLong,
    /// An int to a float.
    IntToFloat,
    /// An int to a double.
    IntToDouble,
    /// A long to a float.
    LongToFloat,
    /// A long to a double.
    LongToDouble,
    /// A float to a double.
    FloatToDouble,
}

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordStep {
    /// The writer's record.
    pub writer: TypeId,
    /// The reader's.
    pub reader: TypeId,
    /// Of each field of the writer's, in its order, the place of the reader's, and what becomes of the value; `None` where it is passed over.
    pub fields: Vec<Option<(usize, StepId)>>,
    /// The reader's fields that the writer has not, and that have a default.
    pub defaults: Vec<usize>,
    /// The reader's fields that the writer has not, and that have none: no such record can be read.
    pub lacking: Vec<usize>,
}

impl RecordStep {
    /// The default of one of the reader's fields, encoded; `None` where it has none.
    #[must_use]
    pub fn default_of(&self, reader: &Model, field: usize) -> Option<Vec<u8>> {
        reader.default_of(reader.record(self.reader)?.fields.get(field)?)
    }
}

impl Resolution {
    /// A writer's type as a reader meets it.
    #[must_use]
    pub fn of(reader: Version<'_>, writer: Version<'_>) -> Self {
        Self::resolved(reader, writer, None)
    }

    /// The same where only these fields of the reader's record are read: what stands against the others alone is no finding.
    #[must_use]
    pub fn of_fields(reader: Version<'_>, writer: Version<'_>, wanted: &[&str]) -> Self {
        Self::resolved(reader, writer, Some(wanted))
    }

    fn resolved(reader: Version<'_>, writer: Version<'_>, wanted: Option<&[&str]>) -> Self {
        let mut found = stack::on_its_own(|| resolver::resolve(reader, writer, wanted));
        ends::simplify(&mut found.steps);
        Self {
            never: ends::never(&found.steps),
            steps: found.steps,
            root: found.root,
            report: found.report,
        }
    }

    /// Whether the reader reads whatever the writer may write.
    #[must_use]
    pub fn reads_all(&self) -> bool {
        !self.report.has_errors()
    }

    /// Whether the reader reads nothing that the writer may write.
    #[must_use]
    pub fn reads_nothing(&self) -> bool {
        self.never[self.root.index()]
    }

    /// Whether the reader of only these fields of its record reads nothing: of what they are, it may read some alone, too.
    #[must_use]
    pub fn reads_nothing_of(&self, reader: &Model, wanted: &[&str]) -> bool {
        self.lacks(self.root, reader, wanted)
    }

    fn lacks(&self, step: StepId, reader: &Model, wanted: &[&str]) -> bool {
        match self.step(step) {
            Step::Record(record) => {
                let fields = reader.record(record.reader).map_or(&[][..], |record| &record.fields);
                let is_wanted = |field: &Field| wanted.contains(&field.name.avro.as_str());
                let fails = |(field, step): &(usize, StepId)| {
                    matches!(self.step(*step), Step::Fail(_)) && fields.get(*field).is_some_and(is_wanted)
                };
                record.lacking.iter().any(|field| fields.get(*field).is_some_and(is_wanted)) || record.fields.iter().flatten().any(fails)
            }
            Step::Branches { steps, .. } => steps.iter().all(|branch| self.lacks(*branch, reader, wanted)),
            _ => self.never[step.index()],
        }
    }

    /// What becomes of a whole datum.
    #[must_use]
    pub fn root(&self) -> StepId {
        self.root
    }

    /// All steps, by their places.
    #[must_use]
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.steps.iter()
    }

    /// A step of this resolution.
    ///
    /// # Panics
    /// The id is another resolution's.
    #[must_use]
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id.index()]
    }
}

impl StepId {
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("two contracts have fewer than four billion pairs of types that meet"))
    }

    /// Its place among all steps.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
