//! The way to a key's field: by the schema's names, through whatever types of the application's stand on it.
//!
//! The derive sees names and no types. What a type on the way is, the compiler finds by the methods of [`At`]: those that take it by value, and ask for a
//! trait, go before those of [`Otherwise`].
//!
//! What a type holds is a parameter of its trait: an associated type would have to be as public as the type itself.

use std::fmt;

/// A place on the way.
pub struct At<'a, T>(pub &'a T);

impl<T> Clone for At<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for At<'_, T> {}

impl<T> fmt::Debug for At<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("At").finish_non_exhaustive()
    }
}

/// A type that is carried as another is, which it holds.
pub trait Newtype<Inner> {
    /// What it holds.
    fn inner(&self) -> &Inner;
}

impl<T> Newtype<T> for Box<T> {
    #[inline(always)]
    fn inner(&self) -> &T {
        self
    }
}

impl<T> Newtype<T> for At<'_, T> {
    #[inline(always)]
    fn inner(&self) -> &T {
        self.0
    }
}

/// A record of an application's own, some fields of which keys lead through, or have other names than the schema's.
pub trait Fields<'a, Named> {
    /// Those by the names that generated code gives them.
    fn named(&'a self) -> Named;
}

/// What stands on a way for a field that functions of the application's carry: what they give is not there to be led through, and the field itself is
/// not what the schema has.
#[derive(Debug)]
pub struct CarriedByFunctions;

/// What stands on a way for a field that a record of an application's own does not have, where another of its fields has that name.
#[derive(Debug)]
pub struct LeftOut;

/// A step into what a type holds.
pub trait Within<'a, Inner> {
    /// What it holds.
    #[must_use]
    fn within(self) -> At<'a, Inner>;
}

impl<'a, Inner, T: Newtype<Inner>> Within<'a, Inner> for At<'a, T> {
    #[inline(always)]
    fn within(self) -> At<'a, Inner> {
        At(self.0.inner())
    }
}

/// What has a record's fields by the names of generated code.
pub trait OfFields<Named> {
    /// What has them.
    #[must_use]
    fn fields(self) -> Named;
}

impl<'a, Named, T: Fields<'a, Named>> OfFields<Named> for At<'a, T> {
    #[inline(always)]
    fn fields(self) -> Named {
        self.0.named()
    }
}

impl<'a, T> At<'a, At<'_, T>> {
    /// The end of the way.
    #[inline(always)]
    #[must_use]
    pub fn value(self) -> &'a T {
        self.0.0
    }
}

/// The same of all other types.
pub trait Otherwise<'a, T> {
    /// It holds nothing that it is carried as.
    #[must_use]
    fn within(&self) -> At<'a, T>;

    /// Its fields have these names, or others than the schema's.
    fn fields(&self) -> &'a T;

    /// It is the end.
    fn value(&self) -> &'a T;
}

impl<'a, T> Otherwise<'a, T> for At<'a, T> {
    #[inline(always)]
    fn within(&self) -> Self {
        *self
    }

    #[inline(always)]
    fn fields(&self) -> &'a T {
        self.0
    }

    #[inline(always)]
    fn value(&self) -> &'a T {
        self.0
    }
}
