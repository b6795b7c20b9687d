//! Whether what the derive finds goes from thread to thread.
//!
//! Were `Send` and `Sync` asked of a type itself, the compiler would speak of these, and twice, where the derive has words for what they are for.

/// A type that goes from thread to thread, as itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not go from thread to thread, as the events of a topic do",
    label = "this, or what it holds, is not `Send` and `Sync`",
    note = "an `Arc` stands in the place of an `Rc`, a `Mutex` or an atomic in that of a cell, and a `dyn Trait` says `+ Send + Sync`"
)]
pub trait GoesToOtherThreads {
    /// The type.
    type Is: ?Sized;
}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> GoesToOtherThreads for T
where
    Threads: Share<T>,
{
    type Is = T;
}

/// Those that events go between.
#[derive(Debug)]
pub struct Threads;

/// They share values of a type.
pub trait Share<T: ?Sized> {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync + ?Sized> Share<T> for Threads {}
