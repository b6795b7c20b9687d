//! Arrays and maps.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use super::unchecked::VARINT_MAX;
use super::{Decode, DecodeError, Encode, Reader, Writer};
use crate::evolution::Step;
use crate::wire;

/// The most that is reserved for items that have not been read yet, in bytes.
const RESERVE_MAX: usize = 1 << 16;

/// The entries that a map has room for as soon as it has one: a node of the standard library's B-tree. Its hash table begins with fewer.
const NODE: usize = 11;

/// The entries that a larger map has room for, for each that it has: its nodes are five elevenths full or more, beside what leads to them; a
/// hash table is seven sixteenths full.
const ROOM: usize = 3;

impl<W, T: Encode<W>> Encode<wire::Array<W>> for [T] {
    #[inline]
    fn size_bound(&self) -> usize {
        bound_of_items(self.iter())
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        encode_items(self.iter(), writer);
    }
}

#[inline]
pub(super) fn bound_of_items<'a, W, T: Encode<W> + 'a>(items: impl Iterator<Item = &'a T>) -> usize {
    VARINT_MAX + 1 + items.map(T::size_bound).sum::<usize>()
}

#[inline]
pub(super) fn encode_items<'a, W, T: Encode<W> + 'a>(items: impl ExactSizeIterator<Item = &'a T>, writer: &mut Writer<'_>) {
    if items.len() > 0 {
        writer.varint(items.len() as i64);
        for item in items {
            item.encode(writer);
        }
    }
    writer.varint(0);
}

impl<W, T: Encode<W>> Encode<wire::Array<W>> for Vec<T> {
    #[inline]
    fn size_bound(&self) -> usize {
        Encode::<wire::Array<W>>::size_bound(self.as_slice())
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        Encode::<wire::Array<W>>::encode(self.as_slice(), writer);
    }
}

impl<'de, W, T: Decode<'de, W>> Decode<'de, wire::Array<W>> for Vec<T> {
    const LAYOUT: u64 = T::LAYOUT;

    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        decode_items(reader, T::decode)
    }

    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        match step.settled(reader)?.each(reader)? {
            None => Self::decode(reader),
            Some(item) => decode_items(reader, |reader| T::evolve(reader, item)),
        }
    }
}

#[inline]
fn decode_items<'de, T>(
    reader: &mut Reader<'de>,
    mut item: impl FnMut(&mut Reader<'de>) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    reader.nested(|reader| {
        let mut items = Vec::new();
        loop {
            let block = reader.block::<T>()?;
            if block.items() == 0 {
                return Ok(items);
            }
            reserve(reader, &mut items, block.items())?;
            let mut left = block.items();
            loop {
                let room = left.min(items.capacity() - items.len());
                for _ in 0..room {
                    items.push(item(reader)?);
                }
                left -= room;
                if left == 0 {
                    break;
                }
                // Never beyond what has been charged, as the vector's own growth would go.
                items.reserve_exact(left.min(items.len()));
            }
            reader.end(block)?;
        }
    })
}

/// Makes room for a block's items, which have been charged; of a large one, for some.
#[inline]
fn reserve<T>(reader: &mut Reader<'_>, items: &mut Vec<T>, count: usize) -> Result<(), DecodeError> {
    let some = count.min(RESERVE_MAX / size_of::<T>().max(1)).max(1);
    if some > items.capacity() - items.len() {
        // As much again as there is, or many small blocks would be moved as often.
        let room = some.max(items.len());
        reader.charge((room - some) * size_of::<T>())?;
        items.reserve_exact(room);
    }
    Ok(())
}

macro_rules! map {
    ($([$($generics:tt)*] $map:ty where [$($bounds:tt)*];)+) => {$(
        impl<W, K: Encode<wire::Str>, V: Encode<W>, $($generics)*> Encode<wire::Map<W>> for $map {
            #[inline]
            fn size_bound(&self) -> usize {
                VARINT_MAX + 1 + self.iter().map(|(key, value)| key.size_bound() + value.size_bound()).sum::<usize>()
            }

            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                if !self.is_empty() {
                    writer.varint(self.len() as i64);
                    for (key, value) in self {
                        key.encode(writer);
                        value.encode(writer);
                    }
                }
                writer.varint(0);
            }
        }

        impl<'de, W, K: Decode<'de, wire::Str>, V: Decode<'de, W>, $($generics)*> Decode<'de, wire::Map<W>> for $map
        where
            $($bounds)*
        {
            const LAYOUT: u64 = V::LAYOUT;

            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                let mut map = Self::default();
                decode_entries(reader, V::decode, |key, value| _ = map.insert(key, value))?;
                Ok(map)
            }

            fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
                let Some(value) = step.settled(reader)?.each(reader)? else {
                    return Self::decode(reader);
                };
                let mut map = Self::default();
                decode_entries(reader, |reader| V::evolve(reader, value), |key, value| _ = map.insert(key, value))?;
                Ok(map)
            }
        }
    )+};
}

map! {
    [] BTreeMap<K, V> where [K: Ord];
    [S] HashMap<K, V, S> where [K: Hash + Eq, S: BuildHasher + Default];
}

#[inline]
fn decode_entries<'de, K: Decode<'de, wire::Str>, V>(
    reader: &mut Reader<'de>,
    mut value: impl FnMut(&mut Reader<'de>) -> Result<V, DecodeError>,
    mut insert: impl FnMut(K, V),
) -> Result<(), DecodeError> {
    reader.nested(|reader| {
        let mut node = NODE * size_of::<((K, V), usize)>();
        loop {
            let block = reader.block::<[((K, V), usize); ROOM]>()?;
            if block.items() == 0 {
                return Ok(());
            }
            reader.charge(std::mem::take(&mut node))?;
            for _ in 0..block.items() {
                let key = K::decode(reader)?;
                insert(key, value(reader)?);
            }
            reader.end(block)?;
        }
    })
}
