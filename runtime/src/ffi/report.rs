//! What rides on a message to its delivery report: who is to be told, in one allocation behind a pointer as wide as librdkafka has room for.

use std::ffi::c_void;
use std::ptr::NonNull;

use rdkafka::util::IntoOpaque;

/// The duty to tell one outcome of a message. Dropped, it is told to nobody.
///
/// A boxed closure would be two pointers wide, and would need a second box: an allocation more for each message, freed on another thread.
pub(crate) struct Pending<O>(NonNull<Header<O>>);

#[repr(C)]
struct Header<O> {
    /// Takes the whole back, and calls it where there is an outcome.
    end: unsafe fn(NonNull<Header<O>>, Option<O>),
    topic: usize,
    bytes: usize,
}

/// The header with the closure behind it.
#[repr(C)]
struct Whole<O, F> {
    header: Header<O>,
    told: F,
}

// SAFETY: the closure is `Send`, and nothing but the header is reached through a shared reference.
unsafe impl<O> Send for Pending<O> {}
// SAFETY: as above.
unsafe impl<O> Sync for Pending<O> {}

impl<O> Pending<O> {
    /// For a message of a topic, by its number, that takes so many bytes of room.
    pub(crate) fn new<F: FnOnce(O) + Send + 'static>(topic: usize, bytes: usize, told: F) -> Self {
        let header = Header {
            end: end::<O, F>,
            topic,
            bytes,
        };
        let whole = Box::into_raw(Box::new(Whole { header, told }));
        // SAFETY: a box is never null; the header is the first field of `repr(C)`, so their addresses are equal.
        Self(unsafe { NonNull::new_unchecked(whole) }.cast())
    }

    pub(crate) fn topic(&self) -> usize {
        // SAFETY: alive until `end` or `drop`.
        unsafe { self.0.as_ref() }.topic
    }

    pub(crate) fn bytes(&self) -> usize {
        // SAFETY: alive until `end` or `drop`.
        unsafe { self.0.as_ref() }.bytes
    }

    /// Tells the outcome.
    pub(crate) fn end(self, outcome: O) {
        let header = self.0;
        std::mem::forget(self);
        // SAFETY: made by `new` with the function of its own types, and given away here for good.
        unsafe { (header.as_ref().end)(header, Some(outcome)) }
    }
}

/// # Safety
/// The header is that of a `Whole<O, F>` in a box, which is given away.
unsafe fn end<O, F: FnOnce(O)>(header: NonNull<Header<O>>, outcome: Option<O>) {
    // SAFETY: by contract.
    let whole = unsafe { Box::from_raw(header.cast::<Whole<O, F>>().as_ptr()) };
    if let Some(outcome) = outcome {
        (whole.told)(outcome);
    }
}

impl<O> Drop for Pending<O> {
    fn drop(&mut self) {
        // SAFETY: made by `new`, not ended, and dropped once.
        unsafe { (self.0.as_ref().end)(self.0, None) }
    }
}

impl<O> IntoOpaque for Pending<O> {
    fn into_ptr(self) -> *mut c_void {
        let pointer = self.0.as_ptr().cast();
        std::mem::forget(self);
        pointer
    }

    unsafe fn from_ptr(pointer: *mut c_void) -> Self {
        // SAFETY: by contract it comes from `into_ptr`, which is never null.
        Self(unsafe { NonNull::new_unchecked(pointer.cast()) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn it_is_told_once_or_dropped() {
        let told = Arc::new(AtomicU32::new(0));
        let pending = || {
            let told = told.clone();
            Pending::new(3, 7, move |outcome: u32| _ = told.fetch_add(outcome, Ordering::Relaxed))
        };
        let (first, second) = (pending(), pending());
        assert_eq!((first.topic(), first.bytes(), Arc::strong_count(&told)), (3, 7, 3));
        first.end(5);
        assert_eq!((told.load(Ordering::Relaxed), Arc::strong_count(&told)), (5, 2));
        drop(second);
        assert_eq!((told.load(Ordering::Relaxed), Arc::strong_count(&told)), (5, 1));
        let pointer = pending().into_ptr();
        // SAFETY: it comes from the line above, and is taken back once.
        unsafe { Pending::<u32>::from_ptr(pointer) }.end(1);
        assert_eq!((told.load(Ordering::Relaxed), Arc::strong_count(&told)), (6, 1));
    }
}
