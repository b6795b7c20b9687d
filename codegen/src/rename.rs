//! The Rust names that a manifest gives, tied to what the schemas define. Names only: nothing else of it comes into code.

use crate::avro::{RawNamed, RawNamedKind, quoted};
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic, Severity};
use crate::name;
use crate::nearest::nearest;
use crate::resolve::{self, root::RawRoot};
use crate::source::Origin;

/// What a name is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Type,
    Namespace,
    Field,
    Symbol,
    /// The type of a file whose root has no name of its own.
    File,
}

impl Target {
    pub(crate) const ALL: [Self; 5] = [Self::Type, Self::Namespace, Self::Field, Self::Symbol, Self::File];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Namespace => "namespace",
            Self::Field => "field",
            Self::Symbol => "symbol",
            Self::File => "file",
        }
    }
}

/// A name as the manifest gives it.
#[derive(Debug)]
pub(crate) struct Rename {
    /// A full name, with a field or a symbol behind it; or a file.
    pub(crate) of: String,
    /// What it is, where the manifest says so.
    pub(crate) target: Option<Target>,
    pub(crate) rust: String,
    /// Where it says what is renamed.
    pub(crate) origin: Origin,
    /// Where it says how.
    pub(crate) place: Origin,
}

/// A name that is given, and where.
#[derive(Debug, Clone)]
pub(crate) struct Pin {
    pub(crate) rust: String,
    pub(crate) place: Origin,
}

/// The names that are given to what there is, by what it is.
#[derive(Debug, Default)]
pub(crate) struct Pins([ByName<Pin>; Target::ALL.len()]);

/// What one spelling means.
type Meanings = ByName<Vec<Target>>;

impl Pins {
    /// Ties each to what it names; `whole` is whether all schemas could be read.
    pub(crate) fn new(renames: &[Rename], found: &ByName<RawNamed>, roots: &[RawRoot], whole: bool, diagnostics: &mut Collector) -> Self {
        let mut pins = Self::default();
        if renames.is_empty() {
            return pins;
        }
        let files = files(found, roots);
        let meanings = meanings(found, &files);
        for rename in renames {
            if !name::is_identifier(&rename.rust) {
                diagnostics.push(no_identifier(rename));
                continue;
            }
            let known = meanings.get(&rename.of).map_or(&[][..], Vec::as_slice);
            let target = match (rename.target, known) {
                (Some(stated), known) if known.contains(&stated) => stated,
                (None, [only]) => *only,
                (None, [_, _, ..]) => {
                    diagnostics.push(ambiguous(rename, known));
                    continue;
                }
                _ if !whole => continue,
                (stated, _) => {
                    diagnostics.push_with(Severity::Error, || unknown(rename, stated, &meanings));
                    continue;
                }
            };
            let pin = Pin {
                rust: rename.rust.clone(),
                place: rename.place.clone(),
            };
            let of = match target {
                Target::File => files[&rename.of].clone(),
                _ => rename.of.clone(),
            };
            if let Some(first) = pins.0[target as usize].insert(of, pin) {
                diagnostics.push(again(rename, &first));
            }
        }
        pins
    }

    pub(crate) fn of(&self, target: Target, full: &str) -> Option<&Pin> {
        self.0[target as usize].get(full)
    }
}

/// The line that pins a name, as a warning prints it.
pub(crate) fn line(target: Target, full: &str, rust: &str, found: &ByName<RawNamed>) -> String {
    let rust = rust.trim_start_matches("r#");
    let others = Target::ALL
        .into_iter()
        .filter(|other| *other != target && means(found, full, *other));
    let full = quoted(full);
    if others.count() == 0 {
        format!("{full} = {rust:?}")
    } else {
        format!("{full} = {{ {} = {rust:?} }}", target.word())
    }
}

/// Whether a name is that of a type, of a namespace, of a field or of a symbol.
fn means(found: &ByName<RawNamed>, full: &str, target: Target) -> bool {
    let owner = || {
        full.rsplit_once('.')
            .and_then(|(owner, part)| Some((&found.get(owner)?.kind, part)))
    };
    match target {
        Target::Type => found.contains(full),
        Target::Namespace => {
            let below = format!("{full}.");
            found.first_from(&below).is_some_and(|(first, _)| first.starts_with(&below))
        }
        Target::Field => {
            matches!(owner(), Some((RawNamedKind::Record(fields), part)) if fields.iter().any(|field| field.name == part))
        }
        Target::Symbol => {
            matches!(owner(), Some((RawNamedKind::Enum { symbols, .. }, part)) if symbols.iter().any(|symbol| symbol == part))
        }
        Target::File => false,
    }
}

