//! Numbers, booleans, null, fixed, and what stands around a value: `Option` and `Box`.

use super::error::Kind;
use super::{Decode, DecodeBranch, DecodeError, Encode, Reader, Writer};
use crate::evolution::{Number, Step};
use crate::wire;

impl Encode<wire::Null> for () {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        0
    }

    #[inline(always)]
    fn encode(&self, _: &mut Writer<'_>) {}
}

impl<'de> Decode<'de, wire::Null> for () {
    #[inline(always)]
    fn decode(_: &mut Reader<'de>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl Encode<wire::Boolean> for bool {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        1
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(&[u8::from(*self)]);
    }
}

impl<'de> Decode<'de, wire::Boolean> for bool {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match reader.array()? {
            [0] => Ok(false),
            [1] => Ok(true),
            &[byte] => Err(reader.error(Kind::Boolean(byte))),
        }
    }
}

impl Encode<wire::Int> for i32 {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        5
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.varint(i64::from(*self));
    }
}

impl<'de> Decode<'de, wire::Int> for i32 {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let value = reader.varint()?;
        Self::try_from(value).map_err(|_| reader.error(Kind::OutOfRange { what: "an int", value }))
    }
}

impl Encode<wire::Long> for i64 {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        10
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.varint(*self);
    }
}

impl<'de> Decode<'de, wire::Long> for i64 {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.varint()
    }
}

macro_rules! little_endian {
    ($($wire:ident: $float:ty;)+) => {$(
        impl Encode<wire::$wire> for $float {
            #[inline(always)]
            fn size_bound(&self) -> usize {
                size_of::<Self>()
            }

            #[inline(always)]
            fn encode(&self, writer: &mut Writer<'_>) {
                writer.raw(&self.to_le_bytes());
            }
        }

        impl<'de> Decode<'de, wire::$wire> for $float {
            #[inline(always)]
            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                Ok(Self::from_le_bytes(*reader.array()?))
            }

            fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
                match step.settled(reader)?.number(reader)? {
                    None => Decode::<wire::$wire>::decode(reader),
                    Some(Number::Int) => Ok(reader.read::<wire::Int, i32>()? as Self),
                    Some(Number::Long) => Ok(reader.varint()? as Self),
                    Some(Number::Float) => Ok(f32::from_le_bytes(*reader.array()?) as Self),
                }
            }
        }
    )+};
}

little_endian! {
    Float: f32;
    Double: f64;
}

impl<const N: usize> Encode<wire::Fixed<N>> for [u8; N] {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        N
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(self);
    }
}

impl<'de, const N: usize> Decode<'de, wire::Fixed<N>> for [u8; N] {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.array().copied()
    }
}

impl<W, T: Encode<W>, const NULL: usize> Encode<wire::Nullable<W, NULL>> for Option<T> {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        1 + self.as_ref().map_or(0, T::size_bound)
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        // A branch of 0 or 1 is one byte, its number doubled.
        match self {
            None => writer.raw(&[2 * NULL as u8]),
            Some(value) => {
                writer.raw(&[2 - 2 * NULL as u8]);
                value.encode(writer);
            }
        }
    }
}

impl<'de, W, T: Decode<'de, W>, const NULL: usize> Decode<'de, wire::Nullable<W, NULL>> for Option<T> {
    const LAYOUT: u64 = T::LAYOUT;

    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match reader.varint()? {
            branch if branch == NULL as i64 => Ok(None),
            branch if branch == 1 - NULL as i64 => T::decode(reader).map(Some),
            branch => Err(reader.no_such_branch(branch, 2)),
        }
    }

    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        if step.is_alike() {
            return Decode::<wire::Nullable<W, NULL>>::decode(reader);
        }
        match step.settled(reader)?.branch(reader)? {
            (branch, _) if branch == NULL as i64 => Ok(None),
            (_, step) => T::evolve(reader, step).map(Some),
        }
    }
}

impl<T: Encode<wire::Union>, const NULL: usize> Encode<wire::NullableUnion<NULL>> for Option<T> {
    #[inline]
    fn size_bound(&self) -> usize {
        self.as_ref().map_or(10, T::size_bound)
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        match self {
            None => writer.varint(NULL as i64),
            Some(value) => value.encode(writer),
        }
    }
}

impl<'de, T: DecodeBranch<'de>, const NULL: usize> Decode<'de, wire::NullableUnion<NULL>> for Option<T> {
    const LAYOUT: u64 = T::LAYOUT;

    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match reader.varint()? {
            branch if branch == NULL as i64 => Ok(None),
            branch => T::decode_branch(branch, reader).map(Some),
        }
    }

    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        if step.is_alike() {
            return Decode::<wire::NullableUnion<NULL>>::decode(reader);
        }
        match step.settled(reader)?.branch(reader)? {
            (branch, _) if branch == NULL as i64 => Ok(None),
            (branch, step) => T::evolve_branch(branch, reader, step).map(Some),
        }
    }
}

impl<W, T: Encode<W>> Encode<W> for Box<T> {
    #[inline]
    fn size_bound(&self) -> usize {
        T::size_bound(self)
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        T::encode(self, writer);
    }
}

impl<'de, W, T: Decode<'de, W>> Decode<'de, W> for Box<T> {
    const LAYOUT: u64 = T::LAYOUT;

    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.charge(size_of::<T>())?;
        reader.nested(T::decode).map(Self::new)
    }

    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        reader.charge(size_of::<T>())?;
        reader.nested(|reader| T::evolve(reader, step)).map(Self::new)
    }
}
