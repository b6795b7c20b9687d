/// What decoding one event may cost, whatever its bytes claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep collections and recursive records may nest.
    pub depth: u32,
    /// How many items arrays and maps may have, in all, those that nobody reads included; but not those of a block that says its size, over which one
    /// goes at once.
    ///
    /// Each takes a byte of [`memory`](Self::memory) at least, so that the default, which is as large, ends nothing sooner. It need not: so many items
    /// that take no bytes are read in some 20 ms. It is for those who raise the memory, since a few bytes can claim any number of such items; and for
    /// those who lower it.
    pub items: usize,
    /// How many bytes of memory collections and the records in boxes may take, in all, owned or borrowed: with the room that a collection has for
    /// more items and what each `Arc` has around its text, and without the text and the bytes in them, which are no longer than the event. What
    /// grows is there twice for as long as it is moved.
    pub memory: usize,
    /// How many bytes of the thread's stack nested values may take: frames are large where records are wide or nothing is optimised.
    pub stack: usize,
}

impl Limits {
    /// 64 levels, as many items as 64 MiB have bytes, as much memory, and 1 MiB of stack: half of what a thread of the standard library has.
    pub const DEFAULT: Self = Self {
        depth: 64,
        items: 64 << 20,
        memory: 64 << 20,
        stack: 1 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
