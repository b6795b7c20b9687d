//! A way to a key that `key = …` writes, with the names that fields have in the types on it.
//!
//! The derive sees names and no types. What a type on the way is, the compiler finds by methods: those that take their receiver by value, and ask for a
//! trait, go before those of the traits that every type has.
//!
//! What a type holds is a parameter of its trait: an associated type would have to be as public as the type itself.

use std::fmt;
use std::marker::PhantomData;

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

/// The same of all other types: they hold nothing that they are carried as.
pub trait NotWithin<'a, T> {
    /// It is here.
    #[must_use]
    fn within(&self) -> At<'a, T>;
}

impl<'a, T> NotWithin<'a, T> for At<'a, T> {
    #[inline(always)]
    fn within(&self) -> Self {
        *self
    }
}

impl<'a, T> At<'a, T> {
    /// A step to a field, by the [`name`](crate::codec::way::name) that it has here.
    #[inline(always)]
    #[must_use]
    pub fn named<const NAME: u64>(self) -> Named<'a, T, NAME> {
        Named(PhantomData)
    }
}

/// A field of what is there.
#[derive(Debug)]
pub struct Named<'a, T, const NAME: u64>(PhantomData<&'a T>);

/// A record whose field of the name functions of the application's carry.
pub trait ByFunctions<const NAME: u64> {}

/// What functions carry is not what the event has.
#[derive(Debug)]
pub struct CarriedByFunctions;

/// What is in the event as it is.
#[derive(Debug)]
pub struct AsItIs;

/// A field that functions carry.
pub trait Carried {
    /// How it is carried.
    fn carried(self) -> CarriedByFunctions;
}

impl<T: ByFunctions<NAME>, const NAME: u64> Carried for Named<'_, T, NAME> {
    fn carried(self) -> CarriedByFunctions {
        CarriedByFunctions
    }
}

/// Any other.
pub trait NotCarried {
    /// How it is carried.
    fn carried(&self) -> AsItIs;
}

impl<T, const NAME: u64> NotCarried for Named<'_, T, NAME> {
    #[inline(always)]
    fn carried(&self) -> AsItIs {
        AsItIs
    }
}

/// What a way may lead through.
#[diagnostic::on_unimplemented(
    message = "functions of the application's carry this field, and what they give is the key",
    label = "what is here is not what the event has",
    note = "the record leads to what they give by itself, where the manifest that it is derived from has the topic: take `key = …` away"
)]
pub trait InTheEvent {}

impl InTheEvent for AsItIs {}

/// Asks that it is in the event.
#[inline(always)]
pub const fn in_the_event<T: InTheEvent>(_: &T) {}
