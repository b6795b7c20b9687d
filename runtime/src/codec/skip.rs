//! Passing over what nobody reads, by its Avro type alone.

use super::{DecodeError, Reader};
use crate::wire;

/// An Avro type whose values can be passed over without being decoded: what a consuming type does with the fields that it does not name.
///
/// A block that states its size is passed over by that, and what is in it is not looked at: bytes that a decoder would refuse may be passed over.
///
/// Those of [`wire`] that say all of their layout are; `#[derive(KafkaEvent)]` writes it for records and unions.
pub trait Skip {
    /// Passes over a value.
    ///
    /// # Errors
    /// The bytes end before the value does, or a limit was met.
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError>;
}

macro_rules! skips {
    ($($reader:ident => $skip:expr; $($wire:ty),+;)+) => {$($(
        impl Skip for $wire {
            #[inline]
            fn skip($reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                $skip
            }
        }
    )+)+};
}

skips! {
    _reader => Ok(()); wire::Null;
    reader => reader.raw(1).map(drop); wire::Boolean;
    reader => reader.raw(4).map(drop); wire::Float;
    reader => reader.raw(8).map(drop); wire::Double;
    reader => reader.varint().map(drop);
        wire::Int, wire::Long, wire::Enum, wire::Date, wire::TimeMillis, wire::TimeMicros, wire::TimestampMillis, wire::TimestampMicros,
        wire::TimestampNanos, wire::LocalTimestampMillis, wire::LocalTimestampMicros, wire::LocalTimestampNanos;
    reader => reader.prefixed().map(drop); wire::Bytes, wire::Str, wire::Uuid, wire::BigDecimal;
    reader => reader.raw(16).map(drop); wire::UuidFixed;
    reader => reader.raw(12).map(drop); wire::Duration;
}

impl<const SIZE: usize> Skip for wire::Fixed<SIZE> {
    #[inline]
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.raw(SIZE).map(drop)
    }
}

impl<const PRECISION: u32, const SCALE: u32> Skip for wire::Decimal<PRECISION, SCALE> {
    #[inline]
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.prefixed().map(drop)
    }
}

impl<const SIZE: usize, const PRECISION: u32, const SCALE: u32> Skip for wire::DecimalFixed<SIZE, PRECISION, SCALE> {
    #[inline]
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.raw(SIZE).map(drop)
    }
}

impl<W: Skip, const NULL: usize> Skip for wire::Nullable<W, NULL> {
    #[inline]
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        match reader.varint()? {
            branch if branch == NULL as i64 => Ok(()),
            branch if branch == 1 - NULL as i64 => W::skip(reader),
            branch => Err(reader.no_such_branch(branch, 2)),
        }
    }
}

impl<W: Skip> Skip for wire::Array<W> {
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        blocks(reader, W::skip)
    }
}

impl<W: Skip> Skip for wire::Map<W> {
    fn skip(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        blocks(reader, |reader| {
            reader.prefixed()?;
            W::skip(reader)
        })
    }
}

/// Passes over the blocks of a collection.
pub(crate) fn blocks<'de>(
    reader: &mut Reader<'de>,
    mut item: impl FnMut(&mut Reader<'de>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    reader.nested(|reader| {
        loop {
            let count = reader.varint()?;
            if count == 0 {
                return Ok(());
            }
            if count < 0 {
                // A block that says its size is passed over whole.
                let size = reader.length()?;
                reader.raw(size)?;
                continue;
            }
            let items = usize::try_from(count).unwrap_or(usize::MAX);
            reader.count(items)?;
            reader.charge(items)?;
            for _ in 0..count {
                let left = reader.remaining();
                item(reader)?;
                // Where one takes no bytes, none of its type does.
                if reader.remaining() == left {
                    break;
                }
            }
        }
    })
}
