//! What the compiler cannot check of the codec: bytes that are stored behind a buffer's length, and text of bytes that were looked at.
//!
//! Nowhere else in the codec is there `unsafe`.

/// The longest a 64-bit number gets.
pub(super) const VARINT_MAX: usize = 10;

/// Bytes that are appended to a buffer, whose length is raised at the end.
pub(super) struct Tail<'a> {
    buffer: &'a mut Vec<u8>,
    /// Bytes of the buffer's allocation that hold written data; `buffer.len()` follows in [`keep`](Self::keep).
    written: usize,
    /// What the buffer held before.
    start: usize,
}

impl<'a> Tail<'a> {
    /// Begins behind what the buffer holds, with room for `bound` bytes.
    #[inline]
    pub(super) fn new(buffer: &'a mut Vec<u8>, bound: usize) -> Self {
        // A number asks for the room of the longest, whatever its type is bound to.
        buffer.reserve(bound.saturating_add(VARINT_MAX));
        let start = buffer.len();
        Self {
            buffer,
            written: start,
            start,
        }
    }

    /// Leaves the buffer with all that was written.
    #[inline]
    pub(super) fn keep(self) {
        // SAFETY: every write checks that its bytes are within the capacity and initialises all of them before it raises `written`, which
        // began at the buffer's length.
        unsafe { self.buffer.set_len(self.written) };
    }

    /// Leaves it as it was.
    #[cold]
    pub(super) fn forget(self) {
        self.buffer.truncate(self.start);
    }

    /// Makes room for `wanted` more bytes where there is none.
    #[inline(always)]
    fn room(&mut self, wanted: usize) {
        if self.buffer.capacity() - self.written < wanted {
            // SAFETY: as in `keep`.
            unsafe { grow(self.buffer, self.written, wanted) };
        }
    }

    /// Copies bytes as they are.
    #[inline(always)]
    pub(super) fn raw(&mut self, bytes: &[u8]) {
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
    pub(super) fn varint(&mut self, value: i64) {
        self.room(VARINT_MAX);
        // SAFETY: `room` has made sure of them.
        unsafe { self.varint_within(value) };
    }

    /// Writes a length and as many bytes.
    #[inline(always)]
    pub(super) fn prefixed(&mut self, bytes: &[u8]) {
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

/// Makes room for `wanted` more bytes. Not a method: a `Tail` whose address nobody takes is kept in registers.
///
/// # Safety
/// The buffer's first `written` bytes must be within its capacity and initialised.
#[cold]
#[inline(never)]
unsafe fn grow(buffer: &mut Vec<u8>, written: usize, wanted: usize) {
    // SAFETY: the caller has made sure of them; `reserve` must know of the written bytes, to keep them.
    unsafe { buffer.set_len(written) };
    buffer.reserve(wanted);
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

/// Text of bytes that are UTF-8. Few bytes are looked at in line, where ASCII is all that most of them are.
#[inline(always)]
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    let is_ascii = match bytes.len() {
        8..=16 => are_ascii_ends::<8>(bytes),
        17..=32 => are_ascii_ends::<16>(bytes),
        33..=64 => are_ascii_ends::<32>(bytes),
        _ => false,
    };
    if is_ascii {
        // SAFETY: ASCII is UTF-8.
        Some(unsafe { std::str::from_utf8_unchecked(bytes) })
    } else {
        other_text(bytes)
    }
}

/// The same of fewer bytes, of more, and of those beyond ASCII, for which `simdutf8` or the standard library takes longer to begin.
#[inline(never)]
fn other_text(bytes: &[u8]) -> Option<&str> {
    let is_ascii = match bytes.len() {
        ..=3 => bytes.iter().all(u8::is_ascii),
        4..=7 => are_ascii_ends::<4>(bytes),
        65..=256 => are_ascii_words(bytes),
        _ => false,
    };
    if is_ascii {
        // SAFETY: ASCII is UTF-8.
        Some(unsafe { std::str::from_utf8_unchecked(bytes) })
    } else {
        utf8(bytes)
    }
}

/// The same of any bytes; apart, so that what it needs is not set up for those above.
#[inline(never)]
fn utf8(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// Whether all bytes are ASCII, the first `N` and the last `N`, of which there are `N` to twice as many.
#[inline(always)]
fn are_ascii_ends<const N: usize>(bytes: &[u8]) -> bool {
    let (Some(first), Some(last)) = (bytes.first_chunk::<N>(), bytes.last_chunk::<N>()) else {
        return false;
    };
    if bytes.len() > 2 * N {
        return false;
    }
    std::iter::zip(first, last).fold(0, |bits, (first, last)| bits | first | last) < 0x80
}

/// Whether all bytes are ASCII, eight or more, without a branch for each.
#[inline(always)]
fn are_ascii_words(bytes: &[u8]) -> bool {
    let (words, _) = bytes.as_chunks::<8>();
    let Some(last) = bytes.last_chunk::<8>() else { return false };
    let bits = words.iter().chain([last]).fold(0, |bits, word| bits | u64::from_ne_bytes(*word));
    bits & 0x8080_8080_8080_8080 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Specification, "Primitive Types": a string is UTF-8. Of every length that is looked at in its own way, what is beyond ASCII at each place.
    #[test]
    fn text_is_what_the_standard_library_says() {
        let ascii: Vec<u8> = (0..300).map(|place| (place % 0x80) as u8).collect();
        for length in 0..=ascii.len() {
            assert_eq!(text(&ascii[..length]).map(str::len), Some(length));
            for place in 0..length {
                for other in [&[0x80][..], &[0xC3, 0xBC], &[0xED, 0xA0, 0x80], &[0xF0, 0x9F, 0xA6, 0x80], &[0xFF]] {
                    let mut bytes = ascii[..length].to_vec();
                    let end = length.min(place + other.len());
                    bytes[place..end].copy_from_slice(&other[..end - place]);
                    assert_eq!(
                        text(&bytes),
                        std::str::from_utf8(&bytes).ok(),
                        "{other:02x?} at {place} of {length}"
                    );
                }
            }
        }
    }

    /// The sum of bounds is room enough: a number's is the least that its type takes, and not what is asked for before it is written.
    #[test]
    fn a_number_at_the_end_asks_for_no_more_room() {
        for bound in 1..=VARINT_MAX {
            let mut buffer = Vec::new();
            let mut tail = Tail::new(&mut buffer, 100 + bound);
            let room = tail.buffer.capacity();
            tail.raw(&[7; 100]);
            tail.varint(1_i64.checked_shl(7 * bound as u32 - 2).unwrap_or(i64::MIN));
            assert_eq!(tail.written, 100 + bound);
            assert_eq!(tail.buffer.capacity(), room, "{bound}");
        }
    }
}
