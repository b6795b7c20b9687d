//! Whether what the derive finds goes from thread to thread.
//!
//! Were `Send` and `Sync` asked of a type itself, the compiler would speak of these, and twice, where the derive has words for what they are for.

/// Those that events go between.
#[derive(Debug)]
pub struct Threads;

/// They share values of a type.
pub trait Share<T: ?Sized> {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync + ?Sized> Share<T> for Threads {}
