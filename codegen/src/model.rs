//! What the schemas and the manifest mean, as plain data.
//!
//! Everything else is a view of this: the emitters, the derive, the topic plan and the docs. Nothing here knows Rust tokens, and nothing
//! here can be wrong: the phases before have refused what cannot be generated.

use std::collections::{BTreeSet, HashMap};

use crate::avro::Json;
use crate::source::Origin;

/// Everything that the schemas and the manifest say.
#[derive(Debug, Clone, Default)]
pub struct Model {
    types: Vec<Named>,
    /// What stands at the roots of files that define no named type there.
    roots: Vec<Root>,
    /// The topics, in the order of the manifest.
    pub topics: Vec<Topic>,
    /// The consumer groups, in the order of the manifest.
    pub groups: Vec<Group>,
}

/// The place of a named type in a [`Model`], or of a root behind them; given out before the type's body is known, so that references may go
/// anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);

/// The place of a topic in [`Model::topics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub usize);

impl Model {
    /// A model of these types, whose [`TypeId`]s are their places in the list.
    #[must_use]
    pub fn new(types: Vec<Named>) -> Self {
        Self { types, ..Self::default() }
    }

    /// The id of the type at a place in the list given to [`Model::new`].
    ///
    /// # Panics
    /// Only at a place beyond four billion.
    #[must_use]
    pub fn type_id(index: usize) -> TypeId {
        TypeId(u32::try_from(index).expect("a contract has fewer than four billion types"))
    }

    /// The named type of an id of this model.
    #[must_use]
    pub fn named(&self, id: TypeId) -> &Named {
        &self.types[id.0 as usize]
    }

    /// All named types with their ids, ordered by full name.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Named)> {
        self.types.iter().enumerate().map(|(index, named)| (Self::type_id(index), named))
    }

    /// The same with the roots of files.
    #[must_use]
    pub fn with_roots(mut self, roots: Vec<Root>) -> Self {
        self.roots = roots;
        self
    }

    /// The record of an id; `None` for any other type, and for a root.
    #[must_use]
    pub fn record(&self, id: TypeId) -> Option<&Record> {
        match self.types.get(id.0 as usize)? {
            Named::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The roots of files that are no named types, with their ids, in the order of the files.
    pub fn roots(&self) -> impl Iterator<Item = (TypeId, &Root)> {
        let id = |index| Self::type_id(self.types.len() + index);
        self.roots.iter().enumerate().map(move |(index, root)| (id(index), root))
    }

    /// The name of a named type or a root.
    #[must_use]
    pub fn name(&self, id: TypeId) -> &TypeName {
        match self.root(id) {
            Some(root) => &root.name,
            None => self.named(id).name(),
        }
    }

    /// What a value of an id's type is: the named type, or what stands at the root.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> Type {
        match self.root(id) {
            Some(root) => root.ty.clone(),
            None => Type::Named(id),
        }
    }

    /// Where a named type or a root stands.
    #[must_use]
    pub fn origin(&self, id: TypeId) -> &Origin {
        match self.root(id) {
            Some(root) => &root.origin,
            None => self.named(id).origin(),
        }
    }

    fn root(&self, id: TypeId) -> Option<&Root> {
        self.roots.get((id.0 as usize).checked_sub(self.types.len())?)
    }

    /// The topic of an id of this model.
    #[must_use]
    pub fn topic(&self, id: TopicId) -> &Topic {
        &self.topics[id.0]
    }

    /// The named type with an Avro full name.
    #[must_use]
    pub fn find(&self, full_name: &str) -> Option<(TypeId, &Named)> {
        self.types().find(|(_, named)| named.name().full() == full_name)
    }
}

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

/// Properties of a type that has no name, and of the types in it: Avro gives them no meaning, and some readers do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotations {
    /// The type's own, in the order of the schema; of a logical type also the words that make it one.
    pub properties: Vec<(String, Json)>,
    /// Those of an array's items or a map's values, at place 0, or of a union's branches, at theirs; types without any are left out.
    pub inner: Vec<(usize, Annotations)>,
}

