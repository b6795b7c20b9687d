//! Passing over what nobody reads.

use std::sync::Arc;

use super::plan::Before;
use crate::codec::{DecodeError, Reader, blocks};

/// The place of a type in a plan's list of what may be passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SkipId(pub(super) u32);

/// A type of the writer's, as far as its length goes.
#[derive(Debug, Clone)]
pub(super) enum Skip {
    /// As many bytes.
    Bytes(usize),
    /// A number.
    Varint,
    /// A length and as many bytes.
    Prefixed,
    /// Blocks of items.
    Items(SkipId),
    /// Blocks of keys and values.
    Entries(SkipId),
    /// One behind the other, each of which takes bytes.
    Record(Arc<[SkipId]>),
    /// What may hold itself.
    Nested(SkipId),
    /// A place and that branch's value.
    Branches(Arc<[SkipId]>),
}

/// Passes over a value.
#[inline]
pub(super) fn skip(skips: &[Skip], id: SkipId, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    match &skips[id.0 as usize] {
        Skip::Bytes(length) => reader.raw(*length).map(drop),
        Skip::Varint => reader.varint().map(drop),
        Skip::Prefixed => reader.prefixed().map(drop),
        made_of_others => skip_parts(skips, made_of_others, reader),
    }
}

/// The same of what may be read later, where it is counted: here it is not.
#[inline]
pub(super) fn skip_before(skips: &[Skip], before: Before, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    match &skips[before.skip.0 as usize] {
        Skip::Bytes(length) => reader.raw(*length).map(drop),
        Skip::Varint => reader.varint().map(drop),
        Skip::Prefixed => reader.prefixed().map(drop),
        made_of_others if before.keep => reader.uncounted(|reader| skip_parts(skips, made_of_others, reader)),
        made_of_others => skip_parts(skips, made_of_others, reader),
    }
}

#[inline(never)]
fn skip_parts(skips: &[Skip], whole: &Skip, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    match whole {
        Skip::Bytes(_) | Skip::Varint | Skip::Prefixed => Ok(()),
        Skip::Items(item) => blocks(reader, |reader| skip(skips, *item, reader)),
        Skip::Entries(value) => blocks(reader, |reader| {
            reader.prefixed()?;
            skip(skips, *value, reader)
        }),
        Skip::Record(fields) => {
            // Records by value count no level, and a writer may have many of them within one another.
            reader.within_stack()?;
            fields.iter().try_for_each(|field| skip(skips, *field, reader))
        }
        // One level, as a box is where it is read.
        Skip::Nested(inner) => reader.nested(|reader| skip(skips, *inner, reader)),
        Skip::Branches(branches) => {
            let index = reader.varint()?;
            match usize::try_from(index).ok().and_then(|index| branches.get(index)) {
                Some(branch) => skip(skips, *branch, reader),
                None => Err(reader.no_such_branch(index, branches.len())),
            }
        }
    }
}
