//! The names that generated items have beside the schema's own: each module is one scope, in which no name stands twice.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::union_names::{UnionName, UnionNames};
use crate::model::{Ident, Model, Named, Type, TypeId};
use crate::name;
use crate::options::Choices;

/// What stands beside a record's struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Beside {
    /// The borrowed twin.
    Twin,
    Builder,
    /// What the builder has by now.
    Parts,
}

/// All names of a model that are not in the schemas.
#[derive(Debug)]
pub(crate) struct Names<'m> {
    pub(crate) beside: HashMap<(TypeId, Beside), String>,
    /// By record or root, in the order of its fields.
    pub(crate) unions: HashMap<TypeId, Vec<UnionName<'m>>>,
    /// Records whose values hold text or bytes, so that they have a twin.
    pub(crate) borrowing: BTreeSet<TypeId>,
    /// By module: every name in it.
    taken: HashMap<Vec<Ident>, HashSet<String>>,
}

impl<'m> Names<'m> {
    pub(super) fn new(model: &'m Model, choices: &Choices) -> Self {
        let mut names = Self {
            beside: HashMap::new(),
            unions: HashMap::new(),
            borrowing: borrowing(model, choices),
            taken: HashMap::new(),
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
            names.beside.insert((id, Beside::Twin), name);
        }
        for (id, named) in generated() {
            if let Named::Record(record) = named {
                for (what, suffix) in [(Beside::Twin, "Ref"), (Beside::Builder, "Builder"), (Beside::Parts, "Parts")] {
                    let wanted = format!("{}{suffix}", plain(&record.name.ident));
                    let module = names.module(&record.name.namespace);
                    let name = name::free(module, &wanted);
                    names.beside.insert((id, what), name);
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
            let twin = names.beside[&(id, Beside::Twin)].clone();
            unions.root(id, root, &twin);
        }
        names.unions = unions.named(&mut names.taken);
        names
    }

    fn module(&mut self, path: &[Ident]) -> &mut HashSet<String> {
        self.taken.entry(path.to_vec()).or_default()
    }

    /// Whether something in a module has the name.
    pub(crate) fn is_taken(&self, module: &[Ident], name: &str) -> bool {
        self.taken.get(module).is_some_and(|taken| taken.contains(name))
    }
}

/// A name that something is to stand behind: not raw.
pub(super) fn plain(name: &Ident) -> &str {
    name.rust.trim_start_matches("r#")
}

/// Whether values of a type hold text or bytes, given the records whose do.
pub(crate) fn borrows(ty: &Type, borrowing: &BTreeSet<TypeId>) -> bool {
    match ty {
        Type::String | Type::Bytes | Type::Map(_) => true,
        Type::Array(inner) | Type::Nullable { inner, .. } => borrows(inner, borrowing),
        Type::Union(union) => union.branches.iter().any(|branch| borrows(branch, borrowing)),
        Type::Named(id) | Type::Boxed(id) => borrowing.contains(id),
        _ => false,
    }
}

/// The records that borrow: those with text or bytes, and from them outwards those that hold one.
fn borrowing(model: &Model, choices: &Choices) -> BTreeSet<TypeId> {
    let mut holders: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    for (id, named) in model.types() {
        let Named::Record(record) = named else { continue };
        // A field with a type of its own is the same in the twin.
        let fields = || record.fields.iter().filter(|field| !choices.is_own(id, field));
        if fields().any(|field| borrows(&field.ty, &BTreeSet::new())) && found.insert(id) {
            open.push(id);
        }
        for field in fields() {
            each_named(&field.ty, &mut |held| holders.entry(held).or_default().push(id));
        }
    }
    while let Some(id) = open.pop() {
        for &holder in holders.get(&id).into_iter().flatten() {
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