impl Annotations {
    /// Those of the type at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> &Self {
        static NONE: Annotations = Annotations {
            properties: Vec::new(),
            inner: Vec::new(),
        };
        self.inner
            .iter()
            .find(|(known, _)| *known == place)
            .map_or(&NONE, |(_, inner)| inner)
    }

    fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.inner.is_empty()
    }

    /// Those of a type as a schema writes it.
    pub(crate) fn of(json: &Json) -> Self {
        let mut found = Self::default();
        match json {
            Json::Array(branches) => branches.iter().enumerate().for_each(|(place, branch)| found.add(place, branch)),
            Json::Object(entries) => {
                let inner = match json.get("type") {
                    // A named type has its own.
                    Some(Json::String(kind)) if matches!(kind.as_str(), "record" | "error" | "enum" | "fixed") => return found,
                    Some(Json::String(kind)) if kind == "array" => "items",
                    Some(Json::String(kind)) if kind == "map" => "values",
                    Some(Json::String(_)) | None => "",
                    Some(nested) => {
                        found = Self::of(nested);
                        ""
                    }
                };
                if let Some(inner) = json.get(inner) {
                    found.add(0, inner);
                }
                // Of a property that stands around a type as well as in it, the inner one counts.
                let known: BTreeSet<String> = found.properties.iter().map(|(key, _)| key.clone()).collect();
                let own = entries
                    .iter()
                    .filter(|(key, _)| key != "type" && key != inner && !known.contains(key));
                found.properties.extend(own.cloned());
            }
            _ => {}
        }
        found
    }

    fn add(&mut self, place: usize, json: &Json) {
        let inner = Self::of(json);
        if !inner.is_empty() {
            self.inner.push((place, inner));
        }
    }
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
    /// The same, where recursion needs an indirection.
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

/// A topic of the manifest.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name, and the name of its marker type.
    pub name: Ident,
    /// What it is for.
    pub doc: Option<String>,
    /// The records that it carries: one, or several, which no two messages' fingerprints confuse.
    pub records: Vec<TypeId>,
    /// What orders its messages.
    pub key: Key,
    /// How many partitions.
    pub partitions: u32,
    /// How many copies of each partition.
    pub replication: u16,
    /// How many copies must be in sync for a write with acks from all.
    pub min_insync_replicas: u16,
    /// How long a message is kept; for ever, where the clean-up deletes none by its age.
    pub retention: Retention,
    /// What becomes of old messages.
    pub cleanup: Cleanup,
    /// How its batches are compressed by the producer.
    pub compression: Compression,
    /// What stands around the encoded event.
    pub framing: Framing,
    /// Further configuration of the topic, by Kafka's names.
    pub config: Vec<(String, String)>,
    /// Where it is defined.
    pub origin: Origin,
}

/// What a topic's messages are keyed by.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A null key: messages are spread over the partitions.
    None,
    /// The value of a field of the record, or of a field of a nested record.
    Field {
        /// Of each record of the topic, in their order: from the record to the field; each but the last is a record that is always there.
        /// Their Avro names are the same.
        paths: Vec<Vec<Ident>>,
        /// The last field's type, the same in all records: one that has stated bytes.
        ty: Type,
    },
    /// A record of its own, beside the event.
    Record(TypeId),
}

/// How long a message is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// Until it is this many milliseconds old.
    Millis(u64),
    /// For ever.
    Forever,
}

/// What becomes of a topic's old messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleanup {
    /// They go when their retention is over.
    Delete,
    /// Of each key the last one stays.
    Compact,
    /// Of each key the last one stays, until its retention is over.
    CompactDelete,
}

impl Cleanup {
    /// Whether of each key the last message stays.
    #[must_use]
    pub fn is_compacted(self) -> bool {
        self != Self::Delete
    }
}

/// How a producer compresses the batches of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// DEFLATE with a gzip header.
    Gzip,
    /// Snappy.
    Snappy,
    /// LZ4.
    Lz4,
    /// Zstandard.
    Zstd,
}

/// What stands around an encoded event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// `C3 01`, the schema's fingerprint, the event (Avro's single-object encoding).
    SingleObject,
    /// The event alone; its schema's fingerprint in the message's header.
    Bare,
}

/// A consumer group of the manifest.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id, and the name of its marker type.
    pub name: Ident,
    /// What it is for.
    pub doc: Option<String>,
    /// The topics that it reads.
    pub topics: Vec<TopicId>,
    /// The topic for what it cannot handle, where it has one.
    pub dead_letter: Option<DeadLetter>,
    /// Where it is defined.
    pub origin: Origin,
}

/// A topic for what a group cannot handle: messages of its topics, as they are.
#[derive(Debug, Clone)]
pub struct DeadLetter {
    /// Its name in Kafka.
    pub name: String,
    /// How many partitions.
    pub partitions: u32,
    /// How many copies of each partition.
    pub replication: u16,
    /// How many copies must be in sync for a write with acks from all.
    pub min_insync_replicas: u16,
    /// How long a message is kept.
    pub retention: Retention,
    /// How its batches are compressed by the producer.
    pub compression: Compression,
    /// Further configuration of the topic, by Kafka's names.
    pub config: Vec<(String, String)>,
    /// Where it is defined.
    pub origin: Origin,
}
