//! Where a `Box` goes: records that hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::lookup;
use crate::avro::{RawNamed, RawNamedKind, RawType};

/// The references that close a cycle without an array or a map between: both ends are in one strongly connected component.
pub(super) fn recursive_edges(found: &BTreeMap<String, RawNamed>) -> BTreeSet<(String, String)> {
    let index: BTreeMap<&str, usize> = found.keys().enumerate().map(|(index, full)| (full.as_str(), index)).collect();
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    for (full, raw) in found {
        if let RawNamedKind::Record(fields) = &raw.kind {
            for field in fields {
                direct(found, &field.ty, &mut |target| edges[index[full.as_str()]].push(index[target]));
            }
        }
    }
    let component = components(&edges);
    let names: Vec<&String> = found.keys().collect();
    let mut boxed = BTreeSet::new();
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            if component[from] == component[to] {
                boxed.insert((names[from].clone(), names[to].clone()));
            }
        }
    }
    boxed
}

fn direct<'a>(found: &'a BTreeMap<String, RawNamed>, ty: &RawType, edge: &mut impl FnMut(&'a str)) {
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

/// Kosaraju's strongly connected components, without recursion: a hostile contract may chain a million records.
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
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
    component
}
