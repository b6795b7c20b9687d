use kafka_event_codegen::Report;

use crate::evolution::compile::reasons;

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

/// The same before its report is put into words.
#[derive(Debug)]
pub(super) enum Unpeeked {
    /// A schema is none.
    Schema(Report),
    /// No value can be read.
    Unfit { path: String, report: Report },
    /// The path leads nowhere, as it says itself.
    Path(PeekError),
}

impl Unpeeked {
    /// For the error of a message, as [`reasons`] has them; [`PeekError`] shows all.
    pub(super) fn reasons(self) -> String {
        match self {
            Self::Schema(report) => reasons(&report),
            Self::Unfit { path, report } => {
                let reasons = reasons(&report);
                PeekError::Unfit { path, reasons }.to_string()
            }
            Self::Path(error) => error.to_string(),
        }
    }
}

impl From<PeekError> for Unpeeked {
    fn from(error: PeekError) -> Self {
        Self::Path(error)
    }
}

impl From<Unpeeked> for PeekError {
    fn from(unpeeked: Unpeeked) -> Self {
        match unpeeked {
            Unpeeked::Schema(report) => Self::Schema(report.to_string()),
            Unpeeked::Unfit { path, report } => Self::Unfit {
                path,
                reasons: report.to_string(),
            },
            Unpeeked::Path(error) => error,
        }
    }
}
