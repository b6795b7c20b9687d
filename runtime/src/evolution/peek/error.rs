/// Why a field cannot be peeked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeekError {
    /// A schema is none: every reason, with its place.
    #[error("{0}")]
    Schema(String),
    /// A record has no field of that name.
    #[error("`{record}` has no field `{name}`{}", .nearest.as_ref().map_or(String::new(), |near| format!(": did you mean `{near}`?")))]
    NoField {
        /// The record's full name.
        record: String,
        /// The name.
        name: String,
        /// The path that may have been meant.
        nearest: Option<String>,
    },
    /// What a path leads through is no record, nor one or null.
    #[error("`{path}` is {is}, and a path leads through records alone, or through unions of one and null")]
    NoRecord {
        /// The path as far as that; empty of the whole.
        path: String,
        /// What it is.
        is: &'static str,
    },
    /// No value of the field can be read as the type, or of another version nothing can be read: every reason, with its place in both.
    #[error("`{path}` cannot be peeked at: {reasons}")]
    Unfit {
        /// The path.
        path: String,
        /// Every reason.
        reasons: String,
    },
}
