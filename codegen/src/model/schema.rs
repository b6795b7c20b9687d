//! What a schema defines.

use std::collections::HashMap;

use super::{Annotations, TypeId};
use crate::avro::Json;
use crate::source::Origin;

/// An Avro name with the Rust name made from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident {
    /// As the schema or the manifest spells it.
    pub avro: String,
    /// As Rust code spells it, raw where it must be (`r#type`).
    pub rust: String,
}

/// The name of a record, an enum or a fixed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeName {
    /// The namespace's parts, outermost first; each becomes a module.
    pub namespace: Vec<Ident>,
    /// The name without its namespace.
    pub ident: Ident,
}

impl TypeName {
    /// The Avro full name: the namespace's parts and the name, joined by dots.
    #[must_use]
    pub fn full(&self) -> String {
        let mut full = String::new();
        for part in &self.namespace {
            full.push_str(&part.avro);
            full.push('.');
        }
        full.push_str(&self.ident.avro);
        full
    }

    /// The Avro namespace, its parts joined by dots; empty for the null namespace.
    #[must_use]
    pub fn namespace(&self) -> String {
        self.namespace.iter().map(|part| part.avro.as_str()).collect::<Vec<_>>().join(".")
    }
}

/// A type with a name of its own.
#[derive(Debug, Clone)]
pub enum Named {
    /// A record, which becomes a struct.
    Record(Record),
    /// An enum.
    Enum(Enum),
    /// Bytes of a fixed length.
    Fixed(Fixed),
}

impl Named {
    /// The type's name.
    #[must_use]
    pub fn name(&self) -> &TypeName {
        match self {
            Self::Record(record) => &record.name,
            Self::Enum(enumeration) => &enumeration.name,
            Self::Fixed(fixed) => &fixed.name,
        }
    }

    /// Where the type is defined.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Record(record) => &record.origin,
            Self::Enum(enumeration) => &enumeration.origin,
            Self::Fixed(fixed) => &fixed.origin,
        }
    }
}

/// A file's root that is no named type of its own: a union, a collection, a primitive, or the meaning of a fixed.
#[derive(Debug, Clone)]
pub struct Root {
    /// Its name, made of the file's: in the null namespace.
    pub name: TypeName,
    /// What a datum is.
    pub ty: Type,
    /// What the schema says of that beyond Avro's own words.
    pub annotations: Annotations,
    /// Where it stands.
    pub origin: Origin,
}

/// A record: fields in the order in which they are written.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its name.
    pub name: TypeName,
    /// Its `doc`.
    pub doc: Option<String>,
    /// Its former full names.
    pub aliases: Vec<String>,
    /// Its fields, in the order of the schema.
    pub fields: Vec<Field>,
    /// Properties that Avro gives no meaning, in the order of the schema.
    pub properties: Vec<(String, Json)>,
    /// Where it is defined.
    pub origin: Origin,
}

impl Record {
    /// What a JSON object states of each field, in their order; the first key that is no field's, where there is one.
    pub(crate) fn values<'j>(&self, entries: &'j [(String, Json)]) -> Result<Vec<Option<&'j Json>>, &'j str> {
        let mut stated: HashMap<&str, &Json> = entries.iter().map(|(key, value)| (key.as_str(), value)).collect();
        let values = self.fields.iter().map(|field| stated.remove(field.name.avro.as_str())).collect();
        match entries.iter().find(|(key, _)| stated.contains_key(key.as_str())) {
            Some((unknown, _)) => Err(unknown),
            None => Ok(values),
        }
    }
}

/// A field of a record.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// Its `doc`.
    pub doc: Option<String>,
    /// Its former names.
    pub aliases: Vec<String>,
    /// What it holds.
    pub ty: Type,
    /// What the schema says of that beyond Avro's own words.
    pub annotations: Annotations,
    /// What a reader takes when a writer's record lacks the field, as the schema's JSON; checked against the type.
    pub default: Option<Json>,
    /// `order`, where it is stated.
    pub order: Option<String>,
    /// Properties that Avro gives no meaning, in the order of the schema.
    pub properties: Vec<(String, Json)>,
    /// Where it is defined.
    pub origin: Origin,
}

/// An enum: one of its symbols, written as the symbol's place in the list.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Its name.
    pub name: TypeName,
    /// Its `doc`.
    pub doc: Option<String>,
    /// Its former full names.
    pub aliases: Vec<String>,
    /// Its symbols, in the order of the schema.
    pub symbols: Vec<Ident>,
    /// The place in `symbols` of what a reader takes for a symbol that it does not know.
    pub default: Option<usize>,
    /// Properties that Avro gives no meaning, in the order of the schema.
    pub properties: Vec<(String, Json)>,
    /// Where it is defined.
    pub origin: Origin,
}

