//! Raw schemas to the model's types: references followed, names made, a `Box` where recursion needs one.

use std::collections::{BTreeMap, BTreeSet};

use crate::avro::{RawNamed, RawNamedKind, RawType};
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::model::{Enum, Field, Fixed, Ident, Model, Named, Record, Type, TypeId, TypeName, Union};
use crate::name::{self, Case, Collision};
use crate::source::Origin;

/// The model of all named types, without topics.
///
/// `whole` is whether all schemas could be read: else what is missing may be in one that could not, and is not reported.
pub(crate) fn resolve(found: &BTreeMap<String, RawNamed>, whole: bool, diagnostics: &mut Collector) -> Model {
    let ids: BTreeMap<&str, TypeId> = found
        .keys()
        .enumerate()
        .map(|(index, full)| (full.as_str(), Model::type_id(index)))
        .collect();
    let names = type_names(found, diagnostics);
    let boxed = recursive_edges(found);
    let mut resolver = Resolver {
        whole,
        ids: &ids,
        found,
        boxed: &boxed,
        fallen_back: BTreeSet::new(),
        diagnostics,
    };
    let types = found
        .iter()
        .zip(names)
        .map(|((full, raw), name)| resolver.named(full, raw, name))
        .collect();
    Model::new(types)
}

/// What stands at the root of a file.
pub(crate) struct Root {
    pub(crate) ty: RawType,
    pub(crate) origin: Origin,
    /// Whether nothing in it was refused, and it defines no named type.
    pub(crate) empty: bool,
}

/// Checks what the files say beside their definitions, and gives whether all schemas could be read after all: an unknown type at a root may be
/// a definition whose kind is misspelt, and what it would have defined is missing elsewhere.
pub(crate) fn check_roots(found: &BTreeMap<String, RawNamed>, roots: &[Root], whole: bool, diagnostics: &mut Collector) -> bool {
    let mut all_known = true;
    for root in roots {
        let mut known = true;
        references(&root.ty, &mut |full, written, origin| {
            if lookup(found, full, written).is_none() {
                known = false;
                if whole {
                    diagnostics.push(unknown(found, full, written, origin));
                }
            }
        });
        if root.empty && known {
            let message = "the schema defines no record, enum or fixed: nothing is generated from it";
            let help = "define a named type in it, or keep it out of the contract's schemas";
            diagnostics.push(Diagnostic::warning("KE0114", &root.origin, message).help(help));
        }
        all_known &= known || !root.empty;
    }
    whole && all_known
}

fn references(ty: &RawType, each: &mut impl FnMut(&str, &str, &Origin)) {
    match ty {
        RawType::Array(inner) | RawType::Map(inner) => references(inner, each),
        RawType::Union(branches) => branches.iter().for_each(|branch| references(branch, each)),
        RawType::Reference { full, written, origin } => each(full, written, origin),
        RawType::Primitive(_) | RawType::Broken => {}
    }
}

struct Resolver<'a> {
    /// Whether all schemas could be read.
    whole: bool,
    ids: &'a BTreeMap<&'a str, TypeId>,
    found: &'a BTreeMap<String, RawNamed>,
    /// Pairs of full names of which the first holds the second in a cycle without an indirection.
    boxed: &'a BTreeSet<(String, String)>,
    /// The types without a namespace that were meant from within one.
    fallen_back: BTreeSet<String>,
    diagnostics: &'a mut Collector,
}

