use super::Limits;

/// What is left of the limits while something is read or written: bytes by [`Reader`](super::Reader), or text.
pub(crate) struct Budget {
    depth: u32,
    items: usize,
    memory: usize,
    /// The most stack, and where it was when reading began; 0 until something nests.
    stack: usize,
    begin: usize,
}

impl Budget {
    #[inline]
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            depth: limits.depth,
            items: limits.items,
            memory: limits.memory,
            stack: limits.stack,
            begin: 0,
        }
    }

    /// Goes into what may hold itself; `false` where that is too deep.
    #[inline(always)]
    pub(crate) fn enter(&mut self) -> bool {
        match self.depth.checked_sub(1) {
            Some(depth) => self.depth = depth,
            None => return false,
        }
        true
    }

    #[inline(always)]
    pub(crate) fn leave(&mut self) {
        self.depth += 1;
    }

    /// Whether there is stack for another level, of records and unions too where they are asked for: a schema nests as deep as it says.
    #[inline(always)]
    pub(crate) fn has_stack(&mut self) -> bool {
        // How far the stack has grown is the distance of two locals, whichever way it grows.
        let here = std::ptr::from_ref(&self).addr();
        if self.begin == 0 {
            self.begin = here;
        }
        here.abs_diff(self.begin) <= self.stack
    }

    /// Counts items before they are read or passed over; `false` where there are more than may be.
    #[inline(always)]
    pub(crate) fn count(&mut self, items: usize) -> bool {
        match self.items.checked_sub(items) {
            Some(left) => {
                self.items = left;
                true
            }
            None => false,
        }
    }

    /// What is left of items and of memory.
    #[inline(always)]
    pub(crate) fn left(&self) -> (usize, usize) {
        (self.items, self.memory)
    }

    /// Makes that be left again, where nothing is held of what was taken since.
    #[inline(always)]
    pub(crate) fn put_back(&mut self, left: (usize, usize)) {
        (self.items, self.memory) = left;
    }

    /// Whether so much may be held.
    #[cfg(any(feature = "json", feature = "serde"))]
    pub(crate) fn holds(&self, bytes: usize) -> bool {
        bytes <= self.memory
    }

    /// Takes memory before it is taken from the machine; `false` where so much is not left.
    #[inline(always)]
    pub(crate) fn charge(&mut self, bytes: usize) -> bool {
        match self.memory.checked_sub(bytes) {
            Some(left) => {
                self.memory = left;
                true
            }
            None => false,
        }
    }

    /// Gives back what was charged for what is held no more.
    #[inline(always)]
    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.memory += bytes;
    }
}
