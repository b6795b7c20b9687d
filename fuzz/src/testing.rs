//! What the tests of what decoding takes have in common.

use std::fmt::Debug;

use kafka_event::Limits;
use kafka_event::codec::Writer;

use crate::budget::within;

/// Decodes within the least memory that suffices, which must be enough for all that is taken.
pub(crate) fn least_of<T, E: Debug>(input: usize, decode: impl Fn(Limits) -> Result<T, E>) -> usize {
    let decoded = |memory: usize| {
        let limits = Limits { memory, ..Limits::DEFAULT };
        within(limits, input, || decode(limits).map(drop))
    };
    decoded(1 << 30).expect("there is enough");
    let (mut refused, mut enough) = (0, 1 << 30);
    while enough - refused > 1 {
        let middle = usize::midpoint(refused, enough);
        *(if decoded(middle).is_ok() { &mut enough } else { &mut refused }) = middle;
    }
    enough
}

fn count(count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, 10);
    writer.varint(count as i64);
    writer.finish().expect("a number is never refused");
    bytes
}

/// So many of an item in one block.
pub(crate) fn block(items: usize, item: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    [count(items), (0..items).flat_map(item).collect(), vec![0]].concat()
}