impl Resolver<'_> {
    fn named(&mut self, full: &str, raw: &RawNamed, name: TypeName) -> Named {
        let (doc, aliases, properties, origin) = (raw.doc.clone(), raw.aliases.clone(), raw.properties.clone(), raw.origin.clone());
        match &raw.kind {
            RawNamedKind::Enum { symbols, default } => {
                let spelled: Vec<&str> = symbols.iter().map(String::as_str).collect();
                let (symbols, collisions) = name::scope(&spelled, Case::Camel);
                warn(self.diagnostics, &raw.origin.child("symbols"), "symbols", &spelled, &collisions);
                Named::Enum(Enum {
                    name,
                    doc,
                    aliases,
                    symbols,
                    default: *default,
                    properties,
                    origin,
                })
            }
            RawNamedKind::Fixed { size, logical } => Named::Fixed(Fixed {
                name,
                doc,
                aliases,
                size: *size,
                logical: *logical,
                properties,
                origin,
            }),
            RawNamedKind::Record(fields) => {
                let spelled: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                let (names, collisions) = name::scope(&spelled, Case::Snake);
                warn(self.diagnostics, &raw.origin.child("fields"), "fields", &spelled, &collisions);
                let fields = fields
                    .iter()
                    .zip(names)
                    .map(|(field, name)| Field {
                        name,
                        doc: field.doc.clone(),
                        aliases: field.aliases.clone(),
                        ty: self.ty(full, &field.ty, true),
                        annotations: field.annotations.clone(),
                        default: field.default.clone(),
                        order: field.order.clone(),
                        properties: field.properties.clone(),
                        origin: field.origin.clone(),
                    })
                    .collect();
                Named::Record(Record {
                    name,
                    doc,
                    aliases,
                    fields,
                    properties,
                    origin,
                })
            }
        }
    }

    /// The type of a field of `owner`; `direct` while no array or map stands between.
    fn ty(&mut self, owner: &str, raw: &RawType, direct: bool) -> Type {
        match raw {
            RawType::Broken => Type::Broken,
            RawType::Primitive(ty) => ty.clone(),
            RawType::Array(inner) => Type::Array(Box::new(self.ty(owner, inner, false))),
            RawType::Map(inner) => Type::Map(Box::new(self.ty(owner, inner, false))),
            RawType::Union(branches) => {
                let branches: Vec<Type> = branches.iter().map(|branch| self.ty(owner, branch, direct)).collect();
                match &branches[..] {
                    [Type::Null, inner] => Type::Nullable {
                        null_first: true,
                        inner: Box::new(inner.clone()),
                    },
                    [inner, Type::Null] => Type::Nullable {
                        null_first: false,
                        inner: Box::new(inner.clone()),
                    },
                    _ => Type::Union(Box::new(Union { branches })),
                }
            }
            RawType::Reference { full, written, origin } => match self.lookup(full, written) {
                Some((known, id)) => {
                    if known != *full {
                        self.warn_of_fallback(&known, full, origin);
                    }
                    let boxed = direct && self.boxed.contains(&(owner.to_owned(), known));
                    if boxed { Type::Boxed(id) } else { Type::Named(id) }
                }
                None => {
                    if self.whole {
                        self.diagnostics.push(unknown(self.found, full, written, origin));
                    }
                    Type::Broken
                }
            },
        }
    }

    /// Once for each type: its want of a namespace is what there is to mend.
    fn warn_of_fallback(&mut self, known: &str, full: &str, origin: &Origin) {
        if !self.whole || !self.fallen_back.insert(known.to_owned()) {
            return;
        }
        let message = format!("`{known}` is taken for the type without a namespace: there is no `{full}`");
        let namespace = full.rsplit_once('.').map_or("", |(namespace, _)| namespace);
        self.diagnostics.push(
            Diagnostic::warning("KE0115", origin, message)
                .label(format!("a strict parser reads `{full}`"))
                .also(&self.found[known].origin.child("name"), "defined here, without a namespace")
                .help(format!("give it one, as in `\"namespace\": \"{namespace}\"`")),
        );
    }

    fn lookup(&self, full: &str, written: &str) -> Option<(String, TypeId)> {
        lookup(self.found, full, written).map(|full| (full.to_owned(), self.ids[full]))
    }
}

