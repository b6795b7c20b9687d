//! Where a `Box` goes: in records that hold themselves, and in those that would take more of the stack than there is.

use std::collections::HashSet;

use super::lookup;
use crate::avro::{RawNamed, RawNamedKind, RawType};
use crate::collections::ByName;
use crate::model::{Fixed, Model, Type, TypeId};

/// The bytes of a record beyond which it boxes the types that it holds. Some 700 texts are as many, and no record of practice has them; but
/// records that hold records by value double with each level, and a function has room for several of them.
const LARGEST: usize = 16 << 10;

/// What is not worth an allocation of its own.
const SMALL: usize = 64;

const POINTER: usize = 8;

/// The references without an array or a map between that a `Box` holds: those that close a cycle, whose ends are in one strongly connected
/// component, and those of records that would be too large otherwise.
pub(super) fn boxed_edges(found: &ByName<RawNamed>, ids: &ByName<TypeId>) -> HashSet<(TypeId, TypeId)> {
    let named: Vec<&RawNamed> = found.iter().map(|(_, raw)| raw).collect();
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    for (edges, raw) in edges.iter_mut().zip(&named) {
        if let RawNamedKind::Record(fields) = &raw.kind {
            for field in fields {
                direct(found, &field.ty, &mut |target| edges.push(ids[target].index()));
            }
        }
    }
    let (component, held_first) = components(&edges);
    let mut boxed = HashSet::new();
    let mut sizes = vec![POINTER; found.len()];
    for from in held_first {
        let fields = match &named[from].kind {
            RawNamedKind::Record(fields) => fields,
            RawNamedKind::Fixed { size, .. } => {
                sizes[from] = if *size > Fixed::INLINE { POINTER } else { *size };
                continue;
            }
            RawNamedKind::Enum { .. } => continue,
        };
        // A fixed stands where it is: it may key a topic, and holds nothing that doubles.
        let is_large = |to: usize, most: usize| sizes[to] > most && matches!(named[to].kind, RawNamedKind::Record(_));
        let size_beyond = |most: usize| -> usize {
            let held = |target: &str| {
                let to = ids[target].index();
                if component[from] == component[to] || is_large(to, most) {
                    POINTER
                } else {
                    sizes[to]
                }
            };
            fields
                .iter()
                .fold(0, |all, field| all.saturating_add(size(found, &field.ty, &held)))
        };
        let whole = size_beyond(usize::MAX);
        let most = if whole > LARGEST { SMALL } else { usize::MAX };
        let size = if whole > LARGEST { size_beyond(most) } else { whole };
        for &to in &edges[from] {
            if component[from] == component[to] || is_large(to, most) {
                boxed.insert((Model::type_id(from), Model::type_id(to)));
            }
        }
        sizes[from] = size;
    }
    boxed
}

/// About how many bytes a type takes where it is held; `named` is what one with a name does.
fn size(found: &ByName<RawNamed>, ty: &RawType, named: &impl Fn(&str) -> usize) -> usize {
    match ty {
        RawType::Primitive(Type::Null) | RawType::Broken => 0,
        RawType::Primitive(Type::String | Type::Bytes | Type::Logical(_)) | RawType::Array(_) | RawType::Map(_) => 24,
        RawType::Primitive(_) => 8,
        RawType::Union(branches) => 8 + branches.iter().map(|branch| size(found, branch, named)).max().unwrap_or(0),
        RawType::Reference { full, written, .. } => lookup(found, full, written).map_or(0, named),
    }
}

fn direct<'a>(found: &'a ByName<RawNamed>, ty: &RawType, edge: &mut impl FnMut(&'a str)) {
    match ty {
        RawType::Union(branches) => branches.iter().for_each(|branch| direct(found, branch, edge)),
        RawType::Reference { full, written, .. } => {
            if let Some(target) = lookup(found, full, written) {
                edge(target);
            }
        }
        _ => {}
    }
}

/// Kosaraju's strongly connected components, and an order in which each node stands behind those of other components that it leads to; without
/// recursion: a hostile contract may chain a million records.
fn components(edges: &[Vec<usize>]) -> (Vec<usize>, Vec<usize>) {
    let count = edges.len();
    let mut reversed = vec![Vec::new(); count];
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            reversed[to].push(from);
        }
    }
    let mut finished = Vec::with_capacity(count);
    let mut visited = vec![false; count];
    for start in 0..count {
        if std::mem::replace(&mut visited[start], true) {
            continue;
        }
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.last_mut() {
            match edges[*node].get(*next) {
                Some(&target) => {
                    *next += 1;
                    if !std::mem::replace(&mut visited[target], true) {
                        stack.push((target, 0));
                    }
                }
                None => {
                    finished.push(*node);
                    stack.pop();
                }
            }
        }
    }
    let mut component = vec![usize::MAX; count];
    for &root in finished.iter().rev() {
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            if component[node] == usize::MAX {
                component[node] = root;
                stack.extend(&reversed[node]);
            }
        }
    }
    (component, finished)
}
