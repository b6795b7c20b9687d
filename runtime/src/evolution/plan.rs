//! A plan: what becomes of each part of what was written, as plain data.

use std::sync::Arc;

use super::skip::{Skip, SkipId};

/// The place of a node in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(pub(super) u32);

#[derive(Debug)]
pub(super) struct Plan {
    pub(super) nodes: Box<[Node]>,
    pub(super) skips: Box<[Skip]>,
    /// That of every record whose fields are all as they are: the code that reads the fields by a plan is there already.
    pub(super) alike: RecordPlan,
    pub(super) root: NodeId,
}

#[derive(Debug)]
pub(super) enum Node {
    /// The reader's own decoder reads it.
    AsIs,
    /// The reader's own decoder reads it, unless the writer's type has the value and the reader's has not.
    Narrowed(Written),
    /// The reader's own decoder reads a long that was written as an int.
    OfInt,
    /// A number of the writer's becomes a floating one.
    Promote(Number),
    /// Each item or value.
    Each(NodeId),
    Record(RecordPlan),
    /// The reader's symbol of each of the writer's, encoded.
    Symbols(Box<[Option<Box<[u8]>>]>),
    /// A branch of the reader's union.
    Into {
        branch: i64,
        node: NodeId,
    },
    /// Each branch of the writer's union.
    Branches(Box<[NodeId]>),
    /// It cannot be read.
    Fail(&'static str),
}

/// As what a value was written that is read as one of fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Text,
    Bytes,
    Fixed(usize),
}

/// How a number was written that is read as a floating one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    Int,
    Long,
    Float,
}

/// What becomes of a record.
#[derive(Debug)]
pub(super) struct RecordPlan {
    /// How many of the reader's fields come first, each as it is.
    pub(super) run: usize,
    /// The reader's others in its order, but those in their runs.
    pub(super) fields: Box<[FieldPlan]>,
    /// What is left of the writer's behind them.
    pub(super) tail: Box<[SkipId]>,
    /// How many fields are passed over that are read later.
    pub(super) kept: usize,
}

impl RecordPlan {
    /// As it is, however many fields it has.
    pub(super) fn alike() -> Self {
        Self {
            run: usize::MAX,
            fields: [].into(),
            tail: [].into(),
            kept: 0,
        }
    }
}

#[derive(Debug)]
pub(super) struct FieldPlan {
    pub(super) before: Box<[Before]>,
    pub(super) source: Source,
    /// How many of the reader's fields come next behind it, each as it is.
    pub(super) run: usize,
}

/// What stands before a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) skip: SkipId,
    /// Whether its place is kept: it is read later, and the places are in the order in which they are met.
    pub(super) keep: bool,
}

/// A field that is not where it is looked for, or not as it was.
#[derive(Debug)]
pub(super) struct Changed {
    /// The number of the place that was kept of it, where it was passed over.
    pub(super) place: Option<usize>,
    pub(super) node: NodeId,
    pub(super) skip: SkipId,
}

/// Where a field is, and what reads it; of one that was written, how it is passed over where nobody reads it, too.
///
/// Each field asks which it is, of a byte: without, it would be put together of what is in it.
#[derive(Debug)]
#[repr(u8)]
pub(super) enum Source {
    /// Behind what stands before it, by the reader's own decoder.
    AsIs { skip: SkipId },
    /// Next, by the same: a long that was written as an int, before which nothing stands.
    OfInt { skip: SkipId },
    /// Behind what stands before it, or where that was passed over; by its type's way for other versions, or its own decoder there.
    Changed(Changed),
    /// The default, encoded: the same for all pairs of records that the field is in.
    Default(Arc<[u8]>),
    /// Neither written, nor has it a default.
    Lacking,
}