fn unknown(found: &BTreeMap<String, RawNamed>, full: &str, written: &str, origin: &Origin) -> Diagnostic {
    const OTHERS: [&str; 14] = [
        "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "error", "enum", "fixed", "array", "map",
    ];
    // By the last part alone: a long namespace that all share would make all names near.
    let simple = |name: &'_ str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let known: Vec<String> = found.keys().map(|known| simple(known)).collect();
    let candidates = known.iter().map(String::as_str).chain(OTHERS);
    let near = nearest(&simple(written), candidates).map(|near| {
        let place = known.iter().position(|known| known == near);
        place.and_then(|place| found.keys().nth(place)).map_or(near, String::as_str)
    });
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "define it in one of the contract's schemas, or name a primitive type".to_owned(),
    };
    let what = if written == full {
        format!("`{full}`")
    } else {
        format!("`{written}` (in full `{full}`)")
    };
    Diagnostic::error("KE0105", origin, format!("the type {what} is not defined")).help(help)
}

/// The full name that a reference means: as the namespace completes it, else as it is written, in the null namespace.
fn lookup<'a>(found: &'a BTreeMap<String, RawNamed>, full: &str, written: &str) -> Option<&'a str> {
    found
        .get_key_value(full)
        .or_else(|| found.get_key_value(written))
        .map(|(known, _)| known.as_str())
}

fn type_names(found: &BTreeMap<String, RawNamed>, diagnostics: &mut Collector) -> Vec<TypeName> {
    // Modules that share a parent, and types that share a namespace, are a scope each.
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut types: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for full in found.keys() {
        let (namespace, name) = full.rsplit_once('.').unwrap_or(("", full));
        types.entry(namespace.to_owned()).or_default().push(name);
        let mut parent = String::new();
        for part in namespace.split('.').filter(|part| !part.is_empty()) {
            modules.entry(parent.clone()).or_default().insert(part.to_owned());
            if !parent.is_empty() {
                parent.push('.');
            }
            parent.push_str(part);
        }
    }
    let mut module_idents: BTreeMap<(String, String), Ident> = BTreeMap::new();
    for (parent, parts) in &modules {
        let spelled: Vec<&str> = parts.iter().map(String::as_str).collect();
        // The generated modules of topics and groups stand at the root.
        let ours: &[&str] = if parent.is_empty() { &["topics", "groups"] } else { &[] };
        let (idents, _) = name::scope_beside(&spelled, Case::Snake, ours);
        for ident in idents {
            module_idents.insert((parent.clone(), ident.avro.clone()), ident);
        }
    }
    let mut type_idents: BTreeMap<String, Ident> = BTreeMap::new();
    for (namespace, names) in &types {
        let (idents, collisions) = name::scope(names, Case::Camel);
        let whole = |name: &str| {
            if namespace.is_empty() {
                name.to_owned()
            } else {
                format!("{namespace}.{name}")
            }
        };
        for collision in &collisions {
            let origin = &found[&whole(names[collision.places[0]])].origin;
            warn(diagnostics, &origin.child("name"), "types", names, std::slice::from_ref(collision));
        }
        for ident in idents {
            type_idents.insert(whole(&ident.avro), ident);
        }
    }
    found
        .keys()
        .map(|full| {
            let namespace = full.rsplit_once('.').map_or("", |(namespace, _)| namespace);
            let mut parent = String::new();
            let mut path = Vec::new();
            for part in namespace.split('.').filter(|part| !part.is_empty()) {
                path.push(module_idents[&(parent.clone(), part.to_owned())].clone());
                if !parent.is_empty() {
                    parent.push('.');
                }
                parent.push_str(part);
            }
            TypeName {
                namespace: path,
                ident: type_idents[full].clone(),
            }
        })
        .collect()
}

/// Warns of names that meet when they are made Rust's.
pub(crate) fn warn(diagnostics: &mut Collector, origin: &Origin, what: &str, names: &[&str], collisions: &[Collision]) {
    for collision in collisions {
        let names: Vec<_> = collision.places.iter().map(|place| format!("`{}`", names[*place])).collect();
        let message = format!("the {what} {} would all be called `{}` in Rust", names.join(", "), collision.rust);
        diagnostics.push(
            Diagnostic::warning("KE0201", origin, message).help("they keep their own spelling; rename one of them to have both in Rust's"),
        );
    }
}

/// The references that close a cycle without an array or a map between: both ends are in one strongly connected component.
fn recursive_edges(found: &BTreeMap<String, RawNamed>) -> BTreeSet<(String, String)> {
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
