//! Which schemas are not written out: long ones that have most of their definitions in common.

use super::walk::SchemaTexts;
use crate::collections::ByType;
use crate::model::TypeId;

/// A schema of practice is shorter, and good to read as one text.
const LONG: usize = 8 << 10;

/// The compiler takes its time over each byte that it puts together, and asks of two million whether it ever ends.
const LONGEST: usize = 1 << 20;

/// How many times as long as their definitions the texts are together that are not written out.
const OFTEN: usize = 2;

/// Records whose schemas are put together of definitions that are written once.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// By the first of its records, all types of a table, in order.
    tables: ByType<Vec<TypeId>>,
    /// The first record of the table of each record.
    owners: ByType<TypeId>,
}

impl Shared {
    /// Of records with the lengths of their schemas.
    ///
    /// A text takes part that is longer than [`LONG`]; those that lead to the same definitions are put together of them if they are more
    /// than [`OFTEN`] times as long.
    pub(crate) fn new(texts: &SchemaTexts<'_>, records: impl Iterator<Item = (TypeId, usize)>) -> Self {
        let long: Vec<_> = records.filter(|(_, length)| (LONG..=LONGEST).contains(length)).collect();
        if long.len() <= OFTEN {
            return Self::default();
        }
        let mut groups = Groups::of(texts, long.iter().map(|(id, _)| *id));
        let mut found: ByType<Group> = ByType::default();
        for id in groups.known() {
            let group = found.or_default(groups.first(id));
            group.types.push(id);
            group.definitions += texts.definition(id).len();
        }
        for (id, length) in long {
            let group = found.or_default(groups.first(id));
            group.records.push(id);
            group.texts += length;
        }
        let mut shared = Self::default();
        for (_, group) in found.into_entries().filter(|(_, group)| group.texts > OFTEN * group.definitions) {
            let owner = group.records[0];
            for record in group.records {
                shared.owners.insert(record, owner);
            }
            shared.tables.insert(owner, group.types);
        }
        shared
    }

    /// Whether a record's schema is put together.
    pub(crate) fn has(&self, record: TypeId) -> bool {
        self.owners.contains(record)
    }

    /// The tables of definitions, each beside a record.
    pub(crate) fn tables(&self) -> impl Iterator<Item = (TypeId, &[TypeId])> {
        self.tables.iter().map(|(owner, types)| (owner, types.as_slice()))
    }

    /// The table of a record, and the record beside which it stands; `None` where its schema is written out.
    pub(crate) fn table_of(&self, record: TypeId) -> Option<(TypeId, &[TypeId])> {
        let owner = *self.owners.get(record)?;
        Some((owner, &self.tables[owner]))
    }
}

/// What leads to the same definitions.
#[derive(Default)]
struct Group {
    types: Vec<TypeId>,
    records: Vec<TypeId>,
    /// How long the definitions are.
    definitions: usize,
    /// How long the records' texts are.
    texts: usize,
}

/// Types in groups, each known by its first, by union and find.
struct Groups {
    parents: ByType<TypeId>,
}

impl Groups {
    /// Of all that these lead to.
    fn of(texts: &SchemaTexts<'_>, from: impl Iterator<Item = TypeId>) -> Self {
        let mut groups = Self {
            parents: ByType::default(),
        };
        let mut open: Vec<TypeId> = from.collect();
        for id in &open {
            groups.parents.insert(*id, *id);
        }
        while let Some(id) = open.pop() {
            for (_, inner) in texts.definition(id).types() {
                if !groups.parents.contains(inner) {
                    groups.parents.insert(inner, inner);
                    open.push(inner);
                }
                let (one, other) = (groups.first(id), groups.first(inner));
                groups.parents.insert(one.max(other), one.min(other));
            }
        }
        groups
    }

    fn known(&self) -> Vec<TypeId> {
        self.parents.iter().map(|(id, _)| id).collect()
    }

    fn first(&mut self, id: TypeId) -> TypeId {
        let mut first = id;
        while self.parents[first] != first {
            first = self.parents[first];
        }
        // The next one has a shorter way.
        let mut passed = id;
        while passed != first {
            passed = self.parents.insert(passed, first).unwrap_or(first);
        }
        first
    }
}
