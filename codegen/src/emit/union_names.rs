//! The names of unions' enums: functions of the schema's names alone.
//!
//! A union has no name in Avro. Its enum is called by the record and the field that hold it (`JobState` in the field `state` of `Job`), however
//! deep in arrays and maps it stands there; a union within a branch of another has `Item` (in an array) or `Value` (in a map) behind that
//! one's name. A field that the manifest renames, and a record, are called as they are there. Every field has an enum of its own, so that no other
//! field's coming or going renames it. Where that name is another's, an underscore stands between record and field: `Job_Ref`; where fields differ in
//! their case alone, which the manifest's findings tell of, their own spelling stands behind it: `Job_fooBar`, `Job_foo_bar`.

use std::collections::HashSet;

use super::doc;
use super::names::{Taken, path, plain};
use crate::collections::{ByName, ByType};
use crate::model::{Ident, Root, Type, TypeId, TypeName, Union};
use crate::name::{self, Case};

/// A union of a record or a root, with the names of its enums.
#[derive(Debug)]
pub(crate) struct UnionName<'m> {
    pub(crate) union: &'m Union,
    pub(crate) owned: String,
    pub(crate) twin: String,
    pub(crate) docs: String,
}

/// All unions of a model with the names that they would have.
#[derive(Default)]
pub(super) struct UnionNames<'m> {
    wanted: Vec<Wanted<'m>>,
}

struct Wanted<'m> {
    owner: TypeId,
    module: &'m [Ident],
    union: &'m Union,
    /// The record's name, and what stands behind it.
    parts: (String, String),
    /// What would stand behind it as the field is spelled.
    spelled: String,
    /// The name where it is settled, as that of a root is; with the twin's.
    settled: Option<(String, String)>,
    docs: String,
}

impl Wanted<'_> {
    fn name(&self) -> String {
        format!("{}{}", self.parts.0, self.parts.1)
    }

    /// The name with what tells its parts from each other.
    fn apart(&self, behind: &str) -> String {
        format!("{}_{behind}", self.parts.0)
    }

    /// The path of a name in the module.
    fn within(&self, name: &str) -> String {
        format!("{}::{name}", path(self.module))
    }
}

impl<'m> UnionNames<'m> {
    /// Those of a record's field.
    pub(super) fn field(&mut self, owner: TypeId, record: &'m TypeName, field: &Ident, ty: &'m Type) {
        let docs = format!(
            "The union of the field `{}` of {}",
            field.avro,
            doc::link("struct", &record.ident.rust)
        );
        let walk = Walk {
            owner,
            module: &record.namespace,
            record: plain(&record.ident),
            called: called(field),
            spelled: plain(field),
            docs: &docs,
        };
        self.walk(&walk, &walk.called, Inner::No, ty);
    }

    /// Those of a root: one that is never null is the root's own type.
    pub(super) fn root(&mut self, owner: TypeId, root: &'m Root, twin: &str) {
        let docs = format!("The union at the root of {}", doc::code(&root.name.ident.avro));
        let walk = Walk {
            owner,
            module: &[],
            record: plain(&root.name.ident),
            called: String::new(),
            spelled: "",
            docs: &docs,
        };
        if let Type::Union(union) = &root.ty
            && union.null().is_none()
        {
            self.add(&walk, String::new(), union, Some((root.name.ident.rust.clone(), twin.to_owned())));
            union.branches.iter().for_each(|branch| self.walk(&walk, "", Inner::Branch, branch));
            return;
        }
        self.walk(&walk, "", Inner::Root, &root.ty);
    }

