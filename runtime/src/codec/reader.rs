#[cfg(test)]
mod tests;

use super::budget::Budget;
use super::error::Kind;
use super::unchecked::VARINT_MAX;
use super::{Decode, DecodeError, FieldReader, Limits, Skip, unchecked};
use crate::evolution::Step;
use crate::wire;

/// Reads encoded values from a slice, within [`Limits`].
pub struct Reader<'de> {
    rest: &'de [u8],
    length: usize,
    budget: Budget,
}

/// A block of an array's or a map's items, which has begun.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    items: usize,
    /// How many bytes are left behind it, where it states its size.
    behind: Option<usize>,
}

impl Block {
    /// How many items it has; behind the last block there is one of none.
    #[inline]
    #[must_use]
    pub fn items(self) -> usize {
        self.items
    }
}

impl<'de> Reader<'de> {
    /// Reads from the beginning of the bytes.
    #[inline]
    #[must_use]
    pub fn new(bytes: &'de [u8], limits: Limits) -> Self {
        Self {
            rest: bytes,
            length: bytes.len(),
            budget: Budget::new(limits),
        }
    }

    /// Ends reading.
    ///
    /// # Errors
    /// Bytes are left.
    #[inline]
    pub fn finish(self) -> Result<(), DecodeError> {
        self.ended()
    }

