//! One field of an event, without the event.

mod error;
mod peeked;
mod route;
mod topic;

use std::fmt;
use std::marker::PhantomData;

use kafka_event_codegen::compat::Version;
use kafka_event_codegen::load_text;

pub use error::PeekError;
pub use peeked::Peeked;
pub use topic::TopicPeek;

use self::error::Unpeeked;
use self::route::{Move, Route};
use super::skip::skip;
use super::step::Step;
use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, Limits, Reader, Schema};

/// One field of an event, read without the rest: what stands before it is passed over, and what stands behind it is not looked at.
///
/// A key, a time or a kind of event decides what becomes of a message: that alone is decoded here. The field is named by its path from the
/// record, joined by dots, in Avro's names; it is read as any type that reads it, [`Peeked`]. A record on the way may be null: then an
/// `Option` is `None`, and another type an error.
///
/// ```
/// # use kafka_event::codec::{Datum, Decode, Encode, Reader, Writer};
/// # use kafka_event::{DecodeError, Fingerprint, Record, wire};
/// # struct Landed;
/// # impl Encode<wire::Record> for Landed {
/// #     fn size_bound(&self) -> usize { 0 }
/// #     fn encode(&self, _: &mut Writer<'_>) {}
/// # }
/// # impl<'de> Decode<'de, wire::Record> for Landed {
/// #     fn decode(_: &mut Reader<'de>) -> Result<Self, DecodeError> { Ok(Self) }
/// # }
/// # impl Record for Landed {
/// #     type Ref<'de> = Self;
/// #     const FULL_NAME: &'static str = "Landed";
/// #     const SCHEMA: &'static str = r#"{"type": "record", "name": "Landed", "fields": [
/// #         {"name": "crew", "type": {"type": "array", "items": "string"}},
/// #         {"name": "location", "type": {"type": "record", "name": "Location", "fields": [
/// #             {"name": "latitude", "type": "double"},
/// #             {"name": "planet", "type": "string"}
/// #         ]}},
/// #         {"name": "log", "type": "string"}
/// #     ]}"#;
/// #     const FINGERPRINT: Fingerprint = Fingerprint(0);
/// #     const LAYOUT: u64 = 0;
/// # }
/// # let bytes = b"\x04\x06Ada\x06Bob\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08Mars";
/// use kafka_event::evolution::Peek;
///
/// // Made once, and shared by threads.
/// let planet = Peek::<String>::new::<Landed>("location.planet")?;
/// assert_eq!(planet.of(bytes).unwrap(), "Mars");
/// // Borrowed from the bytes: nothing is allocated.
/// let borrowed: &str = planet.of_ref(bytes).unwrap();
/// assert_eq!(borrowed, "Mars");
///
/// let error = Peek::<String>::new::<Landed>("location.plant").unwrap_err();
/// assert_eq!(error.to_string(), "`Location` has no field `plant`: did you mean `location.planet`?");
/// # Ok::<_, kafka_event::evolution::PeekError>(())
/// ```
pub struct Peek<T> {
    route: Route,
    path: Box<str>,
    of: PhantomData<fn() -> T>,
}

impl<T: Peeked> Peek<T> {
    /// Of an event's type, from the bytes of its own schema.
    ///
    /// # Errors
    /// The path leads to no field, or the field is never read as the type.
    pub fn new<E: Schema>(path: &str) -> Result<Self, PeekError> {
        Self::from_schema(path, E::SCHEMA)
    }

    /// Of what is written with a schema, whose names the path has.
    ///
    /// # Errors
    /// The schema is none, or as [`new`](Self::new).
    pub fn from_schema(path: &str, schema: &str) -> Result<Self, PeekError> {
        Ok(Self::between(path, schema, schema)?)
    }

    /// Of an event's type, from the bytes of another version of its schema: the path has the type's names, and the field is where that
    /// version has it, by its name or an alias; where it has none, it is the default.
    ///
    /// # Errors
    /// The schema is none, or as [`new`](Self::new).
    pub fn of_version<E: Schema>(path: &str, writer: &str) -> Result<Self, PeekError> {
        Ok(Self::between(path, E::SCHEMA, writer)?)
    }

