//! A way to a key that `key = …` writes, with the names that fields have in the types on it.
//!
//! The derive sees names and no types. What a type on the way is, the compiler finds by methods: those that take their receiver by value, and ask for a
//! trait, go before those of the traits that every type has.
//!
//! What a type holds is a parameter of its trait: an associated type would have to be as public as the type itself.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use crate::codec::EncodeKeyAt;

/// What functions of the application's give, on the way to a key.
#[diagnostic::on_unimplemented(
    message = "`{Self}`, which `to_avro` gives, does not lead to the key of a message",
    label = "the way to a topic's key goes through what this gives",
    note = "the key's own type implements `EncodeKey`, and a record leads there by `#[derive(KafkaEvent)]` without `consume`"
)]
pub trait LeadsOn<Way, W: ?Sized> {
    /// Appends the key's bytes, as [`EncodeKeyAt`] does.
    fn encode_key_on(&self, out: &mut Vec<u8>) -> bool;
}

#[diagnostic::do_not_recommend]
impl<Way, W: ?Sized, T: EncodeKeyAt<Way, W> + ?Sized> LeadsOn<Way, W> for T {
    #[inline(always)]
    fn encode_key_on(&self, out: &mut Vec<u8>) -> bool {
        self.encode_key_at(out)
    }
}

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
    pub fn named<const NAME: u64>(self) -> Named<'a, T, NAME, false> {
        Named(PhantomData)
    }

    /// The same by a name that generated code has for the schema's.
    #[inline(always)]
    #[must_use]
    pub fn generated<const NAME: u64>(self) -> Named<'a, T, NAME, true> {
        Named(PhantomData)
    }
}

/// A field of what is there.
#[derive(Debug)]
pub struct Named<'a, T, const NAME: u64, const IS_GENERATED: bool>(PhantomData<&'a T>);

/// A record that has in a field of the name what is not in the event: functions of the application's carry it, or it is skipped. Where the name is one of
/// generated code's, it may also be called as another of the schema's fields.
pub trait Apart<const NAME: u64, const IS_GENERATED: bool> {}

/// A field of a type that has there what is not in the event. It says of which type, so that nothing is said where that is none.
#[derive(Debug)]
pub struct NotInTheEvent<T>(PhantomData<T>);

/// What is in the event as it is.
#[derive(Debug)]
pub struct AsItIs<T>(PhantomData<T>);

/// A field that is apart.
pub trait IsApart<T> {
    /// What is there.
    fn __kafka_event_there(self) -> NotInTheEvent<T>;
}

impl<T: Apart<NAME, IS_GENERATED>, const NAME: u64, const IS_GENERATED: bool> IsApart<T> for Named<'_, T, NAME, IS_GENERATED> {
    fn __kafka_event_there(self) -> NotInTheEvent<T> {
        NotInTheEvent(PhantomData)
    }
}

/// Any other.
pub trait IsNotApart<T> {
    /// What is there.
    fn __kafka_event_there(&self) -> AsItIs<T>;
}

impl<T, const NAME: u64, const IS_GENERATED: bool> IsNotApart<T> for Named<'_, T, NAME, IS_GENERATED> {
    #[inline(always)]
    fn __kafka_event_there(&self) -> AsItIs<T> {
        AsItIs(PhantomData)
    }
}

/// What a way may lead through.
#[diagnostic::on_unimplemented(
    message = "the way to the key leads through a field that has here what is not in the event",
    label = "functions carry this field, or it is skipped, or generated code calls another by its name",
    note = "a record leads to what functions give by itself, where the manifest that it is derived from has the topic, without `key = …`; a type of this crate, to whatever its fields are called"
)]
pub trait InTheEvent {}

impl<T> InTheEvent for AsItIs<T> {}

/// Of a type that is none the compiler does not know which of these it is, and says nothing more.
#[derive(Debug)]
pub enum NoType<const WHICH: bool> {}

#[diagnostic::do_not_recommend]
impl InTheEvent for NotInTheEvent<NoType<false>> {}
#[diagnostic::do_not_recommend]
impl InTheEvent for NotInTheEvent<NoType<true>> {}

/// Asks that it is in the event.
#[inline(always)]
pub const fn in_the_event<T: InTheEvent>(_: &T) {}

/// A pointer, with what is behind it.
#[derive(Debug)]
pub struct Pointer<T>(PhantomData<T>);

/// What no pointer leads on from.
#[derive(Debug)]
pub struct NoPointer<T>(PhantomData<T>);

/// A place that is a pointer.
pub trait IsPointer<T> {
    /// What it is.
    fn __kafka_event_pointer(self) -> Pointer<T>;
}

impl<T: Deref> IsPointer<T> for At<'_, T>
where
    T::Target: Sized,
{
    fn __kafka_event_pointer(self) -> Pointer<T> {
        Pointer(PhantomData)
    }
}

/// Any other.
pub trait IsNoPointer<T> {
    /// What it is.
    fn __kafka_event_pointer(&self) -> NoPointer<T>;
}

impl<T> IsNoPointer<T> for At<'_, T> {
    #[inline(always)]
    fn __kafka_event_pointer(&self) -> NoPointer<T> {
        NoPointer(PhantomData)
    }
}

/// A place behind which there is nothing more.
#[diagnostic::on_unimplemented(
    message = "the way to the key leads behind more pointers than are looked behind",
    label = "whether functions carry this field is not known",
    note = "without `key = …` each type leads on by itself"
)]
pub trait TheLast {}

impl<T> TheLast for NoPointer<T> {}

#[diagnostic::do_not_recommend]
impl TheLast for Pointer<NoType<false>> {}
#[diagnostic::do_not_recommend]
impl TheLast for Pointer<NoType<true>> {}

/// Asks that there is nothing more.
#[inline(always)]
pub const fn the_last<T: TheLast>(_: &T) {}
