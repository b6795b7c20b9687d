//! Whether a type that an attribute names is what the topic wants there.
//!
//! Were its traits asked for where the topic is implemented, the compiler would say of each place that they are missing.

use std::marker::PhantomData;

use crate::codec::{Decode, DecodeError, Encode, Fingerprint, Reader, Record, Writer};
use crate::topic::OwnedEvent;
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

impl<T: Encode<wire::Record>> Of<T> {
    /// Whether it is written, by itself or from a box.
    pub const IS_WRITTEN: bool = true;
}

impl<T: Send + Sync> Of<T> {
    /// Whether it goes from thread to thread, without which it is neither read nor written.
    pub const IS_SHARED: bool = true;
}

/// The same of what a box holds.
#[derive(Debug)]
pub struct InBox<T>(PhantomData<T>);

impl<T: Record> InBox<Box<T>> {
    /// The record's name; empty where the type's derive has failed.
    pub const NAME: &'static str = T::FULL_NAME;
    /// Its layout.
    pub const LAYOUT: u64 = T::LAYOUT;
}

impl<T: OwnedEvent> InBox<Box<T>> {
    /// Whether it is read whole.
    pub const IS_OWNED: bool = true;
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

impl<T> Unfit for InBox<T> {}

/// A type of which it is asked what it is as an Avro type.
#[derive(Debug)]
pub struct As<W, T>(PhantomData<(W, T)>);

impl<W, T: Decode<'static, W>> As<W, T> {
    /// Which named type or union it is.
    pub const LAYOUT: u64 = T::LAYOUT;
}

impl<W, T> Unfit for As<W, T> {}

/// How a type fits: not at all, by itself, or by what it has in a box.
#[derive(Debug)]
pub struct Fit<const HOW: u8>;

/// A type does not fit.
pub const UNFIT: u8 = 0;
/// It fits by itself.
pub const BY_ITSELF: u8 = 1;
/// What it has in a box fits.
pub const BOXED: u8 = 2;

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

impl Answer for Fit<BY_ITSELF> {
    type Is = Yes;
}

impl Answer for Fit<BOXED> {
    type Is = Yes;
}

impl Answer for Fit<UNFIT> {
    type Is = No;
}

/// A type that is published where it is named, if that is so.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is only read, and what it is named in is published",
    label = "it says `consume` in its `#[kafka(…)]`, or what stands for its parameters is only read",
    note = "take `consume` away there, or add it to the `#[kafka(…)]` of what it is named in"
)]
pub trait Published<Fits> {
    /// The type.
    type Is;
}

#[diagnostic::do_not_recommend]
impl<T> Published<Yes> for T {
    type Is = T;
}

/// A record's type where it fits, what has it in a box or not, and another where it does not: of that nothing more is said.
pub trait Pick<T> {
    /// The one or the other.
    type Is;

    /// A value of the type.
    fn pick(value: &T) -> &Self::Is;

    /// The type of a value.
    fn back(value: Self::Is) -> T;
}

impl<T> Pick<T> for Fit<BY_ITSELF> {
    type Is = T;

    #[inline(always)]
    fn pick(value: &T) -> &T {
        value
    }

    #[inline(always)]
    fn back(value: T) -> T {
        value
    }
}

impl<T> Pick<Box<T>> for Fit<BOXED> {
    type Is = T;

    #[inline(always)]
    fn pick(value: &Box<T>) -> &T {
        value
    }

    #[inline(always)]
    fn back(value: T) -> Box<T> {
        Box::new(value)
    }
}

impl<T> Pick<T> for Fit<UNFIT> {
    type Is = Nothing;

    fn pick(_: &T) -> &Nothing {
        unreachable!("code with a type that does not fit is not compiled")
    }

    fn back(value: Nothing) -> T {
        match value {}
    }
}

/// A type where it fits, as itself; and as any other where it does not, of which nothing more is known.
pub trait Given<T, U> {
    /// The same value.
    fn given(value: &T) -> &U;
}

impl<T> Given<T, T> for Fit<BY_ITSELF> {
    #[inline(always)]
    fn given(value: &T) -> &T {
        value
    }
}

impl<T> Given<T, T> for Fit<BOXED> {
    #[inline(always)]
    fn given(value: &T) -> &T {
        value
    }
}

impl<T, U> Given<T, U> for Fit<UNFIT> {
    fn given(_: &T) -> &U {
        unreachable!("code with a type that does not fit is not compiled")
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
