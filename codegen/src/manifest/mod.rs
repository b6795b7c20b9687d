//! `topics.toml` to topics and groups, with positions; unknown keys refused.

mod config;
mod group;
mod key;
#[cfg(feature = "emit")]
pub(crate) mod package;
mod record;
mod rename;
#[cfg(feature = "derive")]
pub(crate) mod runtime;
mod settings;
mod table;
mod topic;

use toml_spanner::{Arena, Document, ErrorKind, Item, Kind, Span};

use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic};
use crate::limits;
use crate::model::{Group, Ident, Model, Topic};
use crate::name::{self, Case, RESERVED};
use crate::rename::Rename;
use crate::resolve;
use crate::source::{FileId, Origin, Place, Sources};
use record::{Known, Records};
use table::Table;

#[cfg(feature = "derive")]
pub(crate) use key::may_lead_to_a_key;
#[cfg(feature = "derive")]
pub(crate) use settings::is_topic_name;

/// The manifest's shape that this version reads.
const VERSION: i64 = 1;

/// A manifest whose TOML is valid, its topics not yet tied to records.
pub(crate) struct Manifest {
    /// Folders and files with schemas, relative to the manifest.
    pub(crate) schemas: Stated,
    /// Rust names of its choosing.
    pub(crate) renames: Vec<Rename>,
    file: FileId,
    text: String,
}

/// Where a manifest says that the schemas are.
pub(crate) enum Stated {
    Here(Vec<(String, Origin)>),
    /// It does not say; with the place where it might.
    Nowhere(Origin),
    /// What it says has been refused.
    Wrongly,
}

const KEYS: &[&str] = &["version", "schemas", "rename", "defaults", "topics", "groups"];

impl Manifest {
    /// Reads what is needed to find the schemas.
    pub(crate) fn parse(sources: &Sources, file: FileId, diagnostics: &mut Collector) -> Option<Self> {
        let text = sources.file(file).text.clone();
        let arena = Arena::new();
        let root = parse(&text, &arena, file, diagnostics)?;
        let root = Table::whole(file, &text, 0..text.len().min(1), root.table());
        root.only(KEYS, "a manifest", diagnostics);
        let place = Origin {
            file,
            place: Place::Bytes(0..0),
        };
        match root.integer("version", diagnostics) {
            Some((VERSION, _)) => {}
            Some((other, origin)) => {
                let message = format!("the manifest's version is {other}, and this tool reads {VERSION}");
                diagnostics.push(
                    Diagnostic::error("KE0003", &origin, message).help(format!("write `version = {VERSION}`, or update kafka-event")),
                );
            }
            None if root.get("version").is_none() => {
                diagnostics.push(
                    Diagnostic::error("KE0003", &place, "the manifest does not say its version")
                        .help(format!("begin it with `version = {VERSION}`")),
                );
            }
            None => {}
        }
        let schemas = match root.strings("schemas", diagnostics) {
            Some(schemas) => Stated::Here(schemas),
            None if root.get("schemas").is_none() => Stated::Nowhere(place),
            None => Stated::Wrongly,
        };
        let renames = rename::read(&root, diagnostics);
        Some(Self {
            schemas,
            renames,
            file,
            text,
        })
    }

