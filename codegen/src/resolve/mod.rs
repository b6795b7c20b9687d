//! Raw schemas to the model's types: references followed, names made, a `Box` where recursion needs one.

mod cycle;
pub(crate) mod files;
mod names;
pub(crate) mod root;

use std::collections::HashSet;

use crate::avro::{RawNamed, RawNamedKind, RawType};
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic, Severity};
use crate::model::{Enum, Field, Fixed, Model, Named, Record, Type, TypeId, TypeName, Union};
use crate::nearest::nearest;
use crate::rename::{Pins, Target};
use crate::source::Origin;
use names::Naming;
pub(crate) use names::warn;
use root::RawRoot;

/// The model of all named types, without topics.
///
/// `whole` is whether all schemas could be read: else what is missing may be in one that could not, and is not reported.
pub(crate) fn resolve(found: &ByName<RawNamed>, roots: &[RawRoot], pins: &Pins, whole: bool, diagnostics: &mut Collector) -> Model {
    let ids: ByName<TypeId> = found
        .keys()
        .enumerate()
        .map(|(index, full)| (full.to_owned(), Model::type_id(index)))
        .collect();
    let names = Naming {
        found,
        pins,
        diagnostics: &mut *diagnostics,
    }
    .all(roots);
    let boxed = cycle::boxed_edges(found, &ids);
    let mut resolver = Resolver {
        whole,
        ids: &ids,
        found,
        boxed: &boxed,
        fallen_back: HashSet::new(),
        unions: 0,
        pins,
        diagnostics,
    };
    let types = found
        .iter()
        .zip(names.types)
        .map(|((full, raw), name)| resolver.named(full, raw, name))
        .collect();
    let roots = resolver.roots(roots, names.roots);
    Model::new(types).with_roots(roots)
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
    ids: &'a ByName<TypeId>,
    found: &'a ByName<RawNamed>,
    /// Pairs of types of which the first holds the second in a cycle without an indirection.
    boxed: &'a HashSet<(TypeId, TypeId)>,
    /// The types without a namespace that were meant from within one.
    fallen_back: HashSet<String>,
    /// How many unions the record that is resolved has by now.
    unions: usize,
    pins: &'a Pins,
    diagnostics: &'a mut Collector,
}

impl Resolver<'_> {
    fn naming(&mut self) -> Naming<'_> {
        Naming {
            found: self.found,
            pins: self.pins,
            diagnostics: self.diagnostics,
        }
    }

    fn named(&mut self, full: &str, raw: &RawNamed, name: TypeName) -> Named {
        self.unions = 0;
        let (doc, aliases, properties, origin) = (raw.doc.clone(), raw.aliases.clone(), raw.properties.clone(), raw.origin.clone());
        match &raw.kind {
            RawNamedKind::Enum { symbols, default } => {
                let spelled: Vec<&str> = symbols.iter().map(String::as_str).collect();
                let symbols = self.naming().members(full, raw, Target::Symbol, &spelled);
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
                let names = self.naming().members(full, raw, Target::Field, &spelled);
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
                let place = self.unions;
                self.unions += 1;
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
                    _ => Type::Union(Box::new(Union { branches, place })),
                }
            }
            RawType::Reference { full, written, origin } => match self.lookup(full, written) {
                Some((known, id)) => {
                    if known != *full {
                        self.warn_of_fallback(&known, full, origin);
                    }
                    let boxed = direct && self.ids.get(owner).is_some_and(|owner| self.boxed.contains(&(*owner, id)));
                    if boxed { Type::Boxed(id) } else { Type::Named(id) }
                }
                None => {
                    if self.whole {
                        let found = self.found;
                        self.diagnostics
                            .push_with(Severity::Error, || unknown(found, full, written, origin));
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

fn unknown(found: &ByName<RawNamed>, full: &str, written: &str, origin: &Origin) -> Diagnostic {
    const OTHERS: [&str; 14] = [
        "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "error", "enum", "fixed", "array", "map",
    ];
    // A type may be called so: then it is defined.
    if matches!(written, "record" | "error" | "enum" | "fixed" | "array" | "map") {
        let help = format!("write it as an object: {{\"type\": \"{written}\", …}}");
        return Diagnostic::error("KE0103", origin, format!("`{written}` cannot stand alone")).help(help);
    }
    // By the last part alone: a long namespace that all share would make all names near.
    let simple = |name: &'_ str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let known: Vec<String> = found.keys().map(&simple).collect();
    let candidates = known.iter().map(String::as_str).chain(OTHERS);
    let near = nearest(&simple(written), candidates).map(|near| {
        let place = known.iter().position(|known| known == near);
        place.and_then(|place| found.keys().nth(place)).unwrap_or(near)
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
fn lookup<'a>(found: &'a ByName<RawNamed>, full: &str, written: &str) -> Option<&'a str> {
    found.key(full).or_else(|| found.key(written))
}
