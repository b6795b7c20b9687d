//! The Rust names of all that the schemas define: each scope by itself, the manifest's choices first.

use std::collections::HashSet;

use super::files;
use super::root::RawRoot;
use crate::avro::RawNamed;
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Ident, TypeName};
use crate::name::{self, Case, Collision, RESERVED};
use crate::rename::{self, Pins, Target};
use crate::source::Origin;

/// The modules of topics and groups, which stand at the root beside the schemas' own.
const OURS: &[&str] = &["topics", "groups"];

/// What names are made of.
pub(super) struct Naming<'a> {
    pub(super) found: &'a ByName<RawNamed>,
    pub(super) pins: &'a Pins,
    pub(super) diagnostics: &'a mut Collector,
}

/// The names of all types, in the order of their full names, and of the roots that are types, in theirs.
pub(super) struct Names {
    pub(super) types: Vec<TypeName>,
    pub(super) roots: Vec<Ident>,
}

/// A scope: the names that share it, each with its full name, and what there is of it in the schemas.
struct ScopeOf<'s> {
    target: Target,
    spelled: &'s [&'s str],
    full: &'s [String],
    case: Case,
    taken: &'s [&'s str],
    /// Where a name stands.
    origin: &'s dyn Fn(usize) -> Option<Origin>,
    what: &'static str,
}