    fn walk(&mut self, walk: &Walk<'m, '_>, behind: &str, inner: Inner, ty: &'m Type) {
        match ty {
            Type::Array(item) => self.walk(walk, &inner.behind(behind, "Item"), inner.next(), item),
            Type::Map(value) => self.walk(walk, &inner.behind(behind, "Value"), inner.next(), value),
            Type::Nullable { inner: held, .. } => self.walk(walk, behind, inner, held),
            Type::Union(union) => {
                let behind = match inner {
                    Inner::Root => format!("{behind}Value"),
                    _ => behind.to_owned(),
                };
                self.add(walk, behind.clone(), union, None);
                for branch in &union.branches {
                    self.walk(walk, &behind, Inner::Branch, branch);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, walk: &Walk<'m, '_>, behind: String, union: &'m Union, settled: Option<(String, String)>) {
        let within = behind.strip_prefix(walk.called.as_str()).unwrap_or_default();
        self.wanted.push(Wanted {
            owner: walk.owner,
            module: walk.module,
            union,
            spelled: format!("{}{within}", walk.spelled),
            parts: (walk.record.to_owned(), behind),
            settled,
            docs: format!("{}.", walk.docs),
        });
    }

    /// Names all of them, beside what modules have already.
    pub(super) fn named(self, taken: &mut Taken) -> ByType<Vec<UnionName<'m>>> {
        let mut count: ByName<usize> = ByName::default();
        for wanted in self.wanted.iter().filter(|wanted| wanted.settled.is_none()) {
            *count.or_default(&wanted.within(&wanted.name())) += 1;
        }
        // Whether a name would be another's whatever the order in which they are given out.
        let is_shared = |wanted: &Wanted<'m>, taken: &HashSet<String>| {
            let name = wanted.name();
            let twin_of = name.strip_suffix("Ref");
            count[&wanted.within(&name)] > 1
                || twin_of.is_some_and(|other| count.contains(&wanted.within(other)))
                || taken.contains(&name)
                || taken.contains(&format!("{name}Ref"))
        };
        let mut names: Vec<Option<(String, String)>> = Vec::new();
        for wanted in &self.wanted {
            let there = taken.within(wanted.module);
            names.push(match &wanted.settled {
                Some(settled) => Some(settled.clone()),
                None if is_shared(wanted, there) => None,
                None => Some((wanted.name(), format!("{}Ref", wanted.name()))),
            });
        }
        for (wanted, (owned, twin)) in self
            .wanted
            .iter()
            .zip(&names)
            .filter_map(|(wanted, name)| Some((wanted, name.as_ref()?)))
        {
            let there = taken.within(wanted.module);
            there.extend([owned.clone(), twin.clone()]);
        }
        let mut count: ByName<usize> = ByName::default();
        for (wanted, _) in self.wanted.iter().zip(&names).filter(|(_, name)| name.is_none()) {
            *count.or_default(&wanted.within(&wanted.apart(&wanted.parts.1))) += 1;
        }
        let mut named: ByType<Vec<UnionName<'m>>> = ByType::default();
        for (wanted, name) in self.wanted.iter().zip(names) {
            let (owned, twin) = name.unwrap_or_else(|| {
                let there = taken.within(wanted.module);
                let mut apart = wanted.apart(&wanted.parts.1);
                if count[&wanted.within(&apart)] > 1 {
                    apart = wanted.apart(&wanted.spelled);
                }
                let owned = name::free(there, &apart);
                let twin = name::free(there, &format!("{owned}Ref"));
                (owned, twin)
            });
            named.or_default(wanted.owner).push(UnionName {
                union: wanted.union,
                owned,
                twin,
                docs: wanted.docs.clone(),
            });
        }
        named
    }
}

/// A field as names of types are written: as it is renamed, where it is.
fn called(field: &Ident) -> String {
    let own = [name::single(&field.avro, Case::Snake).rust, name::spelled(&field.avro)];
    // A number tells it from another field.
    let is_own = own.iter().any(|own| field.rust.strip_prefix(own.as_str()).is_some_and(is_number));
    name::upper_camel(if is_own { &field.avro } else { plain(field) })
}

fn is_number(behind: &str) -> bool {
    let digits = behind.strip_prefix('_').unwrap_or("none");
    behind.is_empty() || digits.chars().all(|digit| digit.is_ascii_digit())
}

/// What the unions of a field have in common.
struct Walk<'m, 'a> {
    owner: TypeId,
    module: &'m [Ident],
    record: &'a str,
    /// What stands behind it of a field, as names of types are written, and as the field's own is.
    called: String,
    spelled: &'a str,
    docs: &'a str,
}

/// Where a walk is.
#[derive(Clone, Copy)]
enum Inner {
    /// In a field, outside of all unions.
    No,
    /// At a root, outside of all unions and collections.
    Root,
    /// Within a collection of a root, or a union's branch.
    Branch,
}

impl Inner {
    /// The name with what a collection adds to it: nothing in a field, which says by itself what it holds.
    fn behind(self, behind: &str, more: &str) -> String {
        match self {
            Self::No => behind.to_owned(),
            Self::Root | Self::Branch => format!("{behind}{more}"),
        }
    }

    fn next(self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Root | Self::Branch => Self::Branch,
        }
    }
}
