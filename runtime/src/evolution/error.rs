//! Why what another version wrote cannot be read at all.

use crate::framing::SchemaId;

/// Why a writer's schema cannot be read as a type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvolutionError {
    /// A schema is none: every reason, with its place.
    #[error("{0}")]
    Schema(String),
    /// Nothing that is written with the schema can be read: every reason, with its place in both.
    #[error("{0}")]
    Incompatible(String),
    /// Events are records, and this schema is none of a record.
    #[error("`{0}` is no record, and events are")]
    NotARecord(String),
    /// Two versions have one fingerprint, and do not mean the same: units, precision and scale are not in it.
    #[error("two versions of `{0}` have one fingerprint and do not mean the same: no message says which of them wrote it")]
    Ambiguous(String),
    /// A schema registry's id is told of two schemas.
    #[error("{0} is told of two schemas")]
    IdTwice(SchemaId),
}
