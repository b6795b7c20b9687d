//! What decoding may take of memory: the limit of its budget, counted by the allocator.

use kafka_event::{DecodeError, Limits};

/// So little that a few hundred bytes meet each limit; and so much that most inputs meet none.
pub(crate) const LIMITS: [Limits; 2] = [
    Limits {
        depth: 12,
        memory: 8 << 10,
        ..Limits::DEFAULT
    },
    Limits {
        memory: 1 << 20,
        ..Limits::DEFAULT
    },
];

/// What an error takes, with the way to what failed.
const BESIDE: usize = 2 << 10;

/// Decodes, and counts what that takes: no more than the budget, and text and bytes as long as the input. What grows is there twice while it is
/// moved.
///
/// # Panics
/// It takes more.
pub(crate) fn within<T, E>(limits: Limits, input: usize, decode: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let mut result = None;
    let taken = allocation_counter::measure(|| result = Some(decode()));
    let most = 2 * (limits.memory + input) + BESIDE;
    assert!(
        taken.bytes_max <= most as u64,
        "{} bytes taken, of {most}, in {} for {input} bytes",
        taken.bytes_max,
        std::any::type_name::<T>()
    );
    result.expect("it has run")
}

/// Whether reading ended at a limit: owned and borrowed values, and those of other versions, take different amounts.
pub(crate) fn is_of_a_limit(error: &DecodeError) -> bool {
    let error = error.to_string();
    error.contains("than the limit")
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use kafka_event::codec::{Decode, Reader};
    use kafka_event::wire::{Array, Boolean, Long, Map, Str};

    use crate::testing::{block, least_of};

    fn least<'de, W, T: Decode<'de, W>>(bytes: &'de [u8]) -> usize {
        least_of(bytes.len(), |limits| Reader::new(bytes, limits).read::<W, T>())
    }

    fn entry(number: usize) -> Vec<u8> {
        [&[8][..], format!("{:04x}", number.wrapping_mul(40_503) & 0xffff).as_bytes(), &[2]].concat()
    }

    #[test]
    fn room_is_charged() {
        // A map of one entry has room for many.
        let maps = block(1_000, |_| block(1, |_| vec![2, b'k', 2]));
        assert!(least::<Array<Map<Long>>, Vec<BTreeMap<&str, i64>>>(&maps) >= 1_000 * 11 * 24);
        assert!(least::<Array<Map<Long>>, Vec<HashMap<&str, i64>>>(&maps) >= 1_000 * 4 * 24);
        for entries in [10, 12, 100, 2_000, 60_000] {
            let map = block(entries, entry);
            assert!(least::<Map<Long>, BTreeMap<&str, i64>>(&map) >= entries * 24);
            assert!(least::<Map<Long>, HashMap<&str, i64>>(&map) >= entries * 24);
        }
        // So has a list of one item, if nobody asks for exactly one.
        let lists = block(1_000, |_| block(1, |_| vec![0]));
        assert!(least::<Array<Array<Long>>, Vec<Vec<i64>>>(&lists) < 1_000 * 33);
        assert!(least::<Array<Array<Boolean>>, Vec<Vec<bool>>>(&lists) < 1_000 * 26);
        for items in [1, 1_000, 8_193, 100_000] {
            let list = block(items, |_| vec![2]);
            assert_eq!(least::<Array<Long>, Vec<i64>>(&list), items * 8);
        }
    }

    #[test]
    fn many_small_blocks_are_one_list() {
        let blocks = [[2, 2, b'x'].repeat(50_000), vec![0]].concat();
        let most = least::<Array<Str>, Vec<&str>>(&blocks);
        assert!((2 * 50_000 * 16..=3 * 50_000 * 16).contains(&most), "{most}");
    }
}
