//! Arrays and fixed that something else holds than a `Vec` or an array of bytes.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use super::collection::{bound_of_items, encode_items};
use super::text::COUNTS;
use super::{Decode, DecodeError, Encode, EncodeKey, Reader, Writer};
use crate::evolution::Step;
use crate::wire;

macro_rules! lists {
    ($($type:ty where [$($bounds:tt)*], $copied:expr, $from:expr;)+) => {$(
        impl<'de, W, T: Decode<'de, W> $($bounds)*> Decode<'de, wire::Array<W>> for $type {
            const LAYOUT: u64 = T::LAYOUT;

            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                let items = reader.read::<wire::Array<W>, Vec<T>>()?;
                moved(reader, &items, $copied)?;
                Ok($from(items))
            }

            fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
                let items = reader.evolve::<wire::Array<W>, Vec<T>>(step)?;
                moved(reader, &items, $copied)?;
                Ok($from(items))
            }
        }
    )+};
}

// Each with what it takes beside its items where they are moved into memory of its own; `None` where they stay.
lists! {
    Box<[T]> where [], |items: &Vec<T>| (items.capacity() > items.len()).then_some(0), Vec::into_boxed_slice;
    Arc<[T]> where [], |_| Some(COUNTS), Arc::from;
    VecDeque<T> where [], |_| None, VecDeque::from;
    Cow<'_, [T]> where [+ Clone], |_| None, Cow::Owned;
}

/// Charges for the place that items are moved to, while the one that they come from is still there.
#[inline]
fn moved<T>(reader: &mut Reader<'_>, items: &Vec<T>, beside: impl FnOnce(&Vec<T>) -> Option<usize>) -> Result<(), DecodeError> {
    let Some(beside) = beside(items) else { return Ok(()) };
    let of_items = size_of_val(items.as_slice());
    reader.charge(of_items.saturating_add(beside))?;
    reader.give_back(of_items);
    Ok(())
}

macro_rules! slices {
    ($($type:ty where [$($bounds:tt)*];)+) => {$(
        impl<W, T: Encode<W> $($bounds)*> Encode<wire::Array<W>> for $type {
            #[inline]
            fn size_bound(&self) -> usize {
                Encode::<wire::Array<W>>::size_bound(&**self)
            }

            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                Encode::<wire::Array<W>>::encode(&**self, writer);
            }
        }
    )+};
}

slices! {
    Box<[T]> where [];
    Arc<[T]> where [];
    Cow<'_, [T]> where [+ Clone];
}

impl<W, T: Encode<W>> Encode<wire::Array<W>> for VecDeque<T> {
    #[inline]
    fn size_bound(&self) -> usize {
        bound_of_items(self.iter())
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        encode_items(self.iter(), writer);
    }
}

impl<const N: usize> Encode<wire::Fixed<N>> for &[u8; N] {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        N
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(*self);
    }
}

impl<'de: 'a, 'a, const N: usize> Decode<'de, wire::Fixed<N>> for &'a [u8; N] {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.array()
    }
}

impl<const N: usize> EncodeKey<wire::Fixed<N>> for &[u8; N] {
    fn encode_key(&self, out: &mut Vec<u8>) -> bool {
        out.extend_from_slice(*self);
        true
    }
}
