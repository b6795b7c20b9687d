//! The names that generated items have beside the schema's own: each module is one scope, in which no name stands twice.

use std::collections::HashSet;

use super::union_names::{UnionName, UnionNames};
use crate::collections::{ByName, ByType, TypeSet};
use crate::model::{Ident, Model, Named, Type, TypeId};
use crate::name;
use crate::options::Choices;

/// What stands beside a record's struct.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Beside {
    /// The borrowed twin.
    Twin,
    Builder,
    /// What the builder has by now.
    Parts,
}

impl Beside {
    /// All of them, with what their names end in.
    const ALL: [(Self, &'static str); 3] = [(Self::Twin, "Ref"), (Self::Builder, "Builder"), (Self::Parts, "Parts")];
}

/// The names that modules have, by their paths.
#[derive(Debug, Default)]
pub(super) struct Taken(ByName<HashSet<String>>);

impl Taken {
    pub(super) fn within(&mut self, module: &[Ident]) -> &mut HashSet<String> {
        self.0.or_default(&path(module))
    }
}

/// A module, or what stands in it, as one text.
pub(super) fn path(module: &[Ident]) -> String {
    module.iter().map(|part| part.rust.as_str()).collect::<Vec<_>>().join("::")
}

/// All names of a model that are not in the schemas.
#[derive(Debug)]
pub(crate) struct Names<'m> {
    beside: [ByType<String>; Beside::ALL.len()],
    /// By record or root, in the order of its fields.
    pub(crate) unions: ByType<Vec<UnionName<'m>>>,
    /// Records whose values hold text or bytes, so that they have a twin.
    pub(crate) borrowing: TypeSet,
    /// By module: every name in it.
    taken: Taken,
}

impl<'m> Names<'m> {
    pub(super) fn new(model: &'m Model, choices: &Choices) -> Self {
        let mut names = Self {
            beside: Default::default(),
            unions: ByType::default(),
            borrowing: borrowing(model, choices),
            taken: Taken::default(),
        };
        // What is generated elsewhere has no name here.
        let generated = || model.types().filter(|(id, _)| choices.external(*id).is_none());
        // The schema's own first: none of them gives way to one of ours.
        for (_, named) in generated() {
            let name = named.name();
            names.module(&name.namespace).insert(name.ident.rust.clone());
            for depth in 0..name.namespace.len() {
                let (parent, module) = (&name.namespace[..depth], &name.namespace[depth]);
                names.module(parent).insert(module.rust.clone());
            }
        }
        for (_, root) in model.roots() {
            names.module(&[]).insert(root.name.ident.rust.clone());
        }
        for (id, root) in model.roots() {
            let name = name::free(names.module(&[]), &format!("{}Ref", plain(&root.name.ident)));
            names.beside[Beside::Twin as usize].insert(id, name);
        }
        for (id, named) in generated() {
            if let Named::Record(record) = named {
                for (what, suffix) in Beside::ALL {
                    let wanted = format!("{}{suffix}", plain(&record.name.ident));
                    let module = names.module(&record.name.namespace);
                    let name = name::free(module, &wanted);
                    names.beside[what as usize].insert(id, name);
                }
            }
        }
        let mut unions = UnionNames::default();
        for (id, named) in generated() {
            if let Named::Record(record) = named {
                for field in record.fields.iter().filter(|field| !choices.is_own(id, field)) {
                    unions.field(id, &record.name, &field.name, &field.ty);
                }
            }
        }
        for (id, root) in model.roots() {
            let twin = names.beside(id, Beside::Twin).to_owned();
            unions.root(id, root, &twin);
        }
        names.unions = unions.named(&mut names.taken);
        names
    }

    fn module(&mut self, path: &[Ident]) -> &mut HashSet<String> {
        self.taken.within(path)
    }

    /// The name of what stands beside a record, or of a root's twin.
    pub(super) fn beside(&self, id: TypeId, what: Beside) -> &str {
        &self.beside[what as usize][id]
    }

    /// Whether something in a module has the name.
    pub(crate) fn is_taken(&self, module: &[Ident], name: &str) -> bool {
        self.taken.0.get(&path(module)).is_some_and(|taken| taken.contains(name))
    }
}

/// A name that something is to stand behind: not raw.
pub(super) fn plain(name: &Ident) -> &str {
    name.rust.trim_start_matches("r#")
}

/// Whether values of a type hold text or bytes, given the records whose do.
pub(crate) fn borrows(ty: &Type, borrowing: &TypeSet) -> bool {
    match ty {
        Type::String | Type::Bytes | Type::Map(_) => true,
        Type::Array(inner) | Type::Nullable { inner, .. } => borrows(inner, borrowing),
        Type::Union(union) => union.branches.iter().any(|branch| borrows(branch, borrowing)),
        Type::Named(id) | Type::Boxed(id) => borrowing.contains(*id),
        _ => false,
    }
}

/// The records that borrow: those with text or bytes, and from them outwards those that hold one.
fn borrowing(model: &Model, choices: &Choices) -> TypeSet {
    let mut holders: ByType<Vec<TypeId>> = ByType::default();
    let mut found = TypeSet::default();
    let mut open = Vec::new();
    for (id, named) in model.types() {
        let Named::Record(record) = named else { continue };
        // A field with a type of its own is the same in the twin.
        let fields = || record.fields.iter().filter(|field| !choices.is_own(id, field));
        if fields().any(|field| borrows(&field.ty, &TypeSet::default())) && found.insert(id) {
            open.push(id);
        }
        for field in fields() {
            each_named(&field.ty, &mut |held| holders.or_default(held).push(id));
        }
    }
    while let Some(id) = open.pop() {
        for &holder in holders.get(id).into_iter().flatten() {
            if found.insert(holder) {
                open.push(holder);
            }
        }
    }
    found
}

fn each_named(ty: &Type, with: &mut impl FnMut(TypeId)) {
    match ty {
        Type::Array(inner) | Type::Nullable { inner, .. } => each_named(inner, with),
        Type::Union(union) => union.branches.iter().for_each(|branch| each_named(branch, with)),
        Type::Named(id) | Type::Boxed(id) => with(*id),
        _ => {}
    }
}
