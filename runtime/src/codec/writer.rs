use super::unchecked::Tail;
use super::{Encode, EncodeError, EncodeFields, FieldWriter};

/// Appends encoded values to a buffer.
///
/// Room is reserved once for the sum of the size bounds and a number more; each write then checks that its bytes fit, which costs one comparison, and
/// grows the buffer where a bound was too small.
pub struct Writer<'a> {
    tail: Tail<'a>,
    failure: Option<Box<EncodeError>>,
}

impl<'a> Writer<'a> {
    /// Writes behind what the buffer holds, with room for `bound` bytes.
    #[inline]
    pub fn new(buffer: &'a mut Vec<u8>, bound: usize) -> Self {
        Self {
            tail: Tail::new(buffer, bound),
            failure: None,
        }
    }

    /// Ends writing.
    ///
    /// # Errors
    /// What [`fail`](Self::fail) was told first; the buffer then holds what it held before.
    #[inline]
    pub fn finish(self) -> Result<(), EncodeError> {
        if let Some(failure) = self.failure {
            self.tail.forget();
            return Err(*failure);
        }
        self.tail.keep();
        Ok(())
    }

    /// Says that the value being written cannot be: [`finish`](Self::finish) will return the first such reason.
    #[cold]
    pub fn fail(&mut self, reason: impl Into<String>) {
        if self.failure.is_none() {
            self.failure = Some(Box::new(EncodeError { reason: reason.into() }));
        }
    }

    /// Writes a value as the Avro type `W`.
    #[inline(always)]
    pub fn write<W, T: Encode<W> + ?Sized>(&mut self, value: &T) {
        value.encode(self);
    }

    /// Copies bytes as they are.
    #[inline(always)]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.tail.raw(bytes);
    }

    /// Writes a number, zig-zag and variable-length.
    #[inline(always)]
    pub fn varint(&mut self, value: i64) {
        self.tail.varint(value);
    }

    /// Writes a length and as many bytes.
    #[inline(always)]
    pub fn prefixed(&mut self, bytes: &[u8]) {
        self.tail.prefixed(bytes);
    }

    /// Writes as many bytes as the array has, which are filled in where they are to stand.
    #[inline(always)]
    pub(super) fn in_place<const N: usize>(&mut self, fill: impl FnOnce(&mut [u8; N])) {
        self.tail.in_place(fill);
    }
}

impl FieldWriter for Writer<'_> {
    #[inline(always)]
    fn field<W, T: Encode<W> + ?Sized>(&mut self, value: &T) {
        value.encode(self);
    }
}

/// The sum of the size bounds of a record's fields, in bytes.
#[derive(Debug)]
pub struct SizeBound(usize);

impl SizeBound {
    /// That of a record.
    #[inline(always)]
    pub fn of<T: EncodeFields>(record: &T) -> usize {
        let mut bound = Self(0);
        record.encode_fields(&mut bound);
        bound.0
    }
}

impl FieldWriter for SizeBound {
    #[inline(always)]
    fn field<W, T: Encode<W> + ?Sized>(&mut self, value: &T) {
        self.0 += value.size_bound();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::unchecked::VARINT_MAX;

    fn written(bound: usize, write: impl FnOnce(&mut Writer<'_>)) -> Vec<u8> {
        let mut buffer = b"before".to_vec();
        let mut writer = Writer::new(&mut buffer, bound);
        write(&mut writer);
        writer.finish().unwrap();
        buffer.split_off(6)
    }

    #[test]
    fn numbers_are_zigzag_and_variable_length() {
        // Specification, "Primitive Types": the table of longs, and the ends of the range.
        for (value, bytes) in [
            (0, &[0x00][..]),
            (-1, &[0x01]),
            (1, &[0x02]),
            (-64, &[0x7f]),
            (64, &[0x80, 0x01]),
            (8191, &[0xfe, 0x7f]),
            (8192, &[0x80, 0x80, 0x01]),
            (i64::MAX, &[0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
            (i64::MIN, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
        ] {
            assert_eq!(written(10, |writer| writer.varint(value)), bytes, "{value}");
        }
    }

    /// Specification, "Primitive Types": seven bits a byte, the lowest first.
    #[test]
    fn numbers_of_every_length_are_written() {
        for bits in 1..=64 {
            for zigzag in [u64::MAX >> (64 - bits), 1 << (bits - 1), 0x9249_2492_4924_9249 >> (64 - bits)] {
                let mut expected = Vec::new();
                let mut rest = zigzag;
                while rest >= 0x80 {
                    expected.push(rest as u8 | 0x80);
                    rest >>= 7;
                }
                expected.push(rest as u8);
                let value = (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
                assert_eq!(written(10, |writer| writer.varint(value)), expected, "{zigzag:#x}");
            }
        }
    }

    /// Specification, "Primitive Types": a length, and as many bytes; between two others, of which neither may change.
    #[test]
    fn texts_of_every_length_are_copied_whole() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        for length in 0..=200 {
            let text = &all[..length];
            let bytes = written(0, |writer| {
                writer.prefixed(b"one before");
                writer.prefixed(text);
                writer.in_place::<3>(|place| place[1] = 7);
                writer.prefixed(text);
            });
            let number = written(VARINT_MAX, |writer| writer.varint(length as i64));
            let expected = [b"\x14one before", &*number, text, &[0, 7, 0], &*number, text].concat();
            assert_eq!(bytes, expected, "{length}");
        }
    }

    #[test]
    fn a_bound_that_is_too_small_loses_nothing() {
        let long = vec![7; 5000];
        let bytes = written(0, |writer| {
            for _ in 0..3 {
                writer.varint(i64::MAX);
                writer.prefixed(&long);
                writer.raw(&long);
            }
        });
        assert_eq!(bytes.len(), 3 * (10 + 2 + 5000 + 5000));
    }

    #[test]
    fn a_failure_leaves_the_buffer_as_it_was() {
        let mut buffer = b"before".to_vec();
        let mut writer = Writer::new(&mut buffer, 4);
        writer.raw(b"lost");
        writer.fail("first");
        writer.fail("second");
        assert_eq!(writer.finish().unwrap_err().reason, "first");
        assert_eq!(buffer, b"before");
    }

    #[test]
    fn a_failure_after_growth_leaves_the_buffer_as_it_was() {
        let mut buffer = b"before".to_vec();
        let mut writer = Writer::new(&mut buffer, 0);
        for _ in 0..100 {
            writer.raw(b"more than any allocator rounds up to");
        }
        writer.fail("late");
        assert!(writer.finish().is_err());
        assert_eq!(buffer, b"before");
    }
}
