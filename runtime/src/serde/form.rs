use std::borrow::Cow;
use std::sync::OnceLock;

use kafka_event_codegen::load_text;
use serde_core::de::Error as _;
use serde_core::ser::Error as _;
use serde_core::{Deserializer, Serializer};

use super::{WITHOUT_BOUND, limits, read, write};
use crate::codec::{Decode, Encode, Limits, Writer, read_by};
use crate::shape::Plan;
use crate::shared_schema::{Parts, SchemaText, SharedSchema};

/// The form of a generated type in serde's formats: made of its schema when it is first needed, and kept.
#[derive(Debug)]
pub struct Form {
    schema: Text,
    /// Of the schema, the union of this place.
    union: Option<usize>,
    plan: OnceLock<Result<Plan, String>>,
}

#[derive(Debug)]
enum Text {
    Whole(&'static str),
    /// It would be as long as all of its types for each of them.
    Parts(Parts),
}

impl Form {
    const fn new(schema: Text, union: Option<usize>) -> Self {
        Self {
            schema,
            union,
            plan: OnceLock::new(),
        }
    }

    /// That of a record whose schema is put together.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_shared<T: SharedSchema>() -> Self {
        Self::new(Text::Parts(<T::Text as SchemaText>::PARTS), None)
    }

    /// That of a union of such a record, by its place among its own.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_union_of_shared<T: SharedSchema>(place: usize) -> Self {
        Self::new(Text::Parts(<T::Text as SchemaText>::PARTS), Some(place))
    }

    /// That of a schema.
    #[must_use]
    pub const fn of(schema: &'static str) -> Self {
        Self::new(Text::Whole(schema), None)
    }

    /// That of a union of a record's or a root's schema, by its place among theirs.
    #[must_use]
    pub const fn of_union(schema: &'static str, place: usize) -> Self {
        Self::new(Text::Whole(schema), Some(place))
    }

    fn plan(&'static self) -> Result<&'static Plan, &'static str> {
        let made = self.plan.get_or_init(|| {
            let schema = match self.schema {
                Text::Whole(text) => Cow::Borrowed(text),
                Text::Parts(parts) => Cow::Owned(parts.text()),
            };
            let (contract, id) = load_text("the schema", &schema).map_err(|report| report.to_string())?;
            match self.union {
                None => Ok(Plan::of(&contract.model, id)),
                Some(place) => Plan::of_union(&contract.model, id, place).ok_or_else(|| format!("the schema has no union {place}")),
            }
        });
        made.as_ref().map_err(String::as_str)
    }

    /// Writes a value.
    ///
    /// # Errors
    /// The value cannot be encoded, or the format refuses it.
    pub fn serialize<W: ?Sized, T: Encode<W>, S: Serializer>(&'static self, value: &T, to: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::new();
        let mut writer = Writer::new(&mut bytes, value.size_bound());
        value.encode(&mut writer);
        writer.finish().map_err(S::Error::custom)?;
        write::value(self.plan().map_err(S::Error::custom)?, &bytes, to)
    }

    /// Reads a value.
    ///
    /// # Errors
    /// What is read is none of the schema's, or the type refuses it.
    pub fn deserialize<'de, W: ?Sized, T: for<'b> Decode<'b, W>, D: Deserializer<'de>>(&'static self, from: D) -> Result<T, D::Error> {
        let limits = limits::current();
        let bytes = read::value(self.plan().map_err(D::Error::custom)?, limits, from)?;
        // It is as large as what was read, and what that left to defaults, which was charged.
        let limits = Limits {
            stack: limits.stack,
            ..WITHOUT_BOUND
        };
        read_by::<W, T>(&bytes, limits, None).map_err(D::Error::custom)
    }
}
