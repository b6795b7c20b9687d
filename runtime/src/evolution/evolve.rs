//! What an application calls.

use std::fmt;
use std::marker::PhantomData;

use super::compile;
use super::error::EvolutionError;
use super::plan::Plan;
use super::step::Step;
use crate::codec::{Decode, DecodeError, DecodeOwned, Limits, Schema, read_by};

/// A type, read from what was written with another version of its schema.
///
/// Made once for a writer's schema, and shared by threads.
///
/// ```
/// # use kafka_event::codec::{Datum, Decode, Encode, Reader, Writer};
/// # use kafka_event::{DecodeError, Fingerprint, Schema, wire};
/// # #[derive(Debug, PartialEq)]
/// # struct Count(i64);
/// # impl Datum for Count { type Wire = wire::Long; }
/// # impl Encode<wire::Long> for Count {
/// #     fn size_bound(&self) -> usize { 10 }
/// #     fn encode(&self, writer: &mut Writer<'_>) { writer.varint(self.0) }
/// # }
/// # impl<'de> Decode<'de, wire::Long> for Count {
/// #     fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> { reader.varint().map(Self) }
/// # }
/// # impl Schema for Count {
/// #     type Ref<'de> = Self;
/// #     const SCHEMA: &'static str = "\"long\"";
/// #     const FINGERPRINT: Fingerprint = Fingerprint(0);
/// #     const LAYOUT: u64 = 0;
/// # }
/// use kafka_event::evolution::Evolution;
///
/// // `Count` is a long; before, it was an int.
/// let evolution = Evolution::<Count>::from_schema(r#""int""#)?;
/// assert_eq!(evolution.decode(&[14]).unwrap(), Count(7));
/// # Ok::<_, kafka_event::evolution::EvolutionError>(())
/// ```
pub struct Evolution<T> {
    plan: Plan,
    of: PhantomData<fn() -> T>,
}

impl<T: Schema> Evolution<T> {
    /// From the schema of the writer.
    ///
    /// # Errors
    /// The schema is none, or nothing that is written with it can be read as this type.
    pub fn from_schema(writer: &str) -> Result<Self, EvolutionError> {
        Ok(Self {
            plan: compile::plan(T::SCHEMA, T::FIELDS, writer)?,
            of: PhantomData,
        })
    }

    /// Whether both are written alike, so that the type's own decoder reads the writer's bytes.
    #[must_use]
    pub fn is_alike(&self) -> bool {
        Step::root(&self.plan).is_alike()
    }

    /// Decodes a datum of the writer's from its bare bytes, within [`Limits::DEFAULT`].
    ///
    /// # Errors
    /// The bytes are not such a datum, or this one cannot be read as the type.
    #[inline]
    pub fn decode(&self, bytes: &[u8]) -> Result<T, DecodeError>
    where
        T: DecodeOwned<T::Wire>,
    {
        self.decode_within(bytes, Limits::DEFAULT)
    }

    /// The same within limits of one's own.
    ///
    /// # Errors
    /// As there, or a limit was met.
    #[inline]
    pub fn decode_within(&self, bytes: &[u8], limits: Limits) -> Result<T, DecodeError>
    where
        T: DecodeOwned<T::Wire>,
    {
        self.read::<T>(bytes, limits)
    }

    /// Decodes with text and bytes borrowed from the bytes, and from the defaults of this.
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    #[inline]
    pub fn decode_ref<'de>(&'de self, bytes: &'de [u8]) -> Result<T::Ref<'de>, DecodeError> {
        self.decode_ref_within(bytes, Limits::DEFAULT)
    }

    /// The same within limits of one's own.
    ///
    /// # Errors
    /// As there, or a limit was met.
    #[inline]
    pub fn decode_ref_within<'de>(&'de self, bytes: &'de [u8], limits: Limits) -> Result<T::Ref<'de>, DecodeError> {
        self.read::<T::Ref<'de>>(bytes, limits)
    }

    #[inline]
    fn read<'de, U: Decode<'de, T::Wire>>(&'de self, bytes: &'de [u8], limits: Limits) -> Result<U, DecodeError> {
        read_by::<T::Wire, U>(bytes, limits, Some(Step::root(&self.plan)))
    }
}

impl<T> fmt::Debug for Evolution<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evolution")
            .field("steps", &self.plan.nodes.len())
            .finish_non_exhaustive()
    }
}
