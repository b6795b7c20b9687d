//! Whether a type that an attribute names is what the topic wants there.
//!
//! Were its traits asked for where the topic is implemented, the compiler would say of each place that they are missing.

use std::marker::PhantomData;

use crate::codec::{Decode, DecodeError, Encode, Fingerprint, Reader, Record, Writer};
use crate::topic::{EncodeEvent, OwnedEvent};
use crate::wire;

/// A type of which it is asked what it is. A constant that it does not have is that of [`Unfit`].
#[derive(Debug)]
pub struct Of<T>(PhantomData<T>);

impl<T: Record> Of<T> {
    /// The record's name; empty where the type's derive has failed, and said why.
    pub const NAME: &'static str = T::FULL_NAME;
    /// Its layout.
    pub const LAYOUT: u64 = T::LAYOUT;
}

impl<T: OwnedEvent> Of<T> {
    /// Whether it is read whole.
    pub const IS_OWNED: bool = true;
}

impl<T: EncodeEvent> Of<T> {
    /// Whether it is written.
    pub const IS_WRITTEN: bool = true;
}

impl<T: Send + Sync> Of<T> {
    /// Whether it goes from thread to thread, without which it is neither read nor written.
    pub const IS_SHARED: bool = true;
}

/// The same of all other types.
pub trait Unfit {
    /// No record's name.
    const NAME: &'static str = "-";
    /// No record's layout.
    const LAYOUT: u64 = 0;
    /// Whether it is read whole.
    const IS_OWNED: bool = false;
    /// Whether it is written.
    const IS_WRITTEN: bool = false;
    /// Whether it goes from thread to thread.
    const IS_SHARED: bool = false;
}

impl<T> Unfit for Of<T> {}

/// A type of which it is asked what it is as an Avro type.
#[derive(Debug)]
pub struct As<W, T>(PhantomData<(W, T)>);

impl<W, T: Decode<'static, W>> As<W, T> {
    /// Which named type or union it is.
    pub const LAYOUT: u64 = T::LAYOUT;
}

impl<W, T> Unfit for As<W, T> {}

/// Whether a type fits.
#[derive(Debug)]
pub struct Fit<const FITS: bool>;

/// It does.
#[derive(Debug)]
pub struct Yes;

/// It does not.
#[derive(Debug)]
pub struct No;

/// The answer as a type, which traits are for.
pub trait Answer {
    /// [`Yes`] or [`No`].
    type Is;
}

impl Answer for Fit<true> {
    type Is = Yes;
}

impl Answer for Fit<false> {
    type Is = No;
}

/// A type where it fits, and another where it does not: of that nothing more is said.
pub trait Pick<T> {
    /// The one or the other.
    type Is;

    /// A value of the type.
    fn pick(value: &T) -> &Self::Is;

    /// The type of a value.
    fn back(value: Self::Is) -> T;

    /// The same of a reference.
    fn given(value: &Self::Is) -> &T;
}

impl<T> Pick<T> for Fit<true> {
    type Is = T;

    #[inline(always)]
    fn pick(value: &T) -> &T {
        value
    }

    #[inline(always)]
    fn back(value: T) -> T {
        value
    }

    #[inline(always)]
    fn given(value: &T) -> &T {
        value
    }
}

impl<T> Pick<T> for Fit<false> {
    type Is = Nothing;

    fn pick(_: &T) -> &Nothing {
        unreachable!("code with a type that does not fit is not compiled")
    }

    fn back(value: Nothing) -> T {
        match value {}
    }

    fn given(value: &Nothing) -> &T {
        match *value {}
    }
}

/// What stands for a type that does not fit: a record that nobody makes.
#[derive(Debug)]
pub enum Nothing {}

impl Record for Nothing {
    type Ref<'de> = Self;

    const FULL_NAME: &'static str = "";
    const SCHEMA: &'static str = "";
    const FINGERPRINT: Fingerprint = Fingerprint(0);
    const LAYOUT: u64 = 0;
}

impl<W: ?Sized> Encode<W> for Nothing {
    fn size_bound(&self) -> usize {
        match *self {}
    }

    fn encode(&self, _: &mut Writer<'_>) {
        match *self {}
    }
}

impl<'de> Decode<'de, wire::Record> for Nothing {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        Err(reader.refuse("a type that is no event"))
    }
}
