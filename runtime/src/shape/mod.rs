//! Schemas as they are walked at run time, by Avro's JSON encoding and by serde.

mod plan;
mod read;
mod record;

pub(crate) use plan::{Names, Node, NodeId, Plan, Record, Union};
#[cfg(feature = "json")]
pub(crate) use read::Failure;
pub(crate) use read::{Key, NullVisitor, Reading, Segment, Style, pointer, shown};