impl Naming<'_> {
    /// The names of a record's fields or an enum's symbols.
    pub(super) fn members(mut self, owner: &str, raw: &RawNamed, target: Target, spelled: &[&str]) -> Vec<Ident> {
        let (case, list, what, taken): (_, _, _, &[&str]) = match target {
            Target::Field => (Case::Snake, "fields", "fields", &[]),
            // The constant of all symbols.
            _ => (Case::Camel, "symbols", "symbols", &["ALL"]),
        };
        let full: Vec<String> = spelled.iter().map(|name| format!("{owner}.{name}")).collect();
        self.scope(&ScopeOf {
            target,
            spelled,
            full: &full,
            case,
            taken,
            origin: &|_| Some(raw.origin.child(list)),
            what,
        })
    }

    pub(super) fn all(mut self, roots: &[RawRoot]) -> Names {
        // Modules that share a parent, and types that share a namespace, are a scope each.
        let mut modules: ByName<ByName<()>> = ByName::default();
        let mut types: ByName<Vec<&str>> = ByName::default();
        for full in self.found.keys() {
            let (namespace, name) = full.rsplit_once('.').unwrap_or(("", full));
            types.or_default(namespace).push(name);
            let mut parent = "";
            for part in namespace.split('.').filter(|part| !part.is_empty()) {
                modules.or_default(parent).insert(part.to_owned(), ());
                let end = if parent.is_empty() {
                    part.len()
                } else {
                    parent.len() + 1 + part.len()
                };
                parent = &namespace[..end];
            }
        }
        let mut type_idents: ByName<Ident> = ByName::default();
        // A type and a module cannot have one name: the module gives way.
        let mut beside: ByName<Vec<String>> = ByName::default();
        for (namespace, names) in types.iter() {
            let full: Vec<String> = names.iter().map(|name| within(namespace, name)).collect();
            let ours = if namespace.is_empty() { OURS } else { &[] };
            let taken = [RESERVED, ours].concat();
            let found = self.found;
            let idents = self.scope(&ScopeOf {
                target: Target::Type,
                spelled: names,
                full: &full,
                case: Case::Camel,
                taken: &taken,
                origin: &|place| found.get(&full[place]).map(|raw| raw.origin.child("name")),
                what: "types",
            });
            let rust = idents.iter().map(|ident| ident.rust.clone()).collect();
            beside.insert(namespace.to_owned(), rust);
            type_idents.extend(full.into_iter().zip(idents));
        }
        let mut module_idents: ByName<Ident> = ByName::default();
        for (parent, parts) in modules.iter() {
            let spelled: Vec<&str> = parts.keys().collect();
            let full: Vec<String> = spelled.iter().map(|part| within(parent, part)).collect();
            let ours = if parent.is_empty() { OURS } else { &[] };
            let types = beside.get(parent).into_iter().flatten().map(String::as_str);
            let taken: Vec<&str> = types.chain(ours.iter().copied()).collect();
            let found = self.found;
            let idents = self.scope(&ScopeOf {
                target: Target::Namespace,
                spelled: &spelled,
                full: &full,
                case: Case::Snake,
                taken: &taken,
                origin: &|place| first_within(found, &full[place]),
                what: "namespaces",
            });
            module_idents.extend(full.into_iter().zip(idents));
        }
        let roots = self.roots(roots, &type_idents, &module_idents);
        let type_name = |full: &str| TypeName {
            namespace: full
                .match_indices('.')
                .map(|(dot, _)| module_idents[&full[..dot]].clone())
                .collect(),
            ident: type_idents[full].clone(),
        };
        Names {
            types: self.found.keys().map(type_name).collect(),
            roots,
        }
    }

    /// A root is named as its file, and one that is called as a type beside it has `Root` behind it.
    fn roots(&mut self, roots: &[RawRoot], types: &ByName<Ident>, modules: &ByName<Ident>) -> Vec<Ident> {
        let roots: Vec<&RawRoot> = roots.iter().filter(|root| root.is_type(self.found)).collect();
        let at_root = |idents: &ByName<Ident>| -> Vec<String> {
            let own = idents.iter().filter(|(full, _)| !full.contains('.'));
            own.map(|(_, ident)| ident.rust.clone()).collect()
        };
        let mut taken: HashSet<String> = [at_root(types), at_root(modules)].concat().into_iter().collect();
        taken.extend(RESERVED.iter().chain(OURS).map(|&name| name.to_owned()));
        let mut names = files::names(&roots);
        for name in &mut names {
            if taken.contains(&name::single(name, Case::Camel).rust) {
                name.push_str("_root");
            }
        }
        let paths: Vec<&str> = roots.iter().map(|root| root.path.as_str()).collect();
        let full: Vec<String> = files::keys(&paths).into_iter().map(|keys| keys[0].clone()).collect();
        let mut idents = self.scope(&ScopeOf {
            target: Target::File,
            spelled: &names.iter().map(String::as_str).collect::<Vec<_>>(),
            full: &full,
            case: Case::Camel,
            taken: &taken.iter().map(String::as_str).collect::<Vec<_>>(),
            origin: &|place| Some(roots[place].origin.clone()),
            what: "roots of files",
        });
        for (ident, file) in idents.iter_mut().zip(full) {
            ident.avro = file;
        }
        idents
    }

    fn scope(&mut self, scope: &ScopeOf<'_>) -> Vec<Ident> {
        let pins: Vec<_> = scope.full.iter().map(|full| self.pins.of(scope.target, full)).collect();
        let given: Vec<_> = pins.iter().map(|pin| pin.map(|pin| pin.rust.as_str())).collect();
        let named = name::scope_pinned(scope.spelled, &given, scope.case, scope.taken);
        for &(place, with) in &named.clashes {
            let Some(pin) = pins[place] else { continue };
            let message = format!("`{}` cannot be called `{}` in Rust", scope.full[place], pin.rust);
            let mut diagnostic = Diagnostic::error("KE0503", &pin.place, message).help("choose another name, or another for what has it");
            diagnostic = match with {
                Some(other) => {
                    let reason = format!("`{}` is called so already", scope.full[other]);
                    match pins[other].map(|pin| pin.place.clone()).or_else(|| (scope.origin)(other)) {
                        Some(origin) => diagnostic.also(&origin, reason),
                        None => diagnostic.label(reason),
                    }
                }
                None => diagnostic.label("a type or a module beside it is called so, or it is a name that generated code needs"),
            };
            self.diagnostics.push(diagnostic);
        }
        self.warn_of_collisions(scope, &named.idents, &named.collisions);
        named.idents
    }

    /// Warns of names that meet, with the lines that pin them as they are.
    fn warn_of_collisions(&mut self, scope: &ScopeOf<'_>, idents: &[Ident], collisions: &[Collision]) {
        let line = |place: usize| rename::line(scope.target, &scope.full[place], &idents[place].rust, self.found);
        let mut collided = vec![false; idents.len()];
        collisions
            .iter()
            .flat_map(|collision| &collision.places)
            .for_each(|place| collided[*place] = true);
        // What has given way to one of those, or to what has the name beside it.
        let displaced: Vec<usize> = (0..idents.len())
            .filter(|place| {
                let name = scope.spelled[*place];
                let given = self.pins.of(scope.target, &scope.full[*place]).is_some();
                !given && !collided[*place] && idents[*place].rust != name::single(name, scope.case).rust
            })
            .collect();
        for (nth, collision) in collisions.iter().enumerate() {
            let Some(origin) = (scope.origin)(collision.places[0]) else {
                continue;
            };
            let names: Vec<_> = collision
                .places
                .iter()
                .map(|place| format!("`{}`", scope.spelled[*place]))
                .collect();
            let message = format!(
                "the {} {} would all be called `{}` in Rust",
                scope.what,
                names.join(", "),
                collision.rust
            );
            let mut lines = vec!["they keep their own spelling; to have it said, or another, write into the manifest:".to_owned()];
            lines.push("[rename]".to_owned());
            lines.extend(collision.places.iter().map(|place| line(*place)));
            if nth == 0 {
                lines.extend(displaced.iter().map(|place| line(*place)));
            }
            self.diagnostics
                .push(Diagnostic::warning("KE0201", &origin, message).help(lines.join("\n")));
        }
        if !collisions.is_empty() {
            return;
        }
        for place in displaced {
            let Some(origin) = (scope.origin)(place) else { continue };
            let (full, rust) = (&scope.full[place], &idents[place].rust);
            let message = format!("`{full}` is called `{rust}` in Rust: what it would be called is taken");
            let help = format!(
                "to have it said, or another name, write into the manifest:\n[rename]\n{}",
                line(place)
            );
            self.diagnostics.push(Diagnostic::warning("KE0202", &origin, message).help(help));
        }
    }
}

fn within(namespace: &str, name: &str) -> String {
    if namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

/// Where the first type of a namespace says its name.
fn first_within(found: &ByName<RawNamed>, namespace: &str) -> Option<Origin> {
    let (_, first) = found.first_from(&format!("{namespace}."))?;
    Some(first.origin.child("name"))
}

/// Warns of topics or groups whose names meet when they are made Rust's; `idents` are those that they have.
pub(crate) fn warn(diagnostics: &mut Collector, origin: &Origin, what: &str, names: &[&str], idents: &[Ident], collision: &Collision) {
    let spelled: Vec<_> = collision.places.iter().map(|place| format!("`{}`", names[*place])).collect();
    let message = format!("the {what} {} would all be called `{}` in Rust", spelled.join(", "), collision.rust);
    let called = collision.places.iter().map(|place| format!("`{}`", idents[*place].rust));
    let called: Vec<_> = called.collect();
    let help = format!(
        "they are called {}; rename one of them to have all in Rust's spelling",
        called.join(", ")
    );
    diagnostics.push(Diagnostic::warning("KE0201", origin, message).help(help));
}