    /// Adds the topics and groups to a model of all records; `whole` is whether all schemas could be read.
    pub(crate) fn resolve(&self, model: &mut Model, whole: bool, diagnostics: &mut Collector) {
        // It has been parsed before; what was wrong with it has been said.
        let arena = Arena::new();
        let Ok(root) = toml_spanner::parse(&self.text, &arena) else {
            return;
        };
        let root = Table::whole(self.file, &self.text, 0..0, root.table());
        let defaults = root.table("defaults", diagnostics);
        if let Some(defaults) = &defaults {
            defaults.only(topic::DEFAULT_KEYS, "`defaults`", diagnostics);
        }
        let dead_letters = defaults.as_ref().and_then(|defaults| defaults.table("dead-letter", diagnostics));
        if let Some(dead_letters) = &dead_letters {
            dead_letters.only(group::DEAD_LETTER_DEFAULTS, "`defaults.dead-letter`", diagnostics);
        }
        let tables = root
            .table("topics", diagnostics)
            .map(|topics| topics.tables("topic", diagnostics))
            .unwrap_or_default();
        if let Some((_, origin, _)) = tables.get(limits::TOPICS) {
            diagnostics.push(too_many("topics", tables.len(), limits::TOPICS, origin));
            return;
        }
        let mut topics = Vec::new();
        let known = Known::new(model);
        let mut by_name: ByName<Option<usize>> = ByName::default();
        let mut names = Names::default();
        for (key, origin, table) in &tables {
            let records = Records {
                model,
                whole,
                known: &known,
            };
            let read = topic::read(records, key, origin, table, defaults.as_ref(), diagnostics);
            let name = read.as_ref().map_or(key.clone(), |topic| topic.name.avro.clone());
            if !names.claim(&name, origin, diagnostics) {
                continue;
            }
            by_name.insert(name, read.is_some().then_some(topics.len()));
            topics.extend(read);
        }
        let mut groups = Vec::new();
        let beside = group::Beside {
            topics: &topics,
            by_name: &by_name,
            defaults: defaults.as_ref(),
            dead_letters: dead_letters.as_ref(),
        };
        let tables = root
            .table("groups", diagnostics)
            .map(|groups| groups.tables("group", diagnostics))
            .unwrap_or_default();
        if let Some((_, origin, _)) = tables.get(limits::TOPICS) {
            diagnostics.push(too_many("groups", tables.len(), limits::TOPICS, origin));
            return;
        }
        for (id, origin, table) in &tables {
            groups.extend(group::read(id, origin, table, &beside, &mut names, diagnostics));
        }
        check_pairs(&topics, &groups, diagnostics);
        // Markers share a module each.
        let names = topics.iter_mut().map(|topic| (&mut topic.name, topic.origin.clone()));
        markers("topics", names.collect(), diagnostics);
        let names = groups.iter_mut().map(|group| (&mut group.name, group.origin.clone()));
        markers("groups", names.collect(), diagnostics);
        model.topics = topics;
        model.groups = groups;
    }
}

/// The names of topics in Kafka, each with its place.
#[derive(Default)]
struct Names(ByName<(String, Origin)>);

impl Names {
    /// Takes a name; `false` where another topic has it, which is reported.
    fn claim(&mut self, name: &str, origin: &Origin, diagnostics: &mut Collector) -> bool {
        // Kafka's metrics spell a dot as an underscore, and so it refuses two names that differ in these alone.
        let spelled = name.replace('.', "_");
        let Some((known, place)) = self.0.get(&spelled) else {
            self.0.insert(spelled, (name.to_owned(), origin.clone()));
            return true;
        };
        let message = if known == name {
            format!("two topics are called `{name}`")
        } else {
            format!("the topics `{known}` and `{name}` differ only in `.` and `_`, which Kafka takes for the same")
        };
        diagnostics.push(
            Diagnostic::error("KE0403", origin, message)
                .label("here again")
                .also(place, "first here")
                .help("rename one of them"),
        );
        false
    }
}

fn too_many(what: &str, count: usize, most: usize, origin: &Origin) -> Diagnostic {
    let reason = format!("{most} are taken");
    limits::exceeded(
        origin,
        format!("the manifest has {count} {what}"),
        &reason,
        "divide it into several manifests",
    )
}

/// Refuses more records of topics, or topics of groups, than there may be code for.
fn check_pairs(topics: &[Topic], groups: &[Group], diagnostics: &mut Collector) {
    let records = topics.iter().map(|topic| (topic.records.len(), &topic.origin));
    let read = groups.iter().map(|group| (group.topics.len(), &group.origin));
    let mut all = 0;
    for (count, origin) in records.chain(read) {
        all += count;
        if all > limits::PAIRS {
            let what = format!("the topics' records and the groups' topics are more than {} in all", limits::PAIRS);
            let help = "divide the manifest into several";
            diagnostics.push(limits::exceeded(origin, what, "beyond them here: each has code of its own", help));
            return;
        }
    }
}

