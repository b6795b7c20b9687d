use super::{Encode, EncodeError, EncodeFields, FieldWriter};

/// The longest a 64-bit number gets.
pub(super) const VARINT_MAX: usize = 10;

/// Appends encoded values to a buffer.
///
/// Room is reserved once for the sum of the size bounds; each write then checks that its bytes fit, which costs one comparison, and
/// grows the buffer where a bound was too small.
pub struct Writer<'a> {
    buffer: &'a mut Vec<u8>,
    /// Bytes of the buffer's allocation that hold written data; `buffer.len()` follows in [`finish`](Self::finish).
    written: usize,
    /// What the buffer held before.
    start: usize,
    failure: Option<Box<EncodeError>>,
}

impl<'a> Writer<'a> {
    /// Writes behind what the buffer holds, with room for `bound` bytes.
    #[inline]
    pub fn new(buffer: &'a mut Vec<u8>, bound: usize) -> Self {
        buffer.reserve(bound);
        let start = buffer.len();
        Self {
            buffer,
            written: start,
            start,
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
            self.buffer.truncate(self.start);
            return Err(*failure);
        }
        // SAFETY: every write checks that its bytes are within the capacity and initialises all of them before it raises `written`, which
        // began at the buffer's length.
        unsafe { self.buffer.set_len(self.written) };
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

    /// Makes room for `wanted` more bytes where there is none.
    #[inline(always)]
    fn room(&mut self, wanted: usize) {
        if self.buffer.capacity() - self.written < wanted {
            self.grow(wanted);
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, wanted: usize) {
        // SAFETY: as in `finish`; `reserve` must know of the written bytes, to keep them.
        unsafe { self.buffer.set_len(self.written) };
        self.buffer.reserve(wanted);
    }

    /// Copies bytes as they are.
    #[inline(always)]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.room(bytes.len());
        // SAFETY: `room` has made sure of `bytes.len()` bytes behind `written`, and `bytes` cannot overlap memory that is borrowed mutably.
        unsafe {
            let end = self.buffer.as_mut_ptr().add(self.written);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), end, bytes.len());
        }
        self.written += bytes.len();
    }

    /// Writes a number, zig-zag and variable-length.
    #[inline(always)]
    pub fn varint(&mut self, value: i64) {
        self.room(VARINT_MAX);
        // SAFETY: `room` has made sure of them.
        unsafe { self.varint_within(value) };
    }

    /// Writes a length and as many bytes.
    #[inline(always)]
    pub fn prefixed(&mut self, bytes: &[u8]) {
        self.room(VARINT_MAX + bytes.len());
        // SAFETY: `room` has made sure of the number's bytes, too. A slice is never longer than `isize::MAX`.
        unsafe { self.varint_within(bytes.len() as i64) };
        // SAFETY: `room` has made sure of the length's bytes and these.
        unsafe {
            let end = self.buffer.as_mut_ptr().add(self.written);
            copy(bytes, end);
        }
        self.written += bytes.len();
    }

    /// Writes as many bytes as the array has, which are filled in where they are to stand.
    #[inline(always)]
    pub(super) fn in_place<const N: usize>(&mut self, fill: impl FnOnce(&mut [u8; N])) {
        self.room(N);
        // SAFETY: `room` has made sure of `N` bytes behind `written`, which nothing else refers to; they are initialised before `fill` sees them.
        unsafe {
            let end = self.buffer.as_mut_ptr().add(self.written).cast::<[u8; N]>();
            end.write([0; N]);
            fill(&mut *end);
        }
        self.written += N;
    }

    /// Writes a number.
    ///
    /// # Safety
    /// The buffer must have room for `VARINT_MAX` bytes behind `written`.
    #[inline(always)]
    unsafe fn varint_within(&mut self, value: i64) {
        let zigzag = ((value << 1) ^ (value >> 63)) as u64;
        // SAFETY: the caller has made sure of `VARINT_MAX` bytes behind `written`, and a number takes no more.
        unsafe {
            let end = self.buffer.as_mut_ptr().add(self.written);
            if zigzag < 0x80 {
                end.write(zigzag as u8);
                self.written += 1;
            } else if zigzag < 0x4000 {
                end.write(zigzag as u8 | 0x80);
                end.add(1).write((zigzag >> 7) as u8);
                self.written += 2;
            } else {
                self.written += long_varint(end, zigzag);
            }
        }
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

/// Copies bytes, of which there are few in most texts: then a call of the system's copying takes longer than to copy.
///
/// # Safety
/// `to` must be valid for writes of as many bytes, and not overlap them.
#[inline(always)]
unsafe fn copy(bytes: &[u8], to: *mut u8) {
    // SAFETY: each length is within what its copies need, and the caller has made sure of the rest.
    unsafe {
        match bytes.len() {
            4..=8 => both_ends::<4>(bytes, to),
            9..=16 => both_ends::<8>(bytes, to),
            17..=32 => both_ends::<16>(bytes, to),
            33..=64 => both_ends::<32>(bytes, to),
            length => std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, length),
        }
    }
}

/// Copies the first `N` bytes and the last `N`, which meet or overlap.
///
/// # Safety
/// As for [`copy`], and there must be `N` to twice as many bytes.
#[inline(always)]
unsafe fn both_ends<const N: usize>(bytes: &[u8], to: *mut u8) {
    let last = bytes.len() - N;
    // SAFETY: the caller has made sure that `N` bytes are at both places, and at both of `to`.
    unsafe {
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, N);
        std::ptr::copy_nonoverlapping(bytes.as_ptr().add(last), to.add(last), N);
    }
}

/// Writes a number of three bytes or more, and says how many they are.
///
/// # Safety
/// `end` must be valid for writes of [`VARINT_MAX`] bytes.
#[inline(never)]
unsafe fn long_varint(end: *mut u8, mut rest: u64) -> usize {
    let mut length = 0;
    loop {
        // SAFETY: 64 bits in groups of seven make ten bytes, so `length` stays below `VARINT_MAX`.
        let place = unsafe { end.add(length) };
        length += 1;
        if rest < 0x80 {
            // SAFETY: as above.
            unsafe { place.write(rest as u8) };
            return length;
        }
        // SAFETY: as above.
        unsafe { place.write(rest as u8 | 0x80) };
        rest >>= 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
