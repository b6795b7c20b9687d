//! A way to a key that `key = …` writes, with the names that fields have in the types on it.
//!
//! The derive sees names and no types. What a type on the way is, the compiler finds by methods: those that take their receiver by value, and ask for a
//! trait, go before those of the traits that every type has.
//!
//! What a type holds is a parameter of its trait: an associated type would have to be as public as the type itself.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

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
    fn __kafka_event_within(self) -> At<'a, Inner>;
}

impl<'a, Inner, T: Newtype<Inner>> Within<'a, Inner> for At<'a, T> {
    #[inline(always)]
    fn __kafka_event_within(self) -> At<'a, Inner> {
        At(self.0.inner())
    }
}

/// The same of all other types: they hold nothing that they are carried as.
pub trait NotWithin<'a, T> {
    /// It is here.
    #[must_use]
    fn __kafka_event_within(&self) -> At<'a, T>;
}

impl<'a, T> NotWithin<'a, T> for At<'a, T> {
    #[inline(always)]
    fn __kafka_event_within(&self) -> Self {
        *self
    }
}

/// What a pointer has behind it: where its own fields are none of that name, those are meant.
pub trait Behind<'a, Target> {
    /// What is there.
    #[must_use]
    fn __kafka_event_behind(self) -> At<'a, Target>;
}

impl<'a, T: Deref> Behind<'a, T::Target> for At<'a, T>
where
    T::Target: Sized,
{
    #[inline(always)]
    fn __kafka_event_behind(self) -> At<'a, T::Target> {
        At(self.0)
    }
}

/// The same of what is no pointer.
pub trait NotBehind<'a, T> {
    /// It is here.
    #[must_use]
    fn __kafka_event_behind(&self) -> At<'a, T>;
}

impl<'a, T> NotBehind<'a, T> for At<'a, T> {
    #[inline(always)]
    fn __kafka_event_behind(&self) -> Self {
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

/// What functions carry is not what the event has. It says of which type, so that nothing is said where that is none.
#[derive(Debug)]
pub struct CarriedByFunctions<T>(PhantomData<T>);

/// What is in the event as it is.
#[derive(Debug)]
pub struct AsItIs<T>(PhantomData<T>);

/// A field that functions carry.
pub trait Carried<T> {
    /// How it is carried.
    fn __kafka_event_carried(self) -> CarriedByFunctions<T>;
}

impl<T: ByFunctions<NAME>, const NAME: u64> Carried<T> for Named<'_, T, NAME> {
    fn __kafka_event_carried(self) -> CarriedByFunctions<T> {
        CarriedByFunctions(PhantomData)
    }
}

/// Any other.
pub trait NotCarried<T> {
    /// How it is carried.
    fn __kafka_event_carried(&self) -> AsItIs<T>;
}

impl<T, const NAME: u64> NotCarried<T> for Named<'_, T, NAME> {
    #[inline(always)]
    fn __kafka_event_carried(&self) -> AsItIs<T> {
        AsItIs(PhantomData)
    }
}

/// What a way may lead through.
#[diagnostic::on_unimplemented(
    message = "functions of the application's carry this field, and what they give is the key",
    label = "what is here is not what the event has",
    note = "a record leads to what they give by itself, where the manifest that it is derived from has the topic, without `key = …`"
)]
pub trait InTheEvent {}

impl<T> InTheEvent for AsItIs<T> {}

/// Of a type that is none the compiler does not know which of these it is, and says nothing more.
#[derive(Debug)]
pub enum NoType<const WHICH: bool> {}

impl InTheEvent for CarriedByFunctions<NoType<false>> {}
impl InTheEvent for CarriedByFunctions<NoType<true>> {}

/// Asks that it is in the event.
#[inline(always)]
pub const fn in_the_event<T: InTheEvent>(_: &T) {}