/// Names the markers of a module, each its own.
fn markers(what: &str, mut names: Vec<(&mut Ident, Origin)>, diagnostics: &mut Collector) {
    let spelled: Vec<String> = names.iter().map(|(name, _)| name.avro.clone()).collect();
    let spelled: Vec<&str> = spelled.iter().map(String::as_str).collect();
    let (idents, collisions) = name::scope_beside(&spelled, Case::Camel, RESERVED);
    for collision in &collisions {
        let origin = names[collision.places[0]].1.clone();
        resolve::warn(diagnostics, &origin, what, &spelled, &idents, collision);
    }
    for ((name, _), ident) in names.iter_mut().zip(idents) {
        **name = ident;
    }
}

/// Parses a manifest, or says all that stands twice, and what is no TOML: the first of it, behind which anything may be read as what it is not.
fn parse<'t>(text: &'t str, arena: &'t Arena, file: FileId, diagnostics: &mut Collector) -> Option<Document<'t>> {
    let root = toml_spanner::parse_recoverable(text, arena);
    let at = |span: Span| Origin {
        file,
        place: Place::Bytes(span.range()),
    };
    // Up to the next header the keys behind one that is refused are read as if they stood before all tables.
    let mut misread = 0;
    for error in root.errors() {
        let begin = error.span().range().start;
        if begin < misread {
            continue;
        }
        if is_header(text, begin) {
            misread = next_header(text, begin);
        }
        let (again, first) = match error.kind() {
            ErrorKind::DuplicateTable { name, first } => (name, key_of(root.table(), first).unwrap_or(first)),
            ErrorKind::DuplicateKey { first } => (error.span(), first),
            kind => {
                let (message, first) = match kind {
                    ErrorKind::OutOfRange { .. } => ("arrays or tables lie too deep within one another".to_owned(), None),
                    ErrorKind::RedefineAsArray { first } | ErrorKind::DottedKeyInvalidType { first } => (error.message(text), Some(first)),
                    _ => (error.message(text), None),
                };
                let message = format!("the manifest is not TOML: {message}");
                let diagnostic = Diagnostic::error("KE0002", &at(error.span()), message).help("see https://toml.io for its rules");
                let Some(first) = first else {
                    diagnostics.push(diagnostic);
                    break;
                };
                diagnostics.push(diagnostic.label("here again").also(&at(first), "first here"));
                continue;
            }
        };
        // The parts of a path are to be had as text alone.
        let what = match error.path() {
            Some(path) if path.len() == 2 && path.to_string().starts_with("topics.") => "topic",
            Some(path) if path.len() == 2 && path.to_string().starts_with("groups.") => "group",
            _ if matches!(error.kind(), ErrorKind::DuplicateTable { .. }) => "table",
            _ => "key",
        };
        let name = text.get(again.range()).unwrap_or_default().trim_matches(['"', '\'']);
        diagnostics.push(
            Diagnostic::error("KE0403", &at(again), format!("the {what} `{name}` stands twice"))
                .label("here again")
                .also(&at(first), "first here")
                .help("leave or rename one of them"),
        );
    }
    root.errors().is_empty().then_some(root)
}

/// Whether a table's header stands in the line of a place.
fn is_header(text: &str, place: usize) -> bool {
    let before = text.get(..place).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    text[line..].trim_start().starts_with('[')
}

/// Where the line of the next header begins.
fn next_header(text: &str, place: usize) -> usize {
    let rest = text.get(place..).unwrap_or_default();
    let mut begin = place;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        if number > 0 && line.trim_start().starts_with('[') {
            break;
        }
        begin += line.len();
    }
    begin
}

/// The last key of a table's header, of which the place is that of all that the table has.
fn key_of(root: &toml_spanner::Table<'_>, whole: Span) -> Option<Span> {
    let mut tables = vec![root];
    while let Some(table) = tables.pop() {
        for (key, item) in table {
            if item.as_table().is_some() && item.span().start == whole.start {
                return Some(key.span);
            }
            tables.extend(item.as_table());
        }
    }
    None
}

/// What kind of value it is, in words.
fn kind(value: &Item<'_>) -> &'static str {
    match value.kind() {
        Kind::String => "a string",
        Kind::Integer => "a whole number",
        Kind::Float => "a number",
        Kind::Boolean => "a boolean",
        Kind::DateTime => "a date",
        Kind::Array => "an array",
        Kind::Table => "a table",
    }
}
