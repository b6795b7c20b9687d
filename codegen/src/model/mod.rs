//! What the schemas and the manifest mean, as plain data.
//!
//! Everything else is a view of this: the emitters, the derive, the topic plan and the docs. Nothing here knows Rust tokens, and nothing
//! here can be wrong: the phases before have refused what cannot be generated.

mod annotations;
mod schema;
mod topics;

use crate::datum;
use crate::source::Origin;

pub use annotations::Annotations;
pub use schema::{Enum, Field, Fixed, FixedLogical, Ident, Logical, Named, Record, Root, Type, TypeName, Union};
pub use topics::{Cleanup, Compression, DeadLetter, Framing, Group, Key, Retention, Topic};

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

impl TypeId {
    /// Its place among the types, or behind them.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The place of a topic in [`Model::topics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub usize);

impl Model {
    /// A model of these types, ordered by full name, whose [`TypeId`]s are their places in the list.
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

    pub(crate) fn named_mut(&mut self, id: TypeId) -> &mut Named {
        &mut self.types[id.0 as usize]
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

    /// A field's default as Avro's bytes; `None` where it has none.
    #[must_use]
    pub fn default_of(&self, field: &Field) -> Option<Vec<u8>> {
        datum::encoded(self, &field.ty, field.default.as_ref()?)
    }

    /// Where a named type or a root stands.
    #[must_use]
    pub fn origin(&self, id: TypeId) -> &Origin {
        match self.root(id) {
            Some(root) => &root.origin,
            None => self.named(id).origin(),
        }
    }

    /// The root of an id; `None` for a named type.
    pub(crate) fn root(&self, id: TypeId) -> Option<&Root> {
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
        let place = self.types.binary_search_by(|named| named.name().full().as_str().cmp(full_name));
        place.ok().map(|place| (Self::type_id(place), &self.types[place]))
    }
}