/// Bytes of a fixed length.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// Its name.
    pub name: TypeName,
    /// Its `doc`.
    pub doc: Option<String>,
    /// Its former full names.
    pub aliases: Vec<String>,
    /// Its length in bytes.
    pub size: usize,
    /// What its bytes mean.
    pub logical: Option<FixedLogical>,
    /// Properties that Avro gives no meaning, in the order of the schema; of a logical type also the words that make it one.
    pub properties: Vec<(String, Json)>,
    /// Where it is defined.
    pub origin: Origin,
}

impl Fixed {
    /// More bytes than these are not held where the value stands: a few of them would be all the stack of a thread.
    pub(crate) const INLINE: usize = 4 << 10;
}

/// What the bytes of a fixed mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FixedLogical {
    /// Sixteen bytes, big-endian.
    Uuid,
    /// Twelve bytes: months, days and milliseconds, each a little-endian u32.
    Duration,
    /// A big-endian two's complement integer, scaled.
    Decimal {
        /// How many digits at the most.
        precision: u32,
        /// How many of them stand behind the point.
        scale: u32,
    },
}

/// What a field, an item, a value or a branch holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Boolean,
    /// 32 bits.
    Int,
    /// 64 bits.
    Long,
    /// IEEE 754, 32 bits.
    Float,
    /// IEEE 754, 64 bits.
    Double,
    /// Bytes of any length.
    Bytes,
    /// UTF-8 text.
    String,
    /// A primitive type with a meaning.
    Logical(Logical),
    /// Any number of items.
    Array(Box<Type>),
    /// Any number of values, each with a text key.
    Map(Box<Type>),
    /// A union of null and one other type.
    Nullable {
        /// Whether null is the first branch; else it is the second.
        null_first: bool,
        /// The other branch.
        inner: Box<Type>,
    },
    /// Any other union, which becomes an enum.
    Union(Box<Union>),
    /// A record, an enum or a fixed.
    Named(TypeId),
    /// The same, where recursion or size needs an indirection.
    Boxed(TypeId),
    /// What could not be read, and has been reported: no contract that was loaded has one.
    Broken,
}

/// A union that is more than optional.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The branches, null among them, in the order of the schema.
    pub branches: Vec<Type>,
    /// Which of the unions of its record it is: two fields may have equal ones, and each has its own enum.
    pub place: usize,
}

impl Union {
    /// The place of null among the branches.
    #[must_use]
    pub fn null(&self) -> Option<usize> {
        self.branches.iter().position(|branch| *branch == Type::Null)
    }
}

/// A primitive type with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Logical {
    /// Days since 1970-01-01, an int.
    Date,
    /// Milliseconds since midnight, an int.
    TimeMillis,
    /// Microseconds since midnight, a long.
    TimeMicros,
    /// Milliseconds since 1970-01-01T00:00:00Z, a long.
    TimestampMillis,
    /// Microseconds since 1970-01-01T00:00:00Z, a long.
    TimestampMicros,
    /// Nanoseconds since 1970-01-01T00:00:00Z, a long.
    TimestampNanos,
    /// Milliseconds since 1970-01-01T00:00:00 of a wall clock without a zone, a long.
    LocalTimestampMillis,
    /// The same in microseconds.
    LocalTimestampMicros,
    /// The same in nanoseconds.
    LocalTimestampNanos,
    /// A UUID as text of 36 characters.
    Uuid,
    /// A scaled integer in bytes, big-endian two's complement.
    Decimal {
        /// How many digits at the most.
        precision: u32,
        /// How many of them stand behind the point.
        scale: u32,
    },
    /// A scaled integer that carries its own scale, in bytes.
    BigDecimal,
}

impl Logical {
    /// Its name in a schema, without the digits of a decimal.
    #[must_use]
    pub fn avro_name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::TimeMillis => "time-millis",
            Self::TimeMicros => "time-micros",
            Self::TimestampMillis => "timestamp-millis",
            Self::TimestampMicros => "timestamp-micros",
            Self::TimestampNanos => "timestamp-nanos",
            Self::LocalTimestampMillis => "local-timestamp-millis",
            Self::LocalTimestampMicros => "local-timestamp-micros",
            Self::LocalTimestampNanos => "local-timestamp-nanos",
            Self::Uuid => "uuid",
            Self::Decimal { .. } => "decimal",
            Self::BigDecimal => "big-decimal",
        }
    }
}
