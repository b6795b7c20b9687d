//! How numbers are read, and where records that hold themselves end.

use super::Reader;
use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, Limits};
use crate::wire;

/// A record that holds itself, and much beside.
struct Wide<const N: usize> {
    _pad: [u8; N],
    _next: Option<Box<Self>>,
}

impl<'de, const N: usize> Decode<'de, wire::Record> for Wide<N> {
    #[inline(never)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        Ok(Self {
            _pad: [reader.array::<1>()?[0]; N],
            _next: reader.read::<wire::Nullable<wire::Record, 0>, _>()?,
        })
    }
}

fn decode<const N: usize>(levels: usize, limits: Limits) -> Result<(), Kind> {
    let mut bytes = [7, 2].repeat(levels);
    bytes.extend([7, 0]);
    let decode = move || Reader::new(&bytes, limits).read::<wire::Record, Wide<N>>().map(drop);
    // As much stack as a thread has that nobody has asked to have more.
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(decode).unwrap();
    thread.join().unwrap().map_err(|error| error.kind().clone())
}

#[test]
fn wide_records_end_before_the_stack_does() {
    assert_eq!(decode::<{ 32 << 10 }>(63, Limits::DEFAULT), Err(Kind::TooDeep));
    assert_eq!(decode::<64>(63, Limits::DEFAULT), Ok(()));
    assert_eq!(decode::<64>(65, Limits::DEFAULT), Err(Kind::TooDeep));
    assert_eq!(
        decode::<64>(
            9,
            Limits {
                stack: 100,
                ..Limits::DEFAULT
            }
        ),
        Err(Kind::TooDeep)
    );
}

/// Specification, "Primitive Types": seven bits a byte, the lowest first. Of every length, with all bits set and with one; where much follows, and
/// where nothing does.
#[test]
fn numbers_of_every_length_are_read_whatever_follows() {
    for length in 1..=10_u32 {
        let bits = (7 * length).min(64);
        for zigzag in [
            u64::MAX >> (64 - bits),
            1 << (bits - 1),
            0x9249_2492_4924_9249 >> (64 - bits) | 1 << (bits - 1),
        ] {
            let mut bytes: Vec<u8> = (0..length).map(|group| (zigzag >> (7 * group)) as u8 | 0x80).collect();
            bytes[length as usize - 1] &= 0x7f;
            let value = (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
            for follows in [&[][..], &[0xFF; 3], &[0x01; 20], &[0xFF; 20]] {
                let bytes = [&bytes, follows].concat();
                let mut reader = Reader::new(&bytes, Limits::DEFAULT);
                assert_eq!(reader.varint().unwrap(), value, "{bytes:02x?}");
                assert_eq!(reader.remaining(), follows.len(), "{bytes:02x?}");
            }
        }
    }
}

/// Specification, "Primitive Types": a long has 64 bits. Too few bytes, a tenth that says that another follows, and a tenth of more than the one bit
/// that is left.
#[test]
fn numbers_that_do_not_end_are_refused() {
    for bytes in [&[0x80; 2][..], &[0x80; 8], &[0x80; 9]] {
        let error = Reader::new(bytes, Limits::DEFAULT).varint().unwrap_err();
        assert!(matches!(error.kind(), Kind::UnexpectedEnd { .. }), "{bytes:02x?}");
    }
    let mut beyond = [0x80; 12];
    beyond[9] = 0x02;
    for bytes in [&[0x80; 12], &beyond] {
        let error = Reader::new(bytes, Limits::DEFAULT).varint().unwrap_err();
        assert!(matches!(error.kind(), Kind::VarintTooLong), "{bytes:02x?}");
    }
}

#[test]
fn boxes_are_charged() {
    let limits = |memory| Limits { memory, ..Limits::DEFAULT };
    let each = size_of::<Wide<64>>();
    assert_eq!(decode::<64>(9, limits(9 * each)), Ok(()));
    assert_eq!(decode::<64>(9, limits(9 * each - 1)), Err(Kind::TooLarge));
}
