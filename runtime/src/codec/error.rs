use std::borrow::Cow;
use std::fmt;

use crate::framing::{Misframed, WriterId};

/// Why bytes could not be read as an event: what is wrong, in which field, at which byte.
///
/// One pointer wide, so that the path of success stays narrow.
#[derive(Clone)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    offset: Option<usize>,
    /// From the failed value outwards.
    path: Vec<Cow<'static, str>>,
    /// Whether it is the message's key that failed, and not its value.
    in_key: bool,
    /// Whether the value is one of the writer's type, and not of the reader's.
    is_of_writer: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    UnexpectedEnd {
        wanted: usize,
        left: usize,
    },
    VarintTooLong,
    OutOfRange {
        what: &'static str,
        value: i64,
    },
    NegativeLength(i64),
    Utf8,
    Boolean(u8),
    NoSuchSymbol {
        index: i64,
        symbols: usize,
    },
    NoSuchBranch {
        index: i64,
        branches: usize,
    },
    Uuid,
    DecimalTooLong {
        bytes: usize,
    },
    #[cfg(feature = "rust_decimal")]
    RustDecimal,
    DecimalSize {
        stated: usize,
        read: usize,
    },
    TooDeep,
    TooMany,
    TooLarge,
    LeftOver(usize),
    BlockSize,
    KeyLength {
        wanted: usize,
        found: usize,
    },
    Framing(&'static str),
    Refused(String),
    Unresolvable(&'static str),
    Misframed(Misframed),
    WriterUnknown(WriterId),
    WriterIncompatible {
        writer: Cow<'static, str>,
        reader: &'static str,
    },
    /// Nothing of a version can be read, or not the field that is peeked at, and why.
    Unread(String),
}

/// What can be done about a [`DecodeError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecodeClass {
    /// No schema explains the bytes: reading them again will fail again.
    Malformed,
    /// The writer's schema is not known here, now: the event may be readable later.
    WriterUnknown,
    /// The writer's schema is known, and its events, or this one, cannot be read as this type.
    WriterIncompatible,
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(kind: Kind, offset: usize) -> Self {
        Self(Box::new(Inner {
            kind,
            offset: Some(offset),
            path: Vec::new(),
            in_key: false,
            is_of_writer: false,
        }))
    }

    /// An error of the whole message.
    #[cold]
    pub(crate) fn whole(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            offset: None,
            path: Vec::new(),
            in_key: false,
            is_of_writer: false,
        }))
    }

    /// The same error, inside of a field.
    #[cold]
    #[must_use]
    pub(crate) fn inside(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(field.into());
        self
    }

    /// The same error, of a value that the writer's type has and the reader's has not; a limit says nothing of that.
    #[cold]
    #[must_use]
    pub(crate) fn of_narrowed(mut self) -> Self {
        self.0.is_of_writer = !self.is_of_limit();
        self
    }

    /// Whether it says a limit, and nothing of the bytes.
    pub(crate) fn is_of_limit(&self) -> bool {
        matches!(self.0.kind, Kind::TooDeep | Kind::TooMany | Kind::TooLarge)
    }

    /// The same error, inside of what was passed over before: that ends too early only where a block says a wrong size.
    #[cold]
    #[must_use]
    pub(crate) fn of_block(mut self) -> Self {
        if matches!(self.0.kind, Kind::UnexpectedEnd { .. }) {
            self.0.kind = Kind::BlockSize;
        }
        self
    }

    /// The same error at another place, where it has one.
    #[cold]
    #[must_use]
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.0.offset = self.0.offset.map(|_| offset);
        self
    }

    #[cfg(test)]
    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The same error, of the message's key.
    #[cold]
    #[must_use]
    pub(crate) fn of_key(mut self) -> Self {
        self.0.in_key = true;
        self
    }

    /// Whether it is the message's key that cannot be read, and not its value.
    #[must_use]
    pub fn is_of_key(&self) -> bool {
        self.0.in_key
    }

    /// What can be done about it.
    #[must_use]
    pub fn class(&self) -> DecodeClass {
        match self.0.kind {
            _ if self.0.is_of_writer => DecodeClass::WriterIncompatible,
            Kind::WriterUnknown(_) => DecodeClass::WriterUnknown,
            Kind::WriterIncompatible { .. } | Kind::Unresolvable(_) | Kind::Unread(_) => DecodeClass::WriterIncompatible,
            _ => DecodeClass::Malformed,
        }
    }

    /// Whether the message may be framed otherwise than its topic's are.
    #[cfg(feature = "kafka")]
    pub(crate) fn is_of_framing(&self) -> bool {
        matches!(self.0.kind, Kind::Misframed(_) | Kind::WriterUnknown(_))
    }

    /// The place of the failure in the encoded event or [key](Self::is_of_key), in bytes.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// The field that failed, from the event inwards, by Avro's names joined by dots; empty where no field is at fault.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for field in self.0.path.iter().rev() {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(field);
        }
        path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.in_key {
            f.write_str("the key: ")?;
        }
        if !self.0.path.is_empty() {
            write!(f, "field `{}`: ", self.path())?;
        }
        if self.0.is_of_writer {
            f.write_str("written with another version of the schema, whose type has more values: ")?;
        }
        match &self.0.kind {
            Kind::UnexpectedEnd { wanted, left } => write!(f, "the bytes end: {wanted} wanted, {left} left")?,
            Kind::VarintTooLong => f.write_str("a number of more than 64 bits")?,
            Kind::OutOfRange { what, value } => write!(f, "{value} does not fit {what}")?,
            Kind::NegativeLength(length) => write!(f, "a negative length, {length}")?,
            Kind::Utf8 => f.write_str("text that is not UTF-8")?,
            Kind::Boolean(byte) => write!(f, "a boolean of {byte:#04x}; it is 0 or 1")?,
            Kind::NoSuchSymbol { index, symbols } => write!(f, "symbol {index} of an enum of {symbols}")?,
            Kind::NoSuchBranch { index, branches } => write!(f, "branch {index} of a union of {branches}")?,
            Kind::Uuid => f.write_str("text that is not a UUID of 36 characters")?,
            Kind::DecimalTooLong { bytes } => write!(f, "a decimal of {bytes} bytes, which 128 bits do not hold")?,
            #[cfg(feature = "rust_decimal")]
            Kind::RustDecimal => f.write_str("a decimal that a rust_decimal::Decimal does not hold")?,
            Kind::DecimalSize { stated, read } => write!(f, "a big-decimal of {read} bytes in {stated}")?,
            Kind::TooDeep => f.write_str("nested deeper than the limit")?,
            Kind::TooMany => f.write_str("more items than the limit")?,
            Kind::TooLarge => f.write_str("collections or boxes that take more memory than the limit")?,
            Kind::LeftOver(bytes) => write!(f, "{bytes} bytes are left after the event")?,
            Kind::BlockSize => f.write_str("a block of another size than it says")?,
            Kind::KeyLength { wanted, found } => write!(f, "{found} bytes, where the key's type has {wanted}")?,
            Kind::Framing(what) => f.write_str(what)?,
            Kind::Refused(reason) => write!(f, "the value is refused: {reason}")?,
            Kind::Unresolvable(what) => write!(f, "written with another version of the schema: {what}")?,
            Kind::Misframed(misframed) => write!(f, "{misframed}")?,
            Kind::WriterUnknown(writer) => write!(f, "written with a schema that is not known here, {writer}")?,
            Kind::Unread(reason) => write!(f, "written with another version of the schema: {reason}")?,
            Kind::WriterIncompatible { writer, reader } => {
                write!(f, "written as `{writer}`, which cannot be read as `{reader}`")?;
            }
        }
        match self.0.offset {
            Some(offset) => write!(f, " (at byte {offset})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.0.kind)
            .field("path", &self.path())
            .field("offset", &self.0.offset)
            .finish()
    }
}

impl std::error::Error for DecodeError {}

/// Why a value could not be written.
///
/// Of generated types only a decimal on a fixed can be refused, where its bytes do not hold the number; a type of one's own that cannot hold
/// to its Avro type says so by [`Writer::fail`](super::Writer::fail).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the value cannot be encoded: {reason}")]
#[non_exhaustive]
pub struct EncodeError {
    /// What is wrong with the value.
    pub reason: String,
}
