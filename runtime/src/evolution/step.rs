//! A step of a plan, as a type's `evolve` meets it.

use std::fmt;

use super::fields::{Fields, Places};
use super::plan::{Node, NodeId, Number, Plan, Written};
use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, DecodeFields, Reader};
use crate::wire;

/// What becomes of a value that was written with another version of the schema.
///
/// A type of one's own over text, bytes, whole numbers, enums or fixed needs nothing of this: [`Decode::evolve`] serves it. One that carries a
/// float, a double or a collection hands its step on to the `evolve` of what it reads by.
#[derive(Clone, Copy)]
pub struct Step<'de> {
    plan: &'de Plan,
    node: &'de Node,
}

impl<'de> Step<'de> {
    #[cfg(feature = "evolution")]
    pub(super) fn root(plan: &'de Plan) -> Self {
        Self::of(plan, plan.root)
    }

    #[inline(always)]
    pub(super) fn of(plan: &'de Plan, node: NodeId) -> Self {
        Self {
            plan,
            node: &plan.nodes[node.0 as usize],
        }
    }

    #[cfg(all(test, feature = "evolution"))]
    pub(super) fn plan(self) -> &'de Plan {
        self.plan
    }

    /// Whether the type's own decoder reads the value, with the index of a union before it.
    #[inline]
    #[must_use]
    pub fn is_alike(self) -> bool {
        matches!(self.node, Node::AsIs)
    }

    /// The step of the value itself: behind the index of the writer's union.
    ///
    /// # Errors
    /// The union has no such branch, or the value cannot be read as the reader's type.
    #[inline(always)]
    pub fn settled(self, reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match self.node {
            Node::Branches(_) | Node::Fail(_) => self.settle(reader),
            _ => Ok(self),
        }
    }

    #[inline(never)]
    fn settle(mut self, reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        if let Node::Branches(branches) = self.node {
            let index = reader.varint()?;
            match usize::try_from(index).ok().and_then(|index| branches.get(index)) {
                // A branch is no union.
                Some(branch) => self = Self::of(self.plan, *branch),
                None => return Err(reader.no_such_branch(index, branches.len())),
            }
        }
        match self.node {
            Node::Fail(reason) => Err(reader.error(Kind::Unresolvable(reason))),
            _ => Ok(self),
        }
    }

    /// Reads a value that is not made of others: as it is, or a symbol.
    ///
    /// # Errors
    /// The bytes are not such a value, or it is made of others, and its type has no `evolve` of its own.
    #[inline]
    pub fn leaf<W: ?Sized, T: Decode<'de, W>>(self, reader: &mut Reader<'de>) -> Result<T, DecodeError> {
        self.leaf_by(reader, T::decode)
    }

    /// The same, by what reads the value where it is written alike.
    #[inline(always)]
    pub(crate) fn leaf_by<T>(
        self,
        reader: &mut Reader<'de>,
        decode: impl FnOnce(&mut Reader<'de>) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let step = self.settled(reader)?;
        match step.node {
            Node::AsIs => decode(reader),
            Node::Narrowed(written) => {
                let begin = reader.rest();
                decode(reader).map_err(|error| narrowed(*written, begin, reader, error))
            }
            Node::OfInt => {
                reader.expect_int()?;
                decode(reader)
            }
            Node::Symbols(symbols) => {
                let index = reader.varint()?;
                match usize::try_from(index).ok().and_then(|index| symbols.get(index)) {
                    Some(Some(symbol)) => reader.elsewhere(symbol, decode),
                    Some(None) => Err(reader.error(Kind::Unresolvable("a symbol that the reader's enum has not"))),
                    None => Err(reader.no_such_symbol(index, symbols.len())),
                }
            }
            _ => Err(step.unfit(reader)),
        }
    }

    /// Reads a symbol; one that the reader's enum has not, and has no default for, as another.
    ///
    /// # Errors
    /// The bytes are no symbol of the writer's enum.
    #[inline]
    pub fn symbol_or<T: Decode<'de, wire::Enum>>(self, reader: &mut Reader<'de>, other: T) -> Result<T, DecodeError> {
        let step = self.settled(reader)?;
        if let Node::Symbols(symbols) = step.node {
            let begin = reader.rest();
            let index = reader.varint()?;
            if usize::try_from(index).is_ok_and(|index| matches!(symbols.get(index), Some(None))) {
                return Ok(other);
            }
            reader.jump(begin);
        }
        step.leaf(reader)
    }

    /// Of a settled step of a floating number how it was written; `None` where it was written as it is read.
    #[inline]
    pub(crate) fn number(self, reader: &Reader<'de>) -> Result<Option<Number>, DecodeError> {
        match self.node {
            Node::AsIs => Ok(None),
            Node::Promote(number) => Ok(Some(*number)),
            _ => Err(self.unfit(reader)),
        }
    }

    /// Of a settled step of a collection what becomes of each item; `None` where all is as it is.
    ///
    /// # Errors
    /// The value is no collection.
    #[inline]
    pub fn each(self, reader: &Reader<'de>) -> Result<Option<Self>, DecodeError> {
        match self.node {
            Node::AsIs => Ok(None),
            Node::Each(node) => Ok(Some(Self::of(self.plan, *node))),
            _ => Err(self.unfit(reader)),
        }
    }

    /// Of a settled step of a union the reader's branch, and what becomes of its value.
    ///
    /// # Errors
    /// The value is of no union.
    #[inline]
    pub fn branch(self, reader: &Reader<'de>) -> Result<(i64, Self), DecodeError> {
        match self.node {
            Node::Into { branch, node } => Ok((*branch, Self::of(self.plan, *node))),
            _ => Err(self.unfit(reader)),
        }
    }

    /// Reads a record, its fields wherever the writer has put them.
    ///
    /// # Errors
    /// The bytes are not such a record, or it cannot be read as this type.
    #[inline]
    pub fn record<T: DecodeFields<'de>>(self, reader: &mut Reader<'de>) -> Result<T, DecodeError> {
        let step = self.settled(reader)?;
        let record = match step.node {
            Node::Record(record) => record,
            Node::AsIs => &step.plan.alike,
            _ => return Err(step.unfit(reader)),
        };
        let mut kept = Places::None(record.kept);
        let mut fields = Fields::new(step.plan, record, reader, &mut kept);
        let mut value = T::decode_fields(&mut fields);
        // It stays where it was made: taken out of its `Result`, it would be copied.
        if value.is_ok()
            && let Err(error) = fields.finish()
        {
            value = Err(error);
        }
        value
    }

    #[cold]
    fn unfit(self, reader: &Reader<'de>) -> DecodeError {
        reader.error(Kind::Unresolvable(
            "a type of one's own that does not read other versions: it has no `evolve` of its own",
        ))
    }
}

/// The error of a value that may be written as it should be, and that the reader's type has not.
#[cold]
fn narrowed<'de>(written: Written, begin: &'de [u8], reader: &mut Reader<'de>, error: DecodeError) -> DecodeError {
    let end = reader.jump(begin);
    let is_written = match written {
        Written::Text => reader.text().map(drop),
        Written::Bytes => reader.prefixed().map(drop),
        Written::Fixed(size) => reader.raw(size).map(drop),
    };
    reader.jump(end);
    match is_written {
        Ok(()) => error.of_narrowed(),
        Err(_) => error,
    }
}

impl fmt::Debug for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").field("is_alike", &self.is_alike()).finish_non_exhaustive()
    }
}
