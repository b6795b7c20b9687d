use std::fmt;

use crate::codec::{DecodeError, EncodeError};
use crate::shape::{Failure, Segment, pointer};

/// Why bytes have no JSON, or JSON has no bytes: what is wrong, where, and what to do.
///
/// One pointer wide.
pub struct JsonError(Box<Inner>);

struct Inner {
    kind: Kind,
    /// From the failed value outwards.
    path: Vec<Segment>,
    /// Line and column, from 1.
    place: Option<(usize, usize)>,
}

#[derive(Debug)]
pub(super) enum Kind {
    Schema(String),
    Bytes(DecodeError),
    Value(EncodeError),
    /// In serde_json's words.
    Text(String),
    /// In ours.
    Unfit(Failure),
}

/// What can be done about a [`JsonError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JsonClass {
    /// The schema is none.
    Schema,
    /// The bytes are not a datum of the schema, or not one of the type.
    Bytes,
    /// The value cannot be written.
    Value,
    /// The text is not JSON, or not that of a datum of the schema.
    Text,
    /// The bytes, the text, or what they would become, are beyond a limit.
    Limit,
}

impl JsonError {
    #[cold]
    pub(super) fn whole(kind: Kind) -> Self {
        Self::at(kind, Vec::new(), None)
    }

    #[cold]
    pub(super) fn at(kind: Kind, path: Vec<Segment>, place: Option<(usize, usize)>) -> Self {
        Self(Box::new(Inner { kind, path, place }))
    }

    /// The same error, inside of a key's value.
    #[cold]
    pub(super) fn inside(mut self, key: &str) -> Self {
        self.0.path.push(Segment::Key(key.to_owned()));
        self
    }

    /// The same error, inside of an item.
    #[cold]
    pub(super) fn item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// What can be done about it.
    #[must_use]
    pub fn class(&self) -> JsonClass {
        match &self.0.kind {
            Kind::Schema(_) => JsonClass::Schema,
            Kind::Bytes(error) if error.is_of_limit() => JsonClass::Limit,
            Kind::Bytes(_) => JsonClass::Bytes,
            Kind::Value(_) => JsonClass::Value,
            Kind::Text(_) | Kind::Unfit(Failure::Unfit { .. }) => JsonClass::Text,
            Kind::Unfit(Failure::TooDeep | Failure::TooMany | Failure::TooLarge) => JsonClass::Limit,
        }
    }

    /// The pointer of what failed in the JSON (RFC 6901); empty for the whole.
    #[must_use]
    pub fn pointer(&self) -> String {
        pointer(&self.0.path)
    }

    /// The line and the column of the text at which it showed, from 1; `None` where no text is at fault.
    #[must_use]
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        self.0.place
    }
}

impl From<DecodeError> for JsonError {
    #[cold]
    fn from(error: DecodeError) -> Self {
        Self::whole(Kind::Bytes(error))
    }
}

impl From<EncodeError> for JsonError {
    #[cold]
    fn from(error: EncodeError) -> Self {
        Self::whole(Kind::Value(error))
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = self.pointer();
        f.write_str(&pointer)?;
        match self.0.place {
            Some((line, column)) if pointer.is_empty() => write!(f, "line {line}, column {column}: ")?,
            Some((line, column)) => write!(f, " (line {line}, column {column}): ")?,
            None if pointer.is_empty() => {}
            None => f.write_str(": ")?,
        }
        match &self.0.kind {
            Kind::Schema(report) => f.write_str(report),
            Kind::Bytes(error) => write!(f, "{error}"),
            Kind::Value(error) => write!(f, "{error}"),
            Kind::Text(message) => f.write_str(message),
            Kind::Unfit(failure) => write!(f, "{failure}"),
        }
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonError")
            .field("kind", &self.0.kind)
            .field("pointer", &self.pointer())
            .field("line_and_column", &self.0.place)
            .finish()
    }
}

impl std::error::Error for JsonError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Bytes(error) => Some(error),
            Kind::Value(error) => Some(error),
            _ => None,
        }
    }
}