/// The files that are types by themselves: what each may be called here, with the shortest of that.
fn files(found: &ByName<RawNamed>, roots: &[RawRoot]) -> ByName<String> {
    let paths = roots.iter().filter(|root| root.is_type(found)).map(|root| root.path.as_str());
    let mut files = ByName::default();
    for keys in resolve::files::keys(&paths.collect::<Vec<_>>()) {
        for key in &keys {
            files.insert(key.clone(), keys[0].clone());
        }
    }
    files
}

fn meanings(found: &ByName<RawNamed>, files: &ByName<String>) -> Meanings {
    let mut meanings = Meanings::default();
    let mut add = |of: &str, target| {
        let known = meanings.or_default(of);
        if !known.contains(&target) {
            known.push(target);
        }
    };
    for (full, raw) in found.iter() {
        add(full, Target::Type);
        for (dot, _) in full.match_indices('.') {
            add(&full[..dot], Target::Namespace);
        }
        match &raw.kind {
            RawNamedKind::Record(fields) => fields
                .iter()
                .for_each(|field| add(&format!("{full}.{}", field.name), Target::Field)),
            RawNamedKind::Enum { symbols, .. } => symbols.iter().for_each(|symbol| add(&format!("{full}.{symbol}"), Target::Symbol)),
            RawNamedKind::Fixed { .. } => {}
        }
    }
    for key in files.keys() {
        add(key, Target::File);
    }
    meanings
}

fn no_identifier(rename: &Rename) -> Diagnostic {
    let shown: String = rename.rust.chars().take(60).collect();
    let help = match rename.rust.strip_prefix("r#") {
        Some(plain) if name::is_identifier(plain) => format!("write `{plain}`: it is made raw where it must be"),
        _ => "write letters, digits and `_`, not beginning with a digit; and none of `self`, `Self`, `super`, `crate`, `_`".to_owned(),
    };
    Diagnostic::error(
        "KE0502",
        &rename.place,
        format!("`{}` is not a name of Rust's", shown.escape_debug()),
    )
    .help(help)
}

fn ambiguous(rename: &Rename, known: &[Target]) -> Diagnostic {
    let what: Vec<_> = known.iter().map(|target| format!("a {}", target.word())).collect();
    let which: Vec<_> = known.iter().map(|target| format!("{} = \"…\"", target.word())).collect();
    let message = format!("`{}` is {}", rename.of, what.join(" and "));
    Diagnostic::error("KE0504", &rename.origin, message)
        .label("which of them is it?")
        .help(format!(
            "say which, or name each: {} = {{ {} }}",
            quoted(&rename.of),
            which.join(", ")
        ))
}

/// A file has several names.
fn again(rename: &Rename, first: &Pin) -> Diagnostic {
    let message = format!("`{}` has a name already: `{}`", rename.of, first.rust);
    Diagnostic::error("KE0503", &rename.origin, message)
        .also(&first.place, "given here, to a longer or a shorter path of the same file")
        .help("leave one of the two lines")
}

fn unknown(rename: &Rename, stated: Option<Target>, meanings: &Meanings) -> Diagnostic {
    let fits = |targets: &[Target]| stated.is_none_or(|stated| targets.contains(&stated));
    let candidates = || meanings.iter().filter(|(_, targets)| fits(targets)).map(|(of, _)| of);
    let last = |of: &str| of.rsplit('.').next().unwrap_or_default().to_owned();
    // A name without its namespace is the likeliest slip, or one that files of several folders have.
    let behind = ['.', '/'].map(|before| format!("{before}{}", rename.of));
    let near = candidates()
        .filter(|of| behind.iter().any(|behind| of.ends_with(behind)))
        .min_by_key(|of| of.len())
        .or_else(|| nearest(&rename.of, candidates()))
        .or_else(|| candidates().find(|of| last(of) == last(&rename.of)));
    let help = match near {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => "write a full name, as in \"com.acme.User\", with a field or a symbol behind it, as in \"com.acme.User.id\"".to_owned(),
    };
    let what = stated.map_or("type, namespace, field, symbol or file", Target::word);
    let shown: String = rename.of.chars().take(120).collect();
    Diagnostic::error(
        "KE0501",
        &rename.origin,
        format!("no schema has a {what} `{}`", shown.escape_debug()),
    )
    .help(help)
}