    /// The same of one that stays where it is.
    #[inline]
    pub(crate) fn ended(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.error(Kind::LeftOver(self.rest.len())))
        }
    }

    /// Reads a value from the Avro type `W`.
    ///
    /// # Errors
    /// The bytes are not such a value.
    #[inline(always)]
    pub fn read<W, T: Decode<'de, W>>(&mut self) -> Result<T, DecodeError> {
        T::decode(self)
    }

    /// Reads a value that another version of the schema has as another type, as a step of a plan says.
    ///
    /// # Errors
    /// The bytes are not such a value, or it cannot be read as this type.
    #[inline]
    pub fn evolve<W, T: Decode<'de, W>>(&mut self, step: Step<'de>) -> Result<T, DecodeError> {
        T::evolve(self, step)
    }

    /// How many bytes are left.
    #[inline]
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'de [u8] {
        self.rest
    }

    /// Goes on from another place in the same bytes, and gives the one that it was at.
    pub(crate) fn jump(&mut self, place: &'de [u8]) -> &'de [u8] {
        std::mem::replace(&mut self.rest, place)
    }

    /// Goes back to what was passed over, and no further than to where so many bytes are left of this; gives where it was.
    ///
    /// A block that says a wrong size was passed over by that, and what is in it could lead through all that comes behind.
    #[inline(always)]
    pub(crate) fn turn_back(&mut self, begin: &'de [u8], behind: usize) -> &'de [u8] {
        self.length -= behind;
        self.jump(&begin[..begin.len() - behind])
    }

    /// Goes on from there.
    ///
    /// # Errors
    /// What was passed over has not ended.
    #[inline(always)]
    pub(crate) fn go_on(&mut self, rest: &'de [u8], behind: usize) -> Result<(), DecodeError> {
        if !self.rest.is_empty() {
            return Err(self.error(Kind::BlockSize));
        }
        self.length += behind;
        self.rest = rest;
        Ok(())
    }

    /// Begins with other bytes, and does not come back; gives how many had been read.
    #[cfg(feature = "evolution")]
    pub(crate) fn begin(&mut self, bytes: &'de [u8]) -> usize {
        let place = self.place();
        (self.rest, self.length) = (bytes, bytes.len());
        place
    }

    /// Reads a whole value from other bytes, within what is left of the limits; an error is where these are left.
    #[inline(always)]
    pub(crate) fn elsewhere<T>(
        &mut self,
        bytes: &'de [u8],
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let back = self.jump(bytes);
        let read = read(self);
        self.rest = back;
        match read {
            Ok(value) => Ok(value),
            Err(error) => Err(error.at(self.place())),
        }
    }

    /// How many bytes have been read; elsewhere it is no place, and is not asked for.
    pub(crate) fn place(&self) -> usize {
        self.length.wrapping_sub(self.rest.len())
    }

    #[cold]
    pub(crate) fn error(&self, kind: Kind) -> DecodeError {
        DecodeError::new(kind, self.place())
    }

    /// The error of a value that is written as it should be, and that a type of one's own refuses all the same.
    #[cold]
    #[must_use]
    pub fn refuse(&self, reason: impl Into<String>) -> DecodeError {
        self.error(Kind::Refused(reason.into()))
    }

    /// The error of an enum's index that has no symbol.
    #[cold]
    #[must_use]
    pub fn no_such_symbol(&self, index: i64, symbols: usize) -> DecodeError {
        self.error(Kind::NoSuchSymbol { index, symbols })
    }

    /// The error of a union's index that has no branch.
    #[cold]
    #[must_use]
    pub fn no_such_branch(&self, index: i64, branches: usize) -> DecodeError {
        self.error(Kind::NoSuchBranch { index, branches })
    }

    /// Reads as many bytes.
    ///
    /// # Errors
    /// Fewer are left.
    #[inline(always)]
    pub fn raw(&mut self, length: usize) -> Result<&'de [u8], DecodeError> {
        match self.rest.split_at_checked(length) {
            Some((bytes, rest)) => {
                self.rest = rest;
                Ok(bytes)
            }
            None => Err(self.error(Kind::UnexpectedEnd {
                wanted: length,
                left: self.rest.len(),
            })),
        }
    }

    /// Reads as many bytes as the array has.
    ///
    /// # Errors
    /// Fewer are left.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self) -> Result<&'de [u8; N], DecodeError> {
        match self.rest.split_first_chunk::<N>() {
            Some((bytes, rest)) => {
                self.rest = rest;
                Ok(bytes)
            }
            None => Err(self.error(Kind::UnexpectedEnd {
                wanted: N,
                left: self.rest.len(),
            })),
        }
    }

    /// Reads a number, zig-zag and variable-length.
    ///
    /// # Errors
    /// The bytes end, or the number has more than 64 bits.
    #[inline(always)]
    pub fn varint(&mut self) -> Result<i64, DecodeError> {
        let zigzag = match *self.rest {
            [first, ref rest @ ..] if first < 0x80 => {
                self.rest = rest;
                u64::from(first)
            }
            [first, second, ref rest @ ..] if second < 0x80 => {
                self.rest = rest;
                u64::from(first & 0x7f) | u64::from(second) << 7
            }
            _ => {
                let (zigzag, length) = long_varint(self.rest);
                match self.rest.get(length..) {
                    Some(rest) if length > 0 => self.rest = rest,
                    _ => return Err(self.no_varint()),
                }
                zigzag
            }
        };
        Ok((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64))
    }

    /// Refuses a number that does not fit an int, and reads nothing.
    ///
    /// # Errors
    /// The bytes are no number of 32 bits.
    #[inline(always)]
    pub(crate) fn expect_int(&mut self) -> Result<(), DecodeError> {
        match *self.rest {
            [first, ..] if first < 0x80 => Ok(()),
            [_, second, ..] if second < 0x80 => Ok(()),
            _ => self.expect_long_int(),
        }
    }

    #[inline(never)]
    fn expect_long_int(&mut self) -> Result<(), DecodeError> {
        let begin = self.rest;
        self.read::<wire::Int, i32>()?;
        self.rest = begin;
        Ok(())
    }

    /// Why no number is read.
    #[cold]
    fn no_varint(&self) -> DecodeError {
        let left = self.rest.len();
        self.error(if left < VARINT_MAX {
            Kind::UnexpectedEnd { wanted: left + 1, left }
        } else {
            Kind::VarintTooLong
        })
    }

    /// Reads a length.
    ///
    /// # Errors
    /// It is negative, or not a number.
    #[inline(always)]
    pub fn length(&mut self) -> Result<usize, DecodeError> {
        let length = self.varint()?;
        usize::try_from(length).map_err(|_| self.error(Kind::NegativeLength(length)))
    }

    /// Reads a length and as many bytes.
    ///
    /// # Errors
    /// Fewer are left.
    #[inline(always)]
    pub fn prefixed(&mut self) -> Result<&'de [u8], DecodeError> {
        let length = self.length()?;
        self.raw(length)
    }

    /// Reads a length and as many bytes of UTF-8.
    ///
    /// # Errors
    /// Fewer are left, or they are not UTF-8.
    #[inline(always)]
    pub fn text(&mut self) -> Result<&'de str, DecodeError> {
        let bytes = self.prefixed()?;
        match unchecked::text(bytes) {
            Some(text) => Ok(text),
            None => Err(self.error(Kind::Utf8)),
        }
    }

    /// Reads the beginning of a block of an array or a map: how many items follow, none at the end.
    ///
    /// `Item` is what each becomes in memory, which is charged here, before any of them is read.
    ///
    /// # Errors
    /// The count is not a number, so many items are beyond the limit, or the block says that it is longer than what is left.
    #[inline]
    pub fn block<Item>(&mut self) -> Result<Block, DecodeError> {
        let mut count = self.varint()?;
        let mut behind = None;
        if count < 0 {
            (count, behind) = self.sized_block(count)?;
        }
        let items = usize::try_from(count).unwrap_or(usize::MAX);
        self.count(items)?;
        self.charge(items.saturating_mul(size_of::<Item>().max(1)))?;
        Ok(Block { items, behind })
    }

    /// Counts the items of a block, which ten bytes can claim billions of.
    #[inline]
    pub(crate) fn count(&mut self, items: usize) -> Result<(), DecodeError> {
        if self.budget.count(items) {
            Ok(())
        } else {
            Err(self.error(Kind::TooMany))
        }
    }

    /// Passes over something, within the limits, and takes nothing of them.
    #[inline]
    pub(crate) fn uncounted(&mut self, pass: impl FnOnce(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        let left = self.budget.left();
        pass(self)?;
        self.budget.put_back(left);
        Ok(())
    }

    /// A writer may state the block's size in bytes, for readers that skip it.
    #[inline(never)]
    fn sized_block(&mut self, count: i64) -> Result<(i64, Option<usize>), DecodeError> {
        let size = self.length()?;
        let behind = self.remaining().checked_sub(size).ok_or_else(|| self.error(Kind::BlockSize))?;
        let count = count.checked_neg().ok_or_else(|| self.error(Kind::TooLarge))?;
        Ok((count, Some(behind)))
    }

    /// Ends a block, all items of which have been read.
    ///
    /// # Errors
    /// They took more or fewer bytes than the block says: one who skips it would read something else behind it.
    #[inline]
    pub fn end(&self, block: Block) -> Result<(), DecodeError> {
        match block.behind {
            Some(behind) if behind != self.remaining() => Err(self.error(Kind::BlockSize)),
            _ => Ok(()),
        }
    }

    /// Takes bytes of memory from what the event may cost, before they are taken from the machine.
    ///
    /// # Errors
    /// So many are not left.
    #[inline]
    pub fn charge(&mut self, bytes: usize) -> Result<(), DecodeError> {
        if self.budget.charge(bytes) {
            Ok(())
        } else {
            Err(self.error(Kind::TooLarge))
        }
    }

    /// Gives back what was charged for what is held no more.
    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.budget.give_back(bytes);
    }

    /// Reads something that may hold itself, one level deeper.
    ///
    /// # Errors
    /// It nests deeper than the limit, or what `read` returns.
    #[inline]
    pub fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        if !self.budget.enter() || !self.budget.has_stack() {
            return Err(self.error(Kind::TooDeep));
        }
        let value = read(self)?;
        self.budget.leave();
        Ok(value)
    }

    /// Goes on where there is stack for it: of what nests as deep as a schema does, and counts no level.
    #[inline]
    pub(crate) fn within_stack(&mut self) -> Result<(), DecodeError> {
        if self.budget.has_stack() {
            Ok(())
        } else {
            Err(self.error(Kind::TooDeep))
        }
    }
}

/// A number of any length, and of how many bytes it is: of none, where there is no number.
///
/// Given bytes, and not the reader: what that holds need not be stored before, nor looked up again behind it.
#[inline(never)]
fn long_varint(bytes: &[u8]) -> (u64, usize) {
    let mut zigzag = 0;
    for (index, &byte) in bytes.iter().take(VARINT_MAX).enumerate() {
        // Of the tenth byte, one bit is left.
        if index == VARINT_MAX - 1 && byte > 1 {
            break;
        }
        zigzag |= u64::from(byte & 0x7f) << (7 * index);
        if byte < 0x80 {
            return (zigzag, index + 1);
        }
    }
    (0, 0)
}

impl<'de> FieldReader<'de> for Reader<'de> {
    #[inline(always)]
    fn field<W, T: Decode<'de, W>>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        match T::decode(self) {
            Ok(value) => Ok(value),
            Err(error) => Err(error.inside(name)),
        }
    }

    #[inline]
    fn skip<W: Skip>(&mut self, name: &'static str) -> Result<(), DecodeError> {
        W::skip(self).map_err(|error| error.inside(name))
    }
}