    fn between(path: &str, reader: &str, writer: &str) -> Result<Self, Unpeeked> {
        let load = |name: &str, text: &str| load_text(name, text).map_err(Unpeeked::Schema);
        let (reader, read) = load("the reader's schema", reader)?;
        let (writer, written) = load("the writer's schema", writer)?;
        let (peeked, peeked_as) = load("the schema of the peeked type", &T::schema())?;
        let version = |contract, id| Version { contract, id };
        Ok(Self {
            route: route::find(path, version(&reader, read), version(&writer, written), version(&peeked, peeked_as))?,
            path: path.into(),
            of: PhantomData,
        })
    }

    /// The field of an encoded event, within [`Limits::DEFAULT`].
    ///
    /// # Errors
    /// The bytes are no such event as far as the field, or its value cannot be read as the type.
    #[inline]
    pub fn of(&self, bytes: &[u8]) -> Result<T, DecodeError> {
        self.read::<T>(bytes, Limits::DEFAULT)
    }

    /// The same within limits of one's own: what is passed over counts too.
    ///
    /// # Errors
    /// As there, or a limit was met.
    #[inline]
    pub fn of_within(&self, bytes: &[u8], limits: Limits) -> Result<T, DecodeError> {
        self.read::<T>(bytes, limits)
    }

    /// The field with text and bytes borrowed from the encoded event, or from a default.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    #[inline]
    pub fn of_ref<'de>(&'de self, bytes: &'de [u8]) -> Result<T::Ref<'de>, DecodeError> {
        self.read::<T::Ref<'de>>(bytes, Limits::DEFAULT)
    }

    /// The same within limits of one's own.
    ///
    /// # Errors
    /// As there, or a limit was met.
    #[inline]
    pub fn of_ref_within<'de>(&'de self, bytes: &'de [u8], limits: Limits) -> Result<T::Ref<'de>, DecodeError> {
        self.read::<T::Ref<'de>>(bytes, limits)
    }

    /// The field's path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    #[inline]
    fn read<'de, U: Decode<'de, T::Wire>>(&'de self, bytes: &'de [u8], limits: Limits) -> Result<U, DecodeError> {
        let mut reader = Reader::new(bytes, limits);
        let read = self.to_field(&mut reader).and_then(|there| match there {
            There::Written => U::evolve(&mut reader, Step::root(&self.route.field)),
            There::Default(place) => U::evolve(&mut reader, Step::root(&self.route.field)).map_err(|error| error.at(place)),
            There::Null => match T::NULL {
                // What is absent is read as a null that was written.
                Some(null) => U::decode(&mut Reader::new(null, limits)),
                None => Err(reader.error(Kind::Unresolvable("a null where the field's record may be"))),
            },
        });
        match read {
            Ok(value) => Ok(value),
            Err(error) => Err(error.inside(self.path.to_string())),
        }
    }

    /// Passes over what stands before the field.
    #[inline]
    fn to_field<'de>(&'de self, reader: &mut Reader<'de>) -> Result<There, DecodeError> {
        let mut there = There::Written;
        for step in &self.route.moves {
            match step {
                Move::Pass(passed) => skip(&self.route.field.skips, *passed, reader)?,
                Move::NotNull { null } => match reader.varint()? {
                    branch if branch == *null => return Ok(There::Null),
                    0 | 1 => {}
                    branch => return Err(reader.no_such_branch(branch, 2)),
                },
                Move::Default(bytes) => there = There::Default(reader.begin(bytes)),
            }
        }
        Ok(there)
    }
}

/// What there is of a field.
enum There {
    /// It comes next.
    Written,
    /// Its default does, which was turned to at this place of the event.
    Default(usize),
    /// Nothing: a record on the way is null.
    Null,
}

impl<T> fmt::Debug for Peek<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Peek").field(&self.path).finish()
    }
}
