//! A message's writer and its bare datum, by the framing that its topic has; and what is said where it has another.

use std::fmt;

use super::ids::{SchemaId, WriterId};
use crate::DecodeError;
use crate::codec::Fingerprint;
use crate::codec::error::Kind;
use crate::spec::{FINGERPRINT_HEADER, Framing, KEY_FINGERPRINT_HEADER, KEY_SCHEMA_ID_HEADER, SCHEMA_ID_HEADER};

/// The two bytes that begin a single-object message (specification, "Single-object encoding").
pub(super) const SINGLE_OBJECT: [u8; 2] = [0xC3, 0x01];

/// The bytes of a message's value, or of its key, with the headers that may name their writer.
#[derive(Clone, Copy)]
pub(super) struct Framed<'a> {
    pub(super) part: Part,
    pub(super) bytes: &'a [u8],
    pub(super) fingerprint: Option<&'a [u8]>,
    pub(super) schema_id: Option<&'a [u8]>,
}

/// What of a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Event,
    Key,
}

/// A message that is not framed as its topic's are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Misframed {
    part: Part,
    /// What was looked for.
    framing: Framing,
    fault: Fault,
    /// What it looks like.
    seems: Option<Seems>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// It begins as it should, and ends in the middle.
    EndsEarly,
    /// It does not begin as it should.
    NotFramed,
    NoHeader,
    WrongHeader,
    /// It begins as it may, with an id that nobody knows.
    UnknownId,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Seems {
    SingleObject,
    Confluent(SchemaId),
    ConfluentHeader,
    Bare,
}

impl<'a> Framed<'a> {
    /// The writer and the bare datum.
    pub(super) fn split(self, framing: Framing) -> Result<(WriterId, &'a [u8]), DecodeError> {
        match framing {
            Framing::SingleObject => match self.bytes.split_first_chunk() {
                Some((&SINGLE_OBJECT, rest)) => match rest.split_first_chunk() {
                    Some((writer, datum)) => Ok((WriterId::Fingerprint(Fingerprint::from_bytes(*writer)), datum)),
                    None => Err(self.misframed(framing, Fault::EndsEarly)),
                },
                _ => Err(self.misframed(framing, Fault::NotFramed)),
            },
            Framing::Bare => match self.fingerprint.map(TryInto::try_into) {
                Some(Ok(writer)) => Ok((WriterId::Fingerprint(Fingerprint::from_bytes(writer)), self.bytes)),
                Some(Err(_)) => Err(self.misframed(framing, Fault::WrongHeader)),
                None => Err(self.misframed(framing, Fault::NoHeader)),
            },
            Framing::Confluent => match SchemaId::split(self.bytes) {
                Some((id, datum)) => Ok((WriterId::Registry(id), datum)),
                None if matches!(self.bytes, [0 | 1, ..]) => Err(self.misframed(framing, Fault::EndsEarly)),
                None => Err(self.misframed(framing, Fault::NotFramed)),
            },
            Framing::ConfluentHeader => match self.schema_id.map(SchemaId::split) {
                Some(Some((id, []))) => Ok((WriterId::Registry(id), self.bytes)),
                Some(_) => Err(self.misframed(framing, Fault::WrongHeader)),
                None => Err(self.misframed(framing, Fault::NoHeader)),
            },
        }
    }

    /// What is wrong with a message whose writer is not known, where it is rather framed otherwise: a datum may begin as an id does.
    #[cold]
    pub(super) fn otherwise(self, framing: Framing) -> Option<DecodeError> {
        let has_header = self.schema_id.is_some() || self.fingerprint.is_some();
        (framing == Framing::Confluent && has_header).then(|| self.misframed(framing, Fault::UnknownId))
    }

    #[cold]
    fn misframed(self, framing: Framing, fault: Fault) -> DecodeError {
        let seems = match fault {
            // What begins so, or has the header, is as it should be, and damaged.
            Fault::EndsEarly | Fault::WrongHeader => None,
            Fault::NotFramed | Fault::NoHeader | Fault::UnknownId => self.seems(framing),
        };
        DecodeError::whole(Kind::Misframed(Misframed {
            part: self.part,
            framing,
            fault,
            seems,
        }))
    }

    /// Which other framing it has, as far as can be seen. It is told, and never read by.
    fn seems(self, framing: Framing) -> Option<Seems> {
        /// With a fingerprint.
        const SINGLE_OBJECT_LEAST: usize = SINGLE_OBJECT.len() + 8;
        if self.schema_id.is_some() && framing != Framing::ConfluentHeader {
            return Some(Seems::ConfluentHeader);
        }
        if self.fingerprint.is_some() && framing != Framing::Bare {
            return Some(Seems::Bare);
        }
        if self.bytes.len() >= SINGLE_OBJECT_LEAST && self.bytes.starts_with(&SINGLE_OBJECT) && framing != Framing::SingleObject {
            return Some(Seems::SingleObject);
        }
        match SchemaId::split(self.bytes) {
            Some((id, _)) if framing != Framing::Confluent => Some(Seems::Confluent(id)),
            _ => None,
        }
    }
}

impl fmt::Display for Misframed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, message, header, id_header) = match self.part {
            Part::Event => ("event", "message", FINGERPRINT_HEADER, SCHEMA_ID_HEADER),
            Part::Key => ("key", "key", KEY_FINGERPRINT_HEADER, KEY_SCHEMA_ID_HEADER),
        };
        match (self.framing, self.fault) {
            (Framing::SingleObject, Fault::EndsEarly) => write!(f, "a single-object {message} that ends within its fingerprint")?,
            (Framing::SingleObject, _) => write!(f, "not a single-object {message}: it does not begin with C3 01")?,
            (Framing::Bare, Fault::WrongHeader) => write!(f, "the header `{header}` does not have eight bytes")?,
            (Framing::Bare, _) => write!(f, "no header `{header}` says which schema wrote the {word}")?,
            (Framing::Confluent, Fault::EndsEarly) => write!(f, "a {message} in Confluent's framing that ends within its schema's id")?,
            (Framing::Confluent, Fault::UnknownId) => {
                write!(f, "what begins the {message} as an id of Confluent's framing is not known here")?;
            }
            (Framing::Confluent, _) => write!(f, "not a {message} in Confluent's framing: it does not begin with 00 and an id")?,
            (Framing::ConfluentHeader, Fault::WrongHeader) => write!(f, "the header `{id_header}` is not 01 and a GUID")?,
            (Framing::ConfluentHeader, _) => write!(f, "no header `{id_header}` says which schema wrote the {word}")?,
        }
        let Some(seems) = self.seems else { return Ok(()) };
        match seems {
            Seems::SingleObject => f.write_str("; it begins as the single-object encoding does")?,
            Seems::Confluent(id) => write!(f, "; it begins as Confluent's framing does, with the {id}")?,
            Seems::ConfluentHeader => write!(f, "; the message has the header `{id_header}` of a schema registry")?,
            Seems::Bare => write!(f, "; the message has the header `{header}`, as bare ones do")?,
        }
        let framing = match seems {
            Seems::SingleObject => Framing::SingleObject,
            Seems::Confluent(_) => Framing::Confluent,
            Seems::ConfluentHeader => Framing::ConfluentHeader,
            Seems::Bare => Framing::Bare,
        };
        write!(
            f,
            ": where all of the topic's messages are so, its manifest says `framing = \"{}\"`",
            framing.as_str()
        )
    }
}
